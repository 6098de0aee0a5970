import { identitiesOf } from '../../auth/browser-identity.ts'
import type { Call } from '../../core/call.ts'
import { pagesOf } from '../../core/endpoint.ts'
import type { FieldIssue } from '../../core/field.ts'
import { type Refusal, refuser } from '../../core/refusal.ts'
import type { RawRequest } from '../../core/request.ts'
import type { Address } from '../../core/surface.ts'
import { frameOf, html } from '../../page/frame.ts'
import type { Lang } from '../../page/language.ts'
import { lazyViews } from '../../page/lazy-views.ts'
import type { PageRefusal } from '../../page/refusal.ts'
import { langOfRequest, pageReply } from '../../page/reply.ts'
import { findPersonBy } from '../../world/person.ts'
import type { StepFacts } from '../../world/step.ts'
import { wechatErrors } from '../errors.ts'
import { isAppid, officialAccountOf } from '../official-account.ts'
import { pageErrors } from './page-errors.ts'

/** What a page of WeChat knows of a call besides its fields: by which way it came. */
export interface PageCaller {
  readonly address: Address
}
export type PageCall = Call<PageCaller>

function refuseField(issue: FieldIssue): never {
  throw new Error(`a page reads its fields by itself: ${issue.field}`)
}

/** One page of WeChat. */
export const page = pagesOf<PageCaller>({
  refuseField,
  faults: {
    surface: 'wechat',
    named(call) {
      const appid = textOf(call, 'appid')
      if (!isAppid(appid) || !officialAccountOf(call, appid)) return undefined
      const names = identitiesOf(call, call.caller.address)
      const [person] = names.flatMap((name) => findPersonBy(call, name.person)?.person ?? [])
      return { appid, person }
    },
    refuse({ errcode, errmsg }, step, call) {
      const text = errmsg ?? wechatErrors.get(errcode)?.text ?? ''
      const no: Refusal = { kind: 'refusal', code: errcode, text, step }
      const lang = call ? langOfRequest(call.request) : 'zh'
      const meaning = wechatErrors.get(errcode)?.[lang] ?? ''
      return withErrorPage(no, { request: call?.request, lang, meaning, code: errcode })
    },
  },
})

/** A page of ours among them, that no real WeChat has. */
export const ownPage = pagesOf<PageCaller>({ refuseField })

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
  return withErrorPage(refusal, {
    ...{ request, lang, meaning, status },
    code: code > 0 ? code : undefined,
  })
}

function withErrorPage(
  refusal: Refusal,
  of: {
    readonly request: Pick<RawRequest, 'headers'> | undefined
    readonly lang: Lang
    readonly meaning: string
    /** As it is shown; undefined: WeChat shows none. */
    readonly code: number | undefined
    readonly status?: number | undefined
  },
): PageRefusal {
  const { request, lang, meaning, code, status } = of
  return {
    ...refusal,
    pageOf: ({ trace }) => {
      const error = { text: refusal.text, meaning, code, trace }
      const page = views().ErrorPage({ frame: frameOf(lang, request), error })
      return pageReply(html(page), { status })
    },
  }
}

/** A field that is a text, else an empty one. */
export function textOf({ fields }: Pick<Call, 'fields'>, name: string): string {
  const value = fields[name]
  return typeof value === 'string' ? value : ''
}
