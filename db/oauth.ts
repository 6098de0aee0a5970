import { hot } from './hot.ts'
import { listFollowers, listPeople, listPeopleBy, listRelations } from './person.ts'
import type { FollowerRow, OauthCodeRow, PersonRow, WebTokenRow } from './schema.ts'
import type { Db } from './unit.ts'

const byCode = hot('oauth_code.find', (db, p: { epoch: number; code: string }) =>
  db.selectFrom('oauth_code').selectAll().where('epoch', '=', p.epoch).where('code', '=', p.code),
)

export function findOauthCode(db: Db, epoch: number, code: string): OauthCodeRow | undefined {
  return byCode(db, { epoch, code })[0]
}

export function insertOauthCode(db: Db, row: OauthCodeRow): void {
  db.write(db.insertInto('oauth_code').values(row))
}

/** Says that a code was used; false when somebody did before. */
export function updateCodeUsed(
  db: Db,
  { epoch, code }: Pick<OauthCodeRow, 'epoch' | 'code'>,
  used_at: number,
): boolean {
  const changed = db.change(
    db
      .updateTable('oauth_code')
      .set({ used_at })
      .where('epoch', '=', epoch)
      .where('code', '=', code)
      .where('used_at', 'is', null),
  )
  return changed === 1
}

const byToken = hot('web_token.find', (db, p: { epoch: number; token: string }) =>
  db.selectFrom('web_token').selectAll().where('epoch', '=', p.epoch).where('token', '=', p.token),
)

export function findWebToken(db: Db, epoch: number, token: string): WebTokenRow | undefined {
  return byToken(db, { epoch, token })[0]
}

export function findWebTokenByRefresh(
  db: Db,
  epoch: number,
  refresh_token: string,
): WebTokenRow | undefined {
  return db.first(
    db
      .selectFrom('web_token')
      .selectAll()
      .where('epoch', '=', epoch)
      .where('refresh_token', '=', refresh_token),
  )
}

export function insertWebToken(db: Db, row: WebTokenRow): void {
  db.write(db.insertInto('web_token').values(row))
}

/** Gives the holder of a refresh token another token, or the same one for longer. */
export function updateWebToken(
  db: Db,
  { epoch, refresh_token }: Pick<WebTokenRow, 'epoch' | 'refresh_token'>,
  change: Pick<WebTokenRow, 'token' | 'expires_at'>,
): void {
  db.write(
    db
      .updateTable('web_token')
      .set(change)
      .where('epoch', '=', epoch)
      .where('refresh_token', '=', refresh_token),
  )
}

/** The refresh tokens of one openid and scope are worth nothing from now on. */
export function revokeRefreshTokens(
  db: Db,
  { epoch, openid, scope }: Pick<WebTokenRow, 'epoch' | 'openid' | 'scope'>,
  revoked_at: number,
): void {
  db.write(
    db
      .updateTable('web_token')
      .set({ revoked_at })
      .where('epoch', '=', epoch)
      .where('openid', '=', openid)
      .where('scope', '=', scope)
      .where('revoked_at', 'is', null),
  )
}

/** Codes of a world that may still be exchanged, and tokens that are still worth something. */
export function listLivingOauth(
  db: Db,
  at: { epoch: number; now: number; limit: number },
): { kind: 'code' | 'token'; openid: string; expires_at: number }[] {
  const codes = db.all(
    db
      .selectFrom('oauth_code')
      .select(['openid', 'expires_at'])
      .where('epoch', '=', at.epoch)
      .where('expires_at', '>', at.now)
      .where('used_at', 'is', null)
      .orderBy('expires_at')
      .orderBy('openid')
      .limit(at.limit),
  )
  const tokens = db.all(
    db
      .selectFrom('web_token')
      .select(['openid', 'expires_at'])
      .where('epoch', '=', at.epoch)
      .where('expires_at', '>', at.now)
      .orderBy('expires_at')
      .orderBy('openid')
      .limit(at.limit),
  )
  return [
    ...codes.map((row) => ({ kind: 'code' as const, ...row })),
    ...tokens.map((row) => ({ kind: 'token' as const, ...row })),
  ]
}

/** Someone who may be looking at a page, and what there is between them and the account. */
export type Onlooker = Pick<PersonRow, 'person' | 'key' | 'name'> & {
  readonly state: FollowerRow['state'] | null
}

/** So many people are looked through for those who do not follow. */
const strangers_max = 1000

/** The people of a world, those who follow an official account first. */
export function listOnlookers(
  db: Db,
  { epoch, appid, limit }: { epoch: number; appid: string; limit: number },
): Onlooker[] {
  const followers = listFollowers(db, { epoch, appid, limit })
  const known = new Set(followers.map(({ person }) => person))
  const strangers = listPeople(db, epoch, strangers_max).filter(({ person }) => !known.has(person))
  const people = [
    ...listPeopleBy(db, { epoch, people: [...known] }).sort(byAge),
    ...strangers.sort(byAge),
  ].slice(0, limit)
  const relations = listRelations(db, { epoch, appid, people: people.map(({ person }) => person) })
  const states = new Map(relations.map(({ person, state }) => [person, state]))
  return people.map(({ person, key, name }) => {
    return { person, key, name, state: states.get(person) ?? null }
  })
}

function byAge(a: PersonRow, b: PersonRow): number {
  return a.created_at - b.created_at || (a.person < b.person ? -1 : 1)
}
