import { counted } from './counted.ts'
import type { NonceRow } from './schema.ts'
import type { Db } from './unit.ts'

interface Using extends NonceRow {
  /** The machine's present time, by which nonces expire. */
  readonly now: number
}

const useOne = counted({
  table: 'nonce',
  key: ({ epoch, nonce }: Using) => [epoch, nonce],
  next(row, { epoch, nonce, expires_at, now }: Using) {
    return row && row.expires_at > now ? undefined : { epoch, nonce, expires_at }
  },
  upsert: (db, p) =>
    db
      .insertInto('nonce')
      .values({ epoch: p.epoch, nonce: p.nonce, expires_at: p.expires_at })
      .onConflict((c) =>
        c
          .columns(['epoch', 'nonce'])
          .doUpdateSet((e) => ({ expires_at: e.ref('excluded.expires_at') }))
          .where('nonce.expires_at', '<=', p.now),
      )
      .returningAll(),
})

/** Uses a nonce up until it expires; false: it was used before. */
export function useNonce(db: Db, of: Using): boolean {
  return useOne(db, of) !== undefined
}
