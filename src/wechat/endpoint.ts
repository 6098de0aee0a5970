import { endpointsOf } from '../core/endpoint.ts'
import { codeFor } from '../core/field.ts'
import { admitAccount, type Permission, refuseBody } from './admit.ts'
import { refuse, type WechatCaller } from './caller.ts'

export { refuse, type WechatCaller }

/** What an endpoint asks of its caller before anything else. */
export type Credential =
  /** A token of `/cgi-bin/token` or `/cgi-bin/stable_token`, in the query. */
  | 'access_token'
  /** Appid and secret in the fields, checked by the endpoint itself. */
  | 'secret'
  /** Appid and a refresh token of web OAuth, checked likewise. */
  | 'refresh_token'
  /** A token of `/sns/oauth2/access_token`, for one openid. */
  | 'web_token'

/** One endpoint of the WeChat platform. */
export const endpoint = endpointsOf<WechatCaller, Credential, Permission>({
  admit: async (call) => (call.caller ? admitAccount(call, call.caller.account) : undefined),
  refuseBody,
  refuseField(issue) {
    const { fault, field, actual } = issue
    const code = codeFor(issue, actual === '' ? 'missing' : fault)
    const step = { rule: `${field}.valid`, actual: actual ?? null, expected: issue.message }
    return refuse(code, step)
  },
})

/** The answer of a command that has nothing to say. */
export const ok = { errcode: 0, errmsg: 'ok' } as const
