import {
  deleteAssociation,
  findAssociation,
  findAssociationOf,
  insertAssociation,
  updateAssociation,
} from '../../../db/association.ts'
import { insertAssociationChange } from '../../../db/association-change.ts'
import { nextCount } from '../../../db/counter.ts'
import type { AccountRow, AssociationChangeRow, AssociationRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { nameAddress } from '../../world/address.ts'
import { subjectKey } from '../../world/subject.ts'

/** Who is registered, and who does it. */
interface Registering {
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
export function register(call: RegisterCall, of: Registering, values: Registration): Registered {
  const { db, world } = call
  const { appid, rebind } = of.account
  const at = { epoch: world.epoch, appid }
  const owner = findAssociation(db, { ...at, mobile: values.mobile })
  const isOthers = owner !== undefined && owner.openid !== of.openid
  if (isOthers && rebind === 'reject') return { kind: 'taken' }
  const existing = findAssociationOf(db, { ...at, openid: of.openid })
  const row = rowOf(call, of, values, existing)
  const fields = changedFields(existing, row)
  if (existing && fields.length === 0) return { kind: 'same', row: existing }
  if (isOthers) replace(call, of, owner)
  nameAddress(call, { ...row, eid: of.account.eid })
  const { who, via, openid, trace } = of
  const mobile = { eid: of.account.eid, mobile: row.mobile }
  const change = { appid, openid, who, via, fields, mobile, trace }
  if (!existing) {
    insertAssociation(db, row)
    keepChange(call, { ...change, verb: 'registered' })
    return { kind: 'registered', row }
  }
  const { epoch: _, appid: __, openid: ___, ...columns } = row
  if (!updateAssociation(db, existing, columns)) gone(call)
  keepChange(call, { ...change, verb: 'changed' })
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

const compared = ['name', 'mobile', 'email', 'source', 'notice_version'] as const

/** Names of the fields in which two associations differ; of a new one, of those that have a value. */
function changedFields(before: AssociationRow | undefined, after: AssociationRow): string[] {
  return compared.filter((name) => (before?.[name] ?? '') !== (after[name] ?? ''))
}

/** The mobile has a new owner: the association of the other openid goes. */
function replace(
  call: RegisterCall,
  { who, via, trace }: Registering,
  { epoch, appid, openid }: AssociationRow,
): void {
  if (!deleteAssociation(call.db, { epoch, appid, openid })) gone(call)
  keepChange(call, { appid, openid, verb: 'replaced', who, via, trace })
}

function gone({ db }: RegisterCall): never {
  return db.retry('the association has gone meanwhile')
}

/** Frees a mobile (E.164) for its new owner: whoever had it is not registered any more. Undefined: nobody had it. */
export function release(
  call: Pick<Call, 'db' | 'world' | 'trace'>,
  of: {
    appid: string
    mobile: string
    who: AssociationChangeRow['who']
    via: AssociationChangeRow['via']
  },
): AssociationRow | undefined {
  const { db, world } = call
  const { appid, mobile, who, via } = of
  const row = findAssociation(db, { epoch: world.epoch, appid, mobile })
  if (!row) return undefined
  if (!deleteAssociation(db, row)) {
    db.retry('the association has gone meanwhile')
  }
  keepChange(call, { appid, openid: row.openid, verb: 'released', who, via })
  return row
}

/** What happened to an association, by whom, and how. */
type NewChange = Pick<AssociationChangeRow, 'appid' | 'openid' | 'verb' | 'who' | 'via'> & {
  /** Names of the fields that changed; never their values. */
  readonly fields?: readonly string[]
  /** E.164, that it has from then on; kept as a key. */
  readonly mobile?: { readonly eid: string; readonly mobile: string }
  /** Left out: the call's own. */
  readonly trace?: string | undefined
}

/** Writes a change of an association down. Returns its key. */
export function keepChange(
  call: Pick<Call, 'db' | 'world' | 'trace'>,
  { fields = [], mobile, trace, ...change }: NewChange,
): string {
  const { db, world } = call
  const counter = { epoch: world.epoch, purpose: 'association_change', key: '' }
  const key = changeKey(world.now, nextCount(db, counter))
  insertAssociationChange(db, {
    ...change,
    epoch: world.epoch,
    change: key,
    fields: JSON.stringify(fields),
    trace: trace ?? call.trace(),
    at: world.now,
    mobile_key: mobile ? subjectKey(world, mobile) : null,
  })
  return key
}

/** Fixed width, sorts by time: milliseconds, the nth change of the world. */
function changeKey(now: number, n: number): string {
  return `${String(now).padStart(13, '0')}${String(n).padStart(9, '0')}`
}
