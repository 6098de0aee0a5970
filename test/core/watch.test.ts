import { expect, it, onTestFinished } from 'vitest'
import { readAnnouncement, topics } from '../../db/topic.ts'
import type { Engine } from '../../src/core/engine.ts'
import { Watch } from '../../src/core/watch.ts'
import { Signal } from '../../src/world/signal.ts'

/** Somebody who waits for Wang's phone, by a clock that moves when it is told to. */
function watching() {
  const clock = { now: 0 }
  const signal = new Signal()
  const closing = new AbortController()
  const hangUp = new AbortController()
  const engine = { signal, closing: closing.signal, realNow: () => clock.now } as unknown as Engine
  const at = { epoch: 1, topics: [topics.phone('wang'), topics.clock], hungUp: hangUp.signal }
  const watch = new Watch(engine, at)
  onTestFinished(() => watch.close())
  return { clock, signal, closing, hangUp, watch }
}

/** Whether a promise has been kept by the end of this turn. */
async function isKept(promise: Promise<unknown>): Promise<boolean> {
  const turn = new Promise((resolve) => setImmediate(() => resolve('later')))
  return (await Promise.race([promise, turn])) !== 'later'
}

it('whoever waits looks at once, and again when something of theirs was announced', async () => {
  const { clock, signal, watch } = watching()
  expect(await watch.next()).toBe(true)
  const next = watch.next()
  clock.now += 1000
  signal.tell(['1 phone li', '2 phone wang', '1 messages'].map(readAnnouncement))
  expect(await isKept(next)).toBe(false)
  signal.tell(['1 phone wang'].map(readAnnouncement))
  expect(await next).toBe(true)
})

it('whoever waits looks once in 200 ms, however much is announced, and misses nothing', async () => {
  const { clock, signal, watch } = watching()
  await watch.next()
  // While they look.
  signal.tell(['1 phone wang'].map(readAnnouncement))
  const next = watch.next()
  clock.now += 199
  signal.tell(['1 clock'].map(readAnnouncement))
  expect(await isKept(next)).toBe(false)
  clock.now += 1
  expect(await next).toBe(true)
  clock.now += 1000
  expect(await isKept(watch.next())).toBe(false)
})

it('whoever waits looks when it may have been anything, and a last time when the time is over', async () => {
  const { clock, signal, watch } = watching()
  await watch.next()
  clock.now += 1000
  const next = watch.next()
  signal.tell(undefined)
  expect(await next).toBe(true)
  clock.now += 10
  expect(await watch.next(clock.now)).toBe(true)
})

it.each(['closing', 'hangUp'] as const)('nobody waits any more at the end by %s', async (end) => {
  const all = watching()
  expect(all.signal.size).toBe(1)
  await all.watch.next()
  const next = all.watch.next()
  all[end].abort()
  expect(await next).toBe(false)
  expect(all.signal.size).toBe(0)
})
