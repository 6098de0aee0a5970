import { z } from 'zod'
import type { FollowerRow } from '../../../db/schema.ts'
import { insertTemplateMessage } from '../../../db/template-message.ts'
import { topics } from '../../../db/topic.ts'
import type { Call } from '../../core/call.ts'
import { errcodes, words } from '../../core/field.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import { refuse, type WechatCaller } from '../caller.ts'
import { followerOf } from '../follower.ts'
import { drawMsgid, ownText, refuseBlacklisted } from '../message/send.ts'

export const text = z.string().refine(isCleanText)
export const touser = errcodes(text.regex(/^o[\w-]{27}$/), {
  missing: 40003,
  type: 40003,
  invalid: 40003,
})
/** The codes belong to the very schema: what is added to it later loses them. */
export const templateField = (schema: z.ZodType<string>) =>
  errcodes(schema, { missing: 40037, type: 40037, invalid: 40037 })
export const templateText = text.regex(/^[\w-]{43}$/)
export const link = z
  .unknown()
  .optional()
  .meta({ type: 'string', ...words('Opened by a tap on it.', '点通知时打开。') })
export const miniprogram = z
  .unknown()
  .optional()
  .meta({
    type: 'object',
    ...words(
      'appid and pagepath; takes precedence over the link.',
      'appid 和 pagepath；优先于链接。',
    ),
  })

export type SendCall = Call<WechatCaller, unknown>

/** What a template that is not the account's is answered. */
export function refuseTemplate(template_id: string): Refusal {
  const expected = 'a template of subscription notifications of this account'
  return refuse(40037, { rule: 'template.known', actual: template_id, expected })
}

/** Whom it is for: nobody has to follow, but nobody may be on the blacklist. */
export function receiver(call: SendCall, openid: string): FollowerRow | Refusal {
  const { account } = call.caller
  call.concern({ appid: account.appid, openid })
  const follower = followerOf(call, account, openid)
  if (isRefusal(follower)) return follower
  call.steps.push('follower.known')
  return follower.blacklisted_at === null ? follower : refuseBlacklisted(follower)
}

/** Keeps it among the messages of the account; whoever blocks those does not see it. Answers its msgid. */
export function accept(
  call: SendCall,
  follower: FollowerRow,
  of: { template_id: string; title: string; shown: object; url: unknown },
): string {
  const { db, world, caller } = call
  const { template_id, title, shown, url } = of
  const msgid = drawMsgid(call, caller.account)
  const isBlocking = follower.state === 'blocking'
  insertTemplateMessage(db, {
    epoch: world.epoch,
    msgid,
    appid: caller.account.appid,
    openid: follower.openid,
    template_id,
    title,
    shown: JSON.stringify(shown),
    url: ownText(url) ?? '',
    on_phone: isBlocking ? 0 : 1,
    accepted_at: world.now,
    client_msg_id: null,
    receipt: isBlocking ? 'user_block' : 'success',
    receipt_at: world.now,
    due_at: null,
  })
  db.announce(world.epoch, topics.phone(follower.person))
  return msgid
}
