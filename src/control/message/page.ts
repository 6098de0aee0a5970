import { z } from 'zod'
import { findMessage, listMessageKeys, listMessages, type MessageKey } from '../../../db/message.ts'
import type { MessageRow } from '../../../db/schema.ts'
import { type Topic, topics } from '../../../db/topic.ts'
import type { Db } from '../../../db/unit.ts'
import type { Engine } from '../../core/engine.ts'
import { type Look, waitFor } from '../../core/wait.ts'
import { messageKey, readMessageKey } from '../../tupu/message/message.ts'
import { readEmail } from '../../world/address.ts'
import type { Scope } from '../../world/world.ts'
import { message_states } from './message.ts'

const page_max = 200

/** Rows read at a time, and in one unit at most. */
const scan_rows = 1000
const scan_rows_max = 5000

/** On PostgreSQL a message may be committed after one with a later instant: look back so far for it. */
const look_back_ms = 60_000

/** Messages that a reader remembers because they may come into the wanted state later. */
const open_max = 100

/**
 * Where a reader stands: the nth exchange of each account (by ordinal) that it has seen, and the latest instant.
 * Instants alone would not do, because a frozen clock gives many messages the same one.
 */
export const cursorShape = z.object({
  /** The resets of the world: a cursor of an earlier life begins anew. */
  life: z.int(),
  from: z.int().min(0),
  seen: z.record(z.string(), z.int()),
  /** Keys of messages that were passed over only because of their state, which may change. */
  open: z.array(z.string().regex(/^\d{1,24}$/)).max(open_max),
})

export type Cursor = z.output<typeof cursorShape>

/** A cursor as it was given out; undefined when it is none. */
export function readCursor(text: string | undefined, life: number): Cursor | undefined {
  const begin = { life, from: 0, seen: {}, open: [] }
  if (text === undefined) return begin
  try {
    const cursor = cursorShape.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    return cursor.life === life ? cursor : begin
  } catch {
    return undefined
  }
}

export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url')
}

/** Which messages a reader wants, and where it stands. */
export interface Query {
  readonly world: string
  readonly epoch: number
  readonly mobile: string | undefined
  /** The address that the send names, in lower case. */
  readonly email?: string | undefined
  readonly eid: string | undefined
  readonly state: MessageRow['state'] | undefined
  readonly cursor: Cursor
}

export interface Page {
  readonly rows: readonly MessageRow[]
  readonly cursor: Cursor
  /** Everything that there is was seen. */
  readonly isLast: boolean
}

/** Walks from the cursor on, oldest first, until the page is full, everything was seen, or it takes too long. */
export function findPage(db: Db, query: Query, rows_max = page_max): Page {
  const walk = new Walk(query, rows_max)
  const isLast = walkOn(db, query, walk)
  return { rows: walk.rows(db), cursor: walk.cursor, isLast }
}

/** The newest of those from the cursor on, as far as one unit walks; undefined: none of them is wanted. */
export function findNewest(
  db: Db,
  query: Query,
): Pick<Page, 'cursor' | 'isLast'> & { readonly newest: string | undefined } {
  const walk = new Walk(query, Number.POSITIVE_INFINITY)
  const isLast = walkOn(db, query, walk)
  return { newest: walk.newest, cursor: walk.cursor, isLast }
}

/** Answers whether everything was seen. */
function walkOn(db: Db, query: Query, walk: Walk): boolean {
  for (const message of query.cursor.open) {
    const row = findMessage(db, query.epoch, message)
    if (row) walk.take(row)
  }
  let key = firstKey(db, query.cursor)
  for (let walked = 0; walked < scan_rows_max; walked += scan_rows) {
    const batch = listMessageKeys(db, { epoch: query.epoch, from: key, limit: scan_rows })
    for (const row of batch) walk.pass(row)
    const last = batch.at(-1)
    if (walk.isFull) break
    if (!last || batch.length < scan_rows) return true
    key = keyAfter(last, query.cursor)
  }
  return false
}

function firstKey(db: Db, { from }: Cursor): string {
  const back = db.dialect === 'postgres' ? look_back_ms : 0
  return messageKey({ now: Math.max(0, from - back), ordinal: 0, n: 0 })
}

/** Steps over what the account has at that instant and the reader has seen: on a frozen clock, everything before. */
function keyAfter(last: MessageKey, { seen }: Cursor): string {
  const { now, ordinal, n } = readMessageKey(last.message)
  const known = seen[ordinal] ?? 0
  return n < known ? messageKey({ now, ordinal, n: known + 1 }) : `${last.message}~`
}

/** What a walk has found, and where it stands. */
class Walk {
  readonly #query: Query
  readonly #found: string[] = []
  readonly #open: string[] = []
  readonly #seen: Record<string, number>
  readonly #found_max: number
  #from: number

  constructor(query: Query, found_max: number) {
    this.#query = query
    this.#found_max = found_max
    this.#seen = { ...query.cursor.seen }
    this.#from = query.cursor.from
  }

  get isFull(): boolean {
    return this.#found.length >= this.#found_max
  }

  take(row: MessageKey): void {
    const { state } = this.#query
    if (!isWanted(row, this.#query)) return
    if (state === undefined || row.state === state) this.#found.push(row.message)
    else if (mayBecome(row.state, state)) this.#open.push(row.message)
  }

  /** Past a full page only those are taken that would otherwise be counted as seen. */
  pass(row: MessageKey): void {
    const { now, ordinal, n } = readMessageKey(row.message)
    if (n <= (this.#query.cursor.seen[ordinal] ?? 0)) return
    const reached = this.#seen[ordinal] ?? 0
    if (this.isFull && n > reached) return
    this.take(row)
    this.#from = Math.max(this.#from, now)
    this.#seen[ordinal] = Math.max(reached, n)
  }

  get cursor(): Cursor {
    const { life } = this.#query.cursor
    return { life, from: this.#from, seen: this.#seen, open: this.#open.slice(-open_max) }
  }

  get newest(): string | undefined {
    return this.#found.reduce<string | undefined>(laterOf, undefined)
  }

  /** What was found, in the order in which it was: those that a reader remembers first. */
  rows(db: Db): MessageRow[] {
    const found = listMessages(db, this.#query.epoch, this.#found)
    const rows = new Map(found.map((row) => [row.message, row]))
    return this.#found.flatMap((message) => rows.get(message) ?? [])
  }
}

/** Keys of messages sort by time. */
export function laterOf(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return one > other ? one : other
}

function isWanted(row: MessageKey, query: Query): boolean {
  if (query.mobile !== undefined && row.mobile !== query.mobile) return false
  if (query.email !== undefined && readEmail(row.email) !== query.email) return false
  return query.eid === undefined || row.eid === query.eid
}

function mayBecome(state: MessageRow['state'], to: MessageRow['state']): boolean {
  if (state === 'sending') return true
  return state === 'accepted' && (to === 'delivered' || to === 'failed')
}

/** A reader that waits for a message, until a real instant. */
export type MessageWait = Query & { readonly until: number }

/** Waits until there is a message. Answers from where to look again. */
export async function waitForMessage(
  state: MessageWait,
  engine: Engine,
  hungUp: AbortSignal | undefined,
): Promise<Cursor> {
  const waiting = { ...state, label: 'message.wait', topics: topicsOf(state), hungUp }
  const { query } = await waitFor(engine, waiting, { query: state, look: lookForPage })
  return query.cursor
}

function lookForPage<Q extends Query>({ db }: Scope, query: Q): Look<Q, true> {
  const { rows, cursor, isLast } = findPage(db, query)
  // Whoever finds something looks again, at the same place, in the unit of the answer.
  return rows.length > 0 ? { found: true, query, isLast } : { query: { ...query, cursor }, isLast }
}

/** What is announced when there may be a message that a reader wants. */
export function topicsOf({ mobile, state }: Query): Topic[] {
  if (mobile !== undefined) return [topics.messagesTo(mobile)]
  const states = state === undefined ? message_states.options : [state]
  return states.map(topics.messagesIn)
}
