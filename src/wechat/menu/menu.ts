import { findMenu, upsertMenu } from '../../../db/menu.ts'
import type { Call } from '../../core/call.ts'
import { baseUrl } from '../../core/locate.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import type { Scope } from '../../world/world.ts'
import type { WechatCaller } from '../caller.ts'
import { type Button, readMenu } from './button.ts'

/** The buttons of an official account's menu, links of our own still relative; undefined: it has no menu. */
export function menuOf(call: Scope, appid: string): Button[] | undefined {
  const row = findMenu(call.db, call.world.epoch, appid)
  return row && (JSON.parse(row.buttons) as Button[])
}

/** Gives the caller's account the menu that the fields describe. Undefined: it has it. */
export function replaceMenu(
  call: Call<WechatCaller, unknown>,
  fields: Call['fields'],
): Refusal | undefined {
  const buttons = readMenu(fields)
  if (isRefusal(buttons)) return buttons
  call.steps.push('menu.buttons')
  putMenu(call, call.caller.account.appid, storedButtons(call, buttons))
  return undefined
}

/** Gives an official account a menu in place of the one it had. A url that begins with `/` is one of our own pages. */
export function putMenu(call: Scope, appid: string, buttons: readonly Button[]): void {
  const { db, world } = call
  upsertMenu(db, {
    epoch: world.epoch,
    appid,
    buttons: JSON.stringify(buttons),
    created_at: world.now,
  })
}

type Where = Parameters<typeof baseUrl>[0]

/** Buttons as the wire shows them: links of our own with the origin that the call came to. */
export function shownButtons(call: Where, buttons: readonly Button[]): Button[] {
  const base = baseUrl(call)
  return mapUrls(buttons, (url) => (url.startsWith('/') ? base + url : url))
}

/** Buttons as they are stored: links of our own without their origin, so that another port breaks none. */
function storedButtons(call: Where, buttons: readonly Button[]): Button[] {
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
