import { findPerson, insertPerson, listFollowed, updatePerson } from '../../db/person.ts'
import type { PersonRow } from '../../db/schema.ts'
import type { Call } from '../core/call.ts'
import { baseUrl } from '../core/locate.ts'
import { personId } from '../world/person.ts'

/** Makes a person, or gives an existing one of the key a new name and mobile. */
export async function putPerson(
  call: Pick<Call, 'db' | 'world'>,
  wanted: { key: string; name: string | undefined; mobile: string | null | undefined },
): Promise<PersonRow> {
  const { db, world } = call
  const person = personId(world, wanted.key)
  const existing = await findPerson(db, world.epoch, person)
  const row: PersonRow = {
    epoch: world.epoch,
    person,
    key: wanted.key,
    name: wanted.name ?? existing?.name ?? wanted.key,
    mobile: wanted.mobile === undefined ? (existing?.mobile ?? null) : wanted.mobile,
    created_at: existing?.created_at ?? world.now,
    snapshot: existing?.snapshot ?? 0,
  }
  if (!existing) await insertPerson(db, row)
  else await updatePerson(db, row, { name: row.name, mobile: row.mobile })
  return row
}

/** A person as the control API shows one. `openids` by account key. */
export async function showPerson(
  call: Pick<Call, 'db' | 'world' | 'request'>,
  row: PersonRow,
  accounts: readonly { key: string; appid: string | null }[],
) {
  const relations = await listFollowed(call.db, call.world.epoch, row.person)
  const openids: Record<string, string> = {}
  for (const { appid, openid } of relations) {
    const account = accounts.find((candidate) => candidate.appid === appid)
    if (account) openids[account.key] = openid
  }
  const { key, person, name, mobile } = row
  return { key, person, name, mobile, openids, phone_url: `${baseUrl(call)}/phone/${person}` }
}
