import { z } from 'zod'
import { findAssociation } from '../../../db/association.ts'
import { listErasures } from '../../../db/erasure.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { pending } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { accountField } from '../../phone/field.ts'
import { eidOf } from '../../tupu/account/eid.ts'
import { eraseNow } from '../../tupu/association/erase.ts'
import { withdraw } from '../../tupu/association/withdraw.ts'
import { mobileField } from '../../tupu/mobile.ts'
import { type ConnectedAccount, chooseConnected } from './account.ts'
import { operator } from './associate.ts'
import { nobodyHasIt } from './release.ts'

const withdrawInput = z.strictObject({
  world: z.string(),
  mobile: mobileField.optional(),
  openid: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'letters, digits, - and _, at most 64')
    .optional()
    .meta(
      words(
        'Instead of the mobile; also of somebody who is not registered any more.',
        '代替手机号；已不再登记的人也可以。',
      ),
    ),
  account: accountField,
})

/** Does what a candidate's own withdrawal on the page does. Its body is not kept: it says whom to forget. */
export const withdrawAssociation = endpoint({
  id: 'association.withdraw',
  methods: ['POST'],
  path: '/worlds/{world}/associations/withdraw',
  from: ['path', 'json'],
  summary: {
    en: 'Withdraw somebody: their personal data are erased everywhere, the anonymous facts stay',
    zh: '撤回某人：各处的个人信息都被抹去，匿名的事实保留',
  },
  forgets: true,
  input: withdrawInput,
  answer: z.object({
    account: z.string(),
    eid: z.string(),
    appid: z.string(),
    erased: z
      .boolean()
      .meta(
        words(
          'False: messages and journal are long, and the rest is erased within seconds.',
          'false：消息和记录很多，其余的几秒内抹去。',
        ),
      ),
  }),
  refusals: [409],
  example: { input: { mobile: '{wang.mobile}' } },
  async before(call) {
    const account = await chooseConnected(call, call.input.account)
    if (isRefusal(account)) return account
    const openid = await chooseOpenid(call, account)
    if (isRefusal(openid)) return openid
    const { key, appid } = account
    const eid = eidOf(account)
    if (!(await withdraw(call, { appid, openid, ...operator }))) return unknownOpenid(key)
    return pending({ epoch: call.world.epoch, shown: { account: key, eid, appid } })
  },
  outside: ({ epoch }: Withdrawn, engine) => eraseNow(engine, epoch),
  async after({ db }, { epoch, shown }) {
    const left = await listErasures(db, { epoch, limit: 1 })
    return { ...shown, erased: left.length === 0 }
  },
})

interface Withdrawn {
  readonly epoch: number
  readonly shown: { readonly account: string; readonly eid: string; readonly appid: string }
}

/** Nothing of what was sent stands in a refusal: the journal keeps those. */
async function chooseOpenid(
  { db, world, input }: Call<unknown, z.output<typeof withdrawInput>>,
  { key, appid }: ConnectedAccount,
): Promise<string | Refusal> {
  const { mobile, openid } = input
  if ((mobile === undefined) === (openid === undefined)) {
    return problem('invalid_field', {
      field: 'mobile',
      reason: 'one of mobile and openid says who it is, and not both',
      fix: 'give mobile or openid',
    })
  }
  if (mobile === undefined) return openid ?? unknownOpenid(key)
  const row = await findAssociation(db, { epoch: world.epoch, appid, mobile })
  return row?.openid ?? nobodyHasIt(key)
}

function unknownOpenid(account: string): Refusal {
  return problem('not_found', {
    field: 'openid',
    reason: `nobody with this openid was ever registered at ${account}, or they were withdrawn`,
    fix: 'check the openid and the account',
  })
}
