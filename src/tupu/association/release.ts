import { deleteAssociation, findAssociation } from '../../../db/association.ts'
import type { AssociationChangeRow, AssociationRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { keepChange } from './history.ts'

/** Frees a mobile (E.164) for its new owner: whoever had it is not registered any more. Undefined: nobody had it. */
export async function release(
  call: Pick<Call, 'db' | 'world' | 'trace'>,
  of: {
    appid: string
    mobile: string
    who: AssociationChangeRow['who']
    via: AssociationChangeRow['via']
  },
): Promise<AssociationRow | undefined> {
  const { db, world } = call
  const { appid, mobile, who, via } = of
  const row = await findAssociation(db, { epoch: world.epoch, appid, mobile })
  if (!row) return undefined
  if (!(await deleteAssociation(db, row))) {
    db.unitConnection.retry('the association has gone meanwhile')
  }
  await keepChange(call, { appid, openid: row.openid, verb: 'released', who, via })
  return row
}
