import Papa from 'papaparse'

/** A row of a CSV file. */
export interface CsvRow {
  /** Of the file, from 1: where it begins. */
  readonly line: number
  readonly fields: readonly string[]
  /** Characters of the text that are read by now. */
  readonly end: number
}

/**
 * What spreadsheets would run as a formula: it gets an apostrophe before it, one that has some already too, and loses it when
 * it is read. A mobile is a number to them. Source: OWASP, "CSV Injection".
 */
const formula = /^(?!\+\d+$)'*[=+\-@\t\r\n＝＋－＠]/u
const neutralised = /^'(?='*[=+\-@\t\r\n＝＋－＠])/u

/** What spreadsheets write between fields, by what the first line has. */
const separators = [',', ';', '\t']

/** The first rows of a CSV text (RFC 4180), or all, with or without a byte order mark, whatever ends its lines. Empty lines are none. */
export function readCsv(text: string, rows_max = Number.POSITIVE_INFINITY): CsvRow[] {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text
  const skipped = text.length - body.length
  const rows: CsvRow[] = []
  let at = 0
  let line = 1
  Papa.parse<string[]>(body, {
    delimiter: separatorOf(body),
    step({ data, meta }, parser) {
      const fields = data.map((field) => field.replace(neutralised, ''))
      if (fields.some((field) => field !== ''))
        rows.push({ line, fields, end: skipped + meta.cursor })
      if (rows.length >= rows_max) parser.abort()
      line += lineEnds(body.slice(at, meta.cursor))
      at = meta.cursor
    },
  })
  return rows
}

/** Rows as a CSV text, each with the end of its line; no field is a formula. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  const lines = Papa.unparse(
    rows.map((row) => [...row]),
    { escapeFormulae: formula },
  )
  return lines === '' ? '' : `${lines}\r\n`
}

function lineEnds(text: string): number {
  return text.match(/\r\n?|\n/gu)?.length ?? 0
}

function separatorOf(text: string): string {
  const [first = ''] = text.split(/\r\n?|\n/u, 1)
  const plain = first.replaceAll(/"[^"]*"/gu, '')
  return separators.find((separator) => plain.includes(separator)) ?? ','
}
