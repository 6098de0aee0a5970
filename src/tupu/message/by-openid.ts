import { z } from 'zod'
import { findAssociationOf } from '../../../db/association.ts'
import type { Call } from '../../core/call.ts'
import type { DocumentedEndpoint, WaitingEndpoint } from '../../core/endpoint.ts'
import { errcodes, words } from '../../core/field.ts'
import type { TupuCaller } from '../endpoint.ts'
import { refuse } from '../errors.ts'
import { readMobile } from '../mobile.ts'
import type { sendInput } from './fields.ts'

const OPENID = /^[\w-]{6,128}$/

/** An openid as it is; a mobile, which is taken as well, in E.164. */
const personField = errcodes(
  z
    .string()
    .transform((text, context) => {
      const read = readMobile(text) ?? (OPENID.test(text) ? text : undefined)
      if (read !== undefined) return read
      context.addIssue({
        code: 'custom',
        message: 'an openid of this official account, or a mobile',
      })
      return z.NEVER
    })
    .meta(words('An openid of the account, or a mobile.', '该账号的 openid，或手机号。')),
  { missing: 100010, type: 100010, invalid: 100010 },
)

type Send = WaitingEndpoint<TupuCaller> & DocumentedEndpoint<TupuCaller>

/** The send of a partner who names people by their openid: it goes to the mobile that is registered with it. */
export function sendByOpenid(
  endpoint: DocumentedEndpoint<TupuCaller>,
): DocumentedEndpoint<TupuCaller> {
  const send = endpoint as Send
  const input = (send.input as unknown as typeof sendInput).extend({ mobile: personField })
  return {
    ...send,
    input,
    before(call: Call<TupuCaller, z.output<typeof input>>) {
      const { db, world, caller } = call
      const { mobile: openid } = call.input
      if (openid.startsWith('+')) return send.before(call as Call<TupuCaller, never>)
      const appid = caller.account.appid ?? ''
      call.concern({ appid, openid })
      const association = findAssociationOf(db, { epoch: world.epoch, appid, openid })
      if (!association) {
        const expected = 'an openid of this official account that is registered'
        return refuse(100011, { rule: 'association.known', actual: openid, expected })
      }
      call.read({ ...call.input, mobile: association.mobile })
      return send.before(call as Call<TupuCaller, never>)
    },
  } as Send
}
