import { hot, insertRow } from './hot.ts'
import type { FollowerRow, Insert, PersonRow, Update } from './schema.ts'
import { topics } from './topic.ts'
import type { Db } from './unit.ts'

const byId = hot(
  'person.find',
  (db, p: { epoch: number; person: string }) =>
    db.selectFrom('person').selectAll().where('epoch', '=', p.epoch).where('person', '=', p.person),
  { remembered: true },
)

export function findPerson(db: Db, epoch: number, person: string): PersonRow | undefined {
  return byId(db, { epoch, person })[0]
}

/** The people who have a mobile (E.164): couples share one. */
export function listPeopleWithMobile(db: Db, epoch: number, mobile: string): PersonRow[] {
  return db.all(
    db
      .selectFrom('person')
      .selectAll()
      .where('epoch', '=', epoch)
      .where('mobile', '=', mobile)
      .where('mobile', 'is not', null)
      .orderBy('person')
      .limit(20),
  )
}

/** Some people of a world, in the order of their ids, after one of them. */
export function listPeople(db: Db, epoch: number, limit: number, after?: string): PersonRow[] {
  const all = db.selectFrom('person').selectAll().where('epoch', '=', epoch)
  const rest = after === undefined ? all : all.where('person', '>', after)
  return db.all(rest.orderBy('person').limit(limit))
}

/** Keys of people, in their order. */
export function listPersonKeys(db: Db, at: { epoch: number; limit: number }): { person: string }[] {
  const query = db.selectFrom('person').select('person').where('epoch', '=', at.epoch)
  return db.all(query.orderBy('person').limit(at.limit))
}

/** People by their ids. */
export function listPeopleBy(
  db: Db,
  { epoch, people }: { epoch: number; people: readonly string[] },
): PersonRow[] {
  if (people.length === 0) return []
  return db.all(
    db.selectFrom('person').selectAll().where('epoch', '=', epoch).where('person', 'in', people),
  )
}

/** The person who was given a unionid. */
export function findPersonByUnionid(
  db: Db,
  at: { epoch: number; unionid: string },
): PersonRow | undefined {
  return db.first(
    db
      .selectFrom('person')
      .selectAll()
      .where('epoch', '=', at.epoch)
      .where('unionid', '=', at.unionid)
      .where('unionid', 'is not', null),
  )
}

const insertOne = insertRow('person', { also: ['snapshot', 'platform', 'double_redirect'] })

export function insertPerson(db: Db, row: Insert<'person'>): void {
  const { snapshot = 0, platform = 'android', double_redirect = 'off' } = row
  insertOne(db, { ...row, snapshot, platform, double_redirect })
}

export function updatePerson(
  db: Db,
  at: { epoch: number; person: string },
  change: Update<'person'>,
): void {
  db.write(
    db
      .updateTable('person')
      .set(change)
      .where('epoch', '=', at.epoch)
      .where('person', '=', at.person),
  )
  db.announce(at.epoch, topics.phone(at.person))
}

const byOpenid = hot(
  'follower.find',
  (db, p: { epoch: number; openid: string }) =>
    db
      .selectFrom('follower')
      .selectAll()
      .where('epoch', '=', p.epoch)
      .where('openid', '=', p.openid),
  { remembered: true },
)

/** The follower of an openid; of which official account, the row says. */
export function findFollower(db: Db, epoch: number, openid: string): FollowerRow | undefined {
  return byOpenid(db, { epoch, openid })[0]
}

/** The same of several openids. */
export function listFollowersBy(db: Db, epoch: number, openids: readonly string[]): FollowerRow[] {
  if (openids.length === 0) return []
  const query = db.selectFrom('follower').selectAll().where('epoch', '=', epoch)
  return db.all(query.where('openid', 'in', openids))
}

export function findFollowerOf(
  db: Db,
  at: { epoch: number; person: string; appid: string },
): FollowerRow | undefined {
  return db.first(
    db
      .selectFrom('follower')
      .selectAll()
      .where('epoch', '=', at.epoch)
      .where('person', '=', at.person)
      .where('appid', '=', at.appid),
  )
}

const byPerson = hot(
  'follower.list',
  (db, p: { epoch: number; person: string }) =>
    db
      .selectFrom('follower')
      .selectAll()
      .where('epoch', '=', p.epoch)
      .where('person', '=', p.person)
      .orderBy('appid'),
  { remembered: true },
)

/** A person's relations to all official accounts. */
export function listFollowed(db: Db, epoch: number, person: string): readonly FollowerRow[] {
  return byPerson(db, { epoch, person })
}

/** What there is between some people and an official account, or all of them. */
export function listRelations(
  db: Db,
  at: { epoch: number; appid?: string; people: readonly string[] },
): FollowerRow[] {
  if (at.people.length === 0) return []
  const query = db
    .selectFrom('follower')
    .selectAll()
    .where('epoch', '=', at.epoch)
    .where('person', 'in', at.people)
    .orderBy('person')
    .orderBy('appid')
  return db.all(at.appid === undefined ? query : query.where('appid', '=', at.appid))
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
): Pick<FollowerRow, 'openid' | 'person'>[] {
  const { after } = at
  let query = followersOf(db, at.epoch, at.appid).select(['openid', 'person'])
  if (after) {
    query = query.where((e) =>
      e.or([
        e('followed_at', '>', after.followed_at),
        e.and([e('followed_at', '=', after.followed_at), e('openid', '>', after.openid)]),
      ]),
    )
  }
  return db.all(query.orderBy('followed_at').orderBy('openid').limit(at.limit))
}

export function countFollowers(db: Db, epoch: number, appid: string): number {
  const row = db.one(followersOf(db, epoch, appid).select((e) => e.fn.countAll<number>().as('n')))
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
export function insertFollower(db: Db, row: Insert<'follower'>): FollowerRow {
  const whole = { ...unsaid, ...row, remark: row.remark ?? '' }
  db.announce(row.epoch, topics.phone(row.person))
  insertRelation(db, whole)
  return whole
}

const insertRelation = insertRow('follower', { also: ['remark'] })

const unsaid = {
  consented_at: null,
  followed_at: null,
  scene: null,
  qr_scene: null,
  read_msgid: null,
  blacklisted_at: null,
} as const

export function updateFollower(
  db: Db,
  at: Pick<FollowerRow, 'epoch' | 'openid' | 'person'>,
  change: Update<'follower'>,
): void {
  db.write(
    db
      .updateTable('follower')
      .set(change)
      .where('epoch', '=', at.epoch)
      .where('openid', '=', at.openid),
  )
  db.announce(at.epoch, topics.phone(at.person))
}

/** Whom an official account has put on its blacklist, in the order of the openids' texts, after one of them. */
export function listBlacklisted(
  db: Db,
  at: { epoch: number; appid: string; after: string; limit: number },
): string[] {
  const query = blacklistOf(db, at).select('openid').where('openid', '>', at.after)
  return db.all(query.orderBy('openid').limit(at.limit)).map(({ openid }) => openid)
}

export function countBlacklisted(db: Db, at: { epoch: number; appid: string }): number {
  return Number(db.one(blacklistOf(db, at).select((e) => e.fn.countAll<number>().as('n'))).n)
}

function blacklistOf(db: Db, { epoch, appid }: { epoch: number; appid: string }) {
  return db
    .selectFrom('follower')
    .where('epoch', '=', epoch)
    .where('appid', '=', appid)
    .where('blacklisted_at', 'is not', null)
}

/** Puts openids on their account's blacklist, or takes them off it; who is there already stays as it was. */
export function updateBlacklisted(
  db: Db,
  epoch: number,
  { openids, blacklisted_at }: { openids: readonly string[]; blacklisted_at: number | null },
): void {
  const query = db
    .updateTable('follower')
    .set({ blacklisted_at })
    .where('epoch', '=', epoch)
    .where('openid', 'in', openids)
  db.write(query.where('blacklisted_at', blacklisted_at === null ? 'is not' : 'is', null))
}
