import { z } from 'zod'
import { words } from '../core/field.ts'
import type { Button } from '../wechat/menu/button.ts'

/** A menu button as the phone draws it. */
export const drawnButton = z.object({
  position: z
    .string()
    .meta(words('From 0; in a submenu with a point: "0.1".', '从 0 数起，子按钮用点号："0.1"。')),
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

/** What a phone needs for some buttons that this one has not. */
const needs: Partial<Readonly<Record<NonNullable<Button['type']>, Need>>> = {
  miniprogram: 'mini_program',
  view_limited: 'article',
  article_id: 'article',
  article_view_limited: 'article',
}

export const need = z.enum(['mini_program', 'material', 'article'])

export type Need = z.output<typeof need>

/** What a tap on a button needs that this phone has not; null: nothing. `answered`: the account has answered it with something. */
export function needOf({ type, media_id, value }: Button, answered: boolean): Need | null {
  const isMaterial = media_id !== undefined || (value !== undefined && type !== 'text')
  if (type && needs[type]) return needs[type]
  return isMaterial && !answered ? 'material' : null
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
