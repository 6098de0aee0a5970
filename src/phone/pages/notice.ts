import type { Call } from '../../core/call.ts'
import { menuOf, shownButtons } from '../../wechat/menu/menu.ts'
import { eventOf, listButtons, needOf } from '../menu.ts'
import type { Notice } from './facts.ts'
import type { Place } from './place.ts'

/** What a page says once of the form that led to it: the address names what was done, the world knows the rest. */
export async function noticeOf(
  call: Pick<Call, 'db' | 'world' | 'request'>,
  { query, appid }: Place,
): Promise<Notice | undefined> {
  const { said, button: position } = query
  if (said === 'followed' || said === 'scanned') return { kind: said }
  if (said !== 'tapped') return undefined
  const menu = shownButtons(call, (await menuOf(call, appid)) ?? [])
  const button = listButtons(menu).find((each) => each.position === position)?.button
  if (!button) return undefined
  const { event = '', event_key = '' } = eventOf(button) ?? {}
  return { kind: 'tapped', button: button.name, event, event_key, needs: needOf(button) }
}
