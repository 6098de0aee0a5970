import { findMenu, upsertMenu } from '../../../db/menu.ts'
import type { MenuRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { baseUrl } from '../../core/locate.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import type { Scope } from '../../world/world.ts'
import type { WechatCaller } from '../caller.ts'
import { linkedMiniprograms } from '../official-account.ts'
import { type Button, readMenu } from './button.ts'

/** The buttons of an official account's menu, links of our own still relative; undefined: it has no menu. */
export function menuOf(call: Scope, appid: string): Button[] | undefined {
  const row = findMenu(call.db, call.world.epoch, appid)
  return row && (JSON.parse(row.buttons) as Button[])
}

/** The same, unless it was made in WeChat's console, of which the call that reads menus knows nothing. */
export function apiMenuOf(call: Scope, appid: string): Button[] | undefined {
  const row = findMenu(call.db, call.world.epoch, appid)
  return row?.origin === 'api' ? (JSON.parse(row.buttons) as Button[]) : undefined
}

/** Gives the caller's account the menu that the fields describe. Undefined: it has it. */
export function replaceMenu(
  call: Call<WechatCaller, unknown>,
  fields: Call['fields'],
): Refusal | undefined {
  const buttons = readButtons(call, fields)
  if (isRefusal(buttons)) return buttons
  putMenu(call, call.caller.account.appid, buttons)
  return undefined
}

/** The buttons that the fields describe, as they are stored for the caller's account. */
export function readButtons(
  call: Call<WechatCaller, unknown>,
  fields: Call['fields'],
): Button[] | Refusal {
  const buttons = readMenu(fields, linkedMiniprograms(call.caller.account))
  if (isRefusal(buttons)) return buttons
  call.steps.push('menu.buttons')
  return storedButtons(call, buttons)
}

/** Gives an official account a menu in place of the one it had. A url that begins with `/` is one of our own pages. */
export function putMenu(
  call: Scope,
  appid: string,
  buttons: readonly Button[],
  origin: MenuRow['origin'] = 'api',
): void {
  const { db, world } = call
  upsertMenu(db, {
    epoch: world.epoch,
    appid,
    buttons: JSON.stringify(buttons),
    created_at: world.now,
    origin,
  })
}

type Where = Parameters<typeof baseUrl>[0]

/** Buttons as the wire shows them: links of our own with the origin that the call came to. */
export function shownButtons(call: Where, buttons: readonly Button[]): Button[] {
  const base = baseUrl(call)
  return mapUrls(buttons, (url) => (url.startsWith('/') ? base + url : url))
}

/** Buttons as they are stored: links of our own without their origin, so that another port breaks none. */
export function storedButtons(call: Where, buttons: readonly Button[]): Button[] {
  const base = baseUrl(call)
  return mapUrls(buttons, (url) => (url.startsWith(`${base}/`) ? url.slice(base.length) : url))
}

function mapUrls(buttons: readonly Button[], map: (url: string) => string): Button[] {
  return buttons.map((button) => ({
    ...button,
    ...(button.url === undefined ? {} : { url: map(button.url) }),
    sub_button: mapUrls(button.sub_button, map),
  }))
}

/** A button as `get_current_selfmenu_info` shows it: only a parent has `sub_button`, with a list in it. */
export function nestedButton({ sub_button, ...own }: Button): Record<string, unknown> {
  return sub_button.length === 0
    ? own
    : { ...own, sub_button: { list: sub_button.map(nestedButton) } }
}
