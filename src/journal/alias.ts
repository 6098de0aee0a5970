import { createHash } from 'node:crypto'
import { narrow } from '../core/spelling.ts'
import type { Disguise } from './mask-text.ts'

/** What is known to be personal or secret, and stands in no field that says so. */
export interface Known {
  readonly names: Iterable<string>
  /** Ids that follow from a mobile, by which it could be found again. */
  readonly ids: Iterable<string>
  readonly secrets: Iterable<string>
}

/** A disguise that lasts: whatever is the same stays the same, has the same form, and is nobody's. */
export interface Aliases extends Required<Disguise> {
  /** Stand-ins whose true values only another run can tell: of secrets, tokens and ids. */
  unknown(): readonly string[]
}

/** Makes aliases, which follow from nothing but the order in which they are asked for: none leads back, and the same world has the same. */
export function makeAliases(known: Known): Aliases {
  const alias = aliasMaker()
  const unknown = new Set<string>()
  const opaque = (text: string) => {
    const fresh = alias('secret', text, (noise) => inForm(text, noise))
    if (fresh.length >= telling_length) unknown.add(fresh)
    return fresh
  }
  const terms = new Map<string, string>()
  for (const name of known.names)
    terms.set(
      name,
      alias('name', name, (at) => inForm(name, at)),
    )
  for (const text of known.secrets) if (text.length >= telling_length) terms.set(text, opaque(text))
  for (const id of known.ids) {
    const kept = prefixOf(id)
    const fresh =
      id.slice(0, kept) + alias('id', id.slice(kept), (noise) => inForm(id.slice(kept), noise))
    terms.set(id, fresh)
    unknown.add(fresh)
  }
  const replace = replacing(terms)
  return {
    mobile: (number) =>
      respell(number, (digits) => alias('mobile', digits, (noise) => likeNumber(digits, noise))),
    localPart: (local) =>
      alias('email', local.toLowerCase(), (noise) => `u${noise.toString('hex').slice(0, 10)}`),
    secret: (text) => (open_words.has(text) ? text : text.replace(SECRET, opaque)),
    plain: (text) =>
      replace(text).replace(IDENTITY, (card) =>
        alias('card', card, (noise) => inForm(card, noise)),
      ),
    unknown: () => [...unknown],
  }
}

/** Gives each text of a kind an alias of its own, always the same. `write`: makes one of some bytes. */
function aliasMaker() {
  const made = new Map<string, string>()
  const taken = new Set<string>()
  return (kind: string, text: string, write: (noise: Buffer) => string): string => {
    // What is masked twice, because it stands in something else, is masked once.
    if (taken.has(text)) return text
    const name = `${kind} ${text}`
    const before = made.get(name)
    if (before !== undefined) return before
    for (let n = made.size; ; n++) {
      const fresh = write(createHash('sha256').update(`${kind} ${n}`).digest())
      if (taken.has(fresh) && n < made.size + tries_max) continue
      made.set(name, fresh)
      taken.add(fresh)
      return fresh
    }
  }
}

/** An openid or unionid begins with what names its account, an id with what it is of. */
function prefixOf(id: string): number {
  return id.startsWith('o') ? 6 : 2
}

/** The number of a Chinese identity card: a region, the day of birth, three digits and a sign that checks them. */
const IDENTITY =
  /(?<![\da-z])[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dx](?![\da-z])/giu

/** A short secret has few aliases: then two of them share one. */
const tries_max = 100
/** Words of the API that stand where a secret may. */
const open_words = new Set(['', 'generated', '***'])
/** All of it, but for the scheme of a header before it. */
const SECRET = /(?<=^(?:[A-Z][A-Za-z-]* |sha256=))\S+$|^(?![A-Z][A-Za-z-]* \S+$|sha256=).+$/s
/** A shorter secret stands in other words by chance: it is hidden in its field alone. */
const telling_length = 8

/** The same signs, each another of its kind: what a length or a pattern admits, it admits again. */
function inForm(text: string, noise: Buffer): string {
  const isHex = /^[\da-f]+$/.test(text)
  return [...text].map((sign, i) => signLike(sign, numberAt(noise, i), isHex)).join('')
}

/** Han signs that no name has: the first block of rare ones. */
const rare_han = { first: 0x3400, count: 6000 }

function signLike(sign: string, n: number, isHex: boolean): string {
  if (isHex) return (n % 16).toString(16)
  if (/\d/.test(sign)) return String(n % 10)
  if (/[a-z]/.test(sign)) return String.fromCharCode(0x61 + (n % 26))
  if (/[A-Z]/.test(sign)) return String.fromCharCode(0x41 + (n % 26))
  if (/\p{Script=Han}/u.test(sign))
    return String.fromCharCode(rare_han.first + (n % rare_han.count))
  return letterLike(sign, n)
}

/** Letters of one script, and of one case, stand together. */
const neighbours_count = 32
const letter_kinds = [/\p{Lu}/u, /\p{Ll}/u, /\p{L}/u]

/** Another letter of the same script and kind, as `é` for `ö` and `Д` for `И`; what is none stays. */
function letterLike(sign: string, n: number): string {
  const kind = letter_kinds.find((one) => one.test(sign))
  if (!kind) return sign
  const code = sign.codePointAt(0) ?? 0
  const first = code - (code % neighbours_count)
  const near = Array.from({ length: neighbours_count }, (_, i) => String.fromCodePoint(first + i))
  const others = near.filter((one) => kind.test(one) && one !== sign && one === one.normalize())
  return others[n % others.length] ?? sign
}

/** As many numbers as one wants of 32 bytes: what repeats after them is not seen in a name or token. */
function numberAt(noise: Buffer, i: number): number {
  const at = (i * 2) % 31
  return noise.readUInt16BE(at) + i * 7919
}

function likeNumber(digits: string, noise: Buffer): string {
  const fresh = String(noise.readBigUInt64BE(0)).padStart(20, '0')
  return digits.slice(0, kept_digits) + fresh.slice(kept_digits - digits.length)
}

/** Chinese, with or without country code and the zero of trunk calls. */
const CHINESE = /^(?:00)?(?:86)?0?(1[3-9]\d{9})$/
/** Those that mean something to the partner, and are nobody's. */
const MAGIC = /^1990[0-4]\d{6}$/
/** Digits that stay: the range of a number, by which it is one. */
const kept_digits = 3
/** By so many digits another country's number is the same with its country code and without. */
const local_digits = 8

/** A number with other digits in the places of its own. */
function respell(number: string, alias: (digits: string) => string): string {
  const plain = narrow(number)
  const digits = plain.replace(/\D/g, '')
  const own = CHINESE.exec(digits)?.[1]
  if (own !== undefined && MAGIC.test(own)) return number
  const last = own ?? digits.slice(-local_digits)
  if (last.length <= kept_digits) return number
  const fresh = digits.slice(0, digits.length - last.length) + alias(last)
  let at = 0
  return plain.replace(/\d/g, () => fresh[at++] ?? '')
}

/** Puts other words in the place of some, however many there are: the longest of those that begin at a place. */
function replacing(terms: ReadonlyMap<string, string>): (text: string) => string {
  const lengths = [...new Set([...terms.keys()].map(({ length }) => length))].sort((a, b) => b - a)
  const starts = new Set([...terms.keys()].map((term) => term[0]))
  const isTerm = (text: string, at: number, length: number) =>
    terms.has(text.slice(at, at + length)) && isWhole(text, at, at + length)
  return (text) => {
    const parts: string[] = []
    let from = 0
    for (let at = 0; at < text.length; at++) {
      if (!starts.has(text[at])) continue
      const length = lengths.find((one) => isTerm(text, at, one))
      if (length === undefined) continue
      parts.push(text.slice(from, at), terms.get(text.slice(at, at + length)) ?? '')
      from = at + length
      at = from - 1
    }
    return parts.length === 0 ? text : parts.join('') + text.slice(from)
  }
}

/** No part of a longer word of Latin letters. */
function isWhole(text: string, from: number, to: number): boolean {
  const joins = (at: number) => /[\w-]{2}/.test(text.slice(at - 1, at + 1)) && at > 0
  return !joins(from) && !joins(to)
}
