import { hot } from './hot.ts'
import type { FollowerRow, Insert, PersonRow, Update } from './schema.ts'
import type { Db } from './unit.ts'

const byId = hot('person.find', (db, p: { epoch: number; person: string }) =>
  db.selectFrom('person').selectAll().where('epoch', '=', p.epoch).where('person', '=', p.person),
)

export async function findPerson(
  db: Db,
  epoch: number,
  person: string,
): Promise<PersonRow | undefined> {
  return (await byId(db, { epoch, person }))[0]
}

/** The people who have a mobile (E.164): couples share one. */
export function listPeopleWithMobile(db: Db, epoch: number, mobile: string): Promise<PersonRow[]> {
  return db
    .selectFrom('person')
    .selectAll()
    .where('epoch', '=', epoch)
    .where('mobile', '=', mobile)
    .where('mobile', 'is not', null)
    .orderBy('person')
    .limit(20)
    .execute()
}

/** Some people of a world, in the order of their ids. */
export function listPeople(db: Db, epoch: number, limit: number): Promise<PersonRow[]> {
  return db
    .selectFrom('person')
    .selectAll()
    .where('epoch', '=', epoch)
    .orderBy('person')
    .limit(limit)
    .execute()
}

export async function insertPerson(db: Db, row: Insert<'person'>): Promise<void> {
  await db.insertInto('person').values(row).execute()
}

export async function updatePerson(
  db: Db,
  at: { epoch: number; person: string },
  change: Update<'person'>,
): Promise<void> {
  await db
    .updateTable('person')
    .set(change)
    .where('epoch', '=', at.epoch)
    .where('person', '=', at.person)
    .execute()
}

const byOpenid = hot('follower.find', (db, p: { epoch: number; openid: string }) =>
  db.selectFrom('follower').selectAll().where('epoch', '=', p.epoch).where('openid', '=', p.openid),
)

/** The follower of an openid; of which official account, the row says. */
export async function findFollower(
  db: Db,
  epoch: number,
  openid: string,
): Promise<FollowerRow | undefined> {
  return (await byOpenid(db, { epoch, openid }))[0]
}

export function findFollowerOf(
  db: Db,
  at: { epoch: number; person: string; appid: string },
): Promise<FollowerRow | undefined> {
  return db
    .selectFrom('follower')
    .selectAll()
    .where('epoch', '=', at.epoch)
    .where('person', '=', at.person)
    .where('appid', '=', at.appid)
    .executeTakeFirst()
}

const byPerson = hot('follower.list', (db, p: { epoch: number; person: string }) =>
  db
    .selectFrom('follower')
    .selectAll()
    .where('epoch', '=', p.epoch)
    .where('person', '=', p.person)
    .orderBy('appid'),
)

/** A person's relations to all official accounts. */
export function listFollowed(db: Db, epoch: number, person: string): Promise<FollowerRow[]> {
  return byPerson(db, { epoch, person })
}

/** Those who follow an official account (also blocking or muted), by follow time, after one of them. */
export function listFollowers(
  db: Db,
  at: {
    epoch: number
    appid: string
    after?: Pick<FollowerRow, 'openid' | 'followed_at'>
    limit: number
  },
): Promise<{ openid: string }[]> {
  const { after } = at
  let query = followersOf(db, at.epoch, at.appid).select('openid')
  if (after) {
    query = query.where((e) =>
      e.or([
        e('followed_at', '>', after.followed_at),
        e.and([e('followed_at', '=', after.followed_at), e('openid', '>', after.openid)]),
      ]),
    )
  }
  return query.orderBy('followed_at').orderBy('openid').limit(at.limit).execute()
}

export async function countFollowers(db: Db, epoch: number, appid: string): Promise<number> {
  const row = await followersOf(db, epoch, appid)
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

function followersOf(db: Db, epoch: number, appid: string) {
  return db
    .selectFrom('follower')
    .where('epoch', '=', epoch)
    .where('appid', '=', appid)
    .where('followed_at', 'is not', null)
    .where('state', 'in', ['following', 'blocking', 'muted'])
}

/** Makes a relation; answers it with everything that nobody has said of it yet. */
export function insertFollower(db: Db, row: Insert<'follower'>): Promise<FollowerRow> {
  return db.insertInto('follower').values(row).returningAll().executeTakeFirstOrThrow()
}

export async function updateFollower(
  db: Db,
  at: { epoch: number; openid: string },
  change: Update<'follower'>,
): Promise<void> {
  await db
    .updateTable('follower')
    .set(change)
    .where('epoch', '=', at.epoch)
    .where('openid', '=', at.openid)
    .execute()
}
