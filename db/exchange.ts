import { sql } from 'kysely'
import { findHeads, join, type Particulars, putBare, putHead, type Rest } from './exchange-head.ts'
import { insertRow } from './hot.ts'
import { columnsOf, type Row } from './schema.ts'
import { topics } from './topic.ts'
import type { Db } from './unit.ts'

/** One HTTP request and its answer, with the decision between them. */
export interface NewExchange extends Particulars {
  readonly epoch: number
  readonly trace: string
  readonly status: number
  readonly response_body: Buffer
  /** Virtual instant, and the real one. */
  readonly at: number
  readonly real_at: number
  /** What is missing of bodies that were too long. */
  readonly cut?: Cut
}

/** As it was kept. */
export interface Exchange extends NewExchange {
  readonly seq: number
  readonly bytes: number
}

/** Of a body that is kept in part: its length in bytes, and its SHA-256 in hex. */
export interface CutBody {
  readonly length: number
  /** Absent of what was cut when an older database was taken along. */
  readonly sha256?: string
}
export interface Cut {
  readonly request?: CutBody
  readonly response?: CutBody
}

type ExchangeRow = Row<'exchange'>

const insertOne = insertRow('exchange')
const insertNumbered = insertRow('exchange', { also: ['seq'] })

/** Of an epoch so many exchanges have numbers of their own. */
const epoch_seqs = 2 ** 32

/** Keeps an exchange. Answers how many bytes it takes. */
export function insertExchange(db: Db, exchange: NewExchange): number {
  const { epoch, trace, request_body, response_body, status, cut, at, real_at } = exchange
  const rest = putHead(db, epoch, exchange)
  const bytes = sizeOf(rest) + request_body.length + response_body.length
  const { head, url, request_headers, response_headers, decision } = rest
  const row = {
    seq: db.ledger?.draw(epoch, () => findLastSeq(db, epoch)),
    epoch,
    trace,
    head,
    url,
    request_headers,
    request_body,
    status,
    response_headers,
    response_body,
    decision,
    cut: cut ? JSON.stringify(cut) : null,
    at,
    real_at,
    bytes,
  }
  if (row.seq === undefined) insertOne(db, row)
  else insertNumbered(db, row)
  db.announce(epoch, topics.exchanges)
  return bytes
}

function sizeOf({ url, request_headers, response_headers, decision }: Rest): number {
  const headers = (request_headers?.length ?? 0) + (response_headers?.length ?? 0)
  return (url?.length ?? 0) + headers + decision.length
}

/** Where one process owns the database, the number says which epoch it is of. */
function findLastSeq(db: Db, epoch: number): number {
  const query = db.selectFrom('exchange').select((e) => e.fn.max('seq').as('last'))
  const row = db.first(query.where(between(db, { epoch, after: 0 })))
  return row?.last ?? epoch * epoch_seqs
}

/** On PostgreSQL there is one more, of which nobody is told. */
const columns = columnsOf('exchange')

/**
 * On PostgreSQL a transaction may commit after a later one, with an earlier seq. A reader that goes forward gets only
 * what lies below the oldest transaction that still runs, so that its cursor never steps over one.
 */
export function settled(db: Db) {
  return db.dialect === 'sqlite'
    ? sql<boolean>`1 = 1`
    : sql<boolean>`txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint`
}

/** Which exchange, of what. */
export type ExchangeKey = Pick<ExchangeRow, 'seq' | 'trace'> & { readonly surface: string }
const key_columns = ['seq', 'epoch', 'trace', 'head'] as const

/** Exchanges of an epoch below `before` and, for a reader that goes forward, above `after`; newest first. */
export function listExchangeKeys(
  db: Db,
  at: { epoch: number; before: number | undefined; after: number; limit: number },
): ExchangeKey[] {
  let query = db.selectFrom('exchange').select(key_columns).where(between(db, at))
  if (at.after > 0) query = query.where(settled(db))
  return keysOf(db, at.epoch, db.all(query.orderBy(inOrder(db, 'desc')).limit(at.limit)))
}

/**
 * Exchanges of an epoch above `after` and below `before`: one bound on each side, because of two SQLite may use the loose one. On
 * PostgreSQL two values at once name their index: told that the epoch is one and the same, it goes along the seq through the
 * exchanges of all others.
 */
export function between(
  db: Db,
  { epoch, after, before }: { epoch: number; after: number; before?: number | undefined },
) {
  if (!db.ledger) {
    const end = before === undefined ? [epoch + 1, 0] : [epoch, before]
    return sql<boolean>`(epoch, seq) > (${epoch}, ${after}) and (epoch, seq) < (${sql.join(end)})`
  }
  const [first, end] = [epoch * epoch_seqs, (epoch + 1) * epoch_seqs]
  const [from, to] = [Math.max(after, first), Math.min(before ?? end, end)]
  return sql<boolean>`seq > ${from} and seq < ${to}`
}

export function inOrder(db: Db, direction: 'asc' | 'desc') {
  return db.ledger
    ? sql.raw<number>(`seq ${direction}`)
    : sql.raw<number>(`epoch ${direction}, seq ${direction}`)
}

/** All exchanges of one trace, newest first. */
export function listTraceKeys(db: Db, epoch: number, trace: string): ExchangeKey[] {
  // Asked for the epoch as well, SQLite would walk the whole of it, because of the order.
  const rows = db.all(
    db
      .selectFrom('exchange')
      .select(key_columns)
      .where('trace', '=', trace)
      .orderBy('seq', 'desc')
      .limit(1000),
  )
  return keysOf(db, epoch, ofEpoch(rows, epoch))
}

function keysOf(
  db: Db,
  epoch: number,
  rows: readonly Pick<ExchangeRow, 'seq' | 'trace' | 'head'>[],
): ExchangeKey[] {
  const heads = headsOf(db, epoch, rows)
  return rows.map(({ seq, trace, head }) => {
    return { seq, trace, surface: heads.get(head)?.surface ?? '' }
  })
}

function headsOf(db: Db, epoch: number, rows: readonly Pick<ExchangeRow, 'head'>[]) {
  return findHeads(
    db,
    epoch,
    rows.map(({ head }) => head),
  )
}

/** Exchanges by their numbers, newest first. */
export function listExchangesBy(
  db: Db,
  { epoch, seqs }: { epoch: number; seqs: readonly number[] },
): Exchange[] {
  if (seqs.length === 0) return []
  const query = db.selectFrom('exchange').select(columns).where('seq', 'in', seqs)
  return whole(db, epoch, ofEpoch(db.all(query.orderBy('seq', 'desc')), epoch))
}

/** The call that came in under a trace of which only the beginning is known. */
export function findExchangeOfTrace(
  db: Db,
  epoch: number,
  trace_start: string,
): Exchange | undefined {
  // Few have such a trace. Asked for the first of them, or for the epoch as well, both databases would walk them all.
  const rows = db.all(
    db
      .selectFrom('exchange')
      .select(columns)
      .where('trace', '>=', trace_start)
      // Behind every trace that begins so: they are hexadecimal.
      .where('trace', '<', `${trace_start}g`)
      .limit(100),
  )
  const found = whole(db, epoch, ofEpoch(rows, epoch)).filter(({ direction }) => direction === 'in')
  return found.sort((a, b) => a.seq - b.seq)[0]
}

export function findExchange(db: Db, epoch: number, seq: number): Exchange | undefined {
  const row = db.first(db.selectFrom('exchange').select(columns).where('seq', '=', seq))
  return row?.epoch === epoch ? whole(db, epoch, [row])[0] : undefined
}

export function ofEpoch<R extends Pick<ExchangeRow, 'epoch'>>(
  rows: readonly R[],
  epoch: number,
): R[] {
  return rows.filter((row) => row.epoch === epoch)
}

/** Rows with what their heads say. */
function whole(db: Db, epoch: number, rows: readonly ExchangeRow[]): Exchange[] {
  const heads = headsOf(db, epoch, rows)
  return rows.map((row) => {
    const head = heads.get(row.head)
    if (!head) throw new Error(`the head ${row.head} of the exchange ${row.seq} is missing`)
    const { seq, trace, request_body, status, response_body, at, real_at, bytes } = row
    const cut: Cut | undefined = row.cut === null ? undefined : JSON.parse(row.cut)
    const body_length = cut?.request?.length ?? request_body.length
    const kept = { epoch, seq, trace, request_body, status, response_body, at, real_at, bytes }
    return { ...join(head, row, body_length), ...kept, ...(cut && { cut }) }
  })
}

/** Exchanges of an epoch after one of them, the oldest first. */
export function listExchangesAfter(
  db: Db,
  at: { epoch: number; after: number; limit: number },
): Exchange[] {
  const query = db.selectFrom('exchange').select(columns).where(between(db, at))
  return whole(db, at.epoch, db.all(query.orderBy(inOrder(db, 'asc')).limit(at.limit)))
}

/** Sizes and traces of an epoch's oldest exchanges. */
export function listExchangeSizes(
  db: Db,
  at: { epoch: number; limit: number },
): Pick<ExchangeRow, 'seq' | 'trace' | 'bytes'>[] {
  const query = db.selectFrom('exchange').select(['seq', 'trace', 'bytes'])
  return db.all(
    query
      .where(between(db, { ...at, after: 0 }))
      .orderBy(inOrder(db, 'asc'))
      .limit(at.limit),
  )
}

/** How many of an epoch's exchanges come next after a seq, their bytes together, and the last of them. */
export function sumExchanges(
  db: Db,
  at: { epoch: number; after: number; limit: number },
): { exchanges: number; bytes: number; last: number | undefined } {
  const query = db.selectFrom('exchange').select(['seq', 'bytes']).where(between(db, at))
  const rows = db.all(query.orderBy(inOrder(db, 'asc')).limit(at.limit))
  const bytes = rows.reduce((sum, row) => sum + row.bytes, 0)
  return { exchanges: rows.length, bytes, last: rows.at(-1)?.seq }
}

/** Deletes an epoch's exchanges up to a seq; says how many were still there. */
export function deleteExchanges(db: Db, epoch: number, up_to: number): number {
  return db.change(
    db.deleteFrom('exchange').where(between(db, { epoch, after: 0, before: up_to + 1 })),
  )
}

const nothing = Buffer.alloc(0)

/** Takes out of all exchanges of some traces what was said in them; what remains is that they were, and how they ended. */
export function blankExchanges(
  db: Db,
  { epoch, traces, decision }: { epoch: number; traces: readonly string[]; decision: unknown[] },
): void {
  if (traces.length === 0) return
  // Asked for the epoch as well, SQLite would walk the whole of it.
  const found = db.all(db.selectFrom('exchange').select(columns).where('trace', 'in', traces))
  for (const exchange of whole(db, epoch, ofEpoch(found, epoch))) {
    const [url = ''] = exchange.url.split(/[?#]/, 1)
    const silent = { request_headers: {}, request_body: nothing, response_headers: {}, decision }
    const blank = putBare(db, epoch, { ...exchange, ...silent, url })
    const bodies = { request_body: nothing, response_body: nothing, cut: null }
    db.write(
      db
        .updateTable('exchange')
        .set({ ...blank, ...bodies })
        .where('seq', '=', exchange.seq),
    )
  }
}
