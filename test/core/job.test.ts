import { describe, expect, it, onTestFinished } from 'vitest'
import { createSimulator } from '../../src/simulator.ts'
import type { Advanced, MessageInfo } from '../../src/world-handle.ts'
import { onBoth } from '../database.ts'
import { beside, emptyPlace } from '../db/place.ts'
import { first_instant, httpOf, startSim } from '../sim.ts'

const at = (second: number) => new Date(Date.parse(first_instant) + second * 1000).toISOString()

onBoth('work that is due', (database) => {
  it('happens in order of instant, then of key, each once, at its own instant', async () => {
    const { acme, wang, platform, world, http } = await startSim({
      database,
      world: { accounts: [{ key: 'acme' }, { key: 'other' }] },
    })
    const other = world.accounts.find(({ key }) => key === 'other')
    await world.register('13800138008', { account: 'other' })
    const set = (appid: unknown, delivery: string) =>
      world.call('official_account.update', { appid: String(appid), delivery })
    const send = async (delivery: string) => {
      await set(acme.appid, delivery)
      await set(other?.appid, delivery)
      const body = { eid: other?.eid, mobile: '13800138008' }
      const both = [
        await platform.sends(acme, { mobile: wang.mobile }),
        await platform.sends(acme, body),
      ]
      return both.map(({ msgid_str }) => msgid_str)
    }
    const late = await send('PT30S')
    const early = await send('PT10S')
    const never = await send('PT2H')
    expect(await world.messages({ state: 'accepted' })).toHaveLength(6)
    const { json } = await http('POST', '/_sim/v1/worlds/test/clock/advance', { by: 'PT1M' })
    const { ran, due_next } = json as unknown as Advanced
    const inOrder = [...early.sort().map((id) => [id, 10]), ...late.sort().map((id) => [id, 30])]
    expect(ran.map(({ subject, due_at }) => [subject, due_at])).toEqual(
      inOrder.map(([id, second]) => [id, at(Number(second))]),
    )
    expect(ran.every(({ kind, outcome }) => kind === 'receipt' && outcome === 'success')).toBe(true)
    expect(due_next).toBe(at(7200))
    const { tables } = (await world.call('world.export')) as {
      tables: { message: { msgid: string; state: string; state_at: number }[] }
    }
    for (const { msgid, state, state_at } of tables.message) {
      const second = early.includes(msgid) ? 10 : late.includes(msgid) ? 30 : 0
      expect({ state, at: new Date(state_at).toISOString() }).toEqual({
        state: never.includes(msgid) ? 'accepted' : 'delivered',
        at: at(second),
      })
    }
    expect((await world.advance('PT1M')).ran).toEqual([])
  })

  it('happens by itself when the clock runs', async () => {
    const { acme, wang, platform, world } = await startSim({
      database,
      world: { clock: { mode: 'running' } },
    })
    await world.call('official_account.update', { appid: acme.appid, delivery: 'PT0.2S' })
    await platform.sends(acme, { mobile: wang.mobile })
    expect(await world.messages()).toMatchObject([{ state: 'accepted' }])
    expect(await world.message({ state: 'delivered', wait: 'PT10S' })).toMatchObject({
      line: '欢迎加入',
    })
  })

  it('happens when a clock is set past it, and when a frozen one is let go', async () => {
    const { acme, wang, platform, world, http } = await startSim({ database })
    await world.call('official_account.update', { appid: acme.appid, delivery: 'P1D' })
    await platform.sends(acme, { mobile: wang.mobile })
    await http('PUT', '/_sim/v1/worlds/test/clock', { now: at(86_400) })
    expect(await world.messages()).toMatchObject([{ state: 'delivered' }])
    await world.call('official_account.update', { appid: acme.appid, delivery: 'PT0.2S' })
    await platform.sends(acme, { mobile: wang.mobile })
    await http('PUT', '/_sim/v1/worlds/test/clock', { mode: 'running' })
    await expect
      .poll(() => world.messages({ state: 'delivered' }), { timeout: 10_000 })
      .toHaveLength(2)
  })

  it('is done by one advance at a time: others are refused meanwhile', async () => {
    const { acme, wang, platform, world, http } = await startSim({ database })
    await world.call('official_account.update', { appid: acme.appid, delivery: 'PT1S' })
    for (let i = 0; i < 30; i++) await platform.sends(acme, { mobile: wang.mobile })
    const advance = () => http('POST', '/_sim/v1/worlds/test/clock/advance', { to: at(60) })
    const answers = await Promise.all([advance(), advance(), advance(), advance()])
    const refused = answers.filter(({ status }) => status !== 200)
    expect(refused.length).toBeGreaterThan(0)
    for (const { json } of refused)
      expect(json).toMatchObject({ status: 409, type: 'advance_running' })
    const ran = answers.flatMap(({ status, json }) => {
      return status === 200 ? (json as unknown as Advanced).ran : []
    })
    expect(new Set(ran.map(({ subject }) => subject)).size).toBe(30)
    expect(ran).toHaveLength(30)
    expect(await advance()).toMatchObject({ status: 200, json: { from: at(60), ran: [] } })
  })
})

describe('work that is due later', () => {
  it('survives a restart, and still happens once', async () => {
    const data = await emptyPlace('sqlite')
    const before = await startSim({ data })
    await before.world.call('official_account.update', {
      appid: before.acme.appid,
      delivery: 'PT1H',
    })
    await before.platform.sends(before.acme, { mobile: before.wang.mobile })
    await before.sim.close()
    for (const state of ['accepted', 'delivered', 'delivered']) {
      const sim = await createSimulator({ data })
      const list = async () =>
        (await sim.call('message.list', { world: 'test' })) as { items: MessageInfo[] }
      expect((await list()).items).toMatchObject([{ state }])
      const { ran } = (await sim.call('clock.advance', { world: 'test', by: 'PT1H' })) as Advanced
      expect(ran).toHaveLength(state === 'accepted' ? 1 : 0)
      await sim.close()
    }
  })

  it('keeps its clock to itself while an advance does it', async () => {
    const { acme, wang, platform, world, http } = await startSim()
    await world.call('official_account.update', { appid: acme.appid, delivery: 'PT1S' })
    for (let i = 0; i < 5; i++) await platform.sends(acme, { mobile: wang.mobile })
    const control = '/_sim/v1/worlds/test/clock'
    const advance = http('POST', `${control}/advance`, { by: 'PT1M' })
    expect(await http('PUT', control, { mode: 'running' })).toMatchObject({
      status: 409,
      json: { type: 'advance_running', fix: expect.stringContaining('wait') },
    })
    expect(await advance).toMatchObject({ status: 200 })
    expect((await http('GET', control)).json).toMatchObject({ mode: 'frozen', now: at(60) })
  })

  it('ends with its epoch: a reset leaves nothing due', async () => {
    const { acme, wang, platform, world } = await startSim()
    await world.call('official_account.update', { appid: acme.appid, delivery: 'PT1S' })
    await platform.sends(acme, { mobile: wang.mobile })
    await world.reset()
    expect(await world.advance('P1D')).toMatchObject({ ran: [], due_next: null })
  })

  it('is told at once when the duration is none', async () => {
    const { acme, wang, platform, world } = await startSim()
    await world.call('official_account.update', { appid: acme.appid, delivery: 'PT0S' })
    await platform.sends(acme, { mobile: wang.mobile })
    expect(await world.messages()).toMatchObject([{ state: 'delivered' }])
  })
})

onBoth('an advance whose process was killed', (database) => {
  it('is over where nobody else can be at it, and holds its time where replicas are', async () => {
    const data = await emptyPlace(database)
    const { sim } = await startSim({ data })
    await sim.close()
    const other = await beside(data)
    await other.rows(`update world set advance_until = ${Date.now() + 3_600_000}`)
    const next = await createSimulator({ data })
    onTestFinished(() => next.close())
    const answer = await httpOf(next)('POST', '/_sim/v1/worlds/test/clock/advance', { by: 'PT1M' })
    expect(answer.status).toBe(database === 'sqlite' ? 200 : 409)
  })
})
