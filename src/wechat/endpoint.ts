import { z } from 'zod'
import { type EndpointRules, endpointsOf, pagesOf, type Spec } from '../core/endpoint.ts'
import { codeFor } from '../core/field.ts'
import { admitAccount, type Permission, refuseBody } from './admit.ts'
import { refuse, type WechatCaller } from './caller.ts'
import { faults } from './fault.ts'
import { limitCodes } from './quota/quota.ts'

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

const rules: EndpointRules<WechatCaller> = {
  admit: (call) => (call.caller ? admitAccount(call, call.caller.account) : undefined),
  refuseBody,
  faults,
  refuseField(issue) {
    const { fault, field, actual } = issue
    const code = codeFor(issue, actual === '' ? 'missing' : fault)
    const step = { rule: `${field}.valid`, actual: actual ?? null, expected: issue.message }
    return refuse(code, step)
  },
}

/** One endpoint of the WeChat platform, all documented. Of its refusals it names those of its own fields and decisions. */
export const endpoint = endpointsOf<WechatCaller, Credential, Permission, 'refusals' | 'fidelity'>(
  rules,
  (spec) => ({
    refusals: [...commonCodes(spec), ...(spec.refusals ?? [])],
    fidelity: 'documented',
  }),
)

/** What the platform answers with a picture. */
export const picture = pagesOf<WechatCaller>(rules)

/** What is refused before an endpoint's own fields, in the order in which WeChat checks. */
function commonCodes(spec: Spec<WechatCaller, z.ZodObject>): number[] {
  const { credential, permission, path, methods, from } = spec
  const isPost = !methods.includes('GET')
  const method = isPost ? [43002] : []
  const body = isPost && from.includes('json') ? [44002, 47001] : []
  const permitted = permission === undefined ? [] : [48001]
  const limits = limitCodes(path)
  switch (credential) {
    case 'access_token':
      return [...method, 41001, 40001, 43003, 42001, ...permitted, ...limits, ...body]
    case 'web_token':
      return [41001, 40001, 43003, ...limits]
    default:
      return [...method, ...body, ...appCodes(spec), ...permitted, ...limits]
  }
}

/** Of appid and secret among the fields. Web OAuth asks for no list of addresses, and a refresh for no secret. */
function appCodes({ credential, path, later }: Spec<WechatCaller, z.ZodObject>): number[] {
  const grant = later && 'grant_type' in later.shape ? [40002] : []
  const listed = path.startsWith('/sns/') ? [] : [40164]
  const secret = credential === 'secret' ? [41004, ...listed, 40125] : []
  return [41002, 40013, 43003, ...grant, ...secret]
}

/** The answer of a command that has nothing to say. */
export const ok = { errcode: 0, errmsg: 'ok' } as const
/** The shape of that answer, and of every longer one. */
export const okShape = z.object({ errcode: z.literal(0), errmsg: z.literal('ok') })
