import { createHash } from 'node:crypto'
import { findMessage, findRemembered } from '../../../db/message.ts'
import type { MessageRow } from '../../../db/schema.ts'
import { topics } from '../../../db/topic.ts'
import type { Call } from '../../core/call.ts'
import type { Outcome } from '../../core/endpoint.ts'
import type { Engine } from '../../core/engine.ts'
import type { Refusal } from '../../core/refusal.ts'
import { waitFor } from '../../core/wait.ts'
import { toIso } from '../../world/clock.ts'
import type { World } from '../../world/world.ts'
import type { TupuCaller } from '../endpoint.ts'
import { refuse, refuseByProfile } from '../errors.ts'
import { profileOf } from '../profile/profile.ts'
import { readKeywords } from './fields.ts'
import { bodyHashOf, remembered_ms, rememberedBy } from './forget.ts'
import { acceptedResponse } from './message.ts'

/** Of the EID the account's first one counts: a message stays the same when its account gets another. */
const known_texts = ['eid', 'mobile', 'message', 'name', 'email', 'url', 'client_msg_id']

/** A repeat that waits for the first call's answer. */
export interface OtherSend {
  readonly kind: 'other'
  readonly world: string
  readonly epoch: number
  readonly message: string
  /** The real instant after which nobody writes its answer down any more. */
  readonly until: number
}

/** What a client_msg_id says of a send: new (with its hash), a repeat, a repeat of one under way, or a refusal. */
type RepeatCheck =
  | { readonly kind: 'new'; readonly body_hash: string | null; readonly forgets: string | null }
  | { readonly kind: 'repeat'; readonly row: MessageRow }
  | OtherSend
  | Refusal

export function checkRepeat(
  call: Call<TupuCaller, unknown>,
  client_msg_id: string | null,
): RepeatCheck {
  if (client_msg_id === null) return { kind: 'new', body_hash: null, forgets: null }
  const { db, world, caller, fields, engine } = call
  const { epoch } = world
  const { eid } = caller.account
  const body_hash = hashOf({ ...fields, eid })
  const names = rememberedBy(world, eid, client_msg_id)
  const row = findRemembered(db, { epoch, eid, names })
  if (!row) return { kind: 'new', body_hash, forgets: null }
  const { duplicates } = profileOf(engine, caller.account)
  if (duplicates === 'send' || world.now - row.created_at >= remembered_ms)
    return { kind: 'new', body_hash, forgets: row.message }
  const first = { message: row.message, trace: row.trace }
  if (row.body_hash !== bodyHashOf(world, row, body_hash))
    return refuse(100015, {
      rule: 'client_msg_id.new',
      actual: client_msg_id,
      row: first,
      fix: { call: 'clock.advance', input: { to: toIso(row.created_at + remembered_ms) } },
    })
  if (duplicates === 'refuse')
    return refuseByProfile(100021, {
      rule: 'client_msg_id.unused',
      actual: client_msg_id,
      row: first,
    })
  call.steps.push({ rule: 'client_msg_id.repeated', row: first })
  if (row.state === 'sending') return otherSend(world, row)
  return { kind: 'repeat', row }
}

function otherSend({ world, epoch, real_now }: World, row: MessageRow): OtherSend {
  const until = row.sending_until ?? real_now
  return { kind: 'other', world, epoch, message: row.message, until }
}

/**
 * The same known fields as sent, in whatever order, have the same hash; null counts as absent. A body with a field that
 * will be refused has none: it is like no message that was sent.
 */
function hashOf(fields: Readonly<Record<string, unknown>>): string | null {
  const keywords = readKeywords(fields['keywords'])
  const texts = known_texts.map((name) => fields[name] ?? null)
  if (!keywords || texts.some((text) => text !== null && typeof text !== 'string')) return null
  const pairs = (fields['keywords'] ?? null) && Object.entries(keywords).sort(byKey)
  return createHash('sha256')
    .update(JSON.stringify([texts, pairs]))
    .digest('hex')
}

function byKey([a]: [string, string], [b]: [string, string]): number {
  return a < b ? -1 : 1
}

/** The answer that a message got, given again. */
export function repeatedAnswer(row: MessageRow): Outcome {
  if (row.errcode === 0 && row.msgid !== null) return acceptedResponse(row.msgid)
  const code = row.errcode ?? 100031
  return {
    kind: 'refusal',
    code,
    text: row.errmsg ?? 'wechat did not answer',
    step: { rule: 'client_msg_id.repeated', row: { message: row.message, state: row.state } },
    // The first call has left its row; the repeat leaves none.
    writes: () => {},
  }
}

/** Waits until the first call has its answer, or until it can have none any more. */
export async function waitForOther(
  state: OtherSend,
  engine: Engine,
  hungUp: AbortSignal | undefined,
): Promise<void> {
  const waiting = {
    ...state,
    label: 'message.wait',
    topics: [topics.message(state.message)],
    hungUp,
  }
  await waitFor(engine, waiting, {
    query: state,
    look({ db }, { epoch, message }) {
      const isSending = findMessage(db, epoch, message)?.state === 'sending'
      return { found: isSending ? undefined : true, query: state, isLast: true }
    },
  })
}

export function answerOther(call: Call<TupuCaller, unknown>, state: OtherSend): Outcome {
  const row = findMessage(call.db, state.epoch, state.message)
  if (!row) throw new Error(`the message ${state.message} is gone within its epoch`)
  return repeatedAnswer(row)
}
