/** The control call that would have let a step pass: its id and input, ready to be sent. */
export interface Fix {
  readonly call: string
  readonly input: Readonly<Record<string, unknown>>
}

/**
 * One step of a decision, as data: what was checked (`rule`), on which row, what was seen and what was expected.
 * A passed step that has nothing to show is kept as its rule's name alone. Words for rules live in `views/words`.
 */
export interface StepFacts {
  readonly rule: string
  readonly row?: unknown
  readonly actual?: unknown
  readonly expected?: unknown
  readonly fix?: Fix
  readonly request?: unknown
  readonly answer?: unknown
  /** Of a call to no endpoint: those that were probably meant. */
  readonly nearest?: unknown
}

export type Step = string | StepFacts

const text_length_max = 500
const depth_max = 4
const members_max = 50

/** What a step may keep of a value as it was sent: neither a megabyte of it nor a thousand levels. The exchange has it whole. */
export function bounded(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') {
    return value.length > text_length_max
      ? `${value.slice(0, text_length_max)}…`.toWellFormed()
      : value
  }
  if (typeof value !== 'object' || value === null) return value
  if (depth >= depth_max) return Array.isArray(value) ? '[…]' : '{…}'
  if (Array.isArray(value))
    return value.slice(0, members_max).map((item) => bounded(item, depth + 1))
  const members = Object.entries(value).slice(0, members_max)
  return Object.fromEntries(members.map(([key, member]) => [key, bounded(member, depth + 1)]))
}
