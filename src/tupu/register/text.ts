import { domainToASCII } from 'node:url'

/** Lengths in code points. */
const name_length_max = 100
const email_length_max = 254

const BLANK = /\p{White_Space}/u
/** Control characters, line and paragraph ends, and the replacement character: something was lost on the way. */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\ufffd]/u
/** What makes the text around it read in another direction than it has. */
const BIDI = /[\u202a-\u202e\u2066-\u2069]/
/** One character that leaves a mark on paper; the braille blank is a symbol that does not. */
const VISIBLE = /[^\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u

/** Takes the blanks of Unicode off both ends; not by one expression, which takes quadratic time. */
export function trimBlanks(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && BLANK.test(text.charAt(from))) from++
  while (to > from && BLANK.test(text.charAt(to - 1))) to--
  return text.slice(from, to)
}

/** Why a name cannot be taken; undefined: it can. Any script is fine. */
export function faultOfName(
  name: string,
): 'name_missing' | 'name_long' | 'name_illegal' | undefined {
  if (name === '') return 'name_missing'
  if (isLonger(name, name_length_max)) return 'name_long'
  return isShowable(name) ? undefined : 'name_illegal'
}

/** Why an address cannot be one; undefined: it can. Letters of any script may stand on both sides of the @. */
export function faultOfEmail(
  email: string,
): 'email_missing' | 'email_long' | 'email_invalid' | undefined {
  if (email === '') return 'email_missing'
  if (isLonger(email, email_length_max)) return 'email_long'
  const [local = '', domain, ...more] = email.split('@')
  if (domain === undefined || more.length > 0) return 'email_invalid'
  return isLocalPart(local) && isDomain(domain) ? undefined : 'email_invalid'
}

function isShowable(text: string): boolean {
  return text.isWellFormed() && !CONTROL.test(text) && !BIDI.test(text) && VISIBLE.test(text)
}

/** No quoted ones: nobody has an address with blanks or brackets. */
function isLocalPart(local: string): boolean {
  return isShowable(local) && !BLANK.test(local) && !/["(),:;<>[\\\]]/.test(local)
}

const DOMAIN = /^[\p{L}\p{M}\p{N}._\u3002\uff0e\uff61-]+$/u
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/

/** A host name with a dot that DNS can hold, and no address of four numbers. */
function isDomain(domain: string): boolean {
  if (!DOMAIN.test(domain)) return false
  const labels = domainToASCII(domain).split('.')
  if (labels.length < 2 || labels.join('.').length > 253) return false
  return labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1) ?? '')
}

/** Whether a text has more code points than that. A megabyte is not counted through. */
function isLonger(text: string, length_max: number): boolean {
  return text.length > 2 * length_max || [...text].length > length_max
}
