import type { Bindings } from './bindings.ts'

/** A place where an answer is another one. */
export interface Difference {
  /** `status`, `location`, `body`, or a place in a JSON body: `body.items.0.errcode`. */
  readonly field: string
  readonly expected: string
  readonly actual: string
}

/** An answer as far as it is compared. */
export interface ComparedAnswer {
  readonly status: number
  readonly location: string
  /** Null: it was not kept. */
  readonly body: string | null
}

/** Of one answer so many differences are told. */
const differences_max = 5

/** Where an answer differs from the one in the file; what the file has aliases for is learnt. */
export function compareAnswers(
  expected: ComparedAnswer,
  actual: ComparedAnswer,
  bindings: Bindings,
): Difference[] {
  const differences = [
    ...compareText('status', String(expected.status), String(actual.status), bindings),
    ...compareText('location', expected.location, actual.location, bindings),
  ]
  if (expected.body === null || actual.body === null) return differences
  const [before, now] = [readJson(expected.body), readJson(actual.body)]
  const below =
    before === undefined || now === undefined
      ? compareText('body', expected.body, actual.body, bindings)
      : compareValue('body', before.value, now.value, bindings)
  return [...differences, ...below].slice(0, differences_max)
}

/** JSON with its numbers as they are written: those of msgids have more digits than a number keeps. */
function readJson(text: string): { readonly value: unknown } | undefined {
  const asText = (_: string, value: unknown, at?: { readonly source?: string }) =>
    typeof value === 'number' ? new Digits(at?.source ?? String(value)) : value
  try {
    return { value: JSON.parse(text, asText) }
  } catch {
    return undefined
  }
}

/** A number of JSON. */
class Digits {
  readonly digits: string
  constructor(digits: string) {
    this.digits = digits
  }
  toJSON() {
    return `number ${this.digits}`
  }
}

/** What follows from real time, and from where a server is reached. */
const elsewhere = new Set(['real_now', 'real_at', 'base_url', 'env', 'called_at', 'ends_at'])

function compareValue(
  field: string,
  expected: unknown,
  actual: unknown,
  bindings: Bindings,
): Difference[] {
  if (isGroup(expected) && isGroup(actual) && Array.isArray(expected) === Array.isArray(actual)) {
    const names = [...new Set([...Object.keys(expected), ...Object.keys(actual)])]
    return names
      .filter((name) => !elsewhere.has(name))
      .flatMap((name) => compareValue(`${field}.${name}`, expected[name], actual[name], bindings))
  }
  return compareText(field, textOf(expected), textOf(actual), bindings)
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !(value instanceof Digits)
}

function textOf(value: unknown): string {
  if (value === undefined) return '(not there)'
  if (value instanceof Digits) return value.digits
  return JSON.stringify(value)
}

function compareText(
  field: string,
  expected: string,
  actual: string,
  bindings: Bindings,
): Difference[] {
  if (expected === actual) return []
  bindings.learn(expected, bindings.alias(actual))
  const seen = bindings.alias(actual)
  return seen === expected ? [] : [{ field, expected, actual: seen }]
}
