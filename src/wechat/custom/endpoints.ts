import { z } from 'zod'
import type { FollowerRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { errcodes, words } from '../../core/field.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import { putInChat } from '../chat/chat.ts'
import { endpoint, ok, okShape, refuse, type WechatCaller } from '../endpoint.ts'
import { followerOf } from '../follower.ts'
import { refuseBlacklisted } from '../message/send.ts'
import { readCustom } from './content.ts'
import { openWindow, showTyping, useWindow } from './interaction.ts'

const touser = () =>
  errcodes(
    z.string().refine((text) => isCleanText(text) && /^o[\w-]{27}$/.test(text)),
    {
      missing: 40003,
      type: 40003,
      invalid: 40003,
    },
  )

/** The object of a msgtype, which the handler reads. */
const object = (en: string, zh: string) =>
  z
    .unknown()
    .optional()
    .meta({ type: 'object', ...words(en, zh) })

/** One customer-service message, within what the person's last doings allow. */
export const sendCustomMessage = endpoint({
  id: 'custom_message.send',
  methods: ['POST'],
  path: '/cgi-bin/message/custom/send',
  from: ['json'],
  summary: { en: 'Send a customer-service message', zh: '发送客服消息' },
  source: {
    en: 'developers.weixin.qq.com: sendCustomMessage; codes from field reports, their order is ours',
    zh: 'developers.weixin.qq.com: sendCustomMessage；错误码来自使用者的报告，先后顺序是我们定的',
  },
  credential: 'access_token',
  permission: 'customer messages',
  // Of a form it says only that it has no receiver (a field report).
  readAsEmpty: 'form',
  input: z.object({
    touser: touser(),
    msgtype: z
      .unknown()
      .optional()
      .meta({
        type: 'string',
        ...words('The name of the object that follows.', '后面那个对象的名称。'),
      }),
    text: object(
      'content: at most 2048 bytes, with <a href> as links.',
      'content：最多 2048 字节，<a href> 为链接。',
    ),
    image: object('media_id from media/upload.', 'media/upload 所得的 media_id。'),
    voice: object('media_id.', 'media_id。'),
    video: object(
      'media_id, thumb_media_id, title, description.',
      'media_id、thumb_media_id、title、description。',
    ),
    music: object(
      'title, description, musicurl, hqmusicurl, thumb_media_id.',
      'title、description、musicurl、hqmusicurl、thumb_media_id。',
    ),
    news: object(
      'articles: one, with title, description, url, picurl.',
      'articles：一条，含 title、description、url、picurl。',
    ),
    mpnews: object(
      'media_id of a permanent material: there are none here.',
      '永久图文的 media_id：这里没有永久素材。',
    ),
    mpnewsarticle: object(
      'article_id of a published article: there are none here.',
      '已发布图文的 article_id：这里没有已发布的图文。',
    ),
    msgmenu: object(
      'head_content, list of id and content, tail_content; a tap on an item sends its content.',
      'head_content、list（id 和 content）、tail_content；点选项即发送其 content。',
    ),
    miniprogrampage: object(
      'title, appid of a mini program bound to the account, pagepath, thumb_media_id.',
      'title、已关联小程序的 appid、pagepath、thumb_media_id。',
    ),
    wxcard: object('card_id.', 'card_id。'),
  }),
  answer: okShape,
  refusals: [
    40003, 43019, 45162, 44004, 45002, 40007, 44003, 45008, 53600, 40200, 40013, 40168, 40165,
    40073, 45015, 45047,
  ],
  example: {
    input: { touser: '{li.openid}', msgtype: 'text', text: { content: '面试在三楼' } },
    after: [{ call: 'phone.text', input: { person: 'li', account: 'acme', content: '在几楼？' } }],
  },
  handle(call) {
    const { account } = call.caller
    const follower = receiver(call)
    if (isRefusal(follower)) return follower
    const content = readCustom(call.input, { scope: call, account })
    if (isRefusal(content)) return content
    const window = openWindow(call, follower)
    if (isRefusal(window)) return window
    call.steps.push('msgtype.valid', 'window.open', 'window.left')
    useWindow(call, window)
    putInChat(call, { account, follower, sender: 'account' }, content)
    return ok
  },
})

/** Shows a person that somebody types, for fifteen seconds, or no longer. */
export const setCustomTyping = endpoint({
  id: 'custom_typing.set',
  methods: ['POST'],
  path: '/cgi-bin/message/custom/typing',
  from: ['json'],
  summary: { en: 'Show a typing indicator', zh: '下发客服输入状态' },
  source: {
    en: 'developers.weixin.qq.com: setTyping; that it lasts fifteen seconds is our memory',
    zh: 'developers.weixin.qq.com: setTyping；持续十五秒凭我们的记忆',
  },
  credential: 'access_token',
  permission: 'customer messages',
  input: z.object({
    touser: touser(),
    command: errcodes(z.enum(['Typing', 'CancelTyping']), {
      missing: 45072,
      type: 45072,
      invalid: 45072,
    }),
  }),
  answer: okShape,
  refusals: [40003, 45072, 40200, 45080, 45081],
  example: {
    input: { touser: '{li.openid}', command: 'Typing' },
    after: [{ call: 'phone.text', input: { person: 'li', account: 'acme', content: '在吗？' } }],
  },
  handle(call) {
    const { account } = call.caller
    const follower = receiver(call)
    if (isRefusal(follower)) return follower
    if (account.kind === 'sandbox') {
      const expected = 'a verified account that is no test account'
      return refuse(40200, { rule: 'typing.permitted', actual: account.kind, expected })
    }
    return showTyping(call, follower, call.input.command) ?? ok
  },
})

/** Whom it is for, if the account has not put the person on its blacklist. */
function receiver(call: Call<WechatCaller, { readonly touser: string }>): FollowerRow | Refusal {
  const { account } = call.caller
  const { touser } = call.input
  call.concern({ appid: account.appid, openid: touser })
  const follower = followerOf(call, account, touser)
  if (isRefusal(follower)) return follower
  call.steps.push('follower.known')
  return follower.blacklisted_at === null ? follower : refuseBlacklisted(follower)
}
