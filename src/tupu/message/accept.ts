import { z } from 'zod'
import { findMessage } from '../../../db/message.ts'
import type { AccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import {
  type DocumentedEndpoint,
  isPending,
  type Outcome,
  type WaitingEndpoint,
} from '../../core/endpoint.ts'
import type { Engine } from '../../core/engine.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { notifyPlatform } from '../callback/callback.ts'
import { ok, type TupuCaller } from '../endpoint.ts'
import { profileErrors } from '../errors.ts'
import { profileOf } from '../profile/profile.ts'
import { keepRefused } from './message.ts'

/** Whether an account's partner accepts a send before it knows what WeChat says, and tells that by the callback. */
export function acceptsFirst(
  { engine }: { readonly engine: Engine },
  account: Pick<AccountRow, 'profile'>,
): boolean {
  return profileOf(engine, account).result === 'callback'
}

/** What such a partner answers: its own name of the message, as WeChat has given it none yet. */
export function acceptedFirst(message: string) {
  return { ...ok, msgid_str: message }
}

type Send = WaitingEndpoint<TupuCaller> & DocumentedEndpoint<TupuCaller>
type SendCall = Call<TupuCaller, never>

/** The send of a partner who accepts first: what TUPU itself refuses is refused at once, all that WeChat says is told later. */
export function acceptFirst(
  endpoint: DocumentedEndpoint<TupuCaller>,
): DocumentedEndpoint<TupuCaller> {
  const send = endpoint as Send
  return {
    ...send,
    answer: z.object({
      errcode: z.literal(0),
      errmsg: z.literal('ok'),
      msgid_str: z.string(),
    }),
    before(call: SendCall) {
      const outcome = send.before(call)
      return isPending(outcome) && call.message !== undefined
        ? { ...outcome, first: acceptedFirst(call.message) }
        : accept(call, outcome as Outcome)
    },
    after: (call: SendCall, state: unknown, result: unknown) =>
      accept(call, send.after(call, state, result)),
  } as Send
}

/** Tells by the callback how a send has ended, unless TUPU itself refuses it. */
function accept(call: SendCall, outcome: Outcome): Outcome {
  if (isRefusal(outcome)) {
    if (!isWechats(outcome)) return outcome
    call.steps.push(outcome.step)
    if (outcome.writes) outcome.writes()
    else keepRefused(call, outcome)
  }
  const { db, world, message = '' } = call
  const row = findMessage(db, world.epoch, message)
  // A repeat has left no message of its own, and a receipt has been told by itself.
  if (!row) return outcome
  if (row.state !== 'delivered' && row.state !== 'failed')
    notifyPlatform(call, call.caller.account, row)
  return acceptedFirst(message)
}

function isWechats({ code, step }: Refusal): boolean {
  return !profileErrors.has(code) || step.rule.startsWith('wechat.')
}
