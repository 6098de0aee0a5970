import { closeJson, isJson, mapJson, mapJsonText } from './json-text.ts'
import {
  areOfLogin,
  isAlwaysSecretKey,
  isCodeKey,
  isEmailKey,
  isMobileKey,
  isSecretText,
  isStateKey,
} from './mask-key.ts'
import {
  type Disguise,
  decodePercent,
  encodePercent,
  maskEmail,
  masked,
  maskMobile,
  maskText,
} from './mask-text.ts'

export { maskEmail, maskMobile, maskText }

/** With `reveal` mobiles and e-mail addresses stay readable; secrets never do. */
export interface MaskOptions {
  readonly reveal: boolean
  /** Left out: masked. */
  readonly as?: Disguise
}

/** A body as it may be masked: of JSON, the order, blanks and digits stay as they were sent. */
export function maskBody(text: string, { reveal, as = masked }: MaskOptions): string {
  return maskContent(text, { reveal, as, depth: nesting_max })
}

/**
 * The beginning of a longer body as it may be masked: of JSON, what is whole; of all else without its end, in which
 * something may begin that only the rest would give away.
 */
export function maskBodyStart(start: string, options: MaskOptions): string {
  const json = closeJson(start)
  const masked = maskBody(json ? json.text + json.closing : start, options)
  return masked.slice(0, Math.max(0, masked.length - (json ? json.closing.length : end_length)))
}

/** Longer than what is masked as one, but for what has a name before it. */
const end_length = 256

/** A value of JSON, masked as in a body under that name; with none, as a body of its own. */
export function maskField(
  name: string,
  value: unknown,
  { reveal, as = masked }: MaskOptions,
): unknown {
  return maskMember(value, { key: name, isSecret: false }, { reveal, as, depth: nesting_max })
}

/** An address as it may be masked: absolute, or path and query as sent. */
export function maskUrl(url: string, { reveal, as = masked }: MaskOptions): string {
  return maskAddress(url, { reveal, as, depth: nesting_max })
}

/** Headers as they may be masked; of cookies the names and attributes stay. */
export function maskHeaders(
  headers: Headers,
  { reveal, as = masked }: MaskOptions,
): Record<string, string | string[]> {
  const masked: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue
    const mask = (text: string) =>
      maskHeader(name.toLowerCase(), text, { reveal, as, depth: nesting_max })
    masked[name] = typeof value === 'string' ? mask(value) : value.map(mask)
  }
  return masked
}

/** A body without its secrets, with all personal data: what `reveal` shows. */
export function maskSecretFields(text: string): string {
  return maskBody(text, { reveal: true })
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** An empty secret stays: that it is missing is no secret. */
const hide = (text: string, { as }: Mask) => text && as.secret(text)

interface Mask {
  readonly reveal: boolean
  readonly as: Disguise
  /** How many bodies and addresses may still lie inside one another; the rest is hidden whole. */
  readonly depth: number
}

const nesting_max = 8

function maskContent(text: string, mask: Mask): string {
  if (isJson(text)) return maskJson(text, mask)
  return FORM.test(text) ? maskQuery(text, mask) : maskLoose(text, mask)
}

const FORM = /^[\w.%~[\]+*-]+=[^\s<>"{}]*$/

/** `state`: something above has a secret name, so that all below is secret. */
function maskJson(json: string, mask: Mask): string {
  return mapJson(json, false, {
    within: (isSecret, key) => isSecret || isAlwaysSecretKey(key),
    key: (token) => (mask.reveal ? token : mapJsonText(token, (key) => maskText(key, mask.as))),
    value: (token, key, isSecret) => maskScalar(token, { key, isSecret }, mask),
  })
}

/** The name before a value; and whether something above has a secret one. */
interface Place {
  readonly key: string
  readonly isSecret: boolean
}

function maskScalar(token: string, { key, isSecret }: Place, mask: Mask): string {
  if (token.startsWith('"')) {
    return mapJsonText(token, (text) => (isSecret ? hide(text, mask) : maskValue(key, text, mask)))
  }
  if (isSecret || isAlwaysSecretKey(key)) return JSON.stringify(mask.as.secret(token))
  const isPersonal = isMobileKey(key) ? /\d{7}/ : /^(?:86)?1[3-9]\d{9}$/
  return !mask.reveal && isPersonal.test(token) ? JSON.stringify(mask.as.mobile(token)) : token
}

/** What `maskJson` makes of the text of a value, without the text. */
function maskMember(value: unknown, { key, isSecret }: Place, mask: Mask): unknown {
  if (typeof value === 'string') return isSecret ? hide(value, mask) : maskValue(key, value, mask)
  if (typeof value === 'number') {
    return JSON.parse(maskScalar(JSON.stringify(value), { key, isSecret }, mask))
  }
  if (typeof value !== 'object' || value === null) return value
  const within = isSecret || isAlwaysSecretKey(key)
  if (Array.isArray(value)) {
    return value.map((item) => maskMember(item, { key, isSecret: within }, mask))
  }
  const members = Object.entries(value).map(([name, member]) => [
    mask.reveal ? name : maskText(name, mask.as),
    maskMember(member, { key: name, isSecret: within }, mask),
  ])
  return Object.fromEntries(members)
}

/** One decoded value under its name. An empty secret stays: that it is missing is no secret. */
function maskValue(key: string, text: string, mask: Mask): string {
  if (text === '') return text
  if (isSecretText(key, text) || mask.depth === 0) return mask.as.secret(text)
  if (!mask.reveal && isEmailKey(key) && /^[^@＠]+[@＠][^@＠]+$/.test(text))
    return maskEmail(text, mask.as)
  const digits = !mask.reveal && isMobileKey(key) ? (text.match(/\p{Nd}/gu)?.length ?? 0) : 0
  const isOpen = digits > 4 && !text.includes('****')
  if (isOpen && digits <= number_digits_max && !/\p{L}/u.test(text)) return mask.as.mobile(text)
  const inner = { ...mask, depth: mask.depth - 1 }
  const shown = isJson(text) ? maskJson(text, inner) : maskLoose(text, inner)
  return isOpen && shown === text ? mask.as.mobile(text) : shown
}

/** E.164 has 15; two zeros may lead abroad. */
const number_digits_max = 17

function maskQuery(query: string, mask: Mask): string {
  const pairs = query.split('&')
  const keys = pairs.map((pair) => readKey(pair.split('=', 1)[0] ?? ''))
  const isLogin = areOfLogin(keys)
  const masked = pairs.map((pair, i) => {
    const at = pair.indexOf('=')
    if (at < 0) return mask.reveal ? pair : maskText(pair, mask.as)
    const value = pair.slice(at + 1)
    const key = keys[i] ?? ''
    const isSecret = isLogin && value !== '' && isStateKey(key)
    return (
      pair.slice(0, at + 1) + (isSecret ? mask.as.secret(value) : maskParameter(key, value, mask))
    )
  })
  return masked.join('&')
}

const readKey = (raw: string) => decodePercent(raw) ?? raw

function maskParameter(key: string, raw: string, mask: Mask): string {
  const value = decodePercent(raw.replaceAll('+', ' ')) ?? raw
  const masked = maskValue(key, value, mask)
  if (masked !== value) return value === raw ? masked : encodePercent(masked, raw)
  return mask.reveal ? raw : maskText(raw, mask.as)
}

function maskAddress(url: string, mask: Mask): string {
  const [, path = '', query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(url) ?? []
  const open = path.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1***@')
  const masked = mask.reveal ? open : maskText(open, mask.as)
  return [
    masked,
    query && `?${maskQuery(query.slice(1), mask)}`,
    fragment && `#${maskQuery(fragment.slice(1), mask)}`,
  ].join('')
}

const ADDRESS = /\b[a-z][a-z0-9+.-]{0,15}:\/\/[^\s"'<>\\^`{|}]+/gi
/** HTML's own `code` is no field. */
const ELEMENT = /<(?!code>)([A-Za-z_][\w-]{0,40})>(<!\[CDATA\[)?([^<>\]]+)/g
const HTML_INPUT = /(\bname=["']?)([\w-]{1,40})(["']?[^<>]{0,200}?\bvalue=["'])([^"']+)/gi
const KEY = /(?<![\w-])(\\?["']?)([A-Za-z_][\w-]{0,40})\1(\s{0,9}[=:]\s{0,9}\\?["']?)/
const WORDS = /((?:(?:Bearer|Basic)\s+)?[^\s"'\\&,;<>{}()[\]]+)/
const PAIR = new RegExp(KEY.source + WORDS.source, 'g')

/** Text of any other kind, broken JSON, XML and prose: secrets by the name before them. */
function maskLoose(text: string, mask: Mask): string {
  const closed = NAMED.test(text) ? hideNamed(text, mask) : text
  return mask.reveal ? closed : maskText(closed, mask.as)
}

/** Without one of these nothing has a name before it, nor is it an address. */
const NAMED = /[=:<]/

function hideNamed(text: string, mask: Mask): string {
  const hidden = (key: string, before: string, value: string) =>
    isSecretText(key, value) && !(isCodeKey(key) && /^-?\d{1,7}$/.test(value))
      ? before + mask.as.secret(value)
      : before + value
  return text
    .replace(ADDRESS, (url) => maskAddress(url, mask))
    .replace(ELEMENT, (_, key, data = '', value) => hidden(key, `<${key}>${data}`, value))
    .replace(HTML_INPUT, (_, name, key, between, value) => hidden(key, name + key + between, value))
    .replace(PAIR, (_, quote, key, sign, value) => hidden(key, quote + key + quote + sign, value))
}

const COOKIE = /(^|;\s*)([^=;]*=)?[^;]+/g
const ADDRESS_HEADERS = new Set(['location', 'referer', 'content-location', 'x-original-url'])

function maskHeader(name: string, value: string, mask: Mask): string {
  if (name === 'cookie') return value.replaceAll(COOKIE, '$1$2***')
  if (name === 'set-cookie') return value.replace(/^([^=;]*=)?[^;]+/, '$1***')
  if (ADDRESS_HEADERS.has(name)) return maskAddress(value, mask)
  return maskValue(name, value, mask)
}
