import type { AppliedFault, FaultAction } from '../../core/fault.ts'
import { stepOf } from '../../core/meet-fault.ts'
import type { Refusal } from '../../core/refusal.ts'
import { faults } from '../../wechat/fault.ts'
import { wireText } from '../../wechat/rid.ts'
import { clip, refuse } from '../errors.ts'
import { type RemoteAnswer, readAnswer } from './http.ts'

/** What a fault makes of a call to WeChat that TUPU waits for. */
export interface Leg {
  /** Real milliseconds before WeChat does anything, or before TUPU gives up. */
  readonly waits_ms: number
  /** Whether WeChat does what it was asked. */
  readonly isCarriedOut: boolean
  /** What TUPU hears in place of WeChat's own answer; undefined: that one. */
  readonly answer: RemoteAnswer | undefined
}

/** The leg of a call by which TUPU waits so long and no longer. */
export function legOf(applied: AppliedFault, timeout_ms: number): Leg {
  const { action } = applied
  const isAfter = action.stage === 'after'
  if (waitOf(action) >= timeout_ms) {
    const detail = `no whole answer within ${timeout_ms} ms`
    return { waits_ms: timeout_ms, isCarriedOut: isAfter, answer: silence(detail) }
  }
  const answer = answerOf(applied)
  return { waits_ms: action.delay_ms, isCarriedOut: isAfter || !answer, answer }
}

/** An answer that only drips has not come when the time is over. */
function waitOf(action: FaultAction): number {
  const isEndless =
    action.kind === 'transport' && (action.transport === 'hang' || action.transport === 'drip')
  return isEndless ? Number.POSITIVE_INFINITY : action.delay_ms
}

function answerOf(applied: AppliedFault): RemoteAnswer | undefined {
  const { action } = applied
  switch (action.kind) {
    case 'errcode': {
      const { errcode } = action
      const errmsg = faults.refuse?.(action, stepOf(applied)).text ?? ''
      return { kind: 'json', body: { errcode, errmsg }, wantsRid: true }
    }
    case 'answer':
      return withErrcode(readAnswer(Buffer.from(action.body)))
    case 'transport':
      if (action.transport === 'reset') return silence('the connection was reset')
      if (action.transport === 'empty') return silence('the connection closed without an answer')
      return unreadable(action.transport === 'truncate' ? 'half an answer' : 'no JSON')
    default:
      return undefined
  }
}

const silence = (detail: string): RemoteAnswer => ({ kind: 'none', errcode: 100031, detail })
const unreadable = (detail: string): RemoteAnswer => ({ kind: 'none', errcode: 100032, detail })

function withErrcode(answer: RemoteAnswer): RemoteAnswer {
  if (answer.kind === 'none' || Number.isSafeInteger(answer.body['errcode'])) return answer
  return unreadable(JSON.stringify(answer.body).slice(0, detail_length_max))
}

const detail_length_max = 200

/** The digits by which WeChat names what it accepted. */
export function msgidOf(answer: RemoteAnswer | Refusal): string | undefined {
  if (answer.kind !== 'json' || answer.body['errcode'] !== 0) return undefined
  const { msgid } = answer.body
  return typeof msgid === 'string' && /^(0|[1-9]\d{0,18})$/.test(msgid) ? msgid : undefined
}

/** TUPU's no to an answer by which WeChat has not accepted a send. */
export function refusalOf(answer: RemoteAnswer | Refusal, timeout_ms: number): Refusal {
  if (answer.kind === 'refusal') return answer
  if (answer.kind === 'none') return refuseSilence(answer, timeout_ms)
  const { errcode, errmsg } = answer.body
  const code = Number.isSafeInteger(errcode) ? Number(errcode) : 0
  if (code === 0) {
    const actual = clip(JSON.stringify({ errcode: clip(errcode), errmsg: clip(errmsg) }))
    return refuse(100032, { rule: 'wechat.answered', actual, expected: 'errcode and msgid' })
  }
  const text = typeof errmsg === 'string' ? errmsg : ''
  const step = { rule: 'wechat.accepted', answer: { errcode: code, errmsg: clip(text) } }
  const complete = answer.wantsRid ? { complete: completeWechatText } : {}
  return { kind: 'refusal', code, text, step, ...complete }
}

const send_path = '/cgi-bin/message/template/send'

/** WeChat's errmsg as its send call puts it on the wire. */
export function completeWechatText(text: string, at: { trace: string; now: number }): string {
  return wireText({ text }, send_path, at)
}

/** TUPU's no when WeChat gave no answer that can be read. */
export function refuseSilence(
  answer: Extract<RemoteAnswer, { kind: 'none' }>,
  timeout_ms: number,
): Refusal {
  const expected = `a JSON object within ${timeout_ms} ms`
  return refuse(answer.errcode, { rule: 'wechat.answered', actual: answer.detail, expected })
}
