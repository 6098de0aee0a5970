import type { Call } from '../../core/call.ts'
import { pagesOf } from '../../core/endpoint.ts'
import { refuser } from '../../core/refusal.ts'
import type { RawRequest } from '../../core/request.ts'
import type { Address } from '../../core/surface.ts'
import { frameOf, html } from '../../page/frame.ts'
import { lazyViews } from '../../page/lazy-views.ts'
import type { PageRefusal } from '../../page/refusal.ts'
import { langOfRequest, pageReply } from '../../page/reply.ts'
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

/** The pages of WeChat. */
export const views = lazyViews(() => import('../../../views/wechat/index.ts'))

/** Refuses with one of WeChat's error pages, in the language of the browser. `status`: where it is not 200. */
export function refusePage(
  { request }: { readonly request: Pick<RawRequest, 'url' | 'headers'> },
  code: number,
  step: StepFacts,
  status?: number,
): PageRefusal {
  const refusal = refuse(code, step)
  const lang = langOfRequest(request)
  const meaning = pageErrors.get(code)?.[lang] ?? ''
  const error = { text: refusal.text, meaning, code: code > 0 ? code : undefined }
  return {
    ...refusal,
    pageOf: ({ trace }) => {
      const page = views().ErrorPage({ frame: frameOf(lang), error: { ...error, trace } })
      return pageReply(html(page), { status })
    },
  }
}

/** A field that is a text, else an empty one. */
export function textOf({ fields }: Pick<Call, 'fields'>, name: string): string {
  const value = fields[name]
  return typeof value === 'string' ? value : ''
}
