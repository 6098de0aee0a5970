/** A text as somebody may read it: as it stands, or with an encoding undone; each place in it is one in the original. */
export interface Reading {
  readonly text: string
  /** Where a stretch of this text stands in the original. */
  sourceOf(start: number, end: number): Stretch
}

export interface Stretch {
  readonly start: number
  readonly end: number
}

/** Encodings may lie in one another (JSON in a form in an address); what lies deeper is read by nobody. */
const depth_max = 3
const readings_max = 24
const chars_max = 4_000_000

/** A text in all the ways in which it can be read. */
export function readingsOf(text: string): Reading[] {
  const readings: Reading[] = [{ text, sourceOf: (start, end) => ({ start, end }) }]
  const known = new Set([text])
  let chars = text.length
  let newest = readings.slice()
  for (let depth = 0; depth < depth_max && newest.length > 0; depth++) {
    const found: Reading[] = []
    for (const reading of newest) {
      for (const undo of encodings) {
        if (readings.length >= readings_max || chars > chars_max) return readings
        const undone = undo(reading)
        if (!undone || known.has(undone.text)) continue
        known.add(undone.text)
        chars += undone.text.length
        readings.push(undone)
        found.push(undone)
      }
    }
    newest = found
  }
  return readings
}

type Undo = (reading: Reading) => Reading | undefined

/** One character of UTF-8 in percent signs; bytes of anything else stay as they are. */
const PERCENT =
  /%[0-7][\da-f]|%[cd][\da-f]%[89ab][\da-f]|%e[\da-f](?:%[89ab][\da-f]){2}|%f[0-7](?:%[89ab][\da-f]){3}/gi
const JSON_ESCAPE = /\\(?:u[\da-f]{4}|["\\/bfnrt])/gi
const HTML_ESCAPE = /&(?:#\d{1,7}|#x[\da-f]{1,6}|amp|lt|gt|quot|apos|nbsp);/gi
/** No blanks but one equals sign at least: a form, or an address with a query. */
const FORM = /^\S*=\S*$/
const PERCENT_OR_PLUS = new RegExp(`${PERCENT.source}|\\+`, 'gi')

const percent: Undo = (reading) =>
  reading.text.includes('%') ? replaced(reading, PERCENT, readPercent) : undefined
const form: Undo = (reading) =>
  reading.text.includes('+') && FORM.test(reading.text)
    ? replaced(reading, PERCENT_OR_PLUS, (token) => (token === '+' ? ' ' : readPercent(token)))
    : undefined
const json: Undo = (reading) =>
  reading.text.includes('\\')
    ? replaced(reading, JSON_ESCAPE, (token) => JSON.parse(`"${token}"`))
    : undefined
const html: Undo = (reading) =>
  reading.text.includes('&') ? replaced(reading, HTML_ESCAPE, readEntity) : undefined

const encodings: readonly Undo[] = [percent, form, json, html]

function readPercent(token: string): string {
  try {
    return decodeURIComponent(token)
  } catch {
    return token
  }
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
}

function readEntity(token: string): string {
  const name = token.slice(1, -1).toLowerCase()
  if (!name.startsWith('#')) return entities[name] ?? token
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return code <= 0x10ffff ? String.fromCodePoint(code) : token
}

/** A letter with its marks, or anything else that may be one of several spellings of the same. */
const CLUSTER = /(?:[^\0-\x7f]|[\0-\x7f](?=\p{M}))\p{M}*/gu
/** Digits of Arabic and Persian, which phone numbers may have. */
const DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/g

/** Text in which equal characters are equal: no composed letters, no full-width forms, no digits of other scripts. */
export function fold(text: string): string {
  if (isAscii(text)) return text
  return text.normalize('NFKD').replace(DIGIT, (digit) => String(digit.charCodeAt(0) & 0xf))
}

/** The same for a reading, whose places are kept. */
export function folded(reading: Reading): Reading {
  if (fold(reading.text) === reading.text) return reading
  return replaced(reading, CLUSTER, fold) ?? reading
}

function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text)
}

interface Token {
  /** Where it begins in the new text, and how long it is there. */
  readonly at: number
  readonly length: number
  readonly from: Stretch
}

/** The reading with each token replaced; undefined when there is none. */
function replaced(
  reading: Reading,
  token: RegExp,
  read: (token: string) => string,
): Reading | undefined {
  const tokens: Token[] = []
  let moved = 0
  const text = reading.text.replace(token, (found: string, ...rest: unknown[]) => {
    const start = rest.find((value) => typeof value === 'number') as number
    const value = read(found)
    if (value === found) return found
    tokens.push({
      at: start + moved,
      length: value.length,
      from: { start, end: start + found.length },
    })
    moved += value.length - found.length
    return value
  })
  if (tokens.length === 0) return undefined
  return {
    text,
    sourceOf: (start, end) =>
      reading.sourceOf(placeOf(tokens, start, 'start'), placeOf(tokens, end, 'end')),
  }
}

/** Where a place of the new text was in the old one; within a token, its edge. */
function placeOf(tokens: readonly Token[], place: number, edge: 'start' | 'end'): number {
  const token = lastBefore(tokens, place)
  if (!token) return place
  const behind = place - (token.at + token.length)
  if (behind >= 0) return token.from.end + behind
  return place === token.at ? token.from.start : token.from[edge]
}

function lastBefore(tokens: readonly Token[], place: number): Token | undefined {
  let low = 0
  let high = tokens.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tokens[middle]?.at ?? 0) <= place) low = middle + 1
    else high = middle
  }
  return tokens[low - 1]
}
