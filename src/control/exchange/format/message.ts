import type { ExchangeInfo } from '../exchange.ts'

/** Headers of a shown exchange, each on a line of its own. */
export function headerLines(headers: Readonly<Record<string, unknown>>): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, String(one)]),
  )
}

/** A header by its name, however it is written. */
export function headerIn(
  headers: Readonly<Record<string, unknown>>,
  wanted: string,
): string | undefined {
  return headerLines(headers).find(([name]) => name.toLowerCase() === wanted)?.[1]
}

/** Where a call went: what came in is kept without its origin, and came to this one. */
export function absoluteUrl({ url }: ExchangeInfo, origin: string): string {
  return /^https?:\/\//i.test(url) ? url : origin + url
}
