/** A row of a CSV file. */
export interface CsvRow {
  /** Of the file, from 1: where it begins. */
  readonly line: number
  readonly fields: readonly string[]
  /** Characters of the text that are read by now. */
  readonly end: number
}

/** What spreadsheets write between fields, by what the first line has. */
const separators = [',', ';', '\t']

/** The rows of a CSV text (RFC 4180), one after the other: with or without a byte order mark, whatever ends its lines. Empty lines are none. */
export function* readCsv(text: string): Generator<CsvRow> {
  const begin = text.startsWith('\uFEFF') ? 1 : 0
  const separator = separatorOf(text.slice(begin).split(/\r\n?|\n/u, 1)[0] ?? '')
  let at = begin
  let line = 1
  while (at < text.length) {
    const row = readRow(text, at, separator)
    if (row.fields.some((field) => field !== '')) yield { line, fields: row.fields, end: row.end }
    line += row.lines
    at = row.end
  }
}

/** A text as a field of a CSV file. */
export function csvField(text: string): string {
  return /[",;\r\n\t]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function separatorOf(first: string): string {
  const plain = first.replaceAll(/"[^"]*"/gu, '')
  return separators.find((separator) => plain.includes(separator)) ?? ','
}

interface Read {
  readonly fields: string[]
  readonly end: number
  /** Line ends that it has, its own among them. */
  readonly lines: number
}

function readRow(text: string, begin: number, separator: string): Read {
  const fields: string[] = []
  let at = begin
  let lines = 1
  for (;;) {
    const field = text[at] === '"' ? readQuoted(text, at) : readPlain(text, at, separator)
    lines += field.lines
    fields.push(field.value)
    at = field.end
    if (text[at] !== separator) break
    at += 1
  }
  if (text[at] === '\r') at += 1
  if (text[at] === '\n') at += 1
  return { fields, end: at, lines }
}

interface Field {
  readonly value: string
  readonly end: number
  readonly lines: number
}

function readPlain(text: string, begin: number, separator: string): Field {
  let end = begin
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r')
    end += 1
  return { value: text.slice(begin, end).trim(), end, lines: 0 }
}

/** A quote within quotes stands twice; what follows the last one up to the separator is part of it. */
function readQuoted(text: string, begin: number): Field {
  const parts: string[] = []
  let at = begin + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    const end = quote < 0 ? text.length : quote
    parts.push(text.slice(at, end))
    if (text[end + 1] !== '"') {
      const value = parts.join('"')
      return { value, end: Math.min(end + 1, text.length), lines: lineEnds(value) }
    }
    at = end + 2
  }
}

function lineEnds(value: string): number {
  return value.match(/\r\n?|\n/gu)?.length ?? 0
}
