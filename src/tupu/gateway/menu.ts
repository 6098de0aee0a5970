import type { AccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import type { Engine } from '../../core/engine.ts'
import { within } from '../../core/invoke.ts'
import type { Refusal } from '../../core/refusal.ts'
import { createMenu } from '../../wechat/menu/endpoints.ts'
import { menuOf, replaceMenu, shownButtons } from '../../wechat/menu/menu.ts'
import { officialAccountOf } from '../../wechat/official-account.ts'
import type { RemoteGateway } from './config.ts'
import { type MenuItem, pointAt, type RegisterItem, readSelfmenu } from './menu-item.ts'
import type { OutwardCall } from './outward.ts'
import { type RemoteAnswer, RemoteTalk } from './remote.ts'

/** Why the item could not be put into the menu: there is no room, or what WeChat says. */
export type MenuFault =
  | { readonly kind: 'full' }
  | { readonly kind: 'refused'; readonly errcode: number; readonly errmsg: string }
  | { readonly kind: 'none'; readonly detail: string }

/** Puts the item into the menu at our own WeChat, by its own call, in the caller's unit. Undefined: it is there. */
export async function publishLocally(
  call: Call,
  { appid }: Pick<AccountRow, 'appid'>,
  item: RegisterItem,
): Promise<MenuFault | undefined> {
  const account = appid === null ? undefined : await officialAccountOf(call, appid)
  if (!account) throw new Error(`the official account ${appid} of an account is missing`)
  const button = pointAt(await shownMenu(call, account.appid), item)
  if (!button) return { kind: 'full' }
  const at = { endpoint: createMenu, caller: { account } }
  const no = await within(call, at, (inner) => replaceMenu(inner, { button }))
  return no && refusedBy(call, no)
}

async function shownMenu(call: Call, appid: string): Promise<MenuItem[]> {
  const buttons = shownButtons(call, (await menuOf(call, appid)) ?? [])
  return buttons.map((button) => ({ ...button }))
}

function refusedBy({ steps }: Call, { step, code, text }: Refusal): MenuFault {
  steps.push(step)
  return { kind: 'refused', errcode: code, errmsg: text }
}

/** The same at a WeChat somewhere. What its console made and no call can make is refused by that WeChat. */
export async function publishRemotely(
  engine: Engine,
  gateway: RemoteGateway,
  item: RegisterItem,
): Promise<{ readonly fault: MenuFault | undefined; readonly calls: readonly OutwardCall[] }> {
  const talk = new RemoteTalk(engine, gateway)
  const told = await talk.menu()
  const { calls } = talk
  const known = told.kind === 'json' && !('errcode' in told.body)
  if (!known) return { fault: faultIn(told), calls }
  const button = pointAt(readSelfmenu(told.body), item)
  if (!button) return { fault: { kind: 'full' }, calls }
  const answer = await talk.createMenu(button)
  const isDone = answer.kind === 'json' && answer.body['errcode'] === 0
  return { fault: isDone ? undefined : faultIn(answer), calls }
}

function faultIn(answer: RemoteAnswer): MenuFault {
  if (answer.kind === 'none') return { kind: 'none', detail: answer.detail }
  const { errcode, errmsg } = answer.body
  return { kind: 'refused', errcode: Number(errcode), errmsg: String(errmsg) }
}
