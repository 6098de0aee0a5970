import { listStranded, settleMessage } from '../../../db/message.ts'
import type { AccountRow } from '../../../db/schema.ts'
import { findWorldOfEpoch } from '../../../db/world.ts'
import type { Call } from '../../core/call.ts'
import type { Outcome } from '../../core/endpoint.ts'
import type { Engine } from '../../core/engine.ts'
import type { Refusal } from '../../core/refusal.ts'
import { worldNow } from '../../world/clock.ts'
import { asWorld } from '../../world/world.ts'
import { accountViewOf, areFactsStale, keepFirstAccepted } from '../account/account.ts'
import { notifyPlatform } from '../callback/callback.ts'
import { refuseMissing, type TupuCaller } from '../endpoint.ts'
import { type RemoteGateway, timeoutOf } from '../gateway/config.ts'
import { type Facts, keepFacts, missingSteps } from '../gateway/facts.ts'
import { faultSteps } from '../gateway/fault.ts'
import { keepCalls, type OutwardCall } from '../gateway/http.ts'
import { msgidOf, refusalOf } from '../gateway/leg.ts'
import { isFacts, type RemoteAnswer, RemoteClient } from '../gateway/remote.ts'
import { type MessageDraft, refuseUnknownKeyword } from './fields.ts'
import {
  acceptedEnd,
  acceptedResponse,
  composeSend,
  keepMessage,
  type Recipient,
  refusedEnd,
  sendingEnd,
} from './message.ts'

/** A send on its way to a remote WeChat: stored as `sending`, with all that the way needs. */
export interface RemoteSend {
  readonly kind: 'remote'
  readonly message: string
  readonly gateway: RemoteGateway
  readonly account: AccountRow
  readonly draft: MessageDraft
  readonly recipient: Recipient
  readonly facts: Facts
  /** Ask WeChat for its facts first. */
  readonly stale: boolean
  readonly now: number
}

/** What a remote WeChat made of a send. */
export interface RemoteResult {
  /** What to remember, when it was asked for. */
  readonly facts: Facts | undefined
  /** WeChat's answer; a refusal: with the new facts there was nothing to send. */
  readonly answer: RemoteAnswer | Refusal
  readonly calls: readonly OutwardCall[]
}

type SendCall = Call<TupuCaller, unknown>

/** Keeps a send as under way, and says what its way needs. */
export function beginRemote(
  call: SendCall,
  gateway: RemoteGateway,
  draft: MessageDraft,
  recipient: Recipient,
): RemoteSend {
  const { world, caller, engine } = call
  // Whoever has not written the answer down by then has died.
  const until = world.real_now + 2 * timeoutOf(gateway, engine.limits)
  const message = keepMessage(call, draft, sendingEnd(recipient.openid, until))
  const { account, facts } = caller
  const stale = areFactsStale(caller, world.real_now)
  const { now } = world
  return { kind: 'remote', message, gateway, account, draft, recipient, facts, stale, now }
}

/** Asks a remote WeChat to send, after its facts where they are old. */
export async function sendRemotely(state: RemoteSend, engine: Engine): Promise<RemoteResult> {
  const client = new RemoteClient(engine, state.gateway)
  const { calls } = client
  const { draft, account, recipient, now } = state
  const fresh = state.stale ? await client.facts() : undefined
  const facts = fresh && isFacts(fresh) ? fresh : state.facts
  if (fresh && !isFacts(fresh) && missingSteps(facts).length > 0) {
    // Nothing is known that could be sent: what WeChat said instead is the answer.
    return { facts: undefined, answer: fresh, calls }
  }
  // Asked in vain, what was known counts for another while.
  const kept = fresh && facts
  const unfit = refuseUnfit(draft, facts)
  if (unfit) return { facts: kept, answer: unfit, calls }
  const send = composeSend({ draft, account, recipient, facts, now })
  return { facts: kept, answer: await client.send(send), calls }
}

/** The no of a send whose account turned out otherwise than was known when it began. */
function refuseUnfit({ keywords }: MessageDraft, facts: Facts): Refusal | undefined {
  const missing = missingSteps(facts)
  return missing.length > 0 ? refuseMissing(missing) : refuseUnknownKeyword(keywords, facts)
}

/** Writes down what came back, and answers it. A refusal keeps the same rows, after all else is rolled back. */
export function concludeRemote(call: SendCall, state: RemoteSend, result: RemoteResult): Outcome {
  const { answer } = result
  const msgid = msgidOf(answer)
  call.steps.push(...faultSteps(result.calls))
  if (msgid !== undefined) {
    call.steps.push({ rule: 'wechat.accepted', answer: { errcode: 0, errmsg: 'ok', msgid } })
    keepResult(call, state, result)
    keepEnd(call, state, acceptedEnd(state.recipient.openid, { msgid, receipt: null }))
    keepFirstAccepted(call, call.caller.account, state.now)
    return acceptedResponse(msgid)
  }
  const refusal = refusalOf(answer, timeoutOf(state.gateway, call.engine.limits))
  return {
    ...refusal,
    writes: () => {
      keepResult(call, state, result)
      keepEnd(call, state, refusedEnd(call, refusal))
    },
  }
}

/** The calls go to the journal under the send's trace, the facts to the account. */
function keepResult(call: SendCall, state: RemoteSend, { calls, facts }: RemoteResult): void {
  keepCalls(call, calls)
  const { account, gateway } = state
  if (facts) keepFacts(call, { eid: account.eid, gateway }, facts)
}

/** A refused send is tried anew by its client_msg_id; of any other the answer stays remembered. */
export function keepEnd(
  call: Pick<SendCall, 'db' | 'world'>,
  state: Pick<RemoteSend, 'message' | 'draft'>,
  end: ReturnType<typeof acceptedEnd>,
): void {
  const { openid: _, ...written } = end
  const forgotten = end.state === 'refused' ? { remembered: null } : {}
  const change = { ...written, ...forgotten, state_at: call.world.now }
  const at = { epoch: call.world.epoch, message: state.message, mobile: state.draft.mobile }
  settleMessage(call.db, at, change)
}

/** What a crash left as `sending` becomes `unknown`: it is never sent again by itself. */
export async function giveUpStranded(engine: Engine, before: number): Promise<void> {
  while (await giveUpSome(engine, before));
}

/** A unit's worth of them. Says whether there was any. */
function giveUpSome(engine: Engine, before: number): Promise<boolean> {
  const real = engine.realNow()
  return engine.store.unit('message.give_up', ({ db }) => {
    const rows = listStranded(db, before)
    for (const row of rows) {
      const world = findWorldOfEpoch(db, row.epoch)
      const change = {
        state: 'unknown' as const,
        errcode: 100031,
        errmsg: 'wechat did not answer',
        sending_until: null,
        state_at: world ? worldNow(world, real) : row.state_at,
      }
      settleMessage(db, row, change)
      const at = world && { db, engine, world: asWorld(world, real) }
      const view = at && accountViewOf(at, row.eid)
      if (view) notifyPlatform(at, view.account, { ...row, ...change })
      db.afterCommit(() => engine.log('warn', 'message.stranded', { message: row.message }))
    }
    return rows.length > 0
  })
}
