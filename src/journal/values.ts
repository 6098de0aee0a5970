import { narrow } from '../core/spelling.ts'
import { closeJson, isJson, mapJson } from './json-text.ts'
import { decodePercent } from './mask-text.ts'

/** A value that stands in an address or a body. */
export interface NamedValue {
  /** What stands before it: the key in an object, the name in a form, the element, the part of a path. */
  readonly name: string
  readonly value: string
  /** Whether it is a field of the whole, and not of something in it. */
  readonly isTop: boolean
}

/** The values of a body: of JSON every text and number, of all else what stands between signs. A body may be cut off. */
export function valuesOf(text: string): NamedValue[] {
  if (!/^\s*[{["]/.test(text)) return piecesOf(text, between_body)
  if (isJson(text)) return valuesOfJson(text)
  const whole = closeJson(text)
  return whole ? valuesOfJson(whole.text + whole.closing) : piecesOf(text, between_body)
}

/** The values of an address: parts of its path, and what it asks. */
export function valuesOfUrl(url: string): NamedValue[] {
  return piecesOf(url, between_url)
}

function valuesOfJson(json: string): NamedValue[] {
  const values: NamedValue[] = []
  mapJson(json, 0, {
    within: (depth) => depth + 1,
    key: (token) => token,
    value: (token, name, depth) => {
      const value: string = token.startsWith('"') ? JSON.parse(token) : token
      values.push({ name, value, isTop: depth === 1 })
      return token
    },
  })
  return values
}

/** What parts a form, XML or prose; of XML the name of an element stands before its text, too. */
const between_body = /[<>"'=&,;{}[\]\n]+/
const between_url = /[/?#&=]+/

function piecesOf(text: string, between: RegExp): NamedValue[] {
  let name = ''
  return text.split(between).map((piece) => {
    const value = decodePercent(piece.replaceAll('+', ' ')) ?? piece
    const named = { name: name === 'CDATA' ? '' : name, value: value.trim(), isTop: true }
    name = value
    return named
  })
}

/** A text as it was sent, and as it is meant: JSON may write any sign as an escape, and a form or address by its bytes. */
export function readingsOf(text: string): string[] {
  const readings = [text]
  if (text.includes('\\')) readings.push(text.replace(ESCAPE, unescaped))
  if (text.includes('%')) readings.push(decodeRuns(text))
  return readings
}

const ESCAPE = /\\(?:u([\da-fA-F]{4})|(["\\/bfnrt]))/g
const signs: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

function unescaped(_: string, unit: string | undefined, sign = ''): string {
  if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16))
  return signs[sign] ?? sign
}

const RUN = /(?:%[\da-fA-F]{2})+/g

function decodeRuns(text: string): string {
  return text.replaceAll('+', ' ').replace(RUN, (run) => decodePercent(run) ?? run)
}

/** The digits of a text alone, of whatever script. */
export function digitsOf(text: string): string {
  return narrow(text).replace(/\D+/g, '')
}
