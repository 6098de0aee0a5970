import { hot } from './hot.ts'
import type { TagRow } from './schema.ts'
import type { Db } from './unit.ts'

interface Account {
  readonly epoch: number
  readonly appid: string
}

/** The tags of an official account, in the order in which they were made. */
export function listTags(db: Db, { epoch, appid }: Account): TagRow[] {
  const query = db.selectFrom('tag').selectAll().where('epoch', '=', epoch)
  return db.all(query.where('appid', '=', appid).orderBy('id'))
}

export function insertTag(db: Db, row: TagRow): void {
  db.write(db.insertInto('tag').values(row))
}

export function updateTag(db: Db, at: Account & { readonly id: number }, name: string): void {
  db.write(
    db
      .updateTable('tag')
      .set({ name })
      .where('epoch', '=', at.epoch)
      .where('appid', '=', at.appid)
      .where('id', '=', at.id),
  )
}

/** Takes a tag from the account and from whoever has it. */
export function deleteTag(db: Db, at: Account & { readonly id: number }): void {
  const { epoch, appid, id } = at
  db.write(
    db
      .deleteFrom('tagging')
      .where('epoch', '=', epoch)
      .where('appid', '=', appid)
      .where('id', '=', id),
  )
  db.write(
    db.deleteFrom('tag').where('epoch', '=', epoch).where('appid', '=', appid).where('id', '=', id),
  )
}

/** How many followers have each tag of an official account; a tag that nobody has is not there. */
export function countTaggings(db: Db, { epoch, appid }: Account): ReadonlyMap<number, number> {
  const rows = db.all(
    db
      .selectFrom('tagging')
      .select((e) => ['id', e.fn.countAll<number>().as('n')] as const)
      .where('epoch', '=', epoch)
      .where('appid', '=', appid)
      .groupBy('id'),
  )
  return new Map(rows.map(({ id, n }) => [id, Number(n)]))
}

/** The openids that have a tag, in the order of their texts, after one of them. */
export function listTagged(
  db: Db,
  at: Account & { readonly id: number; readonly after: string; readonly limit: number },
): string[] {
  const rows = db.all(
    db
      .selectFrom('tagging')
      .select('openid')
      .where('epoch', '=', at.epoch)
      .where('appid', '=', at.appid)
      .where('id', '=', at.id)
      .where('openid', '>', at.after)
      .orderBy('openid')
      .limit(at.limit),
  )
  return rows.map(({ openid }) => openid)
}

const tagsOf = hot('tagging.list', (db, p: { epoch: number; openid: string }) =>
  db
    .selectFrom('tagging')
    .select('id')
    .where('epoch', '=', p.epoch)
    .where('openid', '=', p.openid)
    .orderBy('id'),
)

/** The tags of one follower. */
export function listTagIds(db: Db, epoch: number, openid: string): number[] {
  return tagsOf(db, { epoch, openid }).map(({ id }) => id)
}

/** The tags of several followers, by openid; of whoever has none there is nothing. */
export function listTagIdsBy(
  db: Db,
  epoch: number,
  openids: readonly string[],
): ReadonlyMap<string, number[]> {
  const byOpenid = new Map<string, number[]>()
  if (openids.length === 0) return byOpenid
  const query = db.selectFrom('tagging').select(['openid', 'id']).where('epoch', '=', epoch)
  for (const { openid, id } of db.all(query.where('openid', 'in', openids).orderBy('id')))
    byOpenid.set(openid, [...(byOpenid.get(openid) ?? []), id])
  return byOpenid
}

/** Gives followers a tag; who has it keeps it as it was. */
export function insertTaggings(
  db: Db,
  at: Account & { readonly id: number; readonly tagged_at: number },
  openids: readonly string[],
): void {
  const rows = openids.map((openid) => ({ ...at, openid }))
  db.write(
    db
      .insertInto('tagging')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing()),
  )
}

/** Takes one tag from followers. */
export function deleteTaggings(
  db: Db,
  { epoch, id }: { readonly epoch: number; readonly id: number },
  openids: readonly string[],
): void {
  const query = db.deleteFrom('tagging').where('epoch', '=', epoch).where('id', '=', id)
  db.write(query.where('openid', 'in', openids))
}

/** Takes all tags from one openid. */
export function deleteTaggingsOf(
  db: Db,
  { epoch, openid }: { epoch: number; openid: string },
): void {
  db.write(db.deleteFrom('tagging').where('epoch', '=', epoch).where('openid', '=', openid))
}
