import type { ProblemType } from '../core/problem.ts'
import type { Refusal } from '../core/refusal.ts'

/** Refused calls that pages have words for, by type and field of the problem. */
const codes = {
  'advance_running null': 'advancing',
  'clock_backwards now': 'backwards',
  'clock_backwards to': 'backwards',
  'conflict application': 'application_state',
  'conflict appid': 'wechat_refuses',
  'conflict eid': 'account_state',
  'conflict existing': 'not_agreed',
  'conflict callback': 'no_callback',
  'conflict key': 'key_taken',
  'id_taken appid': 'key_taken',
  'id_taken key': 'key_taken',
  'invalid_field by': 'bad_duration',
  'invalid_field overlap': 'bad_duration',
  'invalid_field reason': 'no_reason',
  'invalid_field primary': 'bad_industries',
  'invalid_field secondary': 'bad_industries',
  'invalid_field title': 'bad_title',
  'invalid_field content': 'bad_content',
  'invalid_field example': 'bad_example',
  'invalid_field name': 'bad_name',
  'invalid_field key': 'bad_key',
  'invalid_field company': 'bad_name',
  'invalid_field mobile': 'bad_mobile',
  'invalid_field callback.url': 'bad_url',
  'invalid_field callback.secret': 'bad_secret',
  'invalid_field retention_days': 'bad_number',
  'invalid_field minute_limit': 'bad_number',
  'invalid_field review': 'bad_number',
  'invalid_field review.after_reads': 'bad_number',
  'not_found eid': 'unknown',
  'not_found account': 'unknown',
  'not_found appid': 'unknown',
  'not_found application': 'unknown',
  'not_found template_id': 'unknown',
  'not_found callback': 'unknown',
} as const satisfies Partial<Readonly<Record<`${ProblemType} ${string}`, string>>>

/** Fields of calls that forms have under another name. */
const named: Readonly<Record<string, string>> = {
  review: 'reads',
  'review.after_reads': 'reads',
}

/** Why a form did nothing. `form`: it was not made for this browser. */
export type RefusedCode = (typeof codes)[keyof typeof codes] | 'form' | 'other'

/** What a page says of a refused call, at which field, and what the call itself says. */
export function refusedCode(refusal: Refusal): {
  code: RefusedCode
  field: string | null
  reason: string
} {
  const { type, field, reason } = refusal.extra ?? {}
  const key = `${type} ${field}`
  const code = Object.hasOwn(codes, key) ? codes[key as keyof typeof codes] : 'other'
  const at = typeof field === 'string' ? (named[field] ?? field) : null
  return { code, field: at, reason: String(reason ?? refusal.text) }
}
