import type { NewExchange } from '../../../db/exchange.ts'
import { insertExchangeSubject } from '../../../db/exchange-subject.ts'
import type { OfficialAccountRow, PushRow } from '../../../db/schema.ts'
import type { AppliedFault } from '../../core/fault.ts'
import type { JobCall } from '../../core/job.ts'
import { stepOf } from '../../core/meet-fault.ts'
import { faultOf, type Try } from '../../core/try.ts'
import type { XmlField } from '../../core/xml.ts'
import { toUnixSeconds } from '../../world/clock.ts'
import type { Step } from '../../world/step.ts'
import { subjectKey } from '../../world/subject.ts'
import { type PassiveReply, readReply } from './reply.ts'
import { type PushContent, type PushProof, plainXml } from './request.ts'

/** One try on its way. */
export interface Delivery {
  readonly row: PushRow
  readonly account: OfficialAccountRow
  readonly url: string
  /** Of this try alone, but for its instant. */
  readonly proof: Omit<PushProof, 'timestamp'>
  readonly fault?: AppliedFault | undefined
}

/** One request, and how it was answered. */
export interface PushTry extends Try {
  readonly url: string
  readonly body: string
}

/** What a push says, as its request takes it. */
export function contentOf(
  { openid, created_at, elements }: PushRow,
  { original_id }: Pick<OfficialAccountRow, 'original_id'>,
): PushContent {
  const fields = JSON.parse(elements) as XmlField[]
  return { original_id, openid, created: toUnixSeconds(created_at), fields }
}

/** What the body of an answer means, hidden or not. */
export function replyOf({ row, account }: Delivery, body: Uint8Array): PassiveReply {
  const { appid, token, aes_key, original_id, server_mode: mode } = account
  const whose = { appid, token, aes_key, original_id, mode, openid: row.openid }
  return readReply(Buffer.from(body).toString(), { ...whose, isMessage: row.msgid !== null })
}

/** The try as the journal keeps it, found by whoever it concerns. */
export function keepTry(
  { db, world, engine }: JobCall,
  delivery: Delivery,
  tried: PushTry,
  isErased: boolean,
): void {
  const { url, headers, body, answer } = tried
  const { trace, appid, openid } = delivery.row
  const exchange: NewExchange = {
    epoch: world.epoch,
    at: world.now,
    real_at: world.real_now,
    trace,
    direction: 'out',
    surface: 'push',
    endpoint: '',
    method: 'POST',
    url,
    request_headers: headers,
    request_body: Buffer.from(isErased ? '' : body),
    response_headers: answer.ok ? answer.headers : {},
    response_body: Buffer.from(answer.ok && !isErased ? answer.body : []),
    decision: stepsOf(delivery, tried, { isErased, ms: engine.limits.answer_ms_max }),
    status: answer.ok ? answer.status : 0,
  }
  engine.journal.append(db, world.world, exchange)
  const subject = subjectKey(world, { appid, openid })
  insertExchangeSubject(db, { epoch: world.epoch, trace, message: null, subject })
}

function stepsOf(
  delivery: Delivery,
  { answer }: PushTry,
  { isErased, ms }: { readonly isErased: boolean; readonly ms: number },
): Step[] {
  const { row, account, fault: applied } = delivery
  const { push, event, tries, tries_left } = row
  const { server_mode: mode } = account
  const hidden = mode === 'plain' || isErased ? {} : inClear(delivery, answer)
  const step = { rule: 'push.answered', row: { push, event, mode, tries, tries_left, ...hidden } }
  const fault = faultOf(answer)
  const expected = `a status of 200 to 299 within ${ms} ms`
  return [
    ...(applied ? [stepOf(applied)] : []),
    fault === undefined ? step : { ...step, actual: fault, expected },
  ]
}

/** What was encrypted, in clear: nobody reads cipher text. */
function inClear(delivery: Delivery, answer: PushTry['answer']) {
  const xml = plainXml(contentOf(delivery.row, delivery.account))
  const read =
    answer.ok && faultOf(answer) === undefined ? replyOf(delivery, answer.body) : undefined
  return { xml, ...(read?.kind === 'message' && { reply: read.content }) }
}
