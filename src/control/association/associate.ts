import { findAssociation, insertAssociation } from '../../../db/association.ts'
import { findFollower } from '../../../db/person.ts'
import type { AccountRow, AssociationRow, FollowerRow, PersonRow } from '../../../db/schema.ts'
import type { Call } from '../../http/endpoint.ts'
import { problem } from '../../http/problem.ts'
import type { Refusal } from '../../http/refusal.ts'
import { type FollowerState, putFollower } from '../../phone/person.ts'
import { gatewayOf } from '../../tupu/gateway/config.ts'
import { findMagic } from '../../tupu/message/magic.ts'

/** A mobile registered for a follower of an official account. */
export interface Association {
  readonly row: AssociationRow
  readonly follower: FollowerRow
}

export interface NewAssociation {
  readonly account: AccountRow & { readonly appid: string }
  readonly person: PersonRow
  /** E.164. */
  readonly mobile: string
  readonly name?: string | undefined
  readonly email?: string | undefined
  readonly source?: AssociationRow['source'] | undefined
  readonly state: FollowerState
  /** Through a remote gateway: WeChat's own. */
  readonly openid?: string | undefined
  /** What stands before the names of fields in a refusal. */
  readonly field?: string
}

/** Registers a person's mobile at an account, in whatever state the person stands to it. */
export async function associate(call: Call, of: NewAssociation): Promise<Association | Refusal> {
  const { world, db } = call
  const { appid } = of.account
  const no = refuseMobile(call, of) ?? (await refuseOpenid(call, of))
  if (no) return no
  if (await findAssociation(db, { epoch: world.epoch, appid, mobile: of.mobile })) {
    return problem('conflict', {
      field: `${of.field ?? ''}mobile`,
      reason: 'somebody has registered this mobile at the account',
      fix: 'choose another mobile',
    })
  }
  const at = { person: of.person.person, appid, openid: of.openid }
  const follower = await putFollower(call, at, of.state)
  const row: AssociationRow = {
    epoch: world.epoch,
    appid,
    openid: follower.openid,
    mobile: of.mobile,
    name: of.name ?? of.person.name,
    email: of.email ?? '',
    source: of.source ?? 'form',
    created_at: world.now,
    updated_at: world.now,
  }
  await insertAssociation(db, row)
  return { row, follower }
}

function refuseMobile(call: Call, { mobile, field = '' }: NewAssociation): Refusal | undefined {
  if (!findMagic(call.world, mobile)) return undefined
  return problem('invalid_field', {
    field: `${field}mobile`,
    reason: 'it is a magic mobile: sends to it answer without any registration',
    fix: 'choose another mobile, or make the world with magic: off',
  })
}

/** Openids of our own WeChat are derived; those behind a remote gateway are told, and belong to one person. */
async function refuseOpenid(call: Call, of: NewAssociation): Promise<Refusal | undefined> {
  const { account, openid, field = '' } = of
  const isLocal = gatewayOf(account).kind === 'local'
  if (isLocal && openid === undefined) return undefined
  const at = { field: `${field}openid` }
  if (isLocal) {
    const reason = 'openids of our own WeChat are derived, not chosen'
    return problem('invalid_field', { ...at, reason, fix: 'leave it out' })
  }
  if (openid === undefined) {
    const reason = `${account.key} has a remote gateway, whose openids are not ours to make`
    return problem('invalid_field', {
      ...at,
      reason,
      fix: 'give the openid that WeChat has for it',
    })
  }
  const holder = await findFollower(call.db, call.world.epoch, openid)
  if (!holder) return undefined
  if (holder.appid === account.appid && holder.person === of.person.person) return undefined
  const reason = 'it is the openid of somebody else'
  return problem('conflict', { ...at, reason, fix: 'give another openid' })
}
