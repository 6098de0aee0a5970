import type { Call } from '../http/endpoint.ts'
import { pageReply } from '../http/page.ts'
import { type ProblemType, problem, problems } from '../http/problem.ts'
import type { Refusal } from '../http/refusal.ts'
import { wayOfRequest, withReply } from '../http/visit.ts'
import { langOf } from './lang.ts'
import { views } from './prepared.ts'

/** Why there is no page: each has its words. */
const reasons = {
  unknown_world: { type: 'not_found', field: 'world' },
  unknown_account: { type: 'not_found', field: 'eid' },
  unknown_path: { type: 'unknown_path', field: undefined },
  wrong_method: { type: 'wrong_method', field: undefined },
  body_too_large: { type: 'body_too_large', field: undefined },
  world_was_reset: { type: 'world_was_reset', field: undefined },
} as const satisfies Readonly<Record<string, { type: ProblemType; field: string | undefined }>>
export type Lost = keyof typeof reasons

/** The refusal of a page that is not there, with a page that leads on. */
export function lost({ request }: Pick<Call, 'request'>, reason: Lost): Refusal {
  const { type, field } = reasons[reason]
  const facts = { reason: `there is no such page: ${reason}`, fix: 'see /accounts' }
  const refusal = problem(type, field === undefined ? facts : { ...facts, field })
  const page = views().lostPage(langOf(request), { way: wayOfRequest(request), reason })
  return withReply(refusal, pageReply(page, { status: problems[type].status }))
}
