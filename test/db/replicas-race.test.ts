import { describe, expect, it } from 'vitest'
import type { AssociationInfo } from '../../src/world-handle.ts'
import { first_instant } from '../sim.ts'
import { startReplicas } from './replicas.ts'
import { endsOf } from './rows.ts'

const several = Array.from({ length: 4 }, (_, i) => i)
const statusesOf = (answers: readonly { status: number }[]) =>
  answers.map(({ status }) => status).sort()

describe('two simulators on one database, both asked at once', () => {
  it('send 50 messages with 50 msgids, and lose no count', async () => {
    const { one, two, other } = await startReplicas()
    const { acme, wang } = one
    const sends = Array.from({ length: 50 }, (_, i) => {
      const { platform } = i % 2 === 0 ? one : two
      return platform.sends(acme, { mobile: wang.mobile, message: `number ${i}` })
    })
    const msgids = (await Promise.all(sends)).map(({ msgid_str }) => msgid_str)
    expect(new Set(msgids).size).toBe(50)
    expect(msgids).not.toContain(undefined)
    const messages = await two.world.messages({ mobile: wang.mobile })
    expect(messages.map(({ msgid_str }) => msgid_str).sort()).toEqual([...msgids].sort())
    expect(new Set(messages.map(({ line }) => line)).size).toBe(50)
    expect(new Set(messages.map(({ trace }) => trace)).size).toBe(50)
    const life = await other.rows('select life::int, day_count::int from send_count')
    expect(life).toEqual([{ life: 50, day_count: 50 }])
    const recorded = `select count(*)::int as n from exchange
      join exchange_head using (epoch, head) where endpoint = 'message.send'`
    expect(await other.rows(recorded)).toEqual([{ n: 50 }])
  })

  it('make one message of one client_msg_id, and give both the same answer', async () => {
    const { one, two } = await startReplicas()
    const { acme, wang } = one
    for (const i of several) {
      const body = { mobile: wang.mobile, message: `once ${i}`, client_msg_id: `order-${i}` }
      const answers = await Promise.all(
        [one, two, one, two].map(({ platform }) => platform.sends(acme, body)),
      )
      expect(answers[0]).toMatchObject({ errcode: 0 })
      for (const answer of answers) expect(answer).toEqual(answers[0])
    }
    expect(await two.world.messages()).toHaveLength(several.length)
  })

  it('give a client_msg_id to the first of two bodies, and refuse the other', async () => {
    const { one, two } = await startReplicas()
    const { acme, wang } = one
    const answers = await Promise.all(
      [one, two].map(({ platform }, i) =>
        platform.sends(acme, { mobile: wang.mobile, message: `body ${i}`, client_msg_id: 'order' }),
      ),
    )
    expect(answers.map(({ errcode }) => errcode).sort()).toEqual([0, 100015])
  })

  it('register a mobile once, with the same ids', async () => {
    const { one, two } = await startReplicas()
    for (const i of several) {
      const body = { mobile: `1380013810${i}`, account: 'acme' }
      const answers = await Promise.all(
        [one, two].map(({ http }) => http('POST', '/_sim/v1/worlds/test/associations', body)),
      )
      expect(statusesOf(answers)).toEqual([200, 201])
      const [first, second] = answers.map(({ text }) => JSON.parse(text) as AssociationInfo)
      expect(second).toEqual(first)
    }
  })

  it('make a world once', async () => {
    const { one, two } = await startReplicas()
    for (const i of several) {
      const body = { name: `race-${i}`, seed: 'race' }
      const answers = await Promise.all(
        [one, two].map(({ http }) => http('POST', '/_sim/v1/worlds', body)),
      )
      expect(statusesOf(answers)).toEqual([201, 409])
      const again = await Promise.all(
        [one, two].map(({ http }) =>
          http('POST', '/_sim/v1/worlds', { ...body, if_exists: 'replace' }),
        ),
      )
      expect(statusesOf(again)).toEqual([201, 201])
    }
  })

  it('make 12 worlds, each with an epoch and ids of its own', async () => {
    const { one, two, other } = await startReplicas()
    const made = await Promise.all(
      Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? one : two).sim.world({ name: `w-${i}` })),
    )
    expect(new Set(made.map(({ accounts }) => accounts[0]?.eid)).size).toBe(12)
    const epochs = await other.rows("select epoch from world where world like 'w-%'")
    expect(new Set(epochs.map(({ epoch }) => epoch)).size).toBe(12)
  })

  it('give two new accounts two ordinals, so that their msgids and messages never meet', async () => {
    const { one, two, other } = await startReplicas()
    const made = await endsOf(
      several.map((i) => (i % 2 === 0 ? one : two).world.call('account.create', { key: `a${i}` })),
    )
    for (const account of made) expect(account).toMatchObject({ key: expect.any(String) })
    const rows = await other.rows('select n::int from account order by n')
    expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: several.length + 2 }, (_, i) => i))
  })

  it('give an EID to one world only', async () => {
    const { one, two } = await startReplicas()
    for (const i of several) {
      const accounts = [{ key: 'acme', eid: `wanted-${i}` }]
      const answers = await Promise.all(
        [one, two].map(({ http }, which) =>
          http('POST', '/_sim/v1/worlds', { name: `claim-${i}-${which}`, accounts }),
        ),
      )
      expect(statusesOf(answers)).toEqual([201, 409])
    }
  })

  it('reset a world one after the other, and leave no life of it behind', async () => {
    const { one, two, other } = await startReplicas()
    await Promise.all(several.map((i) => (i % 2 === 0 ? one : two).world.reset()))
    const living = await other.rows(
      "select (select epoch from world where world = 'test') = epoch as current from epoch where world = 'test' and ended_at is null",
    )
    expect(living).toEqual([{ current: true }])
    expect(await two.world.call('world.get')).toMatchObject({ resets: several.length })
    const { errcode } = await two.platform.sends(one.acme, { mobile: one.wang.mobile })
    expect(errcode).toBe(0)
  })

  it('move a clock one at a time', async () => {
    const { one, two } = await startReplicas()
    await one.world.call('official_account.update', { appid: one.acme.appid, delivery: 'PT5S' })
    const start = Date.parse(first_instant)
    let minutes = 0
    for (const i of several) {
      await one.platform.sends(one.acme, { mobile: one.wang.mobile, message: `${i}` })
      const answers = await Promise.all(
        [one, two].map(({ http }) =>
          http('POST', '/_sim/v1/worlds/test/clock/advance', { by: 'PT1M' }),
        ),
      )
      const ran = answers.flatMap(({ text }) => (JSON.parse(text) as { ran?: unknown[] }).ran ?? [])
      expect(ran).toHaveLength(1)
      const accepted = answers.filter(({ status }) => status === 200).length
      minutes += accepted
      const { now } = (await two.world.call('clock.get')) as { now: string }
      expect({ i, now: Date.parse(now) }).toEqual({ i, now: start + minutes * 60_000 })
    }
  })

  it('take one receipt by hand', async () => {
    const { one, two } = await startReplicas()
    await one.world.call('official_account.update', { appid: one.acme.appid, delivery: 'manual' })
    for (const i of several) {
      const sent = await one.platform.sends(one.acme, { mobile: one.wang.mobile, message: `${i}` })
      const path = `/_sim/v1/worlds/test/messages/${sent.msgid_str}/receipt`
      const answers = await Promise.all([
        one.http('POST', path, { status: 'success' }),
        two.http('POST', path, { status: 'user_block' }),
      ])
      expect(statusesOf(answers)).toEqual([200, 409])
      const won = answers[0]?.status === 200 ? 'delivered' : 'failed'
      expect(await two.world.messages()).toContainEqual(
        expect.objectContaining({ msgid_str: sent.msgid_str, state: won }),
      )
    }
  })
})
