import { findPerson, insertPerson, updatePerson } from '../../db/person.ts'
import type { PersonRow } from '../../db/schema.ts'
import { deriveReadable, type Source } from './seed.ts'
import type { Scope } from './world.ts'

/** Ids and keys of people are not longer than this. */
const person_length_max = 64

/** A person's id, derived from the key. */
export function personId(world: Source, key: string): string {
  return `p-${deriveReadable(12, world, 'person', key)}`
}

/** A person by id or by key. */
export function findPersonBy({ db, world }: Scope, person: string): PersonRow | undefined {
  if (!/^[\w-]+$/.test(person) || person.length > person_length_max) return undefined
  const { epoch } = world
  return findPerson(db, epoch, person) ?? findPerson(db, epoch, personId(world, person))
}

/** How a person is named to people: by the key, but where that was made of a mobile, by the id. */
export function personName({ key, person }: Pick<PersonRow, 'key' | 'person'>): string {
  return /^[\w-]+$/.test(key) ? key : person
}

interface WantedPerson {
  /** As somebody chose it; null: the id stands for it. */
  readonly key: string | null
  /** What the id is derived from; left out, the key. */
  readonly from?: string
  readonly name: string | undefined
  readonly mobile: string | null | undefined
  readonly unionid?: string | undefined
  readonly platform?: PersonRow['platform'] | undefined
  readonly double_redirect?: PersonRow['double_redirect'] | undefined
}

/** Makes a person, or gives an existing one a new name and mobile. */
export function putPerson({ db, world }: Scope, wanted: WantedPerson): PersonRow {
  const person = personId(world, wanted.from ?? wanted.key ?? '')
  const existing = findPerson(db, world.epoch, person)
  const key = wanted.key ?? person
  const row: PersonRow = {
    epoch: world.epoch,
    person,
    key,
    name: wanted.name ?? existing?.name ?? key,
    mobile: wanted.mobile === undefined ? (existing?.mobile ?? null) : wanted.mobile,
    created_at: existing?.created_at ?? world.now,
    snapshot: existing?.snapshot ?? 0,
    unionid: wanted.unionid ?? existing?.unionid ?? null,
    platform: wanted.platform ?? existing?.platform ?? 'android',
    double_redirect: wanted.double_redirect ?? existing?.double_redirect ?? 'off',
  }
  if (!existing) insertPerson(db, row)
  else updatePerson(db, row, { name: row.name, mobile: row.mobile })
  return row
}

/** Whether a person was made by nothing but a mobile: nobody chose a key. */
export function isMadeByMobile({ key, person }: Pick<PersonRow, 'key' | 'person'>): boolean {
  return key === person
}
