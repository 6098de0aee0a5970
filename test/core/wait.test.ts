import { expect, it } from 'vitest'
import type { Engine } from '../../src/core/engine.ts'
import { Turns } from '../../src/core/turns.ts'
import { waitFor } from '../../src/core/wait.ts'
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

it('a look that has not seen all goes on where it ended, once a look, though PostgreSQL runs its unit again', async () => {
  const { store } = await openBeside('postgres')
  const { epoch } = await store.unit('begin', ({ db }) => beginWorld(db, bare, 0))
  const closing = new AbortController().signal
  const engine = { store, closing, signal: new Signal(), looks: new Turns(), realNow: () => 0 }
  const waiting = { label: 'look', world: 'w', epoch, topics: [], until: 1 }
  const from: number[] = []
  const seen = await waitFor(engine as unknown as Engine, waiting, {
    query: 0,
    look({ db }, query) {
      from.push(query)
      if (from.length === 2) db.retry('somebody else was first')
      return { found: query === 2 ? 'it' : undefined, query: query + 1, isLast: false }
    },
  })
  expect(seen).toMatchObject({ found: 'it' })
  expect([...new Set(from)]).toEqual([0, 1, 2])
  expect(from.length).toBeGreaterThan(3)
})
