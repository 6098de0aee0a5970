import {
  deleteAssociation,
  findAssociation,
  findAssociationOf,
  insertAssociation,
  updateAssociation,
} from '../../../db/association.ts'
import type { AccountRow, AssociationChangeRow, AssociationRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { keepChange } from './history.ts'

/** Who is registered, and who does it. */
export interface Registering {
  readonly account: AccountRow & { readonly appid: string }
  readonly openid: string
  readonly who: AssociationChangeRow['who']
  readonly via: AssociationChangeRow['via']
  /** Given, the association takes it. Left out, an existing one keeps its own, and a new one came by `via`. */
  readonly source?: AssociationRow['source'] | undefined
  /** The exchange that history points to; left out, the call's own. */
  readonly trace?: string | undefined
}

export interface Registration {
  readonly name: string
  /** E.164. */
  readonly mobile: string
  readonly email: string
  /** The privacy notice that was agreed to; null: nobody was asked, and what was agreed to before stays. */
  readonly notice_version: number | null
}

export type Registered =
  | { readonly kind: 'registered' | 'changed' | 'same'; readonly row: AssociationRow }
  /** Another openid of the account has the mobile, and keeps it. */
  | { readonly kind: 'taken' }

type RegisterCall = Pick<Call, 'db' | 'world' | 'trace'>

/**
 * Makes or changes the association of an openid: one mobile, one openid per account. A mobile that another openid has is
 * `taken`, or moves here and the other association goes, as the account's `rebind` says.
 */
export async function register(
  call: RegisterCall,
  of: Registering,
  wanted: Registration,
): Promise<Registered> {
  const { db, world } = call
  const { appid, rebind } = of.account
  const at = { epoch: world.epoch, appid }
  const holder = await findAssociation(db, { ...at, mobile: wanted.mobile })
  const isOthers = holder !== undefined && holder.openid !== of.openid
  if (isOthers && rebind === 'reject') return { kind: 'taken' }
  const existing = await findAssociationOf(db, { ...at, openid: of.openid })
  const row = rowOf(call, of, wanted, existing)
  const fields = changedFields(existing, row)
  if (existing && fields.length === 0) return { kind: 'same', row: existing }
  if (isOthers) await replace(call, of, holder)
  const { who, via, openid, trace } = of
  const mobile = { eid: of.account.eid, mobile: row.mobile }
  const change = { appid, openid, who, via, fields, mobile, trace }
  if (!existing) {
    await insertAssociation(db, row)
    await keepChange(call, { ...change, verb: 'registered' })
    return { kind: 'registered', row }
  }
  const { epoch: _, appid: __, openid: ___, ...columns } = row
  if (!(await updateAssociation(db, existing, columns))) gone(call)
  await keepChange(call, { ...change, verb: 'changed' })
  return { kind: 'changed', row }
}

function rowOf(
  { world }: RegisterCall,
  { account, openid, via, source }: Registering,
  { name, mobile, email, notice_version }: Registration,
  existing: AssociationRow | undefined,
): AssociationRow {
  const agreed = notice_version ?? existing?.notice_version ?? null
  const isNews = notice_version !== null && notice_version !== existing?.notice_version
  return {
    epoch: world.epoch,
    appid: account.appid,
    openid,
    mobile,
    name,
    email,
    source: source ?? existing?.source ?? (via === 'direct_application' ? via : 'form'),
    created_at: existing?.created_at ?? world.now,
    updated_at: world.now,
    notice_version: agreed,
    consented_at: isNews ? world.now : (existing?.consented_at ?? null),
  }
}

const told = ['name', 'mobile', 'email', 'source', 'notice_version'] as const

/** Names of the fields in which two associations differ; of a new one, of those that have a value. */
function changedFields(before: AssociationRow | undefined, after: AssociationRow): string[] {
  return told.filter((name) => (before?.[name] ?? '') !== (after[name] ?? ''))
}

/** The mobile has a new owner: the association of the other openid goes. */
async function replace(
  call: RegisterCall,
  { who, via, trace }: Registering,
  { epoch, appid, openid }: AssociationRow,
): Promise<void> {
  if (!(await deleteAssociation(call.db, { epoch, appid, openid }))) gone(call)
  await keepChange(call, { appid, openid, verb: 'replaced', who, via, trace })
}

function gone({ db }: RegisterCall): never {
  return db.unitConnection.retry('the association has gone meanwhile')
}
