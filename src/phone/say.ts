import { z } from 'zod'
import { nextCount } from '../../db/counter.ts'
import type { FollowerRow, OfficialAccountRow } from '../../db/schema.ts'
import type { Call } from '../core/call.ts'
import { endpoint } from '../core/control-endpoint.ts'
import type { Outcome } from '../core/endpoint.ts'
import { words } from '../core/field.ts'
import { baseUrl } from '../core/locate.ts'
import { problem } from '../core/problem.ts'
import { isRefusal } from '../core/refusal.ts'
import { isCleanText } from '../core/request.ts'
import { assetPath } from '../page/asset.ts'
import { putInChat } from '../wechat/chat/chat.ts'
import type { ChatContent } from '../wechat/chat/content.ts'
import { isFollowed } from '../wechat/follower.ts'
import { pushMessage } from '../wechat/push/push.ts'
import { deriveBase64url } from '../world/seed.ts'
import { choose, refuseStranger } from './choose.ts'
import { relation, where } from './field.ts'
import { chatMessage, messageShape, type PhoneMessage } from './message.ts'
import { readHttpUrl, url_length_max } from './open.ts'

const text_length_max = 2000
const menu_id_length_max = 200
/** Of a place in words. */
export const label_length_max = 200

const said = relation.extend({ message: messageShape })

const sayInput = z.strictObject(where)

/** What the three have in common. */
function saying<const V extends string>(verb: V) {
  return {
    id: `phone.${verb}`,
    methods: ['POST'],
    path: `/worlds/{world}/people/{person}/${verb}`,
    from: ['path', 'json'],
    answer: said,
    refusals: [409],
  } as const
}

/** Types a text into the conversation with an account. */
export const textPhone = endpoint({
  ...saying('text'),
  summary: { en: 'The person sends a text to the account', zh: '此人给公众号发一条文字消息' },
  input: sayInput.extend({
    content: z
      .string()
      .min(1)
      .max(text_length_max)
      .refine(isCleanText, 'text without NUL or half a surrogate pair'),
    bizmsgmenuid: z
      .string()
      .min(1)
      .max(menu_id_length_max)
      .refine(isCleanText, 'text without NUL or half a surrogate pair')
      .optional()
      .meta(
        words(
          'The id of the tapped item of a menu message (msgmenu).',
          '点会话菜单（msgmenu）选项发出时，该选项的 id。',
        ),
      ),
  }),
  example: { input: { person: 'li', account: 'acme', content: '第一天在几楼？' } },
  handle: (call) =>
    say(call, () => {
      const { content, bizmsgmenuid } = call.input
      return { type: 'text', content, ...(bizmsgmenuid !== undefined && { bizmsgmenuid }) }
    }),
})

/** Sends a picture: one that lies somewhere, or one of ours. */
export const imagePhone = endpoint({
  ...saying('image'),
  summary: { en: 'The person sends a picture to the account', zh: '此人给公众号发一张图片' },
  input: sayInput.extend({
    url: z
      .string()
      .max(url_length_max)
      .refine((url) => readHttpUrl(url) !== undefined, 'an absolute http or https URL')
      .optional()
      .meta(
        words(
          'The address of the picture. Default: a built-in picture.',
          '图片地址；不填则为我们自带的图片。',
        ),
      ),
  }),
  example: { input: { person: 'li', account: 'acme' } },
  handle: (call) => say(call, (appid) => pictureOf(call, appid, call.input.url)),
})

/** Sends a place. */
export const locationPhone = endpoint({
  ...saying('location'),
  summary: { en: 'The person sends a location to the account', zh: '此人给公众号发一个位置' },
  input: sayInput.extend({
    latitude: coordinate(90),
    longitude: coordinate(180),
    label: z
      .string()
      .max(label_length_max)
      .refine(isCleanText, 'text without NUL or half a surrogate pair')
      .default('')
      .meta(words('The address in words.', '文字地址。')),
  }),
  example: {
    input: {
      person: 'li',
      account: 'acme',
      latitude: '31.231706',
      longitude: '121.472644',
      label: '黄浦区示例路 88 号',
    },
  },
  handle: (call) =>
    say(call, () => {
      const { latitude, longitude, label } = call.input
      return { type: 'location', latitude, longitude, scale: map_scale, label }
    }),
})

/** Degrees, north and east positive, as a number or a text → with six decimals, as WeChat writes them. */
export function coordinate(most: number) {
  const about = words(`Degrees, from -${most} to ${most}.`, `度数，-${most} 到 ${most}。`)
  return z
    .unknown()
    .transform((value, context) => {
      const isGiven = typeof value === 'number' || /^-?\d{1,3}(\.\d{1,15})?$/.test(String(value))
      if (isGiven && Math.abs(Number(value)) <= most) return Number(value).toFixed(6)
      context.addIssue({ code: 'custom', message: `a number from -${most} to ${most}` })
      return z.NEVER
    })
    .meta({ type: ['number', 'string'], ...about })
}

/** How near the phone's map is, as WeChat tells it of a place that was sent. */
const map_scale = 16

/** A picture as a message; without an address one of ours. */
export function pictureOf(call: Call, appid: string, url?: string): ChatContent {
  const pic_url = url ?? `${baseUrl(call)}${assetPath('photo.png')}`
  return { type: 'image', media_id: mediaId(call, appid), pic_url }
}

/** The id by which an account may download what was sent; the nth of its account. */
function mediaId({ db, world }: Call, appid: string): string {
  const n = nextCount(db, { epoch: world.epoch, purpose: 'media', key: appid })
  return deriveBase64url(64, world, 'media', appid, n)
}

/** Puts a message of a person into the conversation, if there is one at our WeChat. */
function say(
  call: Call<unknown, { person: string; account?: string | undefined }>,
  contentFor: (appid: string) => ChatContent,
): Outcome {
  const chosen = choose(call, call.input)
  if (isRefusal(chosen)) return chosen
  const { person, account, appid, official, follower } = chosen
  if (!official) {
    const reason = `the WeChat of ${account?.key ?? appid} is elsewhere`
    const fix = 'write to an account whose gateway is local'
    return problem('conflict', { field: 'account', reason, fix })
  }
  if (!follower || !isFollowed(follower.state)) return refuseStranger(chosen)
  const { openid, state } = follower
  const message = sendToAccount(call, { official, follower }, contentFor(appid))
  return { person: person.person, account: account?.key ?? null, appid, openid, state, message }
}

/** Lets a person write to an account: it stands in the conversation, and is pushed. */
export function sendToAccount(
  call: Call,
  { official, follower }: { readonly official: OfficialAccountRow; readonly follower: FollowerRow },
  content: ChatContent,
): PhoneMessage {
  const row = putInChat(call, { account: official, follower, sender: 'person' }, content)
  pushMessage(call, official, row, content)
  return chatMessage(row)
}
