import { z } from 'zod'
import { Call } from '../../core/call.ts'
import {
  type DocumentedEndpoint,
  type Outcome,
  pending,
  type WaitingEndpoint,
} from '../../core/endpoint.ts'
import type { Engine } from '../../core/engine.ts'
import { int64 } from '../../core/int64.ts'
import type { RawRequest } from '../../core/request.ts'
import { passThrough, run } from '../../core/run.ts'
import type { Address, Answer, Surface } from '../../core/surface.ts'
import { ok, type TupuCaller } from '../endpoint.ts'
import { refuse } from '../errors.ts'
import { readMobile } from '../mobile.ts'
import { message_fields } from '../profile/data.ts'
import type { FieldReader } from '../profile/read.ts'

type Fields = Readonly<Record<string, unknown>>

/** Several messages on their way, each as a call of its own. */
interface Rows {
  readonly kind: 'rows'
  readonly rows: readonly Fields[]
  readonly request: RawRequest
  readonly address: Address
}

/** How one message fared, in canonical words. */
interface RowAnswer {
  readonly errcode: number
  readonly errmsg: string
  /** Missing where the partner accepts first. */
  readonly msgid?: unknown
  readonly msgid_str?: string | undefined
}

type Send = WaitingEndpoint<TupuCaller> & DocumentedEndpoint<TupuCaller>

/**
 * The send of a partner who takes a list of recipients: one alone is sent as ever, several are sent one after another, each
 * by a canonical call of its own. It is answered as good when one at least was accepted.
 */
export function sendEach(
  endpoint: DocumentedEndpoint<TupuCaller>,
  of: { readonly reader: FieldReader; readonly surface: () => Surface<TupuCaller> },
): DocumentedEndpoint<TupuCaller> {
  const one = endpoint as Send
  const { admit: _, faults: __, ...rest } = one
  return {
    ...rest,
    reads: z.object({}),
    before(call: Call<TupuCaller>) {
      const { rows, max } = of.reader.rows(call)
      if (rows.length <= 1) return passThrough(call as Call, one as never)
      if (rows.length > max) {
        const step = {
          rule: 'rows.few',
          actual: `more than ${max}`,
          expected: `at most ${max} recipients`,
        }
        return refuse(47001, step)
      }
      concern(call, rows)
      const { request, address } = call
      return pending<Rows>({ kind: 'rows', rows, request, address })
    },
    outside(state: unknown, engine: Engine, hungUp: AbortSignal | undefined) {
      return isRows(state)
        ? runEach(state, engine, of.surface())
        : one.outside(state, engine, hungUp)
    },
    after(call: Call<TupuCaller, never>, state: unknown, result: unknown) {
      return isRows(state)
        ? outcomeOf(state, result as RowAnswer[])
        : one.after(call, state, result)
    },
  } as Send
}

function isRows(state: unknown): state is Rows {
  return typeof state === 'object' && state !== null && 'kind' in state && state.kind === 'rows'
}

/** A withdrawal finds the call of many by each of them. */
function concern(call: Call<TupuCaller>, rows: readonly Fields[]): void {
  const { eid, appid } = call.caller.account
  for (const { mobile: person } of rows) {
    if (typeof person !== 'string') continue
    const mobile = readMobile(person)
    if (mobile !== undefined) call.concern({ eid, mobile })
    else if (appid !== null) call.concern({ appid, openid: person })
  }
}

async function runEach(
  { rows, request, address }: Rows,
  engine: Engine,
  surface: Surface<TupuCaller>,
): Promise<RowAnswer[]> {
  const endpoint = surface.endpoints.find(({ id }) => id === 'message.send')
  const answers: RowAnswer[] = []
  // The first row's EID is the one that has proved who calls.
  const eid = rows[0]?.['eid']
  for (const row of rows.map((one) => ({ ...one, eid }) as Fields)) {
    const fields = message_fields.flatMap((name) =>
      row[name] === undefined ? [] : [[name, row[name]]],
    )
    const body = Buffer.from(JSON.stringify(Object.fromEntries(fields)))
    const sent = { ...request, headers: { 'content-type': 'application/json' }, body }
    const call = new Call({ engine, surface, endpoint, request: sent, address, pathFields: {} })
    answers.push(readAnswer(await run(call as Call)))
  }
  return answers
}

const answered = z.object({
  errcode: z.int(),
  errmsg: z.string(),
  msgid: z.unknown().optional(),
  msgid_str: z.string().optional(),
})
const lost: RowAnswer = { errcode: 100031, errmsg: 'wechat did not answer' }

/** What a fault has broken is no answer. */
function readAnswer({ body }: Answer): RowAnswer {
  try {
    return answered.parse(JSON.parse(body.toString('utf8')))
  } catch {
    return lost
  }
}

function outcomeOf({ rows: sent }: Rows, answers: readonly RowAnswer[]): Outcome {
  const rows = answers.map((answer, i) => {
    const { msgid, msgid_str } = answer
    return {
      ...answer,
      ...(msgid === undefined || msgid_str === undefined ? {} : { msgid: int64(msgid_str) }),
      sent: sent[i],
    }
  })
  const good = rows.filter(({ errcode }) => errcode === 0)
  const counted = { accepted: good.length, refused: rows.length - good.length, rows }
  const [first] = good
  if (first) return { ...ok, msgid: first.msgid, msgid_str: first.msgid_str, ...counted }
  const [{ errcode, errmsg } = lost] = answers
  const step = {
    rule: 'rows.accepted',
    actual: answers.map((one) => one.errcode),
    expected: 'one that is accepted',
  }
  // Each row has left its own message.
  return { kind: 'refusal', code: errcode, text: errmsg, step, extra: counted, writes: () => {} }
}
