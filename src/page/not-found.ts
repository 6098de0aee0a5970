import { Call } from '../core/call.ts'
import { type ProblemType, problem, problems } from '../core/problem.ts'
import { basePathOf } from './context.ts'
import type { Lang } from './language.ts'
import { type PageRefusal, withPage } from './refusal.ts'
import { langOfRequest, type PageNeeds, pageReply } from './reply.ts'

/** What a refusal says of a page that is not there. */
interface Missing {
  readonly type: ProblemType
  readonly field?: string
}

/** Why there may be no page, wherever pages are. */
const everywhere = {
  unknown_world: { type: 'not_found', field: 'world' },
  unknown_path: { type: 'unknown_path' },
  wrong_method: { type: 'wrong_method' },
  body_too_large: { type: 'body_too_large' },
  unknown_encoding: { type: 'unknown_encoding' },
  world_was_reset: { type: 'world_was_reset' },
} as const satisfies Readonly<Record<string, Missing>>
export type MissingAnywhere = keyof typeof everywhere

/** A page that says so, and what goes with it. */
export interface NotFoundText {
  readonly text: string
  readonly cookies: readonly (string | undefined)[]
  readonly needs: PageNeeds
}

/** Refuses a page that is not there, with a page that leads on. */
export type NotFound<R extends string> = (
  call: Pick<Call, 'request'>,
  reason: MissingAnywhere | R,
) => PageRefusal

/** How pages of one area are refused that are not there. `reasons`: those of this area alone. */
export function notFoundPages<R extends string>(area: {
  readonly home: string
  /** The language of whoever wishes none. */
  readonly lang: Lang
  readonly reasons: Readonly<Record<R, Missing>>
  /** `call`: as far as it is known. */
  render(
    lang: Lang,
    of: { basePath: string; reason: MissingAnywhere | R },
    call: Call | undefined,
  ): string | NotFoundText
}): NotFound<R> {
  const reasons: Readonly<Record<MissingAnywhere | R, Missing>> = { ...everywhere, ...area.reasons }
  return (call, reason) => {
    const { request } = call
    const { type, field } = reasons[reason]
    const facts = { reason: `there is no such page: ${reason}`, fix: `see ${area.home}` }
    const refusal = problem(type, field === undefined ? facts : { ...facts, field })
    const lang = langOfRequest(request, area.lang)
    const of = { basePath: basePathOf(request), reason }
    const page = area.render(lang, of, call instanceof Call ? call : undefined)
    const { text, ...more } = typeof page === 'string' ? { text: page } : page
    return withPage(refusal, pageReply(text, { ...more, status: problems[type].status }))
  }
}
