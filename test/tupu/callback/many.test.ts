import { describe, expect, it } from 'vitest'
import { startReceiver } from '../../callback-receiver.ts'
import { onBoth } from '../../database.ts'
import { startReplicas } from '../../db/replicas.ts'
import { held } from './held.ts'
import { hands, startTold } from './told.ts'

const clock = { mode: 'running' } as const
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

onBoth('while the clock runs', (database) => {
  it('a platform is told by itself, and soon', async () => {
    const { send, receiver, callback } = await startTold({ database, world: { clock } })
    const begun = performance.now()
    await send()
    await receiver.has(1)
    // Far below the two seconds after which a look is taken anyway.
    expect(performance.now() - begun).toBeLessThan(1500)
    await expect.poll(async () => (await callback()).state).toBe('delivered')
  })

  it('a slow platform holds nobody up, and waits for sixteen answers at most at once', async () => {
    const answer = held()
    const { acme, send, world, receiver, callbacks } = await startTold({
      database,
      world: { clock },
      manner: answer.manner,
    })
    for (const i of numbers(20)) await send({ message: `number ${i}` })
    await receiver.has(16)
    await world.call('official_account.update', { appid: acme.appid, delivery: 'PT0.05S' })
    await send({ message: 'later' })
    await expect
      .poll(async () => (await world.messages({ state: 'delivered' })).length, { timeout: 3000 })
      .toBe(21)
    expect(receiver.received).toHaveLength(16)
    receiver.manner = 200
    const freed = performance.now()
    answer.release()
    await receiver.has(21)
    expect(performance.now() - freed).toBeLessThan(1500)
    await expect
      .poll(async () => (await callbacks({ state: 'delivered' })).length, { timeout: 3000 })
      .toBe(21)
    expect(new Set(receiver.events).size).toBe(21)
  })
})

describe('two simulators on one database', () => {
  it('tell a platform of each message once', async () => {
    const receiver = await startReceiver()
    const { one, two } = await startReplicas()
    await one.world.call('account.update', { eid: 'acme', callback: { url: receiver.url } })
    for (const i of numbers(40)) {
      const { platform } = i % 2 === 0 ? one : two
      await platform.sends(one.acme, { mobile: one.wang.mobile, message: `number ${i}` })
    }
    await one.world.call('clock.set', { mode: 'frozen' })
    expect(receiver.received).toHaveLength(40)
    expect(new Set(receiver.events).size).toBe(40)
  })

  it('that both look for it do not send one try twice', async () => {
    const receiver = await startReceiver()
    const { one, two } = await startReplicas()
    const { callbacks } = hands(one)
    await one.world.call('account.update', { eid: 'acme', callback: { url: receiver.url } })
    await one.world.call('clock.set', { mode: 'running' })
    const sends = numbers(60).map((i) => {
      const { platform } = i % 2 === 0 ? one : two
      return platform.sends(one.acme, { mobile: one.wang.mobile, message: `number ${i}` })
    })
    await Promise.all(sends)
    await expect
      .poll(async () => (await callbacks({ state: 'delivered' })).length, { timeout: 15_000 })
      .toBe(60)
    expect((await callbacks()).filter(({ tries }) => tries !== 1)).toEqual([])
    expect(receiver.received).toHaveLength(60)
    expect(new Set(receiver.events).size).toBe(60)
  })
})
