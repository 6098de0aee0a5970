import { isDeepStrictEqual } from 'node:util'
import type { Statement } from './statement.ts'
import { TupleMap } from './tuple-map.ts'
import type { RunResult } from './unit.ts'

/** So many questions a unit may ask; what needs more goes in portions. */
const questions_max = 5000
/** So much is known to be written already. */
const known_max = 10_000

/** Something that a unit does to the database, in the order in which it does it. */
export type Deed =
  | {
      readonly kind: 'statement'
      readonly statement: Statement
      readonly values: readonly unknown[]
      /** Under which its result is needed. */
      readonly key?: string
    }
  | { readonly kind: 'undo' }
  | { readonly kind: 'seal' }

export interface Question {
  readonly key: string
  readonly statement: Statement
  readonly values: readonly unknown[]
}

/** Thrown by a unit that cannot go on before its question is answered; every further step in the same run throws it again. */
export const unanswered = new Error('a unit asks its database')

/** What one unit has been told and has done, over all runs of its work. */
export class History {
  readonly #label: string
  readonly #answers = new Map<string, RunResult>()
  /** What was known to be written already when the unit first asked; and what it writes itself. */
  readonly #done = new Map<string, boolean>()
  readonly #known: Set<string>
  readonly #recalled = new TupleMap<{ readonly value: unknown }>()
  readonly deeds: Deed[] = []
  /** How many of the deeds the database knows. */
  sent = 0
  question: Question | undefined

  constructor(label: string, known: Set<string>) {
    this.#label = label
    this.#known = known
  }

  /** What was known of something when the unit first looked. */
  recall<T>(name: readonly unknown[], look: () => T): T {
    const known = this.#recalled.get(name)
    if (known) return known.value as T
    const value = look()
    this.#recalled.set(name, { value })
    return value
  }

  /** Whether something is in the database that is written once: in all runs the same answer. */
  isDone(name: string): boolean {
    const isDone = this.#done.get(name) ?? this.#known.has(name)
    this.#done.set(name, isDone)
    return isDone
  }

  /** All of it is there for good. */
  committed(): void {
    if (this.#known.size > known_max) this.#known.clear()
    for (const name of this.#done.keys()) this.#known.add(name)
  }

  answerTo(key: string): RunResult | undefined {
    return this.#answers.get(key)
  }

  answer(key: string, result: RunResult): void {
    if (this.#answers.size >= questions_max)
      throw new Error(`${this.#label} asks more than ${questions_max} questions: do it in portions`)
    this.#answers.set(key, result)
    if (this.question?.key === key) this.question = undefined
  }

  /** The nth deed of a run: it must be what it was in the run before, or new. */
  did(n: number, deed: Deed): void {
    const before = this.deeds[n]
    if (before === undefined) this.deeds.push(deed)
    else if (!isSame(before, deed)) {
      const what = 'statement' in deed ? deed.statement.sql : deed.kind
      throw new Error(`${this.#label} did something else when it was run again: ${what}`)
    }
  }
}

function isSame(a: Deed, b: Deed): boolean {
  if (a.kind !== 'statement' || b.kind !== 'statement') return a.kind === b.kind
  return a.statement.sql === b.statement.sql && isDeepStrictEqual(a.values, b.values)
}
