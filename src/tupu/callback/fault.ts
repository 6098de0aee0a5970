import { findMessage } from '../../../db/message.ts'
import type { CallbackRow } from '../../../db/schema.ts'
import type { Engine } from '../../core/engine.ts'
import type { AppliedFault, FaultAction } from '../../core/fault.ts'
import type { JobCall } from '../../core/job.ts'
import { faultsOf, meetFault } from '../../core/meet-fault.ts'
import type { OutgoingAnswer, OutgoingFailure } from '../../core/outgoing.ts'
import { sleep } from '../../world/clock.ts'
import { accountViewOf } from '../account/account.ts'

/** What is sent otherwise than it should be. */
export type Spoiled = 'bad_signature' | 'old_timestamp'

/** One request to the platform, and how it was answered. */
export interface Try {
  readonly headers: Readonly<Record<string, string>>
  readonly answer: OutgoingAnswer
}

/** Meets a try, on its way to the platform, with the world's faults. One that was put behind another has met its own. */
export function meetCallback(call: JobCall, row: CallbackRow): AppliedFault | undefined {
  if (row.swapped === 1 || faultsOf(call).length === 0) return undefined
  const account = accountViewOf(call, row.eid)?.account
  const message = findMessage(call.db, call.world.epoch, row.message)
  const openids = message?.openid == null ? [] : [message.openid]
  const { event } = JSON.parse(row.body) as { event: string }
  const whose = { eid: row.eid, appid: account?.appid, mobile: message?.mobile, openids }
  return meetFault(call, { surface: 'callback', endpoint: event, ...whose })
}

/**
 * Makes a try as its fault wants it: none, one or two requests. `send` makes a request. Undefined: the simulator stops. Empty:
 * nothing was sent, and that is taken for delivered.
 */
export async function tryUnder(
  action: FaultAction,
  engine: Engine,
  send: (spoiled?: Spoiled) => Promise<Try | undefined>,
): Promise<readonly Try[] | undefined> {
  if (action.delay_ms > 0) await sleep(action.delay_ms, engine.closing)
  if (action.kind === 'delivery') return deliverBy(action.delivery, send)
  const lost = await lostAnswer(action, engine)
  const sent = action.stage === 'after' || !lost ? await send() : nothing_sent
  if (!sent || engine.closing.aborted) return undefined
  return [lost ? { ...sent, answer: lost } : sent]
}

async function deliverBy(
  delivery: Extract<FaultAction, { kind: 'delivery' }>['delivery'],
  send: (spoiled?: Spoiled) => Promise<Try | undefined>,
): Promise<readonly Try[] | undefined> {
  if (delivery === 'drop') return []
  const isSpoiled = delivery === 'bad_signature' || delivery === 'old_timestamp'
  const first = await send(isSpoiled ? delivery : undefined)
  if (!first || delivery !== 'twice') return first && [first]
  const second = await send()
  return second && [first, second]
}

/** What TUPU hears instead of the platform's answer; undefined: that answer itself. */
async function lostAnswer(
  action: FaultAction,
  { limits, closing }: Engine,
): Promise<OutgoingAnswer | undefined> {
  if (action.kind === 'answer') {
    const { status, headers, body } = action
    return { ok: true, status, headers: inLowerCase(headers), body: Buffer.from(body), ...at_once }
  }
  if (action.kind !== 'transport') return undefined
  switch (action.transport) {
    case 'garbage':
      return { ok: true, status: 200, headers: {}, body: Buffer.from('<html></html>'), ...at_once }
    case 'hang':
    case 'drip': {
      const { answer_ms_max } = limits
      await sleep(answer_ms_max, closing)
      return failed('timeout', `no whole answer within ${answer_ms_max} ms`)
    }
    default:
      return failed('reset', 'the connection closed without a whole answer')
  }
}

const at_once = { elapsedMs: 0 }

function failed(failure: OutgoingFailure, detail: string): OutgoingAnswer {
  return { ok: false, failure, detail, ...at_once }
}

function inLowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
}

const nothing_sent: Try = { headers: {}, answer: failed('reset', 'nothing was sent') }
