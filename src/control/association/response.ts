import { z } from 'zod'
import type { AccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
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

/** An association, with how its person stands to the official account. */
export function associationResponse(
  call: Call,
  account: AccountRow,
  { row, follower }: Association,
) {
  const { mobile, appid, openid, source, name, email } = row
  return {
    mobile,
    account: account.key,
    eid: eidOf(account),
    appid,
    openid,
    person: follower.person,
    phone_url: `${baseUrl(call)}/phone/${follower.person}`,
    source,
    state: follower.state,
    name,
    email,
  }
}
