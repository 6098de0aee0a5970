import { expect, it } from 'vitest'
import type { Engine } from '../../src/core/engine.ts'
import { Turns } from '../../src/core/turns.ts'
import { more, waitUntil } from '../../src/core/wait.ts'
import { Signal } from '../../src/world/signal.ts'
import { beginWorld } from '../../src/world/world.ts'
import { openBeside } from '../db/place.ts'

const bare = {
  world: 'w',
  seed: 's',
  clock_mode: 'running',
  clock_ms: 0,
  magic: 'off',
  idle_ttl_ms: null,
  body: '{}',
} as const

it('what was seen is judged once a look, after its unit, though PostgreSQL runs that again', async () => {
  const { store } = await openBeside('postgres')
  const { epoch } = await store.unit('begin', ({ db }) => beginWorld(db, bare, 0))
  const closing = new AbortController().signal
  const engine = { store, closing, signal: new Signal(), looks: new Turns(), realNow: () => 0 }
  const waiting = { label: 'look', world: 'w', epoch, topics: [], until: 1 }
  let runs = 0
  const judged: number[] = []
  const found = await waitUntil(
    engine as unknown as Engine,
    waiting,
    ({ db }) => {
      runs++
      if (runs === 2) db.retry('somebody else was first')
      return runs
    },
    (seen) => {
      judged.push(seen)
      return judged.length < 2 ? more : seen
    },
  )
  expect(judged).toHaveLength(2)
  expect(runs).toBeGreaterThan(judged.length)
  expect(found).toBe(judged[1])
})
