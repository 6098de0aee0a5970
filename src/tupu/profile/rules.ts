import { findCallCount } from '../../../db/call-count.ts'
import type { Call } from '../../core/call.ts'
import type { DocumentedEndpoint } from '../../core/endpoint.ts'
import { minute_ms, type TupuCaller } from '../endpoint.ts'
import { sendInputOf } from '../message/fields.ts'
import { type Profile, spelledField } from './spelled.ts'

/** An endpoint with the profile's own length of messages, and what it refuses besides. */
export function ownRules(
  profile: Profile,
  endpoint: DocumentedEndpoint<TupuCaller>,
): DocumentedEndpoint<TupuCaller> {
  const { allowed_ips, duplicates } = profile
  const isSend = endpoint.id === 'message.send'
  const { max } = (isSend && spelledField(profile, endpoint.id, 'message')) || {}
  const more = [
    ...(allowed_ips ? [100006] : []),
    ...(isSend && duplicates === 'refuse' ? [100021] : []),
  ]
  if (max === undefined && more.length === 0) return endpoint
  const input = max === undefined ? endpoint.input : sendInputOf(max)
  return { ...endpoint, input, refusals: [...endpoint.refusals, ...more] } as typeof endpoint
}

/** Whether answers of a profile say how many calls an account has, which is then looked up for each. */
export function tellsAllowance({ answers, endpoints }: Profile): boolean {
  return JSON.stringify([answers, endpoints]).includes('{minute_')
}

/** How many calls the caller has in a minute and has left of them, and in how many seconds it has all again. */
export function allowanceOf(
  call: Pick<Call<TupuCaller>, 'caller' | 'db' | 'world'> | undefined,
): object | undefined {
  const account = call?.caller?.account
  if (!call || !account || account.minute_limit === null) return undefined
  const { eid, minute_limit } = account
  const { epoch, now } = call.world
  const count = findCallCount(call.db, { epoch, eid })
  const rest_ms = (count?.began_at ?? now) + minute_ms - now
  const used = rest_ms > 0 ? (count?.used ?? 0) : 0
  return {
    minute_limit,
    minute_left: Math.max(0, minute_limit - used),
    minute_reset_s: rest_ms > 0 ? Math.ceil(rest_ms / 1000) : 60,
  }
}
