import { INVISIBLE, narrow } from '../core/spelling.ts'

/** A mobile number with only its ends readable: `138****8000`, `+852****4567`. */
export function maskMobile(mobile: string): string {
  const plain = narrow(mobile).replace(INVISIBLE, '')
  const isAbroad = INTERNATIONAL.test(plain)
  const digits = plain.replace(/\D/g, '').replace(isAbroad ? /^00/ : /^$/, '')
  const chinese = (isAbroad ? CHINA_DIGITS : CHINESE_DIGITS).exec(digits)?.[1]
  if (chinese !== undefined) return `${chinese.slice(0, 3)}****${chinese.slice(-4)}`
  const region = isAbroad ? (CALLING_CODE.exec(digits)?.[0] ?? '') : ''
  const ends = digits.length - region.length < SHORT_NUMBER ? 2 : 4
  return `${region && `+${region}`}****${digits.slice(region.length).slice(-ends)}`
}

/** An e-mail address with only the first character before its `@`: `w***@example.com`. */
export function maskEmail(email: string, as = masked): string {
  const at = Math.max(email.lastIndexOf('@'), email.lastIndexOf('＠'))
  return at < 0 ? '***' : `${as.localPart(email.slice(0, at))}${email.slice(at)}`
}

/** What stands in the place of what is hidden. */
export interface Disguise {
  /** `number`: digits and signs, as somebody has written them; with its country code where it is no Chinese one. */
  mobile(number: string): string
  /** What stands before the `@` of an e-mail address. */
  localPart(local: string): string
  secret(text: string): string
  /** What else a text gives away; left out: nothing does. */
  plain?(text: string): string
}

/** How the journal shows what it must not: readable at the ends, and secrets not at all. */
export const masked: Disguise = {
  mobile: maskMobile,
  localPart: maskLocalPart,
  secret: () => '***',
}

/**
 * A text in which everything that looks like a mobile or an e-mail address is masked,
 * percent-encoded ones too. Mobiles lose their spelling.
 */
export function maskText(text: string, as = masked): string {
  return as.plain || TELLING.test(text) ? maskEncoded(text, encodings_max, as) : text
}

/** Mobiles have digits, of whatever script; e-mail addresses a sign; what is encoded, another. */
const TELLING = /[\d@＠%\uff10-\uff19\u0660-\u0669\u06f0-\u06f9]/

/** An encoded value may hold another one; what goes deeper than this is no address. */
const encodings_max = 5

/** Below this many digits after the calling code, four of them would be nearly all. */
const SHORT_NUMBER = 8

/** It says its country itself: `+852`, `(+852)`, `00852`. */
const INTERNATIONAL = /^[^\d+]*(?:\+|00)/

const CHINESE_DIGITS = /^(?:86)?0?(1[3-9]\d{9})$/
const CHINA_DIGITS = /^860?(1[3-9]\d{9})$/

/** ITU calling codes: no code is the beginning of another. */
const CALLING_CODE = /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/

/** What may stand between two digits of one number. */
const GAP = '[\\t\\p{Zs}\\p{Pd}\\u2212.()[\\]]{0,3}'

/** A query writes blanks as `+`, so that sign may stand between digits as well. */
const JOINT = `(?:\\+(?=\\d)|${GAP})`

const CHINA = `(?:\\+${GAP})?(?:0${GAP}0${GAP})?8${GAP}6${JOINT}`

/** A year, and a day of it. */
const DATE = '(?:19|20)\\d\\d[/\\u00b7](?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])'
/** `138/0013/8000`, but no path, and no number before a date (`138/2026/0105`). */
const GROUPED = `(?<!/)1[3-9]\\d(?<sign>[/\\u00b7])(?!${DATE})\\d{4}\\k<sign>\\d{4}(?!/)`

const CHINESE = `(?:${CHINA})?(?:(?:\\(?0${GAP})?1${JOINT}[3-9](?:${JOINT}\\d){9}|${GROUPED})`

/** With its plus sign, or with `00` where that leads to Hong Kong, Macao or Taiwan. */
const ABROAD = `(?:\\+|00${GAP}(?=85[23]|886))${GAP}`
const FOREIGN = `\\+[1-9]\\d{6,14}(?!\\d)|${ABROAD}[1-9](?:${JOINT}\\d){6,14}`

/** A word of letters of which one at least is no hexadecimal digit, which ids and digests lack. */
const WORD = '[A-Za-z]{0,20}[G-Zg-z][A-Za-z]{0,20}'

/** Not behind an identifier, the end of a masked number, or the first four groups of a UUID. */
const START = '(?<!\\w|\\d\\*{4}|[\\da-f]{8}(?:-[\\da-f]{4}){3}-)'

/** A bracket that closes behind a code belongs to the number. */
const BRACKET = '(?:[([](?= ?(?:\\+ ?)?\\d[\\d -]{0,7}[)\\]]))?'

/** Before a word, an extension, or no more of an identifier or UUID. */
const END = `(?=(?:${WORD}|(?:ext|x)\\d{1,5})?(?!\\w|-[\\da-f]{12}))`

/** Words may stand directly before and behind (`Tel13800138000`), but no other digits. */
const MOBILE = new RegExp(
  `${START}(?<word>${WORD}_?)?${BRACKET}(?:(?<chinese>${CHINESE})|(?<foreign>${FOREIGN}))${END}`,
  'gu',
)

/** An IPv4 address, or Unix seconds and one digit of their fraction: eleven digits by chance. */
const NO_MOBILE = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\d{10}\.\d)$/

const DOMAIN = '(?=[@＠](?:(?:[\\p{L}\\p{N}-]+\\.)+\\p{L}{2,}|localhost|\\[[\\da-fA-F:.]+\\]))'
const ASCII = '[\\w.+!$*~-]'
const OTHER = '[^\\x00-\\x7f\\s\\p{P}]'
const LOCAL_PART = new RegExp(`(?:(?<!${ASCII})${ASCII}+|(?<!${OTHER})${OTHER}+)${DOMAIN}`, 'gu')

const EMAIL_SIGN = /[@＠]/

const DIGITS = '\\d\\uff10-\\uff19\\u0660-\\u0669\\u06f0-\\u06f9'
/**
 * Seven digits with nothing between them that ends a number: no mobile has fewer. Asked first, because most texts have none,
 * and what finds the mobile itself tries all its ways at every sign.
 */
const NUMBER = new RegExp(
  `[${DIGITS}](?:[^${DIGITS}A-Za-z"':,;<>={}&\\u4e00-\\u9fff]*[${DIGITS}]){6}`,
)

/** A run of what percent-encoding leaves, in which only `%` gives it away. */
const URL_RUN = /[\w%.~!*+@()-]+/g

function maskEncoded(text: string, depth: number, as: Disguise): string {
  if (depth === 0 || !text.includes('%')) return maskPlain(text, as)
  const mask = (run: string) => (run.includes('%') ? maskRun(run, depth, as) : run)
  return maskPlain(text.replace(URL_RUN, mask), as)
}

/** One encoded run. Bytes that are no UTF-8 (GBK, say) stay as they are, and split it. */
function maskRun(run: string, depth: number, as: Disguise): string {
  const inner = decodePercent(run.replace(STRAY_PERCENT, '%25'))
  if (inner === undefined) {
    const mask = (part: string, at: number) => (at % 2 === 0 ? maskRun(part, depth, as) : part)
    return run.split(HIGH_BYTES).map(mask).join('')
  }
  const masked = inner === run ? inner : maskEncoded(inner, depth - 1, as)
  return masked === inner ? run : encodePercent(masked, run)
}

const STRAY_PERCENT = /%(?![\da-fA-F]{2})/g
const HIGH_BYTES = /((?:%[89a-fA-F][\da-fA-F])+)/

/** The decoded text, or undefined when its percent signs mean something else. */
export function decodePercent(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** A masked value encoded as a query needs it; `@` stays bare where it stood so in `original`. */
export function encodePercent(text: string, original: string): string {
  const encoded = encodeURIComponent(text.toWellFormed())
  return original.includes('@') ? encoded.replaceAll('%40', '@') : encoded
}

function maskPlain(given: string, as: Disguise): string {
  const text = as.plain?.(given) ?? given
  const readable = EMAIL_SIGN.test(text) ? text.replace(LOCAL_PART, as.localPart) : text
  if (!NUMBER.test(readable)) return readable
  const { digits, at } = seen(readable)
  const masked: string[] = []
  let from = 0
  for (const { 0: found, index, groups } of digits.matchAll(MOBILE)) {
    const word = groups?.['word']?.length ?? 0
    const number = found.slice(word)
    if (NO_MOBILE.test(number)) continue
    const shown = as.mobile(
      groups?.['chinese'] === undefined ? internationally(number, as) : chinese(number, as),
    )
    masked.push(readable.slice(from, at(index + word)), shown)
    from = at(index + found.length - 1) + 1
  }
  return masked.join('') + readable.slice(from)
}

/** A text as people see it, with narrow digits, and where in the whole text each of its signs stands. */
function seen(text: string): { digits: string; at: (index: number) => number } {
  const digits = narrow(text)
  const plain = digits.replace(INVISIBLE, '')
  if (plain.length === digits.length) return { digits, at: (index) => index }
  const places: number[] = []
  let from = 0
  for (const { 0: sign, index } of digits.matchAll(INVISIBLE)) {
    for (; from < index; from++) places.push(from)
    from += sign.length
  }
  for (; from < digits.length; from++) places.push(from)
  return { digits: plain, at: (index) => places[index] ?? digits.length }
}

/** Masked, a number loses its spelling; in another disguise it keeps it. */
const chinese = (number: string, as: Disguise) =>
  as === masked ? number.replace(/\D/g, '').slice(-11) : number
const internationally = (number: string, as: Disguise) =>
  as === masked ? `+${number.replace(/\D/g, '').replace(/^00/, '')}` : number

function maskLocalPart(local: string): string {
  if (local.endsWith('***')) return local
  return `${String.fromCodePoint(local.codePointAt(0) ?? 0x2a)}***`
}
