import { findAssociation } from '../../../db/association.ts'
import { findFollower } from '../../../db/person.ts'
import type { AccountRow, AssociationRow, FollowerRow, PersonRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { problem } from '../../core/problem.ts'
import type { Refusal } from '../../core/refusal.ts'
import { register } from '../../tupu/association/association.ts'
import { gatewayOf } from '../../tupu/gateway/config.ts'
import { findMagic } from '../../tupu/message/magic.ts'
import { type FollowerState, putFollower } from '../../wechat/follower.ts'

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
  /** Where history leads; left out, to the call's own exchange. */
  readonly trace?: string
}

/** Registers a person's mobile at an account, in whatever state the person stands to it. */
export async function associate(call: Call, of: NewAssociation): Promise<Association | Refusal> {
  const no =
    refuseMobile(call, of) ?? (await refuseOpenid(call, of)) ?? (await refuseTaken(call, of))
  if (no) return no
  const { account, person, mobile, source, trace } = of
  const at = { person: person.person, appid: account.appid, openid: of.openid }
  const follower = await putFollower(call, at, of.state)
  const { openid } = follower
  const made = await register(
    call,
    // What becomes of a taken mobile is the page's question, not the operator's.
    { account: { ...account, rebind: 'reject' }, openid, source, trace, ...operator },
    { name: of.name ?? person.name, mobile, email: of.email ?? '', notice_version: null },
  )
  return made.kind === 'taken' ? mobileTaken(of) : { row: made.row, follower }
}

/** Who does it when a control call does. */
export const operator = { who: 'operator', via: 'control' } as const

async function refuseTaken(call: Call, of: NewAssociation): Promise<Refusal | undefined> {
  const { account, mobile } = of
  const at = { epoch: call.world.epoch, appid: account.appid, mobile }
  return (await findAssociation(call.db, at)) ? mobileTaken(of) : undefined
}

function mobileTaken({ field = '' }: NewAssociation): Refusal {
  return problem('conflict', {
    field: `${field}mobile`,
    reason: 'somebody has registered this mobile at the account',
    fix: 'choose another mobile',
  })
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
