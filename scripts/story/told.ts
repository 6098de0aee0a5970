import assert from 'node:assert/strict'

/** One thing that happens, and what everybody then sees. */
export interface Step<On> {
  /** The sentence that is told of it. */
  readonly tells: string
  /** Lets it happen and looks; throws when it is not as told. What it answers may be shown beside the sentence. */
  lives(on: On): Promise<string | undefined>
}

/** What happens on one day, from nine in the morning in Beijing. */
export interface Day<On> {
  /** `2026-01-05`. */
  readonly on: string
  readonly steps: readonly Step<On>[]
}

export interface Chapter<On> {
  readonly title: string
  readonly days: readonly Day<On>[]
}

/** A step that needs no more than its sentence and what is done. */
export function step<On>(tells: string, does: (on: On) => Promise<string | undefined>): Step<On> {
  return { tells, lives: does }
}

/** Looks at every field that is named; there may be more of them, but not more items in a list. */
export function sees(actual: unknown, expected: unknown): void {
  assert.deepStrictEqual(lookedAt(actual, expected), expected)
}

function lookedAt(actual: unknown, expected: unknown): unknown {
  if (!isObject(actual) || !isObject(expected)) return actual
  if (Array.isArray(actual))
    return actual.map((item, i) =>
      lookedAt(item, Array.isArray(expected) ? expected[i] : undefined),
    )
  const named = Object.keys(expected).filter((name) => name in actual)
  return Object.fromEntries(named.map((name) => [name, lookedAt(actual[name], expected[name])]))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** Looks at the whole. */
export function seesAll(actual: unknown, expected: unknown): void {
  assert.deepStrictEqual(actual, expected)
}

/** What the control API says instead of doing it; throws when it does it. */
export async function refused(call: Promise<unknown>) {
  const error = await call.then(
    () => assert.fail('it was not refused'),
    (reason: Partial<Refused>) => reason,
  )
  const { status, problem } = error
  if (problem === undefined) throw error
  return { status, field: problem['field'], reason: problem['reason'] }
}

interface Refused {
  readonly status: number
  readonly problem: Readonly<Record<string, unknown>>
}

/** Looks for a text in another one. */
export function reads(text: string, part: string): void {
  assert.ok(text.includes(part), `"${part}" does not stand in: ${text.slice(0, 2000)}`)
}
