import { z } from 'zod'
import type { AccountRow, FollowerRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { words } from '../../core/field.ts'
import { baseUrl } from '../../core/locate.ts'
import { eidOf } from '../../tupu/account/eid.ts'
import { type Association, sourceField, stateField } from './association.ts'

/** An association as the control API shows one. */
export const associationShape = z.object({
  mobile: z.string(),
  account: z.string(),
  eid: z.string(),
  appid: z.string(),
  openid: z.string(),
  person: z.string(),
  phone_url: z.string(),
  source: sourceField,
  state: stateField,
  name: z.string(),
  email: z.string(),
})

const elsewhere = words(
  'Null: the openid comes from WeChat behind a remote gateway, and belongs to nobody here.',
  'null：openid 由远端网关后的微信给出，这里无人对应。',
)

/** The same of one whose person may be another WeChat's. */
export const anyAssociationShape = associationShape.extend({
  person: z.string().nullable().meta(elsewhere),
  phone_url: z.string().nullable(),
  state: stateField.nullable(),
})

/** An association, with how its person stands to the official account. */
export function associationResponse(
  call: Call,
  account: AccountRow,
  { row, follower }: Association,
): z.output<typeof associationShape> {
  const { person, state } = follower
  const phone_url = `${baseUrl(call)}/phone/${person}`
  return { ...anyAssociationResponse(call, account, { row, follower }), person, phone_url, state }
}

/** The same of one whose person may be another WeChat's. */
export function anyAssociationResponse(
  call: Call,
  account: AccountRow,
  { row, follower }: Pick<Association, 'row'> & { readonly follower: FollowerRow | undefined },
): z.output<typeof anyAssociationShape> {
  const { mobile, appid, openid, source, name, email } = row
  return {
    mobile,
    account: account.key,
    eid: eidOf(account),
    appid,
    openid,
    person: follower?.person ?? null,
    phone_url: follower ? `${baseUrl(call)}/phone/${follower.person}` : null,
    source,
    state: follower?.state ?? null,
    name,
    email,
  }
}
