import type { z } from 'zod'
import { findAssociation, findOpenid } from '../../../db/association.ts'
import type { AccountRow, MessageRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { type Outcome, type Pending, pending } from '../../core/endpoint.ts'
import type { Engine } from '../../core/engine.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { eidOf } from '../account/eid.ts'
import type { TupuCaller } from '../endpoint.ts'
import { refuse } from '../errors.ts'
import { sendLocally } from '../gateway/local.ts'
import { acceptedFirst, acceptsFirst } from './accept.ts'
import { type MessageDraft, readOptional, type sendInput } from './fields.ts'
import { beginLate, concludeLate, type LateSend, waitLate } from './late.ts'
import { answerMagic, findMagic } from './magic.ts'
import {
  acceptedEnd,
  acceptedResponse,
  composeSend,
  keepMessage,
  keepUnknown,
  type Recipient,
} from './message.ts'
import {
  beginRemote,
  concludeRemote,
  type RemoteResult,
  type RemoteSend,
  sendRemotely,
} from './remote.ts'
import { answerOther, checkRepeat, type OtherSend, repeatedAnswer, waitForOther } from './repeat.ts'

type SendCall = Call<TupuCaller, z.output<typeof sendInput>>
/** How a send goes on when its first unit cannot end it. */
type SendState = RemoteSend | LateSend | OtherSend

/** A send as far as one unit carries it: checked, and sent by our own WeChat or on its way to another. */
export function beginSend(call: SendCall): Outcome | Pending<SendState> {
  const checked = checkSend(call)
  if (isRefusal(checked)) return checked
  if (!('kind' in checked)) return deliver(call, checked)
  const { eid } = call.caller.account
  call.concern({ eid, mobile: call.input.mobile })
  if (acceptsFirst(call, call.caller.account))
    return acceptedFirst(checked.kind === 'repeat' ? checked.row.message : checked.message)
  return checked.kind === 'repeat' ? repeatedAnswer(checked.row) : pending<SendState>(checked)
}

/** Calls a remote WeChat, or waits for another call that sends the same. */
export async function continueSend(
  state: SendState,
  engine: Engine,
  hungUp: AbortSignal | undefined,
): Promise<RemoteResult | undefined> {
  if (state.kind === 'remote') return sendRemotely(state, engine)
  if (state.kind === 'late') await waitLate(state, engine)
  else await waitForOther(state, engine, hungUp)
  return undefined
}

export function endSend(
  call: SendCall,
  state: SendState,
  result: RemoteResult | undefined,
): Outcome {
  if (state.kind === 'other') return answerOther(call, state)
  if (state.kind === 'late') return concludeLate(call, state)
  if (!result) throw new Error('a remote send came back without a result')
  return concludeRemote(call, state, result)
}

/** Everything before the association, in the contract's order. */
function checkSend(
  call: SendCall,
): MessageDraft | Refusal | { kind: 'repeat'; row: MessageRow } | OtherSend {
  const { input, steps } = call
  const client_msg_id = input.client_msg_id ?? null
  steps.push('mobile.valid', 'message.valid')
  if (input.message.folded) steps.push({ rule: 'message.folded', expected: 'a single line' })
  const repeat = checkRepeat(call, client_msg_id)
  if (repeat.kind !== 'new') return repeat
  const optional = readOptional(call)
  if (isRefusal(optional)) return optional
  steps.push('keywords.known')
  const { body_hash, forgets } = repeat
  const { mobile, message } = input
  return { mobile, text: message.text, client_msg_id, body_hash, forgets, ...optional }
}

function deliver(call: SendCall, draft: MessageDraft): Outcome | Pending<SendState> {
  const { world, caller } = call
  const { account, gateway, facts } = caller
  const magic = findMagic(world, draft.mobile)
  if (magic) return answerMagic(call, draft, magic)
  const appid = account.appid ?? ''
  const recipient = findRecipient(call, account, draft)
  if (!recipient) return refuseUnregistered(caller, draft)
  call.steps.push('association.known')
  const { openid } = recipient
  if (gateway.kind === 'remote') {
    call.concern({ appid, openid })
    return pending<SendState>(beginRemote(call, gateway, draft, recipient))
  }
  const send = composeSend({ draft, account, recipient, facts, now: world.now })
  const answer = sendLocally(call, account, send)
  if (isRefusal(answer)) {
    call.concern({ appid, openid })
    return keepUnknown(call, draft, answer)
  }
  if ('leg' in answer) return pending<SendState>(beginLate(call, draft, { send, ...answer }))
  keepMessage(call, draft, acceptedEnd(openid, answer))
  return acceptedResponse(answer.msgid)
}

/** The openids of a remote WeChat only their owners' phones can tell: there is no call that would mend it. */
export function refuseUnregistered(
  { account, gateway }: Pick<TupuCaller, 'account' | 'gateway'>,
  { mobile }: Pick<MessageDraft, 'mobile'>,
): Refusal {
  const step = { rule: 'association.known', actual: mobile, expected: 'a registered mobile' }
  if (gateway.kind === 'remote') return refuse(100011, step)
  const fix = { call: 'association.create', input: { account: eidOf(account), mobile } }
  return refuse(100011, { ...step, fix })
}

/** Whoever registered the mobile, by the name that the platform gives, else by the one that they gave. */
export function findRecipient(
  { db, world }: Pick<Call, 'db' | 'world'>,
  { appid }: Pick<AccountRow, 'appid'>,
  draft: Pick<MessageDraft, 'mobile' | 'name'>,
): Recipient | undefined {
  const at = { epoch: world.epoch, appid: appid ?? '' }
  if (draft.name === '') return findAssociation(db, { ...at, mobile: draft.mobile })
  const openid = findOpenid(db, { ...at, mobile: draft.mobile })
  return openid === undefined ? undefined : { openid, name: draft.name }
}
