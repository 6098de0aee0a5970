import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Engine } from '../../core/engine.ts'
import type { Act } from './drills.ts'

type Input = Act['input']

/** What acts name by `{…}`. */
export type Places = Readonly<Record<string, string>>

/** What came of the calls of some acts. */
export interface Carried {
  readonly calls: number
  /** The first of those that were refused, in words. */
  readonly refused: string | undefined
}

/** Carries out acts in a world, call by call, each in a unit of its own: nobody waits for a thousand candidates. */
export async function carryActs(
  engine: Engine,
  { world, places, acts }: { world: string; places: Places; acts: readonly Act[] },
): Promise<Carried> {
  let calls = 0
  let refused: string | undefined
  for (const act of acts) {
    for await (const more of inputsOf(engine, { world, places, act })) {
      if (engine.closing.aborted) return { calls, refused: 'the simulator stopped' }
      const input = { world, ...fill(act.input, { ...places, ...more }) }
      const answer = await engine.control(act.call, input)
      calls += 1
      if (answer.status >= 400) refused ??= `${act.call} answered ${answer.status}`
    }
  }
  return { calls, refused }
}

/** The places that acts name, but for `person`, whom they find by themselves. */
export function placesNamed(acts: readonly Act[]): string[] {
  const named = acts.flatMap(({ input }) => Object.values(input).flatMap(placesIn))
  return named.filter((name) => name !== 'person')
}

function placesIn(value: string | number): string[] {
  return typeof value === 'string'
    ? [...value.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
    : []
}

function fill(input: Input, places: Places): Input {
  const filled = Object.entries(input).map(([name, value]) => {
    if (typeof value !== 'string') return [name, value]
    return [name, value.replace(/\{(\w+)\}/g, (whole, place: string) => places[place] ?? whole)]
  })
  return Object.fromEntries(filled)
}

const Page = z.object({
  items: z.array(z.object({ person: z.string(), state: z.string() })),
  next_cursor: z.string().nullable(),
})

/** What an act is carried out for: once, or once for each candidate whose place it names. */
async function* inputsOf(
  engine: Engine,
  { world, places, act }: { world: string; places: Places; act: Act },
): AsyncGenerator<Places> {
  const { each } = act
  if (!each) return yield {}
  const { from, to, who } = each
  for (let after: string | null | undefined; after !== null; ) {
    const input = { world, account: places['account'] ?? '', ...(after ? { after } : {}) }
    const { body } = await engine.control('association.list', input)
    const page = Page.parse(JSON.parse(body.toString()))
    for (const { person, state } of page.items) {
      const at = placeOf(person)
      if (state === who && at >= from && at < to) yield { person }
    }
    after = page.next_cursor
  }
}

/** Where a person stands among a hundred: it follows from the id, and so from the world's seed. */
function placeOf(person: string): number {
  return createHash('sha256').update(person).digest().readUInt32BE() % 100
}

const Faults = z.object({
  items: z.array(z.object({ fault: z.string(), name: z.string().nullish() })),
})

/** Ends the faults of a name. */
export async function removeFaults(
  engine: Engine,
  { world, name }: { readonly world: string; readonly name: string | undefined },
): Promise<void> {
  const { body } = await engine.control('fault.list', { world })
  const made = Faults.parse(JSON.parse(body.toString())).items.filter((one) => one.name === name)
  for (const { fault } of made) await engine.control('fault.delete', { world, fault })
}
