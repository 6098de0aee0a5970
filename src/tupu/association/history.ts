import { insertAssociationChange } from '../../../db/association-change.ts'
import type { AssociationChangeRow } from '../../../db/schema.ts'
import { nextCount } from '../../../db/world.ts'
import type { Call } from '../../core/call.ts'
import { subjectKey } from '../../world/subject.ts'

/** What happened to an association, by whom, and how. */
export type NewChange = Pick<AssociationChangeRow, 'appid' | 'openid' | 'verb' | 'who' | 'via'> & {
  /** Names of the fields that changed; never their values. */
  readonly fields?: readonly string[]
  /** E.164, that it has from then on; kept as a key. */
  readonly mobile?: { readonly eid: string; readonly mobile: string }
  /** Left out: the call's own. */
  readonly trace?: string | undefined
}

/** Writes a change of an association down. Returns its key. */
export async function keepChange(
  call: Pick<Call, 'db' | 'world' | 'trace'>,
  { fields = [], mobile, trace, ...change }: NewChange,
): Promise<string> {
  const { db, world } = call
  const counter = { epoch: world.epoch, purpose: 'association_change', key: '' }
  const key = changeKey(world.now, await nextCount(db, counter))
  await insertAssociationChange(db, {
    ...change,
    epoch: world.epoch,
    change: key,
    fields: JSON.stringify(fields),
    trace: trace ?? (await call.trace()),
    at: world.now,
    mobile_key: mobile ? subjectKey(world, mobile) : null,
  })
  return key
}

/** Fixed width, sorts by time: milliseconds, the nth change of the world. */
function changeKey(now: number, n: number): string {
  return `${String(now).padStart(13, '0')}${String(n).padStart(9, '0')}`
}
