import {
  acknowledgeCallback,
  claimCallback,
  failCallback,
  findCallback,
  listDueCallbacks,
} from '../../../db/callback.ts'
import type { NewExchange } from '../../../db/exchange.ts'
import { findMessage } from '../../../db/message.ts'
import type { CallbackRow } from '../../../db/schema.ts'
import { type Pending, pending } from '../../core/endpoint.ts'
import type { Engine } from '../../core/engine.ts'
import type { AppliedFault } from '../../core/fault.ts'
import type { JobCall, WaitingJobKind } from '../../core/job.ts'
import type { Limits } from '../../core/limits.ts'
import { faultsOf, meetFault, stepOf } from '../../core/meet-fault.ts'
import { meet } from '../../core/outcomes.ts'
import type { OutgoingAnswer } from '../../core/outgoing.ts'
import type { SeenCall } from '../../core/seen-call.ts'
import { not_sent, old_ms, type Spoiled, type Try, tryUnder } from '../../core/try.ts'
import { deriveHex } from '../../world/seed.ts'
import { accountViewOf } from '../account/account.ts'
import { profileOf } from '../profile/profile.ts'
import type { Profile } from '../profile/spelled.ts'
import { putBehind, releaseSwapped, takenTry } from './callback.ts'
import { callbackFault, spellCallback } from './spelled.ts'

/** Tells the platform what became of messages, until it acknowledges it or no try is left. */
export const callbackJob: WaitingJobKind<Delivery, readonly Try[]> = {
  kind: 'callback',
  next(db, epoch, limit) {
    const rows = listDueCallbacks(db, epoch, limit)
    return rows.map(({ callback, due_at }) => {
      return { key: callback, subject: callback, due_at: due_at ?? 0 }
    })
  },
  before: (call, job) => takeTry(call, job.key),
  outside: deliver,
  after: keepOutcome,
}

/** Of two replicas one takes the try. Where it goes, the account says now: what is sent was said when it happened. */
function takeTry(call: JobCall, key: string): string | Pending<Delivery> {
  const { db, world } = call
  const row = findCallback(db, world.epoch, key)
  if (!row || row.due_at === null || row.due_at > world.now) return 'gone'
  const view = accountViewOf(call, row.eid)
  const url = view?.account.callback_url ?? null
  if (url === null) {
    const last_error = 'the account has no callback any more'
    const end = { state: 'failed', tries_left: 0, due_at: null, last_error } as const
    return claimCallback(db, row, end) ? 'failed: no callback' : 'gone'
  }
  const fault = meetCallback(call, row)
  const isSwap = fault?.action.kind === 'delivery' && fault.action.delivery === 'swap'
  if (isSwap && putBehind(call, row)) return 'swapped'
  const profile = profileOf(call.engine, view?.account ?? { profile: '' })
  const taken = takenTry(call, row, view?.account)
  if (!claimCallback(db, row, { ...taken, swapped: 0 })) return 'gone'
  const secret = view?.account.callback_secret ?? null
  // Real time in it: whoever remembers nonces must not meet one again in another run with the same seed.
  const nonce = deriveHex(world, 'callback nonce', key, taken.tries, world.real_now).slice(0, 32)
  return pending({ row: { ...row, ...taken }, url, secret, nonce, fault, profile })
}

/** Meets a try, on its way to the platform, with the world's faults. One that was put behind another has met its own. */
function meetCallback(call: JobCall, row: CallbackRow): AppliedFault | undefined {
  if (row.swapped === 1 || faultsOf(call).length === 0) return undefined
  const account = accountViewOf(call, row.eid)?.account
  const message = findMessage(call.db, call.world.epoch, row.message)
  const openids = message?.openid == null ? [] : [message.openid]
  const { event } = JSON.parse(row.body) as { event: string }
  const whose = { eid: row.eid, appid: account?.appid, mobile: message?.mobile, openids }
  return meetFault(call, { surface: 'callback', endpoint: event, ...whose })
}

function keepOutcome(call: JobCall, delivery: Delivery, tries: readonly Try[]): string {
  const { db, world, engine } = call
  const { row, profile } = delivery
  // Whoever was withdrawn meanwhile has been taken out of it.
  const current = findCallback(db, world.epoch, row.callback)
  for (const one of tries.length > 0 ? tries : [not_sent])
    engine.journal.append(db, world.world, {
      ...exchangeOf(delivery, one, {
        body: current?.body === row.body ? (one.body ?? row.body) : (current?.body ?? ''),
        limits: engine.limits,
      }),
      epoch: world.epoch,
      at: world.now,
      real_at: world.real_now,
    })
  releaseSwapped({ db, world }, row)
  // Of two, whichever was acknowledged.
  const answer = (tries.find((one) => !callbackFault(profile, one.answer)) ?? tries.at(-1))?.answer
  const last_status = answer?.ok ? answer.status : null
  const last_error = (answer && callbackFault(profile, answer)) ?? null
  if (last_error === null) {
    const end = { state: 'delivered', due_at: null, last_status, last_error } as const
    acknowledgeCallback(db, row, end)
    if (!answer) return 'dropped'
    meet(call, 'callback.acknowledged')
    return 'delivered'
  }
  failCallback(db, row, { last_status, last_error })
  meet(call, row.tries_left > 0 ? 'callback.retried' : 'callback.given_up')
  return `${row.tries_left > 0 ? 'tried' : 'failed'}: ${wordOf(answer)}`
}

function wordOf(answer: OutgoingAnswer | undefined): string {
  if (!answer) return 'nothing sent'
  return answer.ok ? String(answer.status) : answer.failure
}

/** One try on its way: what is sent where, signed by whom. */
export interface Delivery {
  readonly row: Pick<
    CallbackRow,
    'epoch' | 'callback' | 'eid' | 'trace' | 'body' | 'tries' | 'tries_left'
  >
  readonly url: string
  readonly secret: string | null
  readonly nonce: string
  /** In whose words it is told. */
  readonly profile: Profile
  readonly fault?: AppliedFault | undefined
}

/** Calls the platform, mostly once. Undefined: the simulator stops, nobody waits for the answer. */
export async function deliver(
  delivery: Delivery,
  engine: Engine,
): Promise<readonly Try[] | undefined> {
  const { fault } = delivery
  if (fault)
    return tryUnder(fault.action, engine, (spoiled) => post(delivery, engine, spoiled), not_sent)
  const sent = await post(delivery, engine)
  return sent && [sent]
}

async function post(
  delivery: Delivery,
  engine: Engine,
  spoiled?: Spoiled,
): Promise<Try | undefined> {
  const { profile, row, secret, ...told } = delivery
  const now = engine.machineNow() - (spoiled === 'old_timestamp' ? old_ms : 0)
  // Of another secret, the signature has the right form and is nobody's.
  const by = secret !== null && spoiled === 'bad_signature' ? `${secret}?` : secret
  const { url, headers, body } = spellCallback(profile, {
    ...told,
    body: row.body,
    secret: by,
    now,
  })
  // Whoever has not answered by then has not acknowledged it.
  const timeoutMs = engine.limits.answer_ms_max
  const call = { method: 'POST', url, headers, body, timeoutMs }
  const answer = await engine.outgoing({ ...call, signal: engine.closing })
  if (!answer.ok && engine.closing.aborted) return undefined
  if (engine.onCall) engine.onCall(seenOf(delivery, answer))
  return { headers, answer, body }
}

function seenOf({ url, row, profile }: Delivery, answer: OutgoingAnswer): SeenCall {
  const { event } = JSON.parse(row.body) as { readonly event: string }
  return {
    surface: 'callback',
    method: 'POST',
    url,
    outcome: answer.ok ? answer.status : answer.failure,
    isGood: callbackFault(profile, answer) === undefined,
    reason: event,
    who: {},
    ms: answer.elapsedMs,
  }
}

/** The try as the journal keeps it, without where and when. `body`: what of it may still be kept; `limits`: what it was held to. */
function exchangeOf(
  { row, url, fault: applied, profile }: Delivery,
  { headers, answer }: Try,
  { body, limits }: { readonly body: string; readonly limits: Limits },
): Omit<NewExchange, 'epoch' | 'at' | 'real_at'> {
  const { callback, tries, tries_left, trace } = row
  const fault = callbackFault(profile, answer)
  const step = { rule: 'callback.acknowledged', row: { callback, tries, tries_left } }
  const expected = `a status of 200 to 299 within ${limits.answer_ms_max} ms`
  return {
    trace,
    direction: 'out',
    surface: 'callback',
    endpoint: '',
    method: 'POST',
    url,
    request_headers: headers,
    request_body: Buffer.from(body),
    response_headers: answer.ok ? answer.headers : {},
    response_body: Buffer.from(answer.ok ? answer.body : []),
    decision: [
      ...(applied ? [stepOf(applied)] : []),
      fault === undefined ? step : { ...step, actual: fault, expected },
    ],
    status: answer.ok ? answer.status : 0,
  }
}
