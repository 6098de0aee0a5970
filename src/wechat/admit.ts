import type { OfficialAccountRow } from '../../db/schema.ts'
import type { Call } from '../core/call.ts'
import type { Refusal } from '../core/refusal.ts'
import { expected_body, headerOf } from '../core/request.ts'
import { refuse, type WechatCaller } from './caller.ts'
import { useQuota } from './quota/quota.ts'

type Kind = OfficialAccountRow['kind']

/** Which kinds of account have a permission, and whether they must be verified. Source: the platform's permission list. */
const permissions = {
  'template messages': { kinds: ['service', 'sandbox'], unverified: ['sandbox'] },
  'template library': { kinds: ['service'], unverified: [] },
  media: { kinds: ['service', 'subscription', 'sandbox'], unverified: ['sandbox'] },
  'customer messages': {
    kinds: ['service', 'subscription', 'sandbox'],
    unverified: ['sandbox'],
  },
  'subscription notifications': { kinds: ['service'], unverified: [] },
  users: { kinds: ['service', 'subscription', 'sandbox'], unverified: ['sandbox'] },
  menu: {
    kinds: ['service', 'subscription', 'sandbox'],
    unverified: ['service', 'sandbox'],
  },
  'conditional menu': {
    kinds: ['service', 'subscription', 'sandbox'],
    unverified: ['sandbox'],
  },
  'QR codes': { kinds: ['service', 'sandbox'], unverified: ['sandbox'] },
  'short links': { kinds: ['service', 'sandbox'], unverified: ['sandbox'] },
  material: { kinds: ['service', 'subscription', 'sandbox'], unverified: ['sandbox'] },
  'clearing quotas': {
    kinds: ['service', 'subscription', 'sandbox'],
    unverified: ['sandbox'],
  },
} satisfies Readonly<
  Record<string, { readonly kinds: readonly Kind[]; readonly unverified: readonly Kind[] }>
>
export type Permission = keyof typeof permissions

/**
 * Admits an account to the call's endpoint: what its kind allows, then the calls that it has left. Asked of every call, by
 * whichever way the account is known: its token, its secret, or a call that is made inside another.
 */
export function admitAccount(
  call: Call<unknown, unknown>,
  account: OfficialAccountRow,
): Refusal | undefined {
  const { endpoint, steps } = call
  if (!endpoint) return undefined
  const no = refusePermission(endpoint, account)
  if (no) return no
  if (endpoint.credential === 'access_token') steps.push('account.permitted')
  return useQuota(call, account, endpoint.path)
}

/** What the account’s kind allows. */
export function refusePermission(
  { permission }: { readonly permission?: string },
  account: OfficialAccountRow,
): Refusal | undefined {
  const needed = permission === undefined ? undefined : permissions[permission as Permission]
  const allowed: readonly Kind[] | undefined = account.verified ? needed?.kinds : needed?.unverified
  if (!needed || allowed?.includes(account.kind)) return undefined
  return refuse(48001, {
    rule: 'account.permitted',
    actual: { kind: account.kind, verified: account.verified },
    expected: { kinds: needed.kinds, verified: true },
    fix: {
      call: 'official_account.update',
      input: { appid: account.appid, kind: 'service', verified: true },
    },
  })
}

/** A call that is made by POST alone wants a JSON object. */
export function refuseBody(call: Call<WechatCaller>): Refusal | undefined {
  const { endpoint, bodyFault: fault, query } = call
  if (!fault || !endpoint?.from.includes('json') || endpoint.methods.includes('GET'))
    return undefined
  const hasSecret = endpoint.credential === 'secret'
  // Fields in the query alone were reported to be answered like an object without them (2023).
  if (hasSecret && fault === 'empty' && Object.keys(query).length > 0) return undefined
  if (fault === 'empty') {
    return refuse(44002, {
      rule: 'body.given',
      expected: 'a JSON object; `{}` if there is nothing to say',
    })
  }
  // The calls that carry a secret read a form as an object without fields (seen on stable_token, 2024).
  const readAsEmpty = endpoint.readAsEmpty ?? (hasSecret ? 'form' : undefined)
  const isForm = (headerOf(call.request, 'content-type') ?? '').includes('form-urlencoded')
  const step = { rule: 'body.json', actual: fault, expected: expected_body }
  if (readAsEmpty !== 'any' && !(readAsEmpty === 'form' && isForm)) return refuse(47001, step)
  call.steps.push(step)
  return undefined
}
