import { STATUS_CODES } from 'node:http'
import type { ExchangeInfo } from '../exchange.ts'

/** Request and answer as they look on the wire, one below the other. */
export function httpOf(exchange: ExchangeInfo, origin: string): string {
  const { method, status, request, answer } = exchange
  const { host, pathname, search } = new URL(absoluteUrl(exchange, origin))
  const hasHost = headerIn(request.headers, 'host') !== undefined
  const asked = [
    `${method} ${exchange.direction === 'in' ? exchange.url : pathname + search} HTTP/1.1`,
    ...(hasHost ? [] : [`Host: ${host}`]),
    ...linesOf(request.headers),
  ]
  const first = status === 0 ? 'no answer came' : `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`
  return `${messageOf(asked, request.body)}\r\n\r\n${messageOf([first.trim(), ...linesOf(answer.headers)], answer.body)}\r\n`
}

function linesOf(headers: Readonly<Record<string, unknown>>): string[] {
  return headerLines(headers).map(([name, value]) => `${name}: ${value}`)
}

function messageOf(head: readonly string[], body: string): string {
  return `${head.join('\r\n')}\r\n\r\n${body}`
}

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
