import { sql } from 'kysely'
import { findHeads, join, type Particulars, putBare, putHead, type Rest } from './exchange-head.ts'
import { insertRow } from './hot.ts'
import { columnsOf, type Row } from './schema.ts'
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
  readonly sha256: string
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
  const row = {
    epoch,
    trace,
    ...rest,
    request_body,
    status,
    response_body,
    cut: cut ? JSON.stringify(cut) : null,
    at,
    real_at,
    bytes,
  }
  if (!db.ledger) insertOne(db, row)
  else insertNumbered(db, { ...row, seq: db.ledger.draw(epoch, () => findLastSeq(db, epoch)) })
  return bytes
}

function sizeOf({ url, request_headers, response_headers, decision }: Rest): number {
  const headers = (request_headers?.length ?? 0) + (response_headers?.length ?? 0)
  return (url?.length ?? 0) + headers + decision.length
}

/** Where one process owns the database, the number says which epoch it is of. */
function findLastSeq(db: Db, epoch: number): number {
  const query = db.selectFrom('exchange').select((e) => e.fn.max('seq').as('last'))
  const row = db.first(query.where(isOfEpoch(db, epoch)))
  return row?.last ?? epoch * epoch_seqs
}

function isOfEpoch(db: Db, epoch: number) {
  if (!db.ledger) return sql<boolean>`epoch = ${epoch}`
  return sql<boolean>`seq between ${epoch * epoch_seqs} and ${(epoch + 1) * epoch_seqs - 1}`
}

/** On PostgreSQL there is one more, of which nobody is told. */
const columns = columnsOf('exchange')

/**
 * On PostgreSQL a transaction may commit after a later one, with an earlier seq. A reader that goes forward gets only
 * what lies below the oldest transaction that still runs, so that its cursor never steps over one.
 */
function settled(db: Db) {
  return db.dialect === 'sqlite'
    ? sql<boolean>`1 = 1`
    : sql<boolean>`txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint`
}

/** Exchanges of an epoch below `before` and, for a reader that goes forward, above `after`; newest first. */
export function listExchanges(
  db: Db,
  at: { epoch: number; before: number | undefined; after: number; limit: number },
): Exchange[] {
  const { from, to } = seqsOf(db, at)
  let query = db.selectFrom('exchange').select(columns)
  if (!db.ledger) query = query.where('epoch', '=', at.epoch)
  if (from !== undefined) query = query.where('seq', '>', from)
  if (to !== undefined) query = query.where('seq', '<', to)
  if (at.after > 0) query = query.where(settled(db))
  return whole(db, at.epoch, db.all(query.orderBy('seq', 'desc').limit(at.limit)))
}

/** One lower and one upper bound: of two on a side SQLite may use the loose one. */
function seqsOf(
  db: Db,
  at: { epoch: number; before?: number | undefined; after: number },
): { from: number | undefined; to: number | undefined } {
  if (!db.ledger) return { from: at.after > 0 ? at.after : undefined, to: at.before }
  const end = (at.epoch + 1) * epoch_seqs
  return {
    from: Math.max(at.after, at.epoch * epoch_seqs - 1),
    to: Math.min(at.before ?? end, end),
  }
}

/** All exchanges of one trace, newest first. */
export function listTrace(db: Db, epoch: number, trace: string): Exchange[] {
  // Asked for the epoch as well, SQLite would walk the whole of it, because of the order.
  const rows = db.all(
    db
      .selectFrom('exchange')
      .select(columns)
      .where('trace', '=', trace)
      .orderBy('seq', 'desc')
      .limit(1000),
  )
  return whole(db, epoch, ofEpoch(rows, epoch))
}

/** The call that came in under a trace of which only the beginning is known. */
export function findExchangeOfTrace(
  db: Db,
  epoch: number,
  trace_start: string,
): Exchange | undefined {
  const rows = db.all(
    db
      .selectFrom('exchange')
      .select(columns)
      .where('trace', '>=', trace_start)
      // Behind every trace that begins so: they are hexadecimal.
      .where('trace', '<', `${trace_start}g`)
      .orderBy('seq')
      .limit(100),
  )
  return whole(db, epoch, ofEpoch(rows, epoch)).find(({ direction }) => direction === 'in')
}

export function findExchange(db: Db, epoch: number, seq: number): Exchange | undefined {
  const row = db.first(db.selectFrom('exchange').select(columns).where('seq', '=', seq))
  return row?.epoch === epoch ? whole(db, epoch, [row])[0] : undefined
}

function ofEpoch<R extends Pick<ExchangeRow, 'epoch'>>(rows: readonly R[], epoch: number): R[] {
  return rows.filter((row) => row.epoch === epoch)
}

/** Rows with what their heads say. */
function whole(db: Db, epoch: number, rows: readonly ExchangeRow[]): Exchange[] {
  const heads = findHeads(
    db,
    epoch,
    rows.map(({ head }) => head),
  )
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

/** Sizes and traces of an epoch's exchanges from a seq on, oldest first. */
export function listExchangeSizes(
  db: Db,
  at: { epoch: number; after: number; limit: number },
): Pick<ExchangeRow, 'seq' | 'trace' | 'bytes'>[] {
  const { from, to } = seqsOf(db, at)
  let query = db.selectFrom('exchange').select(['seq', 'trace', 'bytes'])
  if (!db.ledger) query = query.where('epoch', '=', at.epoch)
  if (from !== undefined) query = query.where('seq', '>', from)
  if (to !== undefined) query = query.where('seq', '<', to)
  return db.all(query.orderBy('seq').limit(at.limit))
}

/** Deletes an epoch's exchanges up to a seq; says how many were still there. */
export function deleteExchanges(db: Db, epoch: number, up_to: number): number {
  const { from } = seqsOf(db, { epoch, after: 0 })
  let query = db.deleteFrom('exchange').where('seq', '<=', up_to)
  if (!db.ledger) query = query.where('epoch', '=', epoch)
  if (from !== undefined) query = query.where('seq', '>', from)
  return db.change(query)
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
