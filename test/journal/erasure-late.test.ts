import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../db/open.ts'
import type { Store } from '../../db/unit.ts'
import { createSimulator } from '../../src/simulator.ts'
import { stepOn } from '../../src/tupu/association/erase.ts'
import { withdraw } from '../../src/tupu/association/withdraw.ts'
import { namedWorld } from '../../src/world/world.ts'
import type { DatabaseName } from '../database.ts'
import { onBoth } from '../database.ts'
import { startReplicas } from '../db/replicas.ts'
import { cast, httpOf } from '../sim.ts'
import { held, send_path, startFakeWechat } from '../tupu/fake-wechat.ts'
import { goThrough } from '../tupu/through.ts'
import { dump, revealed, startErasing, whenErased } from './erasure.ts'

const mobile = '13900139000'
const chen = { mobile, name: '陈大文', email: 'chen@example.com' }
const data_of_chen = /139\*?.?0013|陈大文|chen@example/

/** A world in which Chen is registered and got messages; its program has ended. */
async function startAndEnd(database: DatabaseName) {
  const { sim, world, acme, platform, data, other } = await startErasing(database)
  const { openid } = await world.register(mobile, chen)
  for (let i = 0; i < 60; i++) await platform.sends(acme, { ...chen, message: `陈大文 ${i}` })
  await sim.close()
  return { data, other, store: await openStore(data), openid, appid: acme.appid }
}

/** What the withdrawing call commits before it begins to erase. */
async function withdrawIn(store: Store, of: { appid: string; openid: string }): Promise<void> {
  await store.unit('test', ({ db }) => {
    const world = namedWorld(db, 'test', 0)
    if (!world) throw new Error('the world is missing')
    const trace = () => 'trace'
    const by = { who: 'candidate', via: 'form' } as const
    expect(withdraw({ db, world, trace }, { ...of, ...by })).toBe(true)
  })
}

onBoth('an erasure that a crash has cut off', (database) => {
  it.each([
    { when: 'before it began', steps: 0 },
    { when: 'in the middle', steps: 1 },
  ])('is brought to its end after the next start: $when', async ({ steps }) => {
    const { data, other, store, ...of } = await startAndEnd(database)
    await withdrawIn(store, of)
    const [row] = await other.rows('select epoch, erasure from erasure')
    const at = { epoch: Number(row?.['epoch']), erasure: String(row?.['erasure']) }
    for (let i = 0; i < steps; i++)
      expect(await store.unit('test', ({ db }) => stepOn(db, at, 0))).toBe('more')
    const left = (await dump(other)).filter(({ text }) => data_of_chen.test(text))
    expect(left.length).toBeGreaterThan(10)
    await store.close()
    const sim = await createSimulator({ data })
    onTestFinished(() => sim.close())
    await whenErased(other)
    const tables = (await dump(other)).filter(({ text }) => data_of_chen.test(text))
    expect(tables).toEqual([])
    const journal = await revealed(httpOf(sim))
    expect(journal.filter(({ endpoint }) => endpoint === 'message.send')).toHaveLength(60)
  })
})

onBoth('an erasure that is still at work', (database) => {
  it('leaves alone what begins after it: the same person, registered again', async () => {
    const { data, other, store, ...of } = await startAndEnd(database)
    await withdrawIn(store, of)
    const [row] = await other.rows('select epoch, erasure from erasure')
    const at = { epoch: Number(row?.['epoch']), erasure: String(row?.['erasure']) }
    expect(await store.unit('test', ({ db }) => stepOn(db, at, 0))).toBe('more')
    await store.close()
    const sim = await createSimulator({ data })
    onTestFinished(() => sim.close())
    const again = await sim.world({ ...cast, if_exists: 'reuse' })
    await again.register(mobile, chen)
    const eid = again.accounts[0]?.eid
    const body = { eid, mobile, message: '陈大文又来了', name: '陈大文' }
    const sent = await httpOf(sim)('POST', '/w/test/tupu/v1/messages', body)
    expect(sent.json).toMatchObject({ errcode: 0 })
    await whenErased(other)
    expect(await again.messages({ mobile })).toMatchObject([
      { mobile: `+86${mobile}`, line: '陈大文又来了', keywords: { keyword1: '陈大文' } },
    ])
    // The world's description names its people, who are no data of TUPU's.
    const found = (await revealed(httpOf(sim))).filter(({ text, endpoint }) => {
      return endpoint !== 'world.create' && data_of_chen.test(text)
    })
    expect(found.map(({ endpoint }) => endpoint)).toEqual(['association.create', 'message.send'])
  })
})

onBoth('a message that is on its way to a remote WeChat', (database) => {
  it('is erased when its answer has come, with what was said to WeChat', async () => {
    const hold = held()
    const wechat = await startFakeWechat({ [send_path]: hold.fake })
    const { http, world, acme, platform, other } = await startErasing(database)
    await goThrough({ world }, { base_url: wechat.url })
    await world.register(mobile, { ...chen, account: 'acme', openid: 'o-of-chen' })
    const sending = platform.sends(acme, { ...chen, message: '你好，陈大文' })
    await hold.asked
    const answer = await world.call('association.withdraw', { mobile, account: 'acme' })
    expect(answer).toMatchObject({ erased: false })
    hold.release()
    expect(await sending).toMatchObject({ errcode: 0 })
    await whenErased(other)
    const texts = [...(await dump(other)), ...(await revealed(http))].map(({ text }) => text)
    expect(texts.filter((text) => data_of_chen.test(text))).toEqual([])
    const rest = texts.filter((text) => text.includes('o-of-chen'))
    expect(rest.every((text) => text.includes('following'))).toBe(true)
    expect(await world.messages()).toMatchObject([{ state: 'accepted', mobile: '', text: '' }])
  })
})

it('two simulators on one database: whatever was accepted before a withdrawal is erased after it', async () => {
  const { one, two, other } = await startReplicas()
  const { acme } = one
  for (let round = 0; round < 2; round++) {
    await one.world.register(mobile, chen)
    const sends = Array.from({ length: 20 }, (_, i) => {
      const { platform } = i % 2 === 0 ? one : two
      return platform.sends(acme, { ...chen, message: `陈大文 ${round} ${i}` })
    })
    const path = '/_sim/v1/worlds/test/associations/withdraw'
    const [answers, ...withdrawals] = await Promise.all([
      Promise.all(sends),
      one.http('POST', path, { mobile }),
      two.http('POST', path, { mobile }),
    ])
    expect(withdrawals.map(({ status }) => status).sort()).toEqual([200, 422])
    await whenErased(other)
    const accepted = answers.flatMap(({ msgid_str }) => msgid_str ?? [])
    const messages = (await two.world.messages()).filter(({ msgid_str }) => {
      return msgid_str !== null && accepted.includes(msgid_str)
    })
    expect(messages).toHaveLength(accepted.length)
    expect(messages.filter((row) => row.mobile !== '' || row.text !== '')).toEqual([])
    const traces = new Set(messages.map(({ trace }) => trace))
    const journal = (await revealed(two.http)).filter(({ trace }) => traces.has(trace))
    expect(journal).toHaveLength(accepted.length)
    expect(journal.filter(({ text }) => data_of_chen.test(text))).toEqual([])
  }
})
