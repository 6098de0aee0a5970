import { deleteAssociation, findAssociationOf } from '../../../db/association.ts'
import {
  anonymiseAssociationChanges,
  listAssociationChanges,
} from '../../../db/association-change.ts'
import { deleteSessionsOf, insertErasure, seq_above_all } from '../../../db/erasure.ts'
import type { AssociationChangeRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { listSaid, tracesOf } from './erase/said.ts'
import { type ErasureTerms, termsOf } from './erase/terms.ts'
import { keepChange } from './history.ts'

/** More changes than anybody makes. */
const changes_max = 200

/**
 * Takes an openid's personal data back: its association, sessions and drafts go at once, its history loses whose it was, and
 * what must be taken out of messages and the journal is written down for `eraseDue`. False: there was nothing. What the
 * world was made from (`world_body`, `person`) is the test's own script and the simulated universe, no data of TUPU's.
 */
export async function withdraw(call: WithdrawCall, of: Withdrawing): Promise<boolean> {
  const { db, world } = call
  const { appid, openid, who, via } = of
  const at = { epoch: world.epoch, appid, openid }
  const row = await findAssociationOf(db, at)
  const changes = await listAssociationChanges(db, { ...at, after: '', limit: changes_max })
  if (!row && changes.length === 0) return false
  const traces = tracesOf(changes)
  const said = [...(row ? [row] : []), ...(await listSaid(db, world.epoch, traces))]
  const terms = await termsOf(db, { ...at, said, traces })
  if (row && !(await deleteAssociation(db, at))) {
    db.unitConnection.again('the association has gone meanwhile')
  }
  await anonymiseAssociationChanges(db, at)
  await deleteSessionsOf(db, at)
  // Whose it was, nobody learns from it: neither openid nor trace.
  const fact = { appid, openid: null, verb: 'withdrawn', who, via, trace: '' } as const
  await begin(call, await keepChange(call, fact), terms)
  return true
}

type WithdrawCall = Pick<Call, 'db' | 'world' | 'trace'>

interface Withdrawing {
  readonly appid: string
  readonly openid: string
  readonly who: AssociationChangeRow['who']
  readonly via: AssociationChangeRow['via']
}

async function begin({ db, world }: WithdrawCall, erasure: string, terms: ErasureTerms) {
  await insertErasure(db, {
    epoch: world.epoch,
    erasure,
    terms: JSON.stringify(terms),
    message_after: '',
    seq_before: seq_above_all,
    created_at: world.now,
  })
}
