import { isUtf8 } from 'node:buffer'
import { isJson, mapJson, mapJsonText } from '../../../journal/json-text.ts'
import type { Pattern } from './pattern.ts'
import { fold, folded, readingsOf, type Stretch } from './reading.ts'

/** What stands where something was erased. */
export const erased_mark = '***'

/** What is to go: wherever it stands in a text, and values that go as a whole. */
export interface Erasing {
  readonly patterns: readonly Pattern[]
  readonly values?: ReadonlySet<string>
}

/** Whether a text has something of it, however it is written or encoded. */
export function touches(text: string, patterns: readonly Pattern[]): boolean {
  if (text === '' || patterns.length === 0) return false
  return readingsOf(text).some((reading) => {
    const read = fold(reading.text)
    return patterns.some((pattern) => isIn(read, pattern))
  })
}

function isIn(text: string, { expression, mayBeIn }: Pattern): boolean {
  return (mayBeIn?.(text) ?? true) && text.search(expression) >= 0
}

/** The text without it. JSON stays JSON: its names of fields, its quotes and its other values are left alone. */
export function eraseText(text: string, what: Erasing): string {
  if (text === '') return text
  return isJson(text) ? eraseJson(text, what) : eraseLoose(text, what)
}

/** The steps of a decision without it. Rules keep their names: words are found by them. */
export function eraseDecision(json: string, what: Erasing): string {
  return mapJson(json, 0, {
    within: (depth) => depth + 1,
    key: (token) => token,
    value: (token, key, depth) =>
      key === 'rule' || depth === 1 ? token : eraseScalar(token, what),
  })
}

/** A body without it. Of one that is no UTF-8 nothing can be told apart: it goes whole. */
export function eraseBytes(bytes: Buffer, what: Erasing): Buffer {
  const text = bytes.toString('utf8')
  if (!isUtf8(bytes)) return touches(text, what.patterns) ? Buffer.from(erased_mark) : bytes
  const erased = eraseText(text, what)
  return erased === text ? bytes : Buffer.from(erased)
}

function eraseJson(json: string, what: Erasing): string {
  const inKeys = { patterns: what.patterns.filter(({ isWord }) => !isWord) }
  return mapJson(json, undefined, {
    within: () => undefined,
    key: (token) => mapJsonText(token, (text) => eraseLoose(text, inKeys)),
    value: (token) => eraseScalar(token, what),
  })
}

function eraseScalar(token: string, what: Erasing): string {
  if (!token.startsWith('"')) {
    return touches(token, what.patterns) ? JSON.stringify(erased_mark) : token
  }
  return mapJsonText(token, (text) => {
    return isWhole(text, what) ? erased_mark : eraseLoose(text, what)
  })
}

/** Names and values of a form or a query. */
const PAIR = /((?:^|[?&])[^=&?#\s]*=)([^&#\s]*)/g

function eraseLoose(text: string, what: Erasing): string {
  const pairs = what.values?.size
    ? text.replace(PAIR, (_, name, value) => erasePair(name, value, what))
    : text
  return cut(pairs, stretchesIn(pairs, what.patterns))
}

function erasePair(name: string, value: string, what: Erasing): string {
  // With its equals sign: by that a form is told from other texts.
  const isIn = readingsOf(`=${value}`).some(({ text }) => isWhole(text.slice(1), what))
  return name + (isIn ? erased_mark : value)
}

function isWhole(text: string, { values }: Erasing): boolean {
  return values !== undefined && text !== '' && values.has(asValue(text))
}

/** A value as it is compared with those that go as a whole: messages are kept in one line, and composed. */
export function asValue(text: string): string {
  return text.replace(/\s+/g, ' ').trim().normalize('NFC')
}

function stretchesIn(text: string, patterns: readonly Pattern[]): Stretch[] {
  const found: Stretch[] = []
  for (const reading of readingsOf(text)) {
    const read = folded(reading)
    for (const { expression, mayBeIn } of patterns) {
      if (mayBeIn && !mayBeIn(read.text)) continue
      for (const { 0: match, index } of read.text.matchAll(expression))
        found.push(read.sourceOf(index, index + match.length))
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

function cut(text: string, stretches: readonly Stretch[]): string {
  let shown = ''
  let from = 0
  for (const { start, end } of stretches) {
    if (start >= from) shown += text.slice(from, start) + erased_mark
    from = Math.max(from, end)
  }
  return shown + text.slice(from)
}
