import { createHash } from 'node:crypto'
import type { PersonRow } from '../../../db/schema.ts'
import { siteDigest } from '../../page/site/site.ts'
import type { World } from '../../world/world.ts'
import type { Relation } from '../state.ts'

/**
 * Everything that changes what a phone shows, in one short text: who the person is, how the two stand, the newest message,
 * the last one read, the menu, and the clock, by which instants are worded; where SMS and mails are shown, the newest of these.
 */
export function digestOf(
  world: World,
  { name, snapshot }: PersonRow,
  relations: readonly Relation[],
  letters: readonly (string | undefined)[] = [],
): string {
  const standing = relations.map(({ follower, newest, menu }) => {
    const { appid, state, consented_at, read_msgid } = follower
    return [appid, state, consented_at, read_msgid, newest?.msgid_str, menu]
  })
  const all = [name, snapshot, siteDigest({ world }), standing, letters]
  return createHash('sha256').update(JSON.stringify(all)).digest('base64url').slice(0, 22)
}
