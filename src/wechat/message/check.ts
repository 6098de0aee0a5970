import { findFollower } from '../../../db/person.ts'
import type { FollowerRow, OfficialAccountRow, TemplateRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import type { Refusal } from '../../core/refusal.ts'
import { refuse, type WechatCaller } from '../endpoint.ts'
import { isAppid } from '../official-account.ts'
import { templateOf } from '../template.ts'
import { constValuesOf } from '../template-library.ts'
import { checkTemplateData, readTemplateData } from '../value-type.ts'

/** What a send says; the form of all but the first two is looked at here. */
export interface SendInput {
  readonly touser: string
  readonly template_id: string
  readonly url?: unknown
  readonly miniprogram?: unknown
  readonly client_msg_id?: unknown
  readonly data?: unknown
}
export type SendCall = Call<WechatCaller, unknown>

/** A send that nothing speaks against. */
export interface Checked {
  readonly follower: FollowerRow
  readonly template: TemplateRow
  readonly data: ReadonlyMap<string, string>
}

/** Template, receiver, mini program and data, in WeChat's order as far as reports show one. */
export async function checkSend(call: SendCall, send: SendInput): Promise<Checked | Refusal> {
  const { db, world, caller, steps } = call
  const { appid } = caller.account
  const template = await templateOf(call, send.template_id)
  if (template?.appid !== appid || template.state !== 'active') {
    return refuse(40037, {
      rule: 'template.known',
      actual: send.template_id,
      expected: 'an active template of this account',
    })
  }
  const follower = await findFollower(db, world.epoch, send.touser)
  if (follower?.appid !== appid) {
    return refuse(40003, {
      rule: 'follower.known',
      actual: send.touser,
      expected: 'an openid of this official account',
    })
  }
  steps.push('template.known', 'follower.known')
  const no = refuseFollower(follower) ?? refuseMiniprogram(send.miniprogram)
  if (no) return no
  const data = readTemplateData(send.data)
  const unfit = refuseData(caller.account, template, data)
  if (unfit) return unfit
  steps.push('follower.following', 'data.valid')
  return { follower, template, data }
}

function refuseFollower(follower: FollowerRow): Refusal | undefined {
  const { state, person, appid, openid } = follower
  const row = { openid, state }
  const input = { person, account: appid }
  if (state === 'never' || state === 'unfollowed') {
    return refuse(43004, {
      rule: 'follower.following',
      row,
      actual: state,
      expected: 'following',
      fix: { call: 'phone.follow', input },
    })
  }
  if (state === 'muted') {
    return refuse(43101, {
      rule: 'follower.unmuted',
      row,
      actual: state,
      expected: 'following',
      fix: { call: 'phone.unmute', input },
    })
  }
  return undefined
}

/** `null`, `""`, `[]` and an empty appid are what SDKs send for "no mini program". */
function refuseMiniprogram(miniprogram: unknown): Refusal | undefined {
  if (typeof miniprogram !== 'object' || miniprogram === null || Array.isArray(miniprogram))
    return undefined
  const { appid, pagepath, path } = miniprogram as {
    appid?: unknown
    pagepath?: unknown
    path?: unknown
  }
  if (appid === undefined || appid === null || appid === '') return undefined
  if (typeof appid !== 'string' || !isAppid(appid)) {
    return refuse(40013, {
      rule: 'miniprogram.appid',
      actual: appid,
      expected: 'wx and 16 hex digits',
    })
  }
  // Some clients call it path.
  const page = pagepath || path
  if (typeof page !== 'string' || /^(?:index)?(?:\?|$)/.test(page)) {
    return refuse(40165, {
      rule: 'miniprogram.pagepath',
      actual: page ?? null,
      expected: 'a page such as pages/index/index',
    })
  }
  return undefined
}

function refuseData(
  { kind }: OfficialAccountRow,
  template: TemplateRow,
  data: Checked['data'],
): Refusal | undefined {
  const constValues = constValuesOf(template)
  // The sandbox takes any value (a field report of 40 characters in a thing).
  const fault =
    kind === 'sandbox'
      ? undefined
      : checkTemplateData({ content: template.content, data, constValues })
  if (!fault) return undefined
  const step = {
    rule: 'data.valid',
    actual: { [fault.name]: data.get(fault.name) ?? null },
    expected: `a value fit for ${fault.name}`,
  }
  return refuse(47003, step, { ...fault })
}
