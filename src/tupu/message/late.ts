import { findOpenid } from '../../../db/association.ts'
import { findMessage } from '../../../db/message.ts'
import type { Call } from '../../core/call.ts'
import type { Outcome } from '../../core/endpoint.ts'
import type { Engine } from '../../core/engine.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { sleep } from '../../world/clock.ts'
import { keepFirstAccepted } from '../account/account.ts'
import { notifyPlatform } from '../callback/callback.ts'
import type { TupuCaller } from '../endpoint.ts'
import { refuse } from '../errors.ts'
import { gatewayOf, timeoutOf } from '../gateway/config.ts'
import type { Leg } from '../gateway/leg.ts'
import { sendUnder, type TemplateSend } from '../gateway/local.ts'
import type { MessageDraft } from './fields.ts'
import { acceptedEnd, acceptedResponse, keepMessage, refusedEnd, sendingEnd } from './message.ts'
import { keepEnd } from './remote.ts'

type SendCall = Call<TupuCaller, unknown>

/** A send to our own WeChat, which a fault makes take its time: stored as `sending`, as if it were far away. */
export interface LateSend {
  readonly kind: 'late'
  readonly message: string
  readonly draft: MessageDraft
  readonly send: TemplateSend
  readonly leg: Leg
}

/** Keeps a send as under way. */
export function beginLate(
  call: SendCall,
  draft: MessageDraft,
  { send, leg }: Pick<LateSend, 'send' | 'leg'>,
): LateSend {
  const { world, caller, engine } = call
  const gateway = gatewayOf(caller.account)
  call.concern({ appid: caller.account.appid ?? '', openid: send.touser })
  const waits_ms = leg.waits_ms + timeoutOf(gateway, engine.limits)
  const end = sendingEnd(send.touser, world.real_now + waits_ms)
  return { kind: 'late', message: keepMessage(call, draft, end), draft, send, leg }
}

/** A simulator that closes waits no longer. */
export function waitLate({ leg }: LateSend, engine: Engine): Promise<void> {
  return sleep(leg.waits_ms, engine.closing)
}

/** WeChat has taken its time: what it does by now, and what TUPU hears of it. */
export function concludeLate(call: SendCall, state: LateSend): Outcome {
  const { account } = call.caller
  const answer = isRegistered(call, state) ? sendUnder(call, account, state) : refuseWithdrawn()
  if (isRefusal(answer))
    return { ...answer, writes: () => keepEnd(call, state, refusedEnd(call, answer)) }
  const end = acceptedEnd(state.send.touser, answer)
  keepEnd(call, state, end)
  keepFirstAccepted(call, account, call.world.now)
  const row = findMessage(call.db, call.world.epoch, state.message)
  if (row) notifyPlatform(call, account, row)
  return acceptedResponse(answer.msgid)
}

/** Whoever was withdrawn meanwhile gets nothing any more. */
function isRegistered({ db, world, caller }: SendCall, { send, draft }: LateSend): boolean {
  const at = { epoch: world.epoch, appid: caller.account.appid ?? '', mobile: draft.mobile }
  return findOpenid(db, at) === send.touser
}

function refuseWithdrawn(): Refusal {
  return refuse(100011, {
    rule: 'association.known',
    expected: 'a mobile that is still registered',
  })
}
