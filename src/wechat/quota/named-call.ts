import { findAccessToken } from '../../../db/access-token.ts'
import type { ExchangeRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { locate, pathOf } from '../../core/locate.ts'
import { isCleanText, queryOf, readForm, readJson } from '../../core/request.ts'
import type { Step } from '../../world/step.ts'
import type { WechatCaller } from '../endpoint.ts'
import { sendTemplate } from '../message/endpoints.ts'
import { openidPrefix } from '../official-account.ts'
import { wireText } from '../rid.ts'

/** A call of WeChat that a rid names: one of web OAuth, or one whose facts may be told to the account that made it. */
export type NamedCall =
  | { readonly kind: 'web' }
  | {
      readonly kind: 'call'
      /** Undefined: nobody knows whose it was. */
      readonly appid: string | undefined
      readonly request_url: string
      readonly request_body: string
      readonly response_body: string
    }

/** What an exchange says of the call of WeChat within it; undefined: it holds none. */
export async function namedCall(
  call: Pick<Call<WechatCaller>, 'db' | 'world' | 'caller'>,
  exchange: ExchangeRow,
): Promise<NamedCall | undefined> {
  if (exchange.surface !== 'wechat') return sendInProcess(call, exchange)
  if (locate(pathOf(exchange.url)).path.startsWith('/sns/')) return { kind: 'web' }
  const query = exchange.url.split('?').slice(1).join('?')
  const body = exchange.request_body.toString('utf8')
  return {
    kind: 'call',
    appid: await ownerOf(call, exchange),
    request_url: hideInQuery(query),
    request_body: hideInBody(body),
    response_body: exchange.response_body.toString('utf8'),
  }
}

/** Whose token it carried, else which appid it named. */
async function ownerOf(
  { db, world }: Pick<Call, 'db' | 'world'>,
  { url, request_body }: ExchangeRow,
): Promise<string | undefined> {
  const { access_token = '', appid } = queryOf(url)
  if (access_token !== '') {
    if (!isCleanText(access_token)) return undefined
    return (await findAccessToken(db, world.epoch, access_token))?.appid
  }
  const inBody =
    readJson(request_body).fields['appid'] ?? readForm(request_body.toString('utf8'))['appid']
  return appid ?? (typeof inBody === 'string' ? inBody : undefined)
}

/** A send that came from TUPU's side in the same unit is a step of another exchange. It carried no token. */
function sendInProcess(
  call: Pick<Call<WechatCaller>, 'world' | 'caller'>,
  { decision, trace, at }: ExchangeRow,
): NamedCall | undefined {
  for (const step of JSON.parse(decision) as Step[]) {
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
