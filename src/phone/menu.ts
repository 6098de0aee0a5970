import { z } from 'zod'
import type { Call } from '../core/call.ts'
import { endpoint } from '../core/control-endpoint.ts'
import { words } from '../core/field.ts'
import { useOneOf } from '../core/nearest.ts'
import { problem, unknownName } from '../core/problem.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import { noteInteraction } from '../wechat/custom/interaction.ts'
import { isFollowed } from '../wechat/follower.ts'
import type { Button } from '../wechat/menu/button.ts'
import { menuFor } from '../wechat/menu/conditional.ts'
import { shownButtons } from '../wechat/menu/menu.ts'
import { type Chosen, choose, refuseStranger } from './choose.ts'
import { pushTap } from './event.ts'
import { accountKey, where } from './field.ts'
import { linkFor } from './open.ts'

/** A menu button as the phone draws it. */
export const drawnButton = z.object({
  position: z
    .string()
    .meta(words('From 0, below a button with a point: "0.1".', '从 0 数起，子按钮用点号："0.1"。')),
  name: z.string(),
  type: z
    .string()
    .nullable()
    .meta(words('Null: it only opens the buttons below it.', 'null：只用来展开子按钮。')),
  key: z.string().nullable(),
  url: z.string().nullable(),
})

export type DrawnButton = z.output<typeof drawnButton>

export type DrawnParent = DrawnButton & { readonly buttons: DrawnButton[] }

/** A menu in the order in which it is drawn, each button with its position. */
export function drawnMenu(buttons: readonly Button[]): DrawnParent[] {
  return buttons.map((button, i) => ({
    ...drawn(button, `${i}`),
    buttons: button.sub_button.map((below, j) => drawn(below, `${i}.${j}`)),
  }))
}

function drawn({ name, type, key, url }: Button, position: string): DrawnButton {
  return { position, name, type: type ?? null, key: key ?? null, url: url ?? null }
}

/** A button with its place in the menu. */
export interface Placed {
  readonly position: string
  readonly button: Button
}

/** All buttons of a menu, each before those below it. */
export function listButtons(menu: readonly Button[]): Placed[] {
  return menu.flatMap((button, i) => [
    { position: `${i}`, button },
    ...button.sub_button.map((below, j) => ({ position: `${i}.${j}`, button: below })),
  ])
}

/** What a phone needs besides a tap. */
const needs: Partial<Readonly<Record<NonNullable<Button['type']>, Need>>> = {
  miniprogram: 'mini_program',
  scancode_push: 'scan',
  scancode_waitmsg: 'scan',
  pic_sysphoto: 'photo',
  pic_photo_or_album: 'photo',
  pic_weixin: 'photo',
  location_select: 'location',
  media_id: 'material',
  view_limited: 'material',
  article_id: 'article',
  article_view_limited: 'article',
  img: 'material',
  voice: 'material',
  video: 'material',
  news: 'article',
}

export const need = z.enum(['mini_program', 'scan', 'photo', 'location', 'material', 'article'])

export type Need = z.output<typeof need>

/** What a tap on a button needs that this phone has not; null: nothing. */
export function needOf({ type }: Button): Need | null {
  return (type && needs[type]) ?? null
}

/** An event that a tap makes WeChat push to the account. */
export interface PushedEvent {
  readonly event: string
  readonly event_key: string
}

/** What a tap makes WeChat push, in its words; null: nothing. Source: developers.weixin.qq.com: menu events. */
export function eventOf({ type, key, url, pagepath }: Button): PushedEvent | null {
  if (type === 'click') return { event: 'CLICK', event_key: key ?? '' }
  if (type === 'view') return { event: 'VIEW', event_key: url ?? '' }
  if (type === 'miniprogram') return { event: 'view_miniprogram', event_key: pagepath ?? '' }
  return type && key !== undefined ? { event: type, event_key: key } : null
}

/** With which text the account answers a tap at once; null: with none. */
export function replyOf({ type, value }: Button): string | null {
  return type === 'text' ? (value ?? null) : null
}

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
    .meta(words('The event that WeChat has for the account.', '微信要推送给公众号的事件。')),
  needs: need
    .nullable()
    .meta(
      words(
        'What a real phone would ask for, and this one has not.',
        '真手机会要求、而这里没有的东西。',
      ),
    ),
  reply: z
    .string()
    .nullable()
    .meta(
      words(
        'The text that the account answers at once, of a button made in WeChat’s console.',
        '公众号立即回复的文字；仅在微信后台设置的文字按钮有。',
      ),
    ),
  buttons: z.array(z.object({ position: z.string(), name: z.string() })),
})

export type TapResponse = z.output<typeof tapShape>

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
  }),
  answer: tapShape,
  refusals: [409],
  example: { input: { person: 'li', account: 'acme', button: '入职登记' } },
  handle(call) {
    const chosen = choose(call, call.input)
    if (isRefusal(chosen)) return chosen
    if (!isFollowed(chosen.follower?.state)) return refuseStranger(chosen)
    const placed = findButton(call, chosen, call.input.button)
    return isRefusal(placed) ? placed : tap(call, chosen, placed)
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

function tap(call: Call, chosen: Chosen, { button, position }: Placed) {
  const { person, account, appid, official, follower } = chosen
  const { name, type, url, sub_button } = button
  const [absolute] = shownButtons(call, [button])
  const pushed = eventOf(absolute ?? button)
  if (pushed) {
    call.steps.push({ rule: 'menu.pushed', row: { ...pushed } })
    if (follower) pushTap(call, official, follower, pushed)
  }
  if (follower && type && opens_window.includes(type)) noteInteraction(call, follower, 'menu')
  return {
    person: person.person,
    account: account?.key ?? null,
    appid,
    button: name,
    position,
    type: type ?? null,
    url: url === undefined ? null : (linkFor(call, person, url) ?? null),
    pushed,
    needs: needOf(button),
    reply: replyOf(button),
    buttons: sub_button.map((below: Button, i) => ({
      position: `${position}.${i}`,
      name: below.name,
    })),
  }
}
