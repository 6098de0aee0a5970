import { z } from 'zod'
import type { Bundle, BundledExchange } from '../../control/bundle/format.ts'
import { StartError } from '../../start-error.ts'
import { toIso } from '../../world/clock.ts'

/** How the world of a file began, and which of its calls come after that. */
export interface Beginning {
  readonly body: Readonly<Record<string, unknown>>
  /** How often it was reset: its tokens follow from that. */
  readonly resets: number
  /** Made by a call, and not by the program at its start. */
  readonly isCalled: boolean
  readonly calls: readonly BundledExchange[]
}

/** Reads how to begin; throws where a file does not say it. */
export function beginningOf({ world, tables, exchanges }: Bundle): Beginning {
  const { world: name, seed, body, resets, magic } = world
  if (seed === undefined)
    throw new StartError('The file has no seed, so that no id would be the same.', {
      fix: 'Create it again with --seed-too, if its readers may know the secrets of the world.',
    })
  const [first] = exchanges
  const isMade = first?.endpoint === 'world.create' || first?.endpoint === 'world.reset'
  const isRestored = first?.endpoint === 'snapshot.restore'
  if (isRestored || (first?.endpoint === 'world.create' && first.request.body === ''))
    throw new StartError('The world began with a snapshot, which a bundle does not hold.', {
      fix: 'Reset the world, reproduce the problem, and bundle that.',
    })
  const isCalled = first?.endpoint === 'world.create' || (resets > 0 && name !== 'default')
  const clock = { mode: 'frozen', now: begunAt(tables, body, first) }
  return {
    body: { ...body, name, seed, magic, clock },
    resets,
    isCalled,
    calls: isMade ? exchanges.slice(1) : exchanges,
  }
}

const clockOf = z.object({ clock: z.object({ mode: z.literal('frozen'), now: z.string() }) })

/** When it began: as its body says, or when the first of its rows was made. */
function begunAt(
  tables: Bundle['tables'],
  body: Readonly<Record<string, unknown>>,
  first: BundledExchange | undefined,
): string {
  const said = clockOf.safeParse(body)
  if (said.success) return said.data.clock.now
  const made = ['official_account', 'account', 'person'].flatMap((table) =>
    (tables[table] ?? []).flatMap(({ created_at }) =>
      typeof created_at === 'number' ? [created_at] : [],
    ),
  )
  if (made.length > 0) return toIso(Math.min(...made))
  return first?.at ?? '2026-01-05T01:00:00.000Z'
}
