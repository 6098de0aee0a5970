import { describe, expect, it, onTestFinished } from 'vitest'
import { createSimulator } from '../../../src/simulator.ts'
import type { Advanced } from '../../../src/world-handle.ts'
import { onEither } from '../../database.ts'
import { beside, emptyPlace } from '../../db/place.ts'
import { first_instant, httpOf } from '../../sim.ts'
import { exchanges } from '../journal.ts'
import { held } from './held.ts'
import { type CallbackInfo, startTold } from './told.ts'

const at = (seconds: number) => new Date(Date.parse(first_instant) + seconds * 1000).toISOString()

describe('a restart between two tries', () => {
  it.each(['sqlite', 'postgres'] as const)(
    'changes nothing: the next one comes when it is due (%s)',
    async (database) => {
      const data = await emptyPlace(database)
      const { sim: before, send, world, receiver } = await startTold({ data, manner: 500 })
      await send()
      await world.advance('PT10S')
      await before.close()
      receiver.manner = 204
      const { list, advance } = await startAgain(data)
      expect(await list()).toMatchObject([{ state: 'pending', tries: 2, due_at: at(60) }])
      const { ran } = await advance('PT1H')
      expect(ran).toMatchObject([{ kind: 'callback', due_at: at(60), outcome: 'delivered' }])
      expect(await list()).toMatchObject([{ state: 'delivered', tries: 3 }])
      expect(new Set(receiver.received.map(({ text }) => text)).size).toBe(1)
    },
  )

  it('long after the next ones were due is no burst: the distances stay', async () => {
    const data = await emptyPlace('sqlite')
    const clock = { mode: 'running' } as const
    const { sim: before, send, receiver } = await startTold({ data, world: { clock }, manner: 500 })
    await send()
    await receiver.has(1)
    await before.close()
    const other = await beside(data)
    await other.rows(`update world set clock_ms = clock_ms + ${8 * 3_600_000} where world = 'test'`)
    const { list } = await startAgain(data)
    await receiver.has(2)
    await expect.poll(async () => (await list())[0]?.last_status).toBe(500)
    const [callback] = await list()
    expect(callback).toMatchObject({ state: 'pending', tries: 2, tries_left: 4 })
    const present = Date.now() + 8 * 3_600_000
    const wait_s = (Date.parse(callback?.due_at ?? '') - present) / 1000
    expect(wait_s).toBeGreaterThan(40)
    expect(wait_s).toBeLessThanOrEqual(50)
  })

  it('does not wait for a platform that is slow, and its try was one', async () => {
    const data = await emptyPlace('sqlite')
    const answer = held()
    const clock = { mode: 'running' } as const
    const told = await startTold({ data, world: { clock }, manner: answer.manner })
    await told.send()
    await answer.asked
    const begun = performance.now()
    await told.sim.close()
    expect(performance.now() - begun).toBeLessThan(3000)
    const { list } = await startAgain(data)
    const [callback] = await list()
    expect(callback).toMatchObject({ state: 'pending', tries: 1, last_status: null })
    expect(callback?.due_at).not.toBeNull()
  })
})

onEither('a callback that is under way', (database) => {
  it('when its world is reset is told of nowhere in the new life', async () => {
    const answer = held()
    const { send, world, http, callbacks, receiver } = await startTold({
      database,
      manner: answer.manner,
    })
    await send()
    const advance = http('POST', '/_sim/v1/worlds/test/clock/advance', { by: 'PT1S' })
    await answer.asked
    await world.reset()
    answer.release()
    expect(await advance).toMatchObject({ status: 409, json: { type: 'world_was_reset' } })
    expect(await callbacks()).toEqual([])
    expect(await exchanges(world, { surface: 'callback' })).toEqual([])
    receiver.manner = 204
    await send()
    await world.advance('P1D')
    const [old, fresh, ...more] = receiver.events
    expect(more).toEqual([])
    expect(fresh).toBe(old)
    expect(await callbacks()).toMatchObject([{ state: 'delivered', tries: 1 }])
  })

  it('when its world is deleted ends quietly', async () => {
    const answer = held()
    const logged: string[] = []
    const log = (...line: unknown[]) => void logged.push(JSON.stringify(line))
    const clock = { mode: 'running' } as const
    const told = await startTold({ database, log, world: { clock }, manner: answer.manner })
    await told.send()
    await answer.asked
    await told.world.close()
    answer.release()
    await told.sim.close()
    expect(logged.filter((line) => line.includes('fail'))).toEqual([])
  })

  it('is waited for by an advance, whoever has begun it', async () => {
    const answer = held()
    const clock = { mode: 'running' } as const
    const told = await startTold({ database, world: { clock }, manner: answer.manner })
    await told.send()
    await answer.asked
    const advance = told.world.advance('PT5S')
    let isOver = false
    void advance.then(() => {
      isOver = true
    })
    // An advance without anything due would long be over.
    for (let i = 0; i < 30; i++) await told.world.call('clock.get')
    expect(isOver).toBe(false)
    answer.release()
    expect(await advance).toMatchObject({ settled: true, ran: [] })
    expect(await told.callback()).toMatchObject({ state: 'delivered', tries: 1 })
  })

  it('when it is told again is told again, whatever becomes of it', async () => {
    const answer = held()
    const clock = { mode: 'running' } as const
    const { send, world, callback, receiver } = await startTold({
      database,
      world: { clock },
      manner: answer.manner,
    })
    await send()
    await answer.asked
    receiver.manner = 200
    await world.call('callback.redeliver', { callback: (await callback()).callback })
    await receiver.has(2)
    await expect.poll(async () => (await callback()).state).toBe('delivered')
    answer.release(500)
    await world.advance('PT0S')
    expect(await callback()).toMatchObject({ state: 'delivered', tries: 2, last_status: 200 })
    expect((await world.advance('P1D')).ran).toEqual([])
  })
})

/** Another simulator on the same data. */
async function startAgain(data: string) {
  const sim = await createSimulator({ data })
  onTestFinished(() => sim.close())
  const call = (id: string, input: object = {}) => sim.call(id, { world: 'test', ...input })
  return {
    http: httpOf(sim),
    list: async () => ((await call('callback.list')) as { items: CallbackInfo[] }).items,
    advance: async (by: string) => (await call('clock.advance', { by })) as Advanced,
  }
}
