import type { Call } from '../../core/call.ts'
import { pagesOf } from '../../core/endpoint.ts'
import { type Refusal, refuser } from '../../core/refusal.ts'
import type { RawRequest } from '../../core/request.ts'
import type { Address } from '../../core/surface.ts'
import { langOfRequest } from '../../page/reply.ts'
import type { StepFacts } from '../../world/step.ts'
import { pageErrors } from './page-errors.ts'

/** What a page of WeChat knows of a call besides its fields: by which way it came. */
export interface PageCaller {
  readonly address: Address
}
export type PageCall = Call<PageCaller>

/** One page of WeChat. */
export const page = pagesOf<PageCaller>({
  refuseField(issue) {
    throw new Error(`a page reads its fields by itself: ${issue.field}`)
  },
})

const refuse = refuser(pageErrors)

/** Refuses with one of WeChat's error pages, in the language of the browser. */
export function refusePage(
  { request }: { readonly request: Pick<RawRequest, 'url' | 'headers'> },
  code: number,
  step: StepFacts,
): Refusal {
  return { ...refuse(code, step), extra: { lang: langOfRequest(request) } }
}

/** A field that is a text, else an empty one. */
export function textOf({ fields }: Pick<Call, 'fields'>, name: string): string {
  const value = fields[name]
  return typeof value === 'string' ? value : ''
}
