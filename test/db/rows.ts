import {
  type Exchange,
  listExchangeKeys,
  listExchangesBy,
  type NewExchange,
} from '../../db/exchange.ts'
import type { Db } from '../../db/unit.ts'
import type { Beside } from './place.ts'

/** One row that only tests know: the key says who wrote it. */
export function put(db: Db, key: string): void {
  db.write(db.insertInto('counter').values({ epoch: 1, purpose: 'test', key, n: 1 }))
}

/** The keys of what was put and is there for everybody, in order. */
export async function keysOf(other: Beside): Promise<unknown[]> {
  const rows = await other.rows("select key from counter where purpose = 'test' order by key")
  return rows.map((row) => row['key'])
}

/** How each promise ended: its value, or the message of its error. */
export async function endsOf(promises: readonly Promise<unknown>[]): Promise<unknown[]> {
  const settled = await Promise.allSettled(promises)
  return settled.map((end) => {
    if (end.status === 'fulfilled') return end.value
    return end.reason instanceof Error ? `failed: ${end.reason.message}` : `failed: ${end.reason}`
  })
}

/** An exchange of which only some columns matter. */
export function exchange(more: Partial<NewExchange> = {}): NewExchange {
  return {
    epoch: 1,
    trace: 'trace',
    direction: 'in',
    surface: 'tupu',
    endpoint: 'message.send',
    method: 'POST',
    url: '/',
    request_headers: {},
    request_body: Buffer.alloc(0),
    status: 200,
    response_headers: {},
    response_body: Buffer.alloc(0),
    decision: [],
    at: 0,
    real_at: 0,
    ...more,
  }
}

/** Exchanges of an epoch, newest first, whole. */
export function listExchanges(db: Db, at: Parameters<typeof listExchangeKeys>[1]): Exchange[] {
  const seqs = listExchangeKeys(db, at).map(({ seq }) => seq)
  return listExchangesBy(db, { epoch: at.epoch, seqs })
}
