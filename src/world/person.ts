import { findPerson } from '../../db/person.ts'
import type { PersonRow } from '../../db/schema.ts'
import type { Db } from '../../db/unit.ts'
import { deriveReadable } from './seed.ts'
import type { World } from './world.ts'

/** Ids and keys of people are not longer than this. */
const person_length_max = 64

/** A person's id, derived from the key. */
export function personId(world: World, key: string): string {
  return `p-${deriveReadable(12, world, 'person', key)}`
}

/** A person by id or by key. */
export async function findPersonBy(
  { db, world }: { readonly db: Db; readonly world: World },
  person: string,
): Promise<PersonRow | undefined> {
  if (!/^[\w-]+$/.test(person) || person.length > person_length_max) return undefined
  const { epoch } = world
  return (await findPerson(db, epoch, person)) ?? findPerson(db, epoch, personId(world, person))
}
