import { hot } from './hot.ts'
import type { AccessTokenRow } from './schema.ts'
import type { Db } from './unit.ts'

const byToken = hot(
  'access_token.find',
  (db, p: { epoch: number; token: string }) =>
    db
      .selectFrom('access_token')
      .selectAll()
      .where('epoch', '=', p.epoch)
      .where('token', '=', p.token),
  { remembered: true },
)

export function findAccessToken(db: Db, epoch: number, token: string): AccessTokenRow | undefined {
  return byToken(db, { epoch, token })[0]
}

/** The newest token of a kind. */
export function findLatestToken(
  db: Db,
  owner: Pick<AccessTokenRow, 'epoch' | 'appid' | 'kind'>,
): AccessTokenRow | undefined {
  return db.first(tokensOf(db, owner).orderBy('n', 'desc').limit(1))
}

/** The newest token of a kind and the one before it. */
export function listLatestTokens(
  db: Db,
  owner: Pick<AccessTokenRow, 'epoch' | 'appid' | 'kind'>,
): AccessTokenRow[] {
  return db.all(tokensOf(db, owner).orderBy('n', 'desc').limit(2))
}

/** The newest token of a kind that was made by force. */
export function findLatestForcedToken(
  db: Db,
  owner: Pick<AccessTokenRow, 'epoch' | 'appid' | 'kind'>,
): AccessTokenRow | undefined {
  return db.first(tokensOf(db, owner).where('forced', '=', 1).orderBy('n', 'desc').limit(1))
}

function tokensOf(db: Db, owner: Pick<AccessTokenRow, 'epoch' | 'appid' | 'kind'>) {
  return db
    .selectFrom('access_token')
    .selectAll()
    .where('epoch', '=', owner.epoch)
    .where('appid', '=', owner.appid)
    .where('kind', '=', owner.kind)
}

/** Tokens of a world that are still worth something and will not be for ever. */
export function listLivingTokens(
  db: Db,
  epoch: number,
  now: number,
  limit: number,
): AccessTokenRow[] {
  return db.all(
    db
      .selectFrom('access_token')
      .selectAll()
      .where('epoch', '=', epoch)
      .where('expires_at', '>', now)
      .orderBy('expires_at')
      .limit(limit),
  )
}

export function insertAccessToken(db: Db, row: AccessTokenRow): void {
  db.write(db.insertInto('access_token').values(row))
}

/** Says from when the tokens with `from` ≤ n ≤ `up_to` are worth nothing, unless they died before. */
export function replaceTokens(
  db: Db,
  owner: Pick<AccessTokenRow, 'epoch' | 'appid' | 'kind'> & { from: number; up_to: number },
  replaced_at: number,
): void {
  db.write(
    db
      .updateTable('access_token')
      .set({ replaced_at })
      .where('epoch', '=', owner.epoch)
      .where('appid', '=', owner.appid)
      .where('kind', '=', owner.kind)
      .where('n', '>=', owner.from)
      .where('n', '<=', owner.up_to)
      .where((e) => e.or([e('replaced_at', 'is', null), e('replaced_at', '>', replaced_at)])),
  )
}

/** Says how the tokens of a kind end that are still good for something; answers how many. */
export function endTokens(
  db: Db,
  owner: Pick<AccessTokenRow, 'epoch' | 'appid' | 'kind'> & { now: number },
  end: Partial<Pick<AccessTokenRow, 'expires_at' | 'replaced_at'>>,
): number {
  return db.change(
    db
      .updateTable('access_token')
      .set(end)
      .where('epoch', '=', owner.epoch)
      .where('appid', '=', owner.appid)
      .where('kind', '=', owner.kind)
      .where('expires_at', '>', owner.now)
      .where((e) => e.or([e('replaced_at', 'is', null), e('replaced_at', '>', owner.now)])),
  )
}

/** Says when a token ends, and how. */
export function updateAccessToken(
  db: Db,
  at: Pick<AccessTokenRow, 'epoch' | 'token'>,
  end: Pick<AccessTokenRow, 'expires_at' | 'replaced_at'>,
): void {
  db.write(
    db
      .updateTable('access_token')
      .set(end)
      .where('epoch', '=', at.epoch)
      .where('token', '=', at.token),
  )
}
