import { createHash } from 'node:crypto'
import { findMenu } from '../../../db/menu.ts'
import { listFollowed } from '../../../db/person.ts'
import type { PersonRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { beijingDay } from '../../world/clock.ts'
import { newestOf } from '../message.ts'

/**
 * Everything that changes what a phone shows, in one short text: who the person is, how the two stand, the newest message,
 * the last one read, the menu, and the day, by which instants are worded.
 */
export async function digestOf(
  { db, world }: Pick<Call, 'db' | 'world'>,
  { person, name, snapshot }: PersonRow,
): Promise<string> {
  const { epoch } = world
  const relations: unknown[] = []
  for (const row of await listFollowed(db, epoch, person)) {
    const { appid, state, consented_at, read_msgid } = row
    const newest = await newestOf({ db, world }, row)
    const menu = await findMenu(db, epoch, appid)
    const message = newest && [newest.msgid, newest.shown]
    relations.push([appid, state, consented_at, read_msgid, message, menu?.buttons])
  }
  const all = [name, snapshot, world.version, beijingDay(world.now), relations]
  return createHash('sha256').update(JSON.stringify(all)).digest('base64url').slice(0, 22)
}
