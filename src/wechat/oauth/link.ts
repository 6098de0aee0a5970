import type { OauthCodeRow, OfficialAccountRow } from '../../../db/schema.ts'
import { credentialElsewhere } from '../../core/locate.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { isAppid, officialAccountOf } from '../official-account.ts'
import { type PageCall, refusePage, textOf } from './page.ts'
import { unnumbered } from './page-errors.ts'
import { isListed, readRedirect } from './redirect-uri.ts'

const state_bytes_max = 128

/** What is carried on from page to page. `sim_entry` and `lang` are ours. */
const parameters = [
  'appid',
  'redirect_uri',
  'response_type',
  'scope',
  'state',
  'forcePopup',
  'forceSnapShot',
  'connect_redirect',
  'sim_entry',
  'lang',
] as const

export type Scope = OauthCodeRow['scope']

/** A link to the authorise page that is in order. */
export interface AuthorizeLink {
  readonly account: OfficialAccountRow
  readonly redirect: URL
  readonly scope: Scope
  readonly state: string
  readonly forcePopup: boolean
  readonly forceSnapShot: boolean
  /** Whether the link keeps WeChat from opening the redirect with two codes, as SDKs have found out. */
  readonly connectRedirect: boolean
  /** Its parameters as they were sent. */
  readonly sent: Readonly<Record<string, string>>
}

/** Reads a link in any order of its parameters; what WeChat would not follow becomes its error page. */
export function checkLink(call: PageCall): AuthorizeLink | Refusal {
  const account = findAccount(call)
  if (isRefusal(account)) return account
  const scope = checkForm(call) ?? checkScope(call, account)
  if (isRefusal(scope)) return scope
  const redirect = checkRedirect(call, account)
  if (isRefusal(redirect)) return redirect
  call.steps.push('appid.known', 'oauth.permitted', 'redirect_uri.allowed')
  const given = parameters.filter((name) => textOf(call, name) !== '')
  return {
    account,
    redirect,
    scope,
    state: textOf(call, 'state'),
    forcePopup: textOf(call, 'forcePopup') === 'true',
    forceSnapShot: textOf(call, 'forceSnapShot') === 'true',
    connectRedirect: textOf(call, 'connect_redirect') === '1',
    sent: Object.fromEntries(given.map((name) => [name, textOf(call, name)])),
  }
}

function findAccount(call: PageCall): OfficialAccountRow | Refusal {
  const appid = textOf(call, 'appid')
  if (appid === '') return refusePage(call, 10012, { rule: 'appid.given', expected: 'appid' })
  const account = isAppid(appid) ? officialAccountOf(call, appid) : undefined
  if (account) return account
  const step = { rule: 'appid.known', actual: appid, expected: 'an appid of this server' }
  return refusePage(call, unnumbered.appid, credentialElsewhere(call, 'appid', appid) ?? step)
}

/** What is missing from a link, or cannot be. */
function checkForm(call: PageCall): Refusal | undefined {
  if (textOf(call, 'redirect_uri') === '')
    return refusePage(call, 10011, { rule: 'redirect_uri.given', expected: 'redirect_uri' })
  const response_type = textOf(call, 'response_type')
  if (response_type !== 'code') {
    const step = { rule: 'response_type.code', actual: response_type, expected: 'code' }
    return refusePage(call, unnumbered.link, step)
  }
  if (textOf(call, 'scope') === '')
    return refusePage(call, 10010, { rule: 'scope.given', expected: 'snsapi_base' })
  const bytes = Buffer.byteLength(textOf(call, 'state'))
  if (bytes <= state_bytes_max) return undefined
  const step = { rule: 'state.length', actual: bytes, expected: `at most ${state_bytes_max} bytes` }
  return refusePage(call, unnumbered.state, step)
}

/** Verified service accounts and sandboxes have both scopes, all others have none. */
function checkScope(
  call: PageCall,
  { appid, kind, verified }: OfficialAccountRow,
): Scope | Refusal {
  const scope = textOf(call, 'scope')
  if (scope !== 'snsapi_base' && scope !== 'snsapi_userinfo') {
    const expected = 'snsapi_base or snsapi_userinfo'
    return refusePage(call, 10005, { rule: 'scope.known', actual: scope, expected })
  }
  if (kind === 'sandbox' || (kind === 'service' && verified)) return scope
  return refusePage(call, 10005, {
    rule: 'oauth.permitted',
    actual: { kind, verified },
    expected: { kind: 'service', verified: true },
    fix: { call: 'official_account.update', input: { appid, kind: 'service', verified: true } },
  })
}

function checkRedirect(
  call: PageCall,
  { appid, oauth_domains }: OfficialAccountRow,
): URL | Refusal {
  const sent = textOf(call, 'redirect_uri')
  const url = readRedirect(sent)
  if (!url) {
    const expected = 'an address that begins with http:// or https://'
    return refusePage(call, 10003, { rule: 'redirect_uri.web', actual: sent, expected })
  }
  const domains = oauth_domains === null ? undefined : (JSON.parse(oauth_domains) as string[])
  if (!domains || isListed(url, domains)) return url
  return refusePage(call, 10003, {
    rule: 'redirect_uri.allowed',
    actual: url.host,
    expected: domains,
    fix: { call: 'official_account.update', input: { appid, oauth_domains: null } },
  })
}
