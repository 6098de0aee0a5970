import type { FieldIssue } from './field.ts'
import type { Refusal } from './refusal.ts'

/** Everything that the control API refuses with, by the `type` of its RFC 9457 answer. */
export const problems = {
  malformed_json: { status: 400, title: 'The body is not JSON' },
  not_found: { status: 404, title: 'There is no such thing' },
  unknown_path: { status: 404, title: 'There is no such path' },
  wrong_method: { status: 405, title: 'This path has other methods' },
  world_exists: { status: 409, title: 'A world of this name exists already' },
  id_taken: { status: 409, title: 'Another world has this id' },
  conflict: { status: 409, title: 'This cannot be done in the present state' },
  advance_running: { status: 409, title: 'The clock is being advanced already' },
  clock_backwards: { status: 409, title: 'The clock only goes forward' },
  world_was_reset: { status: 409, title: 'The world was reset meanwhile' },
  unknown_encoding: { status: 415, title: 'The body is packed in a way that is not read' },
  body_too_large: { status: 413, title: 'The body is too large' },
  invalid_field: { status: 422, title: 'A field has a value that cannot be used' },
  unknown_field: { status: 422, title: 'There is no such field' },
  not_yet: { status: 422, title: 'This field has no effect in this version' },
  not_an_object: { status: 422, title: 'The body is not a JSON object' },
  too_many_worlds: { status: 429, title: 'The server has all the worlds it can have' },
} as const
export type ProblemType = keyof typeof problems

/** Names the field, says why, and says what to do. */
export interface ProblemFacts {
  readonly field?: string
  readonly reason: string
  readonly fix: string
}

/** A control API's no. */
export function problem(type: ProblemType, facts: ProblemFacts): Refusal {
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
    },
  }
}

/** A field that does not fit its schema. */
export function fieldProblem(issue: FieldIssue): Refusal {
  const { path: field, fault, message, params } = issue
  if (fault === 'unknown') {
    return problem('unknown_field', {
      field,
      reason: `there is no field ${field} here`,
      fix: 'leave it out, or check its spelling',
    })
  }
  if (params['problem'] === 'not_yet') {
    return problem('not_yet', { field, reason: message, fix: 'leave the field out' })
  }
  if (fault === 'missing') {
    return problem('invalid_field', { field, reason: 'it is missing', fix: `give ${field}` })
  }
  // Our own schemas say what they want, zod's say what is wrong.
  if (!/^[a-z\d]/.test(message)) {
    return problem('invalid_field', {
      field,
      reason: message,
      fix: `correct ${field}; /docs shows what it takes`,
    })
  }
  return problem('invalid_field', { field, reason: `it is not ${message}`, fix: `give ${message}` })
}
