import { z } from 'zod'
import type { PersonRow, WebsiteLoginRow } from '../../../db/schema.ts'
import { updateWebsiteLogin } from '../../../db/website.ts'
import { linkName } from '../../auth/browser-identity.ts'
import { formSecret, formToken } from '../../auth/csrf.ts'
import type { Reply } from '../../core/endpoint.ts'
import { wayOf } from '../../core/locate.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { frameOf, html } from '../../page/frame.ts'
import { langOfRequest, pageReply } from '../../page/reply.ts'
import { openidOf } from '../official-account.ts'
import { isOwnForm } from './consent-sheet.ts'
import { type Identified, identify } from './identity.ts'
import { langHrefOf } from './own-link.ts'
import { type PageCall, page, refusePage, textOf, views } from './page.ts'
import { unnumbered } from './page-errors.ts'
import { issueCode } from './token.ts'
import { websiteAppOf } from './website-app.ts'
import { findLogin, standingOf } from './website-login.ts'

/** What a login's QR code opens on a phone: who looks at it has scanned it, and is asked. */
export const scanLogin = page({
  id: 'oauth.website_scan',
  methods: ['GET'],
  path: '/connect/confirm',
  from: ['query'],
  input: z.object({}),
  handle(call) {
    const found = findMine(call)
    return isRefusal(found) || 'kind' in found ? found : sheet(call, found)
  },
})

/** What the person decided on the sheet; the browser before the code is told of it. */
export const decideLogin = page({
  id: 'oauth.website_decide',
  methods: ['POST'],
  path: '/connect/confirm',
  from: ['query', 'form'],
  input: z.object({}),
  handle(call) {
    const found = findMine(call)
    if (isRefusal(found) || 'kind' in found) return found
    if (!isOwnForm(call)) {
      call.steps.push({ rule: 'form.own', expected: 'the form of this browser' })
      return sheet(call, found, true)
    }
    call.steps.push('form.own')
    const { login, person } = found
    const isAllowed = textOf(call, 'verdict') === 'allow'
    const code = isAllowed ? issueCode(call, codeFor(call, login, person)) : null
    const status = isAllowed ? 'allowed' : 'denied'
    if (!updateWebsiteLogin(call.db, login, { status, code })) return refuseLogin(call, login)
    if (isAllowed) call.steps.push('consent.given')
    else call.steps.push({ rule: 'consent.given', actual: 'deny', expected: 'allow' })
    const frame = frameOf(langOfRequest(call.request), call.request)
    return pageReply(html(views().LoginDonePage({ frame, isAllowed })))
  },
})

interface Found {
  readonly login: WebsiteLoginRow
  readonly identified: Identified
  readonly person: PersonRow
}

/** The login that a page names, scanned by whoever looks at it; or the page that says why there is none. */
function findMine(call: PageCall): Found | Refusal | Reply {
  const login = findLogin(call, textOf(call, 'uuid'))
  const standing = login && standingOf(call, login)
  if (!login || (standing !== 'waiting' && standing !== 'scanned')) return refuseLogin(call, login)
  const identified = identify(call)
  if (!identified) {
    const props = { frame: frameOf(langOfRequest(call.request), call.request), whoHref: undefined }
    return pageReply(html(views().OutsidePage({ ...props, langHref: langHrefOf(call) })))
  }
  const { person } = identified
  const change = { status: 'scanned', person: person.person } as const
  const isFirst = login.status === 'waiting' && updateWebsiteLogin(call.db, login, change)
  if (!isFirst && login.person !== person.person) return refuseLogin(call, login)
  call.steps.push('website_login.open')
  return { login: { ...login, ...change }, identified, person }
}

function refuseLogin(call: PageCall, login: WebsiteLoginRow | undefined): Refusal {
  return refusePage(call, unnumbered.login, {
    rule: 'website_login.open',
    actual: login ? standingOf(call, login) : null,
    expected: 'a login that waits, which nobody else has scanned',
  })
}

function codeFor(call: PageCall, { appid }: WebsiteLoginRow, { person }: PersonRow) {
  const openid = openidOf(call, appid, person)
  return { appid, openid, person, scope: 'snsapi_login', snapshot: 0 } as const
}

/** The sheet on which the person decides. From here on the person stands in the path. */
function sheet(call: PageCall, { login, identified, person }: Found, stale = false): Reply {
  const { request, caller, engine } = call
  const { by } = identified
  const name =
    (by === 'path' ? caller.address.person : undefined) ?? linkName(person.person, engine.settings)
  const path = `${wayOf({ world: caller.address.world, person: name })}/connect`
  const { secret, cookie } = formSecret(by === 'path' ? request : { ...request, headers: {} }, path)
  const lang = langOfRequest(request)
  const view = views().ConsentPage({
    frame: frameOf(lang, request),
    account: websiteAppOf(call, login.appid)?.name ?? '',
    person: person.name,
    action: `${path}/confirm?${new URLSearchParams({ lang })}`,
    fields: { uuid: login.uuid, csrf_token: formToken(secret) },
    stale,
    langHref: request.method === 'GET' ? langHrefOf(call) : undefined,
  })
  return pageReply(html(view), { status: stale ? 403 : 200, cookies: [cookie] })
}
