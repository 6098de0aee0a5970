import { updateMessage } from '../../../db/message.ts'
import type { AccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import type { Outcome } from '../../core/endpoint.ts'
import type { Engine } from '../../core/engine.ts'
import type { Limits } from '../../core/limits.ts'
import type { Refusal } from '../../core/refusal.ts'
import { areFactsStale } from '../account.ts'
import { clip } from '../clip.ts'
import { refuse, type TupuCaller } from '../endpoint.ts'
import type { RemoteGateway } from '../gateway/config.ts'
import { type Facts, keepFacts, missingSteps } from '../gateway/facts.ts'
import { keepCalls, type OutwardCall } from '../gateway/outward.ts'
import { isTold, type RemoteAnswer, RemoteTalk, refuseSilence } from '../gateway/remote.ts'
import { accepted } from './accepted.ts'
import { composeSend, type Recipient } from './compose.ts'
import { findUnknownKeyword } from './keyword.ts'
import { refuseKeyword } from './optional.ts'
import { acceptedEnd, keepMessage, type MessageDraft, refusedEnd } from './row.ts'

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

export interface RemoteResult {
  /** What to remember, when it was asked for. */
  readonly facts: Facts | undefined
  /** Undefined: with the new facts there was nothing to send. */
  readonly answer: RemoteAnswer | undefined
  readonly calls: readonly OutwardCall[]
}

type SendCall = Call<TupuCaller, unknown>

export async function beginRemote(
  call: SendCall,
  gateway: RemoteGateway,
  draft: MessageDraft,
  recipient: Recipient,
): Promise<RemoteSend> {
  const { world, caller, engine } = call
  const message = await keepMessage(call, draft, {
    openid: recipient.openid,
    msgid: null,
    state: 'sending',
    reason: null,
    errcode: null,
    errmsg: null,
    // Whoever has not written the answer down by then has died.
    sending_until: world.real_now + 2 * engine.limits.answer_ms_max,
  })
  const { account, facts } = caller
  const stale = areFactsStale(caller, world.real_now)
  return {
    kind: 'remote',
    message,
    gateway,
    account,
    draft,
    recipient,
    facts,
    stale,
    now: world.now,
  }
}

export async function sendRemotely(state: RemoteSend, engine: Engine): Promise<RemoteResult> {
  const talk = new RemoteTalk(engine, state.gateway)
  const { calls } = talk
  const asked = state.stale ? await talk.facts() : undefined
  const facts = asked && isTold(asked) ? asked : state.facts
  const { draft, account, recipient, now } = state
  if (asked && !isTold(asked) && missingSteps(facts).length > 0) {
    // Nothing is known that could be sent: what WeChat said instead is the answer.
    return { facts: undefined, answer: asked, calls }
  }
  // Asked in vain, what was known counts for another while.
  const kept = asked && facts
  const isFit =
    missingSteps(facts).length === 0 && findUnknownKeyword(draft.keywords, facts) === undefined
  if (!isFit) return { facts: kept, answer: undefined, calls }
  const send = composeSend({ draft, account, recipient, facts, now })
  return { facts: kept, answer: await talk.send(send), calls }
}

/** Writes down what came back, and answers it. A refusal keeps the same rows, after all else is rolled back. */
export async function concludeRemote(
  call: SendCall,
  state: RemoteSend,
  result: RemoteResult,
): Promise<Outcome> {
  const { answer } = result
  const msgid = answer && msgidOf(answer)
  if (msgid !== undefined) {
    call.steps.push({ rule: 'wechat.accepted', answer: { errcode: 0, errmsg: 'ok', msgid } })
    await keepTalk(call, state, result)
    await writeEnd(call, state, acceptedEnd(state.recipient.openid, msgid, null))
    return accepted(msgid)
  }
  const refusal = refusalOf(state, result, call.engine.limits)
  return {
    ...refusal,
    writes: async () => {
      await keepTalk(call, state, result)
      await writeEnd(call, state, await refusedEnd(call, refusal))
    },
  }
}

/** The digits by which WeChat names what it accepted. */
function msgidOf(answer: RemoteAnswer): string | undefined {
  if (answer.kind === 'none' || answer.body['errcode'] !== 0) return undefined
  const { msgid } = answer.body
  return typeof msgid === 'string' && /^(0|[1-9]\d{0,18})$/.test(msgid) ? msgid : undefined
}

function refusalOf(state: RemoteSend, { answer, facts }: RemoteResult, limits: Limits): Refusal {
  if (!answer) return refuseFacts(state, facts ?? state.facts)
  if (answer.kind === 'none') return refuseSilence(answer, limits)
  const { errcode, errmsg } = answer.body
  const code = Number.isSafeInteger(errcode) ? Number(errcode) : 0
  if (code === 0) {
    const actual = clip(JSON.stringify({ errcode: clip(errcode), errmsg: clip(errmsg) }))
    return refuse(100032, { rule: 'wechat.answered', actual, expected: 'errcode and msgid' })
  }
  const text = typeof errmsg === 'string' ? errmsg : ''
  const step = { rule: 'wechat.accepted', answer: { errcode: code, errmsg: clip(text) } }
  return { kind: 'refusal', code, text, step }
}

/** The no of a send whose account turned out otherwise than was known when it began. */
function refuseFacts({ draft }: RemoteSend, facts: Facts): Refusal {
  const missing = missingSteps(facts)
  if (missing.length === 0) {
    const expected = Object.keys(facts.template?.binding ?? {})
    return refuseKeyword(findUnknownKeyword(draft.keywords, facts) ?? '', expected)
  }
  const step = { rule: 'account.live', actual: { missing }, expected: { missing: [] } }
  return refuse(100002, step, { missing: missing.join(', ') })
}

/** The calls go to the journal under the send's trace, the facts to the account. */
async function keepTalk(
  call: SendCall,
  state: RemoteSend,
  { calls, facts }: RemoteResult,
): Promise<void> {
  await keepCalls(call, calls)
  const { account, gateway } = state
  if (facts) await keepFacts(call, { eid: account.eid, gateway }, facts)
}

/** A refused send is tried anew by its client_msg_id; of any other the answer stays remembered. */
async function writeEnd(
  call: Pick<SendCall, 'db' | 'world'>,
  state: RemoteSend,
  end: ReturnType<typeof acceptedEnd>,
): Promise<void> {
  const { openid: _, ...written } = end
  const forgotten = end.state === 'refused' ? { remembered: null } : {}
  const change = { ...written, ...forgotten, state_at: call.world.now }
  await updateMessage(call.db, { epoch: call.world.epoch, message: state.message }, change)
}
