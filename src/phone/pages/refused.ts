import type { ProblemType } from '../../core/problem.ts'
import type { Refusal } from '../../core/refusal.ts'

/** Refused calls that pages have words for, by type and field of the problem. */
const codes = {
  'conflict person': 'not_following',
  'conflict account': 'no_official_account',
  'not_found account': 'unknown_account',
  'not_found person': 'unknown_person',
  'conflict button': 'no_menu',
  'not_found button': 'unknown_button',
  'not_found content': 'unknown_code',
  'invalid_field content': 'unreadable_code',
  'invalid_field url': 'bad_link',
  'not_found msgid': 'unknown_message',
  'conflict msgid': 'no_link',
  'conflict key': 'person_exists',
  'invalid_field key': 'bad_key',
  'invalid_field name': 'bad_name',
  'invalid_field mobile': 'bad_mobile',
} as const satisfies Readonly<Record<`${ProblemType} ${string}`, string>>

/** Why a form did nothing. `form`: it was not made for this browser. */
export type RefusedCode = (typeof codes)[keyof typeof codes] | 'form' | 'other'

/** What a page says of a refused call; the reason is for those that it has no words for. */
export function refusedCode(refusal: Refusal): { code: RefusedCode; reason: string } {
  const { type, field, reason } = refusal.extra ?? {}
  const key = `${type} ${field}`
  const code = Object.hasOwn(codes, key) ? codes[key as keyof typeof codes] : 'other'
  return { code, reason: String(reason ?? refusal.text) }
}
