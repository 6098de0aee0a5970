import { z } from 'zod'
import { findAssociation, findAssociationOf } from '../../../db/association.ts'
import { findFollower, listFollowed, listPeopleWithMobile } from '../../../db/person.ts'
import type { AccountRow, AssociationRow, FollowerRow, PersonRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { words } from '../../core/field.ts'
import { problem, unknownName } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { chooseAccount } from '../../phone/choose.ts'
import { register } from '../../tupu/association/association.ts'
import { gatewayOf } from '../../tupu/gateway/config.ts'
import { findMagic } from '../../tupu/message/magic.ts'
import { mobileField } from '../../tupu/mobile.ts'
import { type FollowerState, putFollower } from '../../wechat/follower.ts'
import { putPerson } from '../../world/person.ts'
import { cleanText, nameText } from '../field.ts'

/** An account at which people can be registered: it has an official account. */
export type ConnectedAccount = AccountRow & { readonly appid: string }

/** The account that a call names; left out, the first one. */
export function chooseConnected(
  call: Pick<Call, 'db' | 'world' | 'endpoint'>,
  named: string | undefined,
  field = 'account',
): ConnectedAccount | Refusal {
  const account = chooseAccount(call, named, field)
  if (isRefusal(account)) return account
  const { appid } = account
  if (appid !== null) return { ...account, appid }
  return problem('conflict', {
    field,
    reason: `${account.key} has no official account yet`,
    fix: 'choose a live account, connect one with account.connect, or give it a remote gateway',
  })
}

/** How a person may stand to an official account. */
export const stateField = z.enum(['following', 'unfollowed', 'blocking', 'muted', 'never'])

/** How somebody came to be registered. */
export const sourceField = z.enum(['form', 'direct_application'])

/** An openid as a caller may give it. */
export const openidField = z.string().regex(/^[\w-]{1,64}$/, 'letters, digits, - and _, at most 64')

/** What association.create takes. */
export const associationInput = z.strictObject({
  world: z.string(),
  mobile: mobileField,
  name: nameText.optional(),
  email: cleanText.optional(),
  account: z
    .string()
    .optional()
    .meta(words('Key or EID. Default: the first account.', 'key 或 EID；不填则为第一个账号。')),
  source: sourceField
    .optional()
    .meta(
      words(
        'form (default), or direct_application: the candidate applied in WeChat.',
        'form（默认），或 direct_application：应聘者直接在微信中申请。',
      ),
    ),
  state: stateField
    .optional()
    .meta(
      words(
        'The person’s state at the official account. Default: following.',
        '此人与公众号的关系；不填为 following。',
      ),
    ),
  openid: openidField
    .optional()
    .meta(
      words(
        'Only with a remote gateway, where the simulator cannot create openids.',
        '只用于远端网关：那里的 openid 不由我们产生。',
      ),
    ),
})
type AssociationInput = z.output<typeof associationInput>

/** A mobile registered for a follower of an official account. */
export interface Association {
  readonly row: AssociationRow
  readonly follower: FollowerRow
}

export interface NewAssociation {
  readonly account: ConnectedAccount
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
export function associate(call: Call, of: NewAssociation): Association | Refusal {
  const no = refuseMobile(call, of) ?? refuseOpenid(call, of) ?? refuseTaken(call, of)
  if (no) return no
  const { account, person, mobile, source, trace } = of
  const at = { person: person.person, appid: account.appid, openid: of.openid }
  const follower = putFollower(call, at, of.state)
  const { openid } = follower
  const made = register(
    call,
    // What becomes of a taken mobile is the page's question, not the operator's.
    { account: { ...account, rebind: 'reject' }, openid, source, trace, ...operator },
    { name: of.name ?? person.name, mobile, email: of.email ?? '', notice_version: null },
  )
  return made.kind === 'taken' ? mobileTaken(of) : { row: made.row, follower }
}

/** Who does it when a control call does. */
export const operator = { who: 'operator', via: 'control' } as const

function refuseTaken(call: Call, of: NewAssociation): Refusal | undefined {
  const { account, mobile } = of
  const at = { epoch: call.world.epoch, appid: account.appid, mobile }
  return findAssociation(call.db, at) ? mobileTaken(of) : undefined
}

function mobileTaken({ field = '' }: NewAssociation): Refusal {
  return problem('conflict', {
    field: `${field}mobile`,
    reason: 'somebody has registered this mobile with the account',
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
function refuseOpenid(call: Call, of: NewAssociation): Refusal | undefined {
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
  const holder = findFollower(call.db, call.world.epoch, openid)
  if (!holder) return undefined
  if (holder.appid === account.appid && holder.person === of.person.person) return undefined
  const reason = 'it is the openid of somebody else'
  return problem('conflict', { ...at, reason, fix: 'give another openid' })
}

/** The association of a mobile: a new one, or the one that is there with the named fields changed. */
export function putAssociation(
  call: Call<unknown, AssociationInput>,
  account: ConnectedAccount,
): (Association & { readonly isNew: boolean }) | Refusal {
  const { input, db, world } = call
  const { appid } = account
  const at = { epoch: world.epoch, appid, mobile: input.mobile }
  const existing = findAssociation(db, at)
  if (existing) {
    call.concern({ appid, openid: existing.openid })
    const updated = updateAssociation(call, account, existing)
    return isRefusal(updated) ? updated : { ...updated, isNew: false }
  }
  const person = choosePerson(call, appid, input)
  const state = input.state ?? 'following'
  const created = associate(call, { ...input, account, person, state })
  if (!isRefusal(created)) {
    call.concern({ appid, openid: created.row.openid })
    return { ...created, isNew: true }
  }
  call.concern({ eid: account.eid, mobile: input.mobile })
  // Another replica may have registered the mobile since we looked.
  if (findAssociation(db, at)) db.retry('the mobile is registered now')
  return created
}

function updateAssociation(
  call: Call<unknown, AssociationInput>,
  account: ConnectedAccount,
  existing: AssociationRow,
): Association | Refusal {
  const { db, world, input } = call
  const { openid, mobile } = existing
  if (input.openid !== undefined && input.openid !== openid) {
    return problem('conflict', {
      field: 'openid',
      reason: `the mobile is registered for ${openid}`,
      fix: 'leave it out, or choose another mobile',
    })
  }
  const { name = existing.name, email = existing.email, source } = input
  const of = { account, openid, source, ...operator }
  const changed = register(call, of, { name, mobile, email, notice_version: null })
  if (changed.kind === 'taken') throw new Error('an association has lost its own mobile')
  const { row } = changed
  const known = findFollower(db, world.epoch, openid)
  // One that registered by way of another WeChat, which alone knew whose the openid is: somebody's it is from now on.
  const follower = known ?? putFollower(call, { ...ownerOf(call, row), openid }, 'following')
  if (input.state === undefined) return { row, follower }
  const at = { person: follower.person, appid: row.appid }
  return { row, follower: putFollower(call, at, input.state) }
}

function ownerOf(call: Call<unknown, AssociationInput>, { appid, openid }: AssociationRow) {
  const { person } = choosePerson(call, appid, { ...call.input, openid })
  return { person, appid }
}

/** Whoever has this mobile and is not registered here yet; else somebody new. */
function choosePerson(call: Call, appid: string, input: AssociationInput): PersonRow {
  const { db, world } = call
  const { epoch } = world
  for (const person of listPeopleWithMobile(db, epoch, input.mobile)) {
    const relations = listFollowed(db, epoch, person.person)
    const relation = relations.find((row) => row.appid === appid)
    if (!relation) return person
    // Known there under another openid than the one that was given: that is somebody else.
    if (input.openid !== undefined && input.openid !== relation.openid) continue
    const { openid } = relation
    if (!findAssociationOf(db, { epoch, appid, openid })) return person
  }
  // A name as a message would show it: nobody is called by a number.
  const name = input.name ?? `候选人${input.mobile.slice(-4)}`
  const from = `mobile ${appid} ${input.mobile}`
  return putPerson(call, { key: null, from, name, mobile: input.mobile })
}

/** The no to what only an association can have done to it. */
export function unknownMobile(call: Pick<Call, 'endpoint'>, account: string): Refusal {
  return unknownName(call, {
    field: 'mobile',
    reason: `nobody has registered this mobile with ${account}`,
    fix: 'check the mobile and the account',
  })
}
