import { hash } from 'node:crypto'
import { z } from 'zod'
import type { FollowerRow, OfficialAccountRow } from '../../db/schema.ts'
import type { Call } from '../core/call.ts'
import { endpoint } from '../core/control-endpoint.ts'
import { words } from '../core/field.ts'
import { useOneOf } from '../core/nearest.ts'
import { problem, unknownName } from '../core/problem.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import { isCleanText } from '../core/request.ts'
import type { XmlField } from '../core/xml.ts'
import { assetBytes } from '../page/asset.ts'
import { putInChat } from '../wechat/chat/chat.ts'
import type { ChatContent } from '../wechat/chat/content.ts'
import { noteInteraction } from '../wechat/custom/interaction.ts'
import { isFollowed } from '../wechat/follower.ts'
import type { Button } from '../wechat/menu/button.ts'
import { menuFor } from '../wechat/menu/conditional.ts'
import { shownButtons } from '../wechat/menu/menu.ts'
import { answerTo } from './answer.ts'
import { type Chosen, choose, refuseStranger } from './choose.ts'
import { placeOf, pushTap } from './event.ts'
import { accountKey, where } from './field.ts'
import { eventOf, listButtons, need, needOf, type Placed, replyOf } from './menu.ts'
import { chatMessage, messageShape, type PhoneMessage } from './message.ts'
import { linkFor, readHttpUrl } from './open.ts'
import { coordinate, label_length_max, pictureOf, sendToAccount } from './say.ts'

const scanned_length_max = 2000
/** WeChat's own picker takes no more at a time. */
const pictures_max = 9

/** What became of a tap. */
export const tapShape = z.object({
  person: z.string(),
  account: accountKey,
  appid: z.string(),
  button: z.string(),
  position: z.string(),
  type: z
    .string()
    .nullable()
    .meta(words('Null: it only opens the buttons below it.', 'null：只用来展开子按钮。')),
  url: z
    .string()
    .nullable()
    .meta(
      words('The page that it opens, as this person sees it.', '打开的页面，即此人所见的地址。'),
    ),
  pushed: z
    .object({ event: z.string(), event_key: z.string() })
    .nullable()
    .meta(words('The event that WeChat pushes to the account.', '微信要推送给公众号的事件。')),
  needs: need
    .nullable()
    .meta(
      words(
        'What a real phone would provide, but this one does not have.',
        '真手机会要求、而这里没有的东西。',
      ),
    ),
  messages: z
    .array(messageShape)
    .meta(
      words(
        'What it added to the conversation: pictures and locations sent, and the account’s automatic answers.',
        '因此出现在会话中的消息：发出的图片和位置，以及公众号自动回复的内容。',
      ),
    ),
  reply: z
    .string()
    .nullable()
    .meta(
      words(
        'The text that the account answers at once, for a button created in WeChat’s console.',
        '公众号立即回复的文字；仅在微信后台设置的文字按钮有。',
      ),
    ),
  buttons: z.array(z.object({ position: z.string(), name: z.string() })),
})

export type TapResponse = z.output<typeof tapShape>

const text = (most: number) =>
  z.string().max(most).refine(isCleanText, 'text without NUL or half a surrogate pair')

/** What a person scans, takes or chooses for a button that asks for it. */
const details = {
  scanned: text(scanned_length_max)
    .min(1)
    .default('https://hr.example.com/')
    .meta(words('The content of the code, if the button scans one.', '扫码类按钮：码的内容。')),
  scan_type: z
    .enum(['qrcode', 'barcode'])
    .default('qrcode')
    .meta(
      words(
        'For a barcode, the account gets CODE_128 in front of it.',
        '条形码的结果前会带 CODE_128。',
      ),
    ),
  pictures: z
    .int()
    .min(1)
    .max(pictures_max)
    .default(1)
    .meta(words('How many, if the button asks for pictures.', '发图类按钮：图片张数。')),
  latitude: coordinate(90).optional(),
  longitude: coordinate(180).optional(),
  label: text(label_length_max)
    .default('')
    .meta(
      words('The address in words, if the button asks for a location.', '位置类按钮：文字地址。'),
    ),
  poiname: text(label_length_max).default('').meta(words('The name of the place.', '地点名称。')),
}
type Details = z.output<z.ZodObject<typeof details>>

/** A tap on a button of an account's menu: what it opens, or what WeChat tells the account. */
export const tapPhone = endpoint({
  id: 'phone.tap',
  methods: ['POST'],
  path: '/worlds/{world}/people/{person}/tap',
  from: ['path', 'json'],
  summary: { en: "The person taps a button of the account's menu", zh: '此人点公众号菜单上的按钮' },
  input: z.strictObject({
    ...where,
    button: z
      .string()
      .meta(
        words(
          'Its name, or its position: "0", below it "0.1".',
          '按钮的名称或位置："0"，其下为 "0.1"。',
        ),
      ),
    ...details,
  }),
  answer: tapShape,
  refusals: [409],
  example: { input: { person: 'li', account: 'acme', button: '入职登记' } },
  handle(call) {
    const chosen = choose(call, call.input)
    if (isRefusal(chosen)) return chosen
    if (!isFollowed(chosen.follower?.state)) return refuseStranger(chosen)
    const placed = findButton(call, chosen, call.input.button)
    return isRefusal(placed) ? placed : tap(call, chosen, placed, call.input)
  },
})

function findButton(call: Call, chosen: Chosen, wanted: string): Placed | Refusal {
  const { account, appid } = chosen
  const menu = menuFor(call, appid, chosen)
  if (!menu) {
    return problem('conflict', {
      field: 'button',
      reason: `${account?.key ?? appid} has no menu`,
      fix: 'make one with menu.create',
    })
  }
  const all = listButtons(menu)
  const found =
    all.find(({ button }) => button.name === wanted) ??
    all.find(({ position }) => position === wanted)
  if (found) return found
  const names = all.map(({ button }) => button.name)
  const reason = `the menu has no button ${wanted}`
  return unknownName(call, { field: 'button', reason, fix: useOneOf(wanted, names) })
}

/** The buttons whose taps let the account write. Source: the platform's page on customer-service messages. */
const opens_window: readonly Button['type'][] = ['click', 'scancode_push', 'scancode_waitmsg']

function tap(call: Call, chosen: Chosen, { button, position }: Placed, given: Details) {
  const { person, account, appid, official, follower } = chosen
  const { name, type, sub_button } = button
  const [absolute] = shownButtons(call, [button])
  const pushed = eventOf(absolute ?? button)
  if (pushed) call.steps.push({ rule: 'menu.pushed', row: { ...pushed } })
  if (follower && type && opens_window.includes(type)) noteInteraction(call, follower, 'menu')
  const messages = official && follower ? happen(call, { official, follower }, button, given) : []
  const url = type === 'scancode_push' ? readHttpUrl(given.scanned)?.href : button.url
  return {
    person: person.person,
    account: account?.key ?? null,
    appid,
    button: name,
    position,
    type: type ?? null,
    url: url === undefined ? null : (linkFor(call, person, url) ?? null),
    pushed,
    needs: needOf(button, messages.length > 0),
    messages,
    reply: replyOf(button),
    buttons: sub_button.map((below: Button, i) => ({
      position: `${position}.${i}`,
      name: below.name,
    })),
  }
}

interface Between {
  readonly official: OfficialAccountRow
  readonly follower: FollowerRow
}

/** What a tap does: the event first, then what was sent with it; or what the account has put on the button. */
function happen(call: Call, at: Between, button: Button, given: Details): PhoneMessage[] {
  const { official, follower } = at
  const [absolute] = shownButtons(call, [button])
  const pushed = eventOf(absolute ?? button)
  if (!pushed) {
    const answer = answerTo(call, official, button)
    if (!answer) return []
    return [
      chatMessage(putInChat(call, { account: official, follower, sender: 'account' }, answer)),
    ]
  }
  const { details: fields, sent } = readDetails(call, at, button, given)
  pushTap(call, official, follower, { ...pushed, details: fields })
  return sent.map((content) => sendToAccount(call, at, content))
}

interface Done {
  readonly details: readonly XmlField[]
  /** What the person sends with it, behind the event. */
  readonly sent: readonly ChatContent[]
}

/** What a person has scanned, taken or chosen, as the event tells it. Source: developers.weixin.qq.com: Custom_Menu_Push_Events. */
function readDetails(call: Call, { official, follower }: Between, button: Button, given: Details) {
  switch (button.type) {
    case 'scancode_push':
    case 'scancode_waitmsg':
      return { details: [scanField(given)], sent: [] } satisfies Done
    case 'pic_sysphoto':
    case 'pic_photo_or_album':
    case 'pic_weixin':
      return picturesOf(call, official, given.pictures)
    case 'location_select':
      return placeFor(call, follower, given)
    default:
      return { details: [], sent: [] } satisfies Done
  }
}

function scanField({ scan_type, scanned }: Details): XmlField {
  const result = scan_type === 'barcode' ? `CODE_128,${scanned}` : scanned
  return [
    'ScanCodeInfo',
    [
      ['ScanType', scan_type],
      ['ScanResult', result],
    ],
  ]
}

function picturesOf(call: Call, { appid }: OfficialAccountRow, count: number): Done {
  const sum = hash('md5', assetBytes('photo.png'))
  const item: XmlField = ['item', [['PicMd5Sum', sum]]]
  const list: XmlField = ['PicList', Array.from({ length: count }, () => item)]
  const sent = Array.from({ length: count }, () => pictureOf(call, appid))
  return { details: [['SendPicsInfo', [['Count', { bare: String(count) }], list]]], sent }
}

/** How near the map of the picker is, as it was recorded. */
const map_scale = 15

function placeFor(call: Call, { person }: FollowerRow, given: Details): Done {
  const own = placeOf(call, person)
  const { latitude = own.latitude, longitude = own.longitude, label, poiname } = given
  const details: XmlField[] = [
    ['Location_X', latitude],
    ['Location_Y', longitude],
    ['Scale', String(map_scale)],
    ['Label', label],
    ['Poiname', poiname],
  ]
  const sent = [{ type: 'location', latitude, longitude, scale: map_scale, label }] as const
  return { details: [['SendLocationInfo', details]], sent }
}
