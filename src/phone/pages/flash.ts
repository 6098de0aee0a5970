import type { Flash } from '../../../views/phone/props.ts'
import type { Call } from '../../core/call.ts'
import { shownButtons } from '../../wechat/menu/menu.ts'
import { answerTo } from '../answer.ts'
import { eventOf, listButtons, needOf, replyOf } from '../menu.ts'
import { menuOn, type PhoneState } from '../state.ts'
import type { PhoneAddress } from './address.ts'

/** What a page says once of the form that led to it: the address names what was done, the world knows the rest. */
export function flashOf(
  call: Pick<Call, 'db' | 'world' | 'request'>,
  phone: PhoneState,
  { query, appid }: PhoneAddress,
): Flash | undefined {
  const { said, button: position } = query
  if (said === 'followed' || said === 'scanned') return { kind: said }
  if (said !== 'tapped') return undefined
  const menu = shownButtons(call, menuOn(call, phone, appid) ?? [])
  const button = listButtons(menu).find((each) => each.position === position)?.button
  if (!button) return undefined
  const { event = '', event_key = '' } = eventOf(button) ?? {}
  const answer = answerTo(call, { appid }, button)
  const [needs, reply] = [needOf(button, answer !== undefined), replyOf(button)]
  return { kind: 'tapped', button: button.name, event, event_key, needs, reply }
}
