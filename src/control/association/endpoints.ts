import { z } from 'zod'
import { findAssociation } from '../../../db/association.ts'
import { listErasures } from '../../../db/erasure.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { pending, reply } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { problem, unknownName } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { accountField } from '../../phone/field.ts'
import { eidOf } from '../../tupu/account/eid.ts'
import { release } from '../../tupu/association/association.ts'
import { eraseNow } from '../../tupu/association/erase.ts'
import { withdraw } from '../../tupu/association/withdraw.ts'
import { mobileField } from '../../tupu/mobile.ts'
import { toIso } from '../../world/clock.ts'
import {
  associationInput,
  type ConnectedAccount,
  chooseConnected,
  openidField,
  operator,
  putAssociation,
  sourceField,
  unknownMobile,
} from './association.ts'
import { associationResponse, associationShape } from './response.ts'

/** The one line that a test needs: somebody follows, and has registered this mobile. */
export const createAssociation = endpoint({
  id: 'association.create',
  methods: ['POST'],
  path: '/worlds/{world}/associations',
  from: ['path', 'json'],
  summary: {
    en: 'Create a registered person who follows, by mobile; the same mobile again updates the given fields',
    zh: '按手机号建一个已关注、已登记的人；同一手机号再来一次则更新所写的字段',
  },
  status: 201,
  statusIfThere: 200,
  input: associationInput,
  answer: associationShape,
  refusals: [409],
  example: { input: { mobile: '13800138009', name: '王小雨' } },
  handle(call) {
    const account = chooseConnected(call, call.input.account)
    if (isRefusal(account)) return account
    const put = putAssociation(call, account)
    if (isRefusal(put)) return put
    const response = associationResponse(call, account, put)
    return put.isNew ? reply(201, response) : response
  },
})

/** Frees a mobile for its new owner. A POST: mobiles do not belong in addresses. */
export const releaseAssociation = endpoint({
  id: 'association.release',
  methods: ['POST'],
  path: '/worlds/{world}/associations/release',
  from: ['path', 'json'],
  summary: {
    en: 'Release a mobile for its new owner: the previous registration ends',
    zh: '为新号主释放手机号：原来的登记随之解除',
  },
  input: z.strictObject({ world: z.string(), mobile: mobileField, account: accountField }),
  answer: z.object({
    mobile: z.string(),
    account: z.string(),
    eid: z.string(),
    appid: z.string(),
    openid: z.string().meta(words('The previous owner.', '原来登记的人。')),
    source: sourceField,
    registered_at: z.iso.datetime(),
  }),
  refusals: [409],
  example: { input: { mobile: '{wang.mobile}' } },
  handle(call) {
    const { mobile } = call.input
    const account = chooseConnected(call, call.input.account)
    if (isRefusal(account)) return account
    const { key, appid } = account
    call.concern({ eid: account.eid, mobile })
    const eid = eidOf(account)
    const row = release(call, { appid, mobile, ...operator })
    if (!row) return unknownMobile(call, key)
    const { openid, source, created_at } = row
    call.concern({ appid, openid })
    const registered_at = toIso(created_at)
    return { mobile, account: key, eid, appid, openid, source, registered_at }
  },
})

const withdrawInput = z.strictObject({
  world: z.string(),
  mobile: mobileField.optional(),
  openid: openidField
    .optional()
    .meta(
      words(
        'Instead of the mobile; also for somebody who is no longer registered.',
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
    en: "Withdraw a person's consent: their personal data is erased everywhere, anonymous facts remain",
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
          'False: messages and journal are long, and the rest will be erased within seconds.',
          'false：消息和记录很多，其余的几秒内抹去。',
        ),
      ),
  }),
  refusals: [409],
  example: { input: { mobile: '{wang.mobile}' } },
  before(call) {
    const account = chooseConnected(call, call.input.account)
    if (isRefusal(account)) return account
    const openid = chooseOpenid(call, account)
    if (isRefusal(openid)) return openid
    const { key, appid } = account
    const eid = eidOf(account)
    if (!withdraw(call, { appid, openid, ...operator })) return unknownOpenid(call, key)
    return pending({ epoch: call.world.epoch, answer: { account: key, eid, appid } })
  },
  outside: ({ epoch }: Withdrawing, engine) => eraseNow(engine, epoch),
  after({ db }, { epoch, answer }) {
    const left = listErasures(db, { epoch, limit: 1 })
    return { ...answer, erased: left.length === 0 }
  },
})

interface Withdrawing {
  readonly epoch: number
  readonly answer: { readonly account: string; readonly eid: string; readonly appid: string }
}

/** Nothing of what was sent stands in a refusal: the journal keeps those. */
function chooseOpenid(
  call: Call<unknown, z.output<typeof withdrawInput>>,
  { key, appid }: ConnectedAccount,
): string | Refusal {
  const { mobile, openid } = call.input
  if ((mobile === undefined) === (openid === undefined)) {
    return problem('invalid_field', {
      field: 'mobile',
      reason: 'exactly one of mobile and openid must be given',
      fix: 'give mobile or openid',
    })
  }
  if (mobile === undefined) return openid ?? unknownOpenid(call, key)
  const row = findAssociation(call.db, { epoch: call.world.epoch, appid, mobile })
  return row?.openid ?? unknownMobile(call, key)
}

function unknownOpenid(call: Pick<Call, 'endpoint'>, account: string): Refusal {
  return unknownName(call, {
    field: 'openid',
    reason: `nobody with this openid was ever registered with ${account}, or the registration was withdrawn`,
    fix: 'check the openid and the account',
  })
}
