import { hot } from './hot.ts'
import type { FollowerRow, OauthCodeRow, PersonRow, WebTokenRow } from './schema.ts'
import type { Db } from './unit.ts'

const byCode = hot('oauth_code.find', (db, p: { epoch: number; code: string }) =>
  db.selectFrom('oauth_code').selectAll().where('epoch', '=', p.epoch).where('code', '=', p.code),
)

export async function findOauthCode(
  db: Db,
  epoch: number,
  code: string,
): Promise<OauthCodeRow | undefined> {
  return (await byCode(db, { epoch, code }))[0]
}

export async function insertOauthCode(db: Db, row: OauthCodeRow): Promise<void> {
  await db.insertInto('oauth_code').values(row).execute()
}

/** Says that a code was used; false when somebody did before. */
export async function updateCodeUsed(
  db: Db,
  { epoch, code }: Pick<OauthCodeRow, 'epoch' | 'code'>,
  used_at: number,
): Promise<boolean> {
  const result = await db
    .updateTable('oauth_code')
    .set({ used_at })
    .where('epoch', '=', epoch)
    .where('code', '=', code)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) === 1
}

const byToken = hot('web_token.find', (db, p: { epoch: number; token: string }) =>
  db.selectFrom('web_token').selectAll().where('epoch', '=', p.epoch).where('token', '=', p.token),
)

export async function findWebToken(
  db: Db,
  epoch: number,
  token: string,
): Promise<WebTokenRow | undefined> {
  return (await byToken(db, { epoch, token }))[0]
}

export function findWebTokenByRefresh(
  db: Db,
  epoch: number,
  refresh_token: string,
): Promise<WebTokenRow | undefined> {
  return db
    .selectFrom('web_token')
    .selectAll()
    .where('epoch', '=', epoch)
    .where('refresh_token', '=', refresh_token)
    .executeTakeFirst()
}

export async function insertWebToken(db: Db, row: WebTokenRow): Promise<void> {
  await db.insertInto('web_token').values(row).execute()
}

/** Gives the holder of a refresh token another token, or the same one for longer. */
export async function updateWebToken(
  db: Db,
  { epoch, refresh_token }: Pick<WebTokenRow, 'epoch' | 'refresh_token'>,
  change: Pick<WebTokenRow, 'token' | 'expires_at'>,
): Promise<void> {
  await db
    .updateTable('web_token')
    .set(change)
    .where('epoch', '=', epoch)
    .where('refresh_token', '=', refresh_token)
    .execute()
}

/** The refresh tokens of one openid and scope are worth nothing from now on. */
export async function revokeRefreshTokens(
  db: Db,
  { epoch, openid, scope }: Pick<WebTokenRow, 'epoch' | 'openid' | 'scope'>,
  revoked_at: number,
): Promise<void> {
  await db
    .updateTable('web_token')
    .set({ revoked_at })
    .where('epoch', '=', epoch)
    .where('openid', '=', openid)
    .where('scope', '=', scope)
    .where('revoked_at', 'is', null)
    .execute()
}

/** Codes of a world that may still be exchanged, and tokens that are still worth something. */
export async function listLivingOauth(
  db: Db,
  at: { epoch: number; now: number; limit: number },
): Promise<{ kind: 'code' | 'token'; openid: string; expires_at: number }[]> {
  const codes = await db
    .selectFrom('oauth_code')
    .select(['openid', 'expires_at'])
    .where('epoch', '=', at.epoch)
    .where('expires_at', '>', at.now)
    .where('used_at', 'is', null)
    .orderBy('expires_at')
    .orderBy('openid')
    .limit(at.limit)
    .execute()
  const tokens = await db
    .selectFrom('web_token')
    .select(['openid', 'expires_at'])
    .where('epoch', '=', at.epoch)
    .where('expires_at', '>', at.now)
    .orderBy('expires_at')
    .orderBy('openid')
    .limit(at.limit)
    .execute()
  return [
    ...codes.map((row) => ({ kind: 'code' as const, ...row })),
    ...tokens.map((row) => ({ kind: 'token' as const, ...row })),
  ]
}

/** Someone who may be looking at a page, and what there is between them and the account. */
export type Onlooker = Pick<PersonRow, 'person' | 'key' | 'name'> & {
  readonly state: FollowerRow['state'] | null
}

/** The people of a world, those who follow an official account first. */
export function listOnlookers(
  db: Db,
  at: { epoch: number; appid: string; limit: number },
): Promise<Onlooker[]> {
  return db
    .selectFrom('person')
    .leftJoin('follower', (join) =>
      join
        .onRef('follower.epoch', '=', 'person.epoch')
        .onRef('follower.person', '=', 'person.person')
        .on('follower.appid', '=', at.appid),
    )
    .select(['person.person', 'person.key', 'person.name', 'follower.state'])
    .where('person.epoch', '=', at.epoch)
    .orderBy((e) =>
      e
        .case()
        .when('follower.state', 'in', ['following', 'blocking', 'muted'])
        .then(0)
        .else(1)
        .end(),
    )
    .orderBy('person.created_at')
    .orderBy('person.person')
    .limit(at.limit)
    .execute()
}
