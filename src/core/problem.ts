import type { FieldIssue } from './field.ts'
import { useOneOf } from './nearest.ts'
import type { Refusal } from './refusal.ts'
import { cleanText } from './request.ts'
import { whyNot } from './why-not.ts'

/** Everything that the control API refuses with, by the `type` of its RFC 9457 answer. */
export const problems = {
  malformed_json: { status: 400, title: 'The body is not JSON' },
  not_found: { status: 404, title: 'It does not exist' },
  unknown_path: { status: 404, title: 'The path does not exist' },
  wrong_method: { status: 405, title: 'The path does not accept this method' },
  world_exists: { status: 409, title: 'A world with this name already exists' },
  id_taken: { status: 409, title: 'Another world has this id' },
  conflict: { status: 409, title: 'This is not possible in the current state' },
  advance_running: { status: 409, title: 'The clock is already being advanced' },
  clock_backwards: { status: 409, title: 'The clock only moves forward' },
  world_was_reset: { status: 409, title: 'The world was reset in the meantime' },
  not_met: { status: 409, title: 'The awaited condition was not met' },
  not_verified: { status: 409, title: 'The calls do not match what was expected' },
  unknown_encoding: { status: 415, title: 'The compression of the body is not supported' },
  body_too_large: { status: 413, title: 'The body is too large' },
  invalid_field: { status: 422, title: 'A field has an invalid value' },
  unknown_field: { status: 422, title: 'The field does not exist' },
  not_yet: { status: 422, title: 'This field is not supported in this version' },
  not_an_object: { status: 422, title: 'The body is not a JSON object' },
  too_many_snapshots: { status: 429, title: 'The world has reached its limit of snapshots' },
  too_many_worlds: { status: 429, title: 'The server has reached its limit of worlds' },
} as const
export type ProblemType = keyof typeof problems

/** Names the field, says why, and says what to do. */
export interface ProblemFacts {
  readonly field?: string
  readonly reason: string
  readonly fix: string
}

/** A control API's no. `more`: what a program wants to know besides. */
export function problem(
  type: ProblemType,
  facts: ProblemFacts,
  more: Readonly<Record<string, unknown>> = {},
): Refusal {
  const { status, title } = problems[type]
  return {
    kind: 'refusal',
    code: status,
    status,
    text: title,
    step: { rule: `control.${type}`, actual: facts.field ?? null, expected: facts.fix },
    extra: {
      type,
      title,
      status,
      field: facts.field ?? null,
      reason: facts.reason,
      fix: facts.fix,
      ...more,
    },
  }
}

/** What a caller has sent is repeated no longer than this. */
const shown_length_max = 200

/**
 * The no to a name that nothing has. In the path it is 404, in body or query 422 at the field that was sent; the decision
 * says the same of both.
 */
export function unknownName(
  { endpoint }: { readonly endpoint: { readonly path: string } | undefined },
  facts: ProblemFacts & { readonly field: string },
): Refusal {
  const isInPath = endpoint?.path.includes(`{${facts.field}}`) === true
  const reason = cleanText(facts.reason, shown_length_max)
  const no = problem(isInPath ? 'not_found' : 'invalid_field', { ...facts, reason })
  return { ...no, step: { ...no.step, rule: 'control.not_found' } }
}

/** The same no at another field. */
export function refusedAt(refusal: Refusal, field: string): Refusal {
  return {
    ...refusal,
    extra: { ...refusal.extra, field },
    step: { ...refusal.step, actual: field },
  }
}

const reader = {
  unlike: (wanted: string) => ({
    reason: `it is not ${wanted}`,
    fix: 'correct it; /docs shows valid values',
  }),
  oneOf: useOneOf,
  docs: '/docs',
}

/** A field that does not fit its schema. */
export function fieldProblem({ path, fault, params, names, found }: FieldIssue): Refusal {
  const field = cleanText(path, shown_length_max)
  if (fault === 'unknown') {
    const others =
      names.length > 0 ? `leave it out, or ${useOneOf(lastOf(field), names)}` : 'leave it out'
    return problem('unknown_field', {
      field,
      reason: `there is no field ${field} here`,
      fix: others,
    })
  }
  if (found.value === undefined) return missingField(field)
  const type = params['problem'] === 'not_yet' ? 'not_yet' : 'invalid_field'
  return problem(type, { field, ...whyNot(found.issue, found.value, reader) })
}

const lastOf = (path: string) => path.slice(path.lastIndexOf('.') + 1)

/** The no to a call that lacks a field. */
export function missingField(field: string): Refusal {
  return problem('invalid_field', { field, reason: 'it is missing', fix: `give ${field}` })
}
