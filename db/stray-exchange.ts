import { between, inOrder } from './exchange.ts'
import { findHeads } from './exchange-head.ts'
import type { Db } from './unit.ts'

/** Which endpoint a call has reached (empty: none), and the steps that it shares with others; null: it shares none. */
export interface ExchangeEnd {
  readonly seq: number
  readonly surface: string
  readonly endpoint: string
  readonly steps: readonly (string | null)[] | null
}

/** The newest exchanges of an epoch, the newest first; `before`: only what is older than that. */
export function listExchangeEnds(
  db: Db,
  at: { epoch: number; before: number | undefined; limit: number },
): ExchangeEnd[] {
  const { epoch, limit } = at
  const query = db.selectFrom('exchange').select(['seq', 'head'])
  const found = query.where(between(db, { ...at, after: 0 })).orderBy(inOrder(db, 'desc'))
  const rows = db.all(found.limit(limit))
  const heads = findHeads(
    db,
    epoch,
    rows.map(({ head }) => head),
  )
  return rows.flatMap(({ seq, head }) => {
    const of = heads.get(head)
    if (of?.direction !== 'in') return []
    const steps = of.steps === null ? null : JSON.parse(of.steps)
    return [{ seq, surface: of.surface, endpoint: of.endpoint, steps }]
  })
}
