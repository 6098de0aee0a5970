import { z } from 'zod'
import type { OfficialAccountRow } from '../../../db/schema.ts'
import { identitiesOf } from '../../auth/browser-identity.ts'
import type { Reply } from '../../core/endpoint.ts'
import { credentialElsewhere } from '../../core/locate.ts'
import { findPersonBy } from '../../world/person.ts'
import type { StepFacts } from '../../world/step.ts'
import { findRelation } from '../oauth/identity.ts'
import { type PageCall, page, textOf } from '../oauth/page.ts'
import { isListed, readRedirect } from '../oauth/redirect-uri.ts'
import { isAppid, officialAccountOf } from '../official-account.ts'
import { permittedApis } from './api.ts'
import { refuseSignature, type SignedPage, signedUrl } from './signature.ts'

/** A page's address, and the names that it asks for, are not longer and not more. */
const url_length_max = 4000
const names_max = 100

/**
 * What a page's `wx.config` becomes: the WeChat client asks this of the platform, here the script of the JS-SDK does. The
 * answer is what the page is told, and says nothing that a page does not show to everybody.
 */
export const configJssdk = page({
  id: 'jssdk.config',
  methods: ['POST'],
  path: '/connect/jssdk/config',
  from: ['json'],
  input: z.object({}),
  handle(call) {
    const account = findAccount(call)
    if (!('appid' in account)) return refuse(call, 'invalid appid', account)
    concernLooker(call, account)
    const signed = readPage(call)
    const url = readRedirect(signed.url)
    const unlisted = refuseHost(account, url)
    if (unlisted) return refuse(call, 'invalid url domain', unlisted)
    const wrong = refuseSignature(call, account, signed)
    if (wrong) {
      const checked = signedUrl(signed.url)
      return refuse(call, 'invalid signature', wrong, { realAuthUrl: [checked, checked] })
    }
    call.steps.push('appid.known', 'js_domain.allowed', 'jssdk.signature')
    const { jsApiList } = call.fields
    const asked = Array.isArray(jsApiList) ? jsApiList.slice(0, names_max) : []
    return answer({ errMsg: 'config:ok', jsApiList: permittedApis(account, asked) })
  },
})

function findAccount(call: PageCall): OfficialAccountRow | StepFacts {
  const appid = textOf(call, 'appid')
  const account = isAppid(appid) ? officialAccountOf(call, appid) : undefined
  if (account) return account
  const step = { rule: 'appid.known', actual: appid, expected: 'an appid of this server' }
  return credentialElsewhere(call, 'appid', appid) ?? step
}

/** Whoever looks at the page may stand in its address: by this a withdrawal finds what the journal keeps of it. */
function concernLooker(call: PageCall, { appid }: OfficialAccountRow): void {
  for (const { person } of identitiesOf(call, call.caller.address)) {
    const row = findPersonBy(call, person)
    const relation = row && findRelation(call, row, appid)
    if (relation) call.concern({ appid, openid: relation.openid })
  }
}

function readPage(call: PageCall): SignedPage {
  const { timestamp } = call.fields
  return {
    nonceStr: textOf(call, 'nonceStr'),
    timestamp: typeof timestamp === 'number' ? String(timestamp) : textOf(call, 'timestamp'),
    signature: textOf(call, 'signature'),
    url: textOf(call, 'url').slice(0, url_length_max),
  }
}

function refuseHost(
  { appid, js_domains }: OfficialAccountRow,
  url: URL | undefined,
): StepFacts | undefined {
  const domains = js_domains === null ? undefined : (JSON.parse(js_domains) as string[])
  if (url && (!domains || isListed(url, domains))) return undefined
  return {
    rule: 'js_domain.allowed',
    actual: url?.host ?? null,
    expected: domains ?? 'a page of the web',
    ...(url && { fix: { call: 'official_account.update', input: { appid, js_domains: null } } }),
  }
}

function refuse(call: PageCall, why: string, step: StepFacts, more: object = {}): Reply {
  call.steps.push(step)
  return answer({ errMsg: `config:${why}`, ...more })
}

/** Whatever page has the script may read it. */
function answer(said: Readonly<Record<string, unknown>>): Reply {
  return {
    kind: 'reply',
    status: 200,
    body: JSON.stringify(said),
    type: 'application/json; encoding=utf-8',
    headers: { 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'no-store' },
  }
}
