import { findAccessToken } from '../../../db/access-token.ts'
import { type Exchange, findExchangeOfTrace } from '../../../db/exchange.ts'
import type { Call } from '../../core/call.ts'
import { locate, pathOf } from '../../core/locate.ts'
import type { Refusal } from '../../core/refusal.ts'
import { isCleanText, queryOf, readForm, readJson } from '../../core/request.ts'
import { toUnixSeconds } from '../../world/clock.ts'
import type { Step } from '../../world/step.ts'
import type { Scope } from '../../world/world.ts'
import { refuse, type WechatCaller } from '../caller.ts'
import { sendTemplate } from '../message/endpoints.ts'
import { openidPrefix } from '../official-account.ts'
import { readRid, wireText } from '../rid.ts'

/** For how long a rid may be asked for. */
const kept_seconds = 7 * 86_400

/** The call of the caller's account that a rid names, with the Unix second at which it was made. */
export function findNamedCall(
  call: Pick<Call<WechatCaller>, 'db' | 'world' | 'caller' | 'steps'>,
  rid: string,
): (NamedFacts & { readonly invoked_at: number }) | Refusal {
  const { db, world, caller, steps } = call
  const invoked_at = Number.parseInt(rid.slice(0, 8), 16)
  const now = toUnixSeconds(world.now)
  if (invoked_at > now || invoked_at < now - kept_seconds)
    return refuse(76004, {
      rule: 'rid.recent',
      actual: rid,
      expected: 'a rid of the last seven days',
    })
  const at = readRid(rid)
  const exchange = at && findExchangeOfTrace(db, world.epoch, at.trace_start)
  const named = exchange && namedCall(call, exchange)
  if (!named)
    return refuse(76001, {
      rule: 'rid.known',
      actual: rid,
      expected: 'a rid that stands in the journal',
    })
  if (named.kind === 'web')
    return refuse(76022, { rule: 'rid.served', actual: rid, expected: 'no call under /sns' })
  const { appid } = caller.account
  if (named.appid !== appid)
    return refuse(76003, { rule: 'rid.own', actual: named.appid, expected: appid })
  steps.push('rid.recent', 'rid.known', 'rid.own')
  return { ...named, invoked_at }
}

/** A call of WeChat that a rid names: one of web OAuth, or one whose facts may be told to the account that made it. */
type NamedCall = { readonly kind: 'web' } | NamedFacts

interface NamedFacts {
  readonly kind: 'call'
  /** Undefined: nobody knows whose it was. */
  readonly appid: string | undefined
  readonly request_url: string
  readonly request_body: string
  readonly response_body: string
}

/** What an exchange says of the call of WeChat within it; undefined: it holds none. */
function namedCall(
  call: Pick<Call<WechatCaller>, 'db' | 'world' | 'caller'>,
  exchange: Exchange,
): NamedCall | undefined {
  if (exchange.surface !== 'wechat') return sendInProcess(call, exchange)
  if (locate(pathOf(exchange.url)).path.startsWith('/sns/')) return { kind: 'web' }
  const query = exchange.url.split('?').slice(1).join('?')
  const body = exchange.request_body.toString('utf8')
  return {
    kind: 'call',
    appid: ownerOf(call, exchange),
    request_url: hideInQuery(query),
    request_body: hideInBody(body),
    response_body: exchange.response_body.toString('utf8'),
  }
}

/** Whose token it carried, else which appid it named. */
function ownerOf({ db, world }: Scope, { url, request_body }: Exchange): string | undefined {
  const { access_token = '', appid } = queryOf(url)
  if (access_token !== '') {
    if (!isCleanText(access_token)) return undefined
    return findAccessToken(db, world.epoch, access_token)?.appid
  }
  const inBody =
    readJson(request_body).fields['appid'] ?? readForm(request_body.toString('utf8'))['appid']
  return appid ?? (typeof inBody === 'string' ? inBody : undefined)
}

/** A send that came from TUPU's side in the same unit is a step of another exchange. It carried no token. */
function sendInProcess(
  call: Pick<Call<WechatCaller>, 'world' | 'caller'>,
  { decision, trace, at }: Exchange,
): NamedCall | undefined {
  for (const step of decision as readonly Step[]) {
    if (typeof step === 'string' || !isSend(step.request) || !isRefused(step.answer)) continue
    const { appid } = call.caller.account
    const isOwn = step.request.touser.startsWith(openidPrefix(call, appid))
    const { errcode, errmsg } = step.answer
    const text = wireText({ text: errmsg }, sendTemplate.path, { trace, now: at })
    return {
      kind: 'call',
      appid: isOwn ? appid : undefined,
      request_url: '',
      request_body: JSON.stringify(step.request),
      response_body: JSON.stringify({ errcode, errmsg: text }),
    }
  }
  return undefined
}

function isSend(value: unknown): value is { touser: string } {
  return typeof value === 'object' && value !== null && 'touser' in value
}

function isRefused(value: unknown): value is { errcode: number; errmsg: string } {
  return typeof value === 'object' && value !== null && 'errcode' in value && value.errcode !== 0
}

/** As WeChat shows secrets; a token is shown whole. */
const hidden = '********'

function hideInQuery(query: string): string {
  return query.replace(/(^|&)((?:app)?secret=)[^&]*/gi, `$1$2${hidden}`)
}

function hideInBody(body: string): string {
  if (!/^\s*\{/.test(body)) return hideInQuery(body)
  return body.replace(/("(?:app)?secret"\s*:\s*)"(?:[^"\\]|\\.)*"/gi, `$1"${hidden}"`)
}
