import type { OfficialAccountRow, WebTokenRow } from '../../db/schema.ts'
import { endpointsOf } from '../core/endpoint.ts'
import { refuser } from '../core/refusal.ts'
import { wechatErrors } from './errors.ts'

/** Who calls: the official account whose token or appid the call carries. */
export interface WechatCaller {
  readonly account: OfficialAccountRow
  /** By which it calls, where that is a token of web OAuth. */
  readonly web_token?: WebTokenRow
}

/** What an endpoint asks of its caller before anything else. */
export type Credential =
  /** A token of `/cgi-bin/token` or `/cgi-bin/stable_token`, in the query. */
  | 'access_token'
  /** The same, of an account that may send template messages. */
  | 'access_token, template messages'
  /** The same, of an account that chooses industries and takes templates from the library: no sandbox. */
  | 'access_token, template library'
  /** The same, of an account that may see its followers. */
  | 'access_token, users'
  /** The same, of an account that may have a menu. */
  | 'access_token, menu'
  /** The same, of an account that may make QR codes with a scene. */
  | 'access_token, QR codes'
  /** The same, of an account that may clear its quotas: unverified it may not. */
  | 'access_token, clearing quotas'
  /** Appid and secret in the fields, checked by the endpoint itself. */
  | 'secret'
  /** Appid and a refresh token of web OAuth, checked likewise. */
  | 'refresh_token'
  /** A token of `/sns/oauth2/access_token`, for one openid. */
  | 'web_token'

/** One endpoint of the WeChat platform. */
export const endpoint = endpointsOf<WechatCaller, Credential>()

/** Refuses with a code of WeChat's table. */
export const refuse = refuser(wechatErrors)

/** The answer of a command that has nothing to say. */
export const ok = { errcode: 0, errmsg: 'ok' } as const
