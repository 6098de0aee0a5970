import type { AccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import type { Engine } from '../../core/engine.ts'
import { within } from '../../core/invoke.ts'
import { isRefusal } from '../../core/refusal.ts'
import { exchangeOauth } from '../../wechat/oauth/endpoints.ts'
import { exchangeCode } from '../../wechat/oauth/token.ts'
import { officialAccountOf } from '../../wechat/official-account.ts'
import { accountCodeUrl } from '../../wechat/qrcode/code.ts'
import { type GatewayConfig, type RemoteGateway, timeoutOf } from './config.ts'
import { sendFaulty } from './fault.ts'
import type { OutwardCall, RemoteAnswer } from './http.ts'
import { RemoteClient } from './remote.ts'

/** Hosts of the real WeChat: codes are exchanged at the ones, people sign in at the other. */
const api_host = /^(\w+\.)?api2?\.weixin\.qq\.com$/
const open_origin = 'https://open.weixin.qq.com'
/** Used, unknown or old: another code may be better. */
const bad_code_errcodes: readonly unknown[] = [40029, 40163, 42003]
const authorize_path = '/connect/oauth2/authorize'

/** What a browser carries to WeChat, so that WeChat tells whose it is. */
export interface Authorize {
  readonly appid: string
  readonly scope: string
  readonly state: string
  /** Where WeChat leads back to. */
  readonly redirect_uri: string
  /** Ask the person even where WeChat would not: that ends snapshot mode. */
  readonly popup?: boolean
  /** Who our own WeChat is told is looking. */
  readonly person?: string | undefined
}

/** What a code was worth: an openid, nothing, or no answer at all. */
export type Told =
  | { readonly kind: 'openid'; readonly openid: string; readonly snapshot: 0 | 1 }
  | { readonly kind: 'bad_code'; readonly errcode: number }
  | { readonly kind: 'no_answer'; readonly detail: string }

/** An answer over HTTP, and the calls that it took. */
export interface Asked<T> {
  readonly told: T
  readonly calls: readonly OutwardCall[]
}

/** Where web OAuth begins: at our own WeChat below `ownBase`, or at the one behind the gateway. */
export function authorizeBase(gateway: GatewayConfig, ownBase: string): string {
  if (gateway.kind === 'local') return ownBase
  const { base_url } = gateway
  return api_host.test(new URL(base_url).hostname) ? open_origin : base_url.replace(/\/$/, '')
}

/** The address at which WeChat finds out whose a browser is. */
export function authorizeUrl(base: string, of: Authorize): string {
  return `${base}${authorize_path}?${queryOf(of)}#wechat_redirect`
}

/** Where people at the simulator choose who is looking. */
export function whoUrl(base: string, of: Authorize): string {
  return `${base}/connect/oauth2/who?${queryOf(of)}`
}

/** In the order that WeChat's documentation asks for. */
function queryOf({ appid, redirect_uri, scope, state, popup, person }: Authorize): URLSearchParams {
  const query = new URLSearchParams({ appid, redirect_uri, response_type: 'code', scope, state })
  if (popup) query.set('forcePopup', 'true')
  if (person !== undefined) query.set('sim_person', person)
  return query
}

/** What our own WeChat says to a code, in the caller's unit. */
export function exchangeLocally(call: Call, appid: string, code: string): Told {
  const account = officialAccountOf(call, appid)
  if (!account) return { kind: 'no_answer', detail: `${appid} is no official account` }
  const at = { endpoint: exchangeOauth, caller: { account } }
  const token = within(call, at, (inner) => exchangeCode(inner, account, code))
  if (!isRefusal(token))
    return { kind: 'openid', openid: token.openid, snapshot: token.snapshot ? 1 : 0 }
  call.steps.push(token.step)
  return told({ errcode: token.code, errmsg: token.text })
}

/** What a WeChat somewhere says to a code. */
export async function exchangeRemotely(
  engine: Engine,
  gateway: RemoteGateway,
  code: string,
): Promise<Asked<Told>> {
  const { base_url, appid, app_secret } = gateway
  const query = new URLSearchParams({
    appid,
    secret: app_secret,
    code,
    grant_type: 'authorization_code',
  })
  const url = `${base_url.replace(/\/$/, '')}/sns/oauth2/access_token?${query}`
  const timeoutMs = timeoutOf(gateway, engine.limits)
  const request = { method: 'GET', url, timeoutMs }
  const meeting = { by: gateway.by, path: '/sns/oauth2/access_token', openids: [] }
  const { answer, call } = await sendFaulty(engine, request, meeting)
  const calls = [call]
  if (answer.kind === 'none') return { told: { kind: 'no_answer', detail: answer.detail }, calls }
  return { told: told(answer.body), calls }
}

function told(body: Readonly<Record<string, unknown>>): Told {
  const { openid, errcode, errmsg } = body
  if (typeof openid === 'string' && isOpenid(openid))
    return { kind: 'openid', openid, snapshot: body['is_snapshotuser'] === 1 ? 1 : 0 }
  if (bad_code_errcodes.includes(errcode)) return { kind: 'bad_code', errcode: Number(errcode) }
  return { kind: 'no_answer', detail: `${String(errcode)} ${String(errmsg)}` }
}

/** It becomes a key: nothing that WeChat has ever sent looks otherwise. */
function isOpenid(text: string): boolean {
  return /^[\w-]{1,64}$/.test(text)
}

/** Whether an openid follows the account, as a WeChat somewhere says; undefined: it did not tell. */
export async function followsRemotely(
  engine: Engine,
  gateway: RemoteGateway,
  openid: string,
): Promise<Asked<boolean | undefined>> {
  const client = new RemoteClient(engine, gateway)
  return { told: subscribed(await client.userInfo(openid)), calls: client.calls }
}

function subscribed(answer: RemoteAnswer): boolean | undefined {
  const subscribe = answer.kind === 'json' ? answer.body['subscribe'] : undefined
  return subscribe === undefined ? undefined : subscribe === 1
}

/** What people find the account by: its name, and what its QR code holds. */
interface Findable {
  readonly name: string
  /** Undefined: a remote WeChat does not tell it. */
  readonly code: string | undefined
}

/** How a follower-to-be finds the official account. */
export function findableOf(
  call: Pick<Call, 'db' | 'world' | 'engine'>,
  { account, gateway }: { readonly account: AccountRow; readonly gateway: GatewayConfig },
): Findable {
  const official =
    gateway.kind === 'local' && account.appid !== null
      ? officialAccountOf(call, account.appid)
      : undefined
  if (!official) return { name: account.company, code: undefined }
  return { name: official.name, code: accountCodeUrl(official) }
}
