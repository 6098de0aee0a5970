import { z } from 'zod'
import { words } from '../core/field.ts'
import type { Button, ButtonType } from '../wechat/menu/button.ts'

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
const needs: Partial<Readonly<Record<ButtonType, Need>>> = {
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
export function eventOf({ type, key, url }: Button): PushedEvent | null {
  if (type === 'click') return { event: 'CLICK', event_key: key ?? '' }
  if (type === 'view') return { event: 'VIEW', event_key: url ?? '' }
  return type && key !== undefined ? { event: type, event_key: key } : null
}
