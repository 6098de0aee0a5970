import { findAssociationOf } from '../../../db/association.ts'
import type { Exchange } from '../../../db/exchange.ts'
import { findFollower, findPerson } from '../../../db/person.ts'
import type { MessageRow, TemplateMessageRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { decidingStep } from '../../core/deciding.ts'
import { pathOf } from '../../core/locate.ts'
import { nearestCall } from '../../core/near-call.ts'
import { maskBody, maskUrl } from '../../journal/mask.ts'
import { toIso } from '../../world/clock.ts'
import type { Fix, Step, StepFacts } from '../../world/step.ts'
import type { Scope } from '../../world/world.ts'
import { nextStep } from '../account/next.ts'
import type { Found } from './find.ts'
import type { Telling } from './sentence.ts'

export const verdicts = [
  'reached',
  'refused',
  'failed_later',
  'pending',
  'unknown',
  'fault',
  'never_asked',
] as const

/** What became of a send, and by which rule; what is told of it has no language yet. */
export interface Explained {
  readonly verdict: (typeof verdicts)[number]
  /** Null: the journal has dropped the call whose decision says it. */
  readonly rule: string | null
  readonly actual?: unknown
  readonly expected?: unknown
  /** Null: no one call mends it. */
  readonly fix?: Fix | null | undefined
  readonly trace: string | null
  readonly telling: Telling
}

/** Where something is explained: the account's standing is asked, too. */
type ExplainScope = Pick<Call, 'db' | 'world' | 'engine'>

/** What became of what was found. */
export function explainFound(scope: ExplainScope, found: Found): Explained {
  const { message, sent, exchange } = found
  if (message) return explainMessage(scope, message, found)
  if (sent) return { ...explainReceipt(scope, { sent }), trace: exchange?.trace ?? null }
  if (!exchange) throw new Error('there is nothing to explain')
  return explainCall(exchange, withName(scope, toldStep(exchange.decision)))
}

function explainMessage(
  scope: ExplainScope,
  message: MessageRow,
  { sent, exchange }: Found,
): Explained {
  const { trace, state } = message
  const values = valuesOf(message)
  const step = exchange && withName(scope, toldStep(exchange.decision))
  if (step?.rule === 'fault.applied') return explainFault(step, { trace, message, values })
  if (state !== 'refused' && state !== 'unknown')
    return { ...explainReceipt(scope, { sent, message }), trace }
  if (!step) return untold(message, values)
  const facts = factsOf(step)
  const fix = facts.fix ?? (step.rule === 'account.live' ? nextStep(scope, message.eid) : null)
  return { verdict: state, ...facts, fix, trace, telling: { verdict: state, values, why: step } }
}

/** What the answer says of a step. */
export function factsOf(step: StepFacts): Pick<Explained, 'rule' | 'actual' | 'expected' | 'fix'> {
  const { rule, actual, expected, fix } = step
  return { rule, actual, expected: expected ?? nearestCall(step), fix }
}

/** The journal does not hold the call any more. */
function untold({ state, trace }: MessageRow, values: Telling['values']): Explained {
  const verdict = state === 'unknown' ? 'unknown' : 'refused'
  const rule = null
  return { verdict, rule, trace, telling: { verdict: 'dropped', values } }
}

interface Faulted {
  readonly trace: string
  readonly message?: MessageRow
  readonly values: Telling['values']
}

/** A fault that decided: before the call did anything, or only over its answer. */
function explainFault(step: StepFacts, { trace, message, values }: Faulted): Explained {
  const isSent = message?.errcode === 0
  const hasCode = typeof values['code'] === 'number' && values['code'] !== 0
  const verdict = isSent ? 'fault_after' : hasCode ? 'fault' : 'fault_cut'
  const telling = { verdict, values, why: step } as const
  return { verdict: 'fault', ...factsOf(step), trace, telling }
}

function valuesOf(message: MessageRow): Telling['values'] {
  return {
    mobile: message.mobile,
    at: toIso(message.created_at),
    state: message.state,
    code: message.errcode,
    text: plainText(message.errmsg ?? ''),
  }
}

/** An errmsg without the name of its call, which explains nothing. */
function plainText(errmsg: string): string {
  return errmsg.replace(/,? (?:hint: \[[^\]]*\] )?rid: [\da-f-]+$/, '')
}

const delivered = 'success'

/** What is known of the receipt of a message that WeChat has accepted, or is to accept. */
function explainReceipt(
  scope: Scope,
  of: { readonly message?: MessageRow; readonly sent?: TemplateMessageRow | undefined },
): Omit<Explained, 'trace'> {
  const { message, sent } = of
  const values = message ? valuesOf(message) : { at: toIso(sent?.accepted_at ?? 0) }
  const expected = delivered
  const common = { rule: 'receipt.success', expected }
  const tell = (verdict: Telling['verdict'], more: object = {}) => {
    return { telling: { verdict, values: { ...values, expected, ...more } } }
  }
  const actual = sent?.receipt ?? receiptOf(message)
  if (actual === 'success') {
    const isMagic = message?.openid === null && !sent && message.erased_at === null
    const magic = { rule: 'mobile.magic', actual: message?.mobile, expected: 0 }
    if (isMagic) return { verdict: 'reached', ...magic, ...tell('magic') }
    return { verdict: 'reached', ...common, actual, ...tell('reached', { actual }) }
  }
  if (actual !== null) {
    const fix = unblock(scope, sent, actual)
    return { verdict: 'failed_later', ...common, actual, fix, ...tell('failed_later', { actual }) }
  }
  const pending = { verdict: 'pending', ...common, actual: null } as const
  if (message?.state === 'sending') return { ...pending, ...tell('sending') }
  if (!sent) return { ...pending, ...tell('remote') }
  if (sent.due_at !== null) {
    const due = toIso(sent.due_at)
    const fix = { call: 'clock.advance', input: { to: due } }
    return { ...pending, fix, ...tell('due', { due }) }
  }
  const input = { message: message?.message ?? sent.msgid, status: expected }
  const fix = message ? { call: 'message.receipt', input } : null
  return { ...pending, fix, ...tell('manual') }
}

/** What our own WeChat has no record of, TUPU's message says. */
function receiptOf(message: MessageRow | undefined): string | null {
  if (message?.state === 'delivered') return delivered
  return message?.state === 'failed' ? (message.reason ?? 'failed') : null
}

/** Of what a receipt may tell, one call mends a block alone. */
function unblock(
  { db, world }: Scope,
  sent: TemplateMessageRow | undefined,
  receipt: string,
): Fix | null {
  const follower = sent && findFollower(db, world.epoch, sent.openid)
  if (receipt !== 'user_block' || follower?.state !== 'blocking') return null
  const { person, appid } = follower
  return { call: 'phone.unblock', input: { person, account: appid } }
}

/** A call that left no message: it was refused before it was known whose it is, or is no send. */
export function explainCall(
  exchange: Exchange,
  step: StepFacts | undefined = toldStep(exchange.decision),
): Explained {
  const { trace, at, decision } = exchange
  const answer = answerOf(exchange)
  const values = { at: toIso(at), call: callText(exchange), ...answer }
  if (step?.rule === 'fault.applied') return explainFault(step, { trace, values })
  if (!step || !isRefused(exchange, answer.code)) {
    const rule = step?.rule ?? nameOf(decision.at(-1))
    return { verdict: 'reached', rule, trace, telling: { verdict: 'carried_out', values } }
  }
  const telling = { verdict: 'refused', values, why: step } as const
  return { verdict: 'refused', ...factsOf(step), trace, telling }
}

/** A call as it is told: without its query, and masked. */
export function callText({ method, url }: Pick<Exchange, 'method' | 'url'>): string {
  return `${method} ${maskUrl(pathOf(url), { reveal: true })}`
}

/** A step that was passed is its rule's name. */
function nameOf(step: unknown): string | null {
  return typeof step === 'string' ? step : null
}

/** A send that leaves no message and is no repeat was refused, however its partner's profile spells that. */
function isRefused({ endpoint, status }: Exchange, code: number): boolean {
  return endpoint === 'message.send' || status >= 400 || code !== 0
}

/** Code and text of an answer: an errcode, or the status and title of a problem. */
function answerOf({ response_body, status }: Exchange): { code: number; text: string } {
  const none = { code: status < 400 ? 0 : status, text: '' }
  try {
    const body: unknown = JSON.parse(response_body.toString())
    if (typeof body !== 'object' || body === null) return none
    const { errcode, errmsg, title } = body as Readonly<Record<string, unknown>>
    const code = typeof errcode === 'number' ? errcode : none.code
    return { code, text: plainText(String(errmsg ?? title ?? '')) }
  } catch {
    return none
  }
}

/** A step about somebody's openid, with what people call them: as registered, else as on the phone, else by the openid. */
function withName({ db, world }: Scope, step: StepFacts | undefined): StepFacts | undefined {
  const row = Object(step?.row)
  const { openid } = row
  if (!step || typeof openid !== 'string') return step
  const { epoch } = world
  const follower = findFollower(db, epoch, openid)
  const registered =
    follower && findAssociationOf(db, { epoch, appid: follower.appid, openid })?.name
  const own = follower && findPerson(db, epoch, follower.person)?.name
  return { ...step, row: { ...row, who: registered || own || openid } }
}

/** The step that decided a call; undefined: nothing is to be said of it. Secrets are masked, all else is whole. */
export function toldStep(decision: Exchange['decision']): StepFacts | undefined {
  const step = decidingStep(decision as Step[])
  if (typeof step !== 'object') return undefined
  return JSON.parse(maskBody(JSON.stringify(step), { reveal: true }))
}
