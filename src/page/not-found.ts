import type { Call } from '../core/call.ts'
import { type ProblemType, problem, problems } from '../core/problem.ts'
import type { Refusal } from '../core/refusal.ts'
import type { RawRequest } from '../core/request.ts'
import { wayOfRequest, withReply } from './context.ts'
import { pageReply } from './reply.ts'

/** What a refusal says of a page that is not there. */
interface Loss {
  readonly type: ProblemType
  readonly field?: string
}

/** Why there may be no page, wherever pages are. */
const everywhere = {
  unknown_world: { type: 'not_found', field: 'world' },
  unknown_path: { type: 'unknown_path' },
  wrong_method: { type: 'wrong_method' },
  body_too_large: { type: 'body_too_large' },
  world_was_reset: { type: 'world_was_reset' },
} as const satisfies Readonly<Record<string, Loss>>
export type LostAnywhere = keyof typeof everywhere

/** Makes the refusal of pages that are not there, with a page that leads on. `more`: reasons of this place alone. */
export function loseTo<R extends string>(place: {
  readonly home: string
  readonly more: Readonly<Record<R, Loss>>
  draw(request: RawRequest, of: { way: string; reason: LostAnywhere | R }): string
}) {
  const reasons: Readonly<Record<string, Loss>> = { ...everywhere, ...place.more }
  return ({ request }: Pick<Call, 'request'>, reason: LostAnywhere | R): Refusal => {
    const loss = reasons[reason]
    if (!loss) throw new Error(`nothing is known of the reason ${reason}`)
    const { type, field } = loss
    const facts = { reason: `there is no such page: ${reason}`, fix: `see ${place.home}` }
    const refusal = problem(type, field === undefined ? facts : { ...facts, field })
    const page = place.draw(request, { way: wayOfRequest(request), reason })
    return withReply(refusal, pageReply(page, { status: problems[type].status }))
  }
}
