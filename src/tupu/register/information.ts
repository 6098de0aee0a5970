import { parsePhoneNumberFromString } from 'libphonenumber-js/mobile'
import type { AssociationRow } from '../../../db/schema.ts'
import type { Reply } from '../../core/endpoint.ts'
import { queryOf } from '../../core/request.ts'
import { maskEmail, maskMobile } from '../../journal/mask-text.ts'
import { frameOf } from '../../page/frame.ts'
import { toIso } from '../../world/clock.ts'
import { findableOf } from '../gateway/oauth.ts'
import { langHref, linkTo } from './call.ts'
import type { Known } from './personal.ts'
import { pageResponse } from './response.ts'
import { drawQr, views } from './views.ts'

const done_words = ['registered', 'changed'] as const

/** Shows a candidate what is known of them: masked until they ask for it, for others may be looking. */
export function informationResponse(
  { call, openid }: Known,
  of: { readonly association: AssociationRow; readonly follows: boolean | undefined },
): Reply {
  const { caller, request } = call
  const { association, follows } = of
  const frame = frameOf(caller.lang, call.request)
  const query = queryOf(request.url)
  const isWhole = query['show'] === 'all'
  const { name, code } = findableOf(call, caller)
  const page = views().Information({
    ...texts(association, isWhole),
    frame,
    company: caller.account.company,
    done: done_words.find((word) => word === query['done']),
    isWhole,
    source: association.source,
    agreed: agreedTo(association, call),
    follows,
    official: { name, code: code !== undefined && follows === false ? drawQr(code) : undefined },
    showHref: linkTo(caller, isWhole ? {} : { query: { show: 'all' } }),
    changeHref: linkTo(caller, { page: 'change' }),
    withdrawHref: linkTo(caller, { page: 'withdraw' }),
    langHref: langHref(isWhole ? { show: 'all' } : {}),
  })
  return pageResponse(call, page, { page: 'register.information', openid })
}

function texts({ name, mobile, email, created_at, updated_at }: AssociationRow, isWhole: boolean) {
  return {
    name: isWhole ? name : maskName(name),
    mobile: isWhole ? international(mobile) : maskMobile(mobile),
    email: isWhole || email === '' ? email : maskEmail(email),
    since: toIso(created_at),
    changed: updated_at > created_at ? toIso(updated_at) : undefined,
  }
}

function agreedTo({ notice_version, consented_at }: AssociationRow, call: Known['call']) {
  if (notice_version === null || consented_at === null) return undefined
  const version = String(notice_version)
  const href = linkTo(call.caller, { page: 'notice', query: { version } })
  return { version, at: toIso(consented_at), href }
}

/** What people see as one character; a name's first one says enough to its owner. */
const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' })

function maskName(name: string): string {
  const [first, second] = graphemes.segment(name)
  return second ? `${first?.segment}＊＊` : '＊'
}

function international(mobile: string): string {
  return parsePhoneNumberFromString(mobile)?.formatInternational() ?? mobile
}
