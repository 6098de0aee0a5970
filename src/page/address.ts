import { locate } from '../core/locate.ts'
import { queryOf } from '../core/request.ts'

/** Which page of ours an address names, whichever world it names besides. */
export interface PageAddress {
  /** The parts of its path, decoded: `['accounts', 'acme']`. */
  readonly parts: readonly string[]
  readonly query: Readonly<Record<string, string>>
  /** What links begin with, so that they stay in the world: `/w/ci-7`, or nothing. */
  readonly basePath: string
  /** Path and query, as a form leads back to it. */
  readonly returnTo: string
}

const own = 'http://own.invalid'

/** Reads a path and query of ours. `flashed`: what a form's answer adds to an address, so that the page says it once. */
export function readPageAddress(
  url: string,
  basePath: string,
  flashed: readonly string[],
): PageAddress | undefined {
  if (!URL.canParse(url, own)) return undefined
  const { pathname, searchParams } = new URL(url, own)
  const { path } = locate(pathname)
  for (const name of flashed) searchParams.delete(name)
  const returnTo = basePath + path + (searchParams.size > 0 ? `?${searchParams}` : '')
  return { parts: path.split('/').slice(1).map(decode), query: queryOf(url), basePath, returnTo }
}

/** All values of a field that an address may name more than once. */
export function allOf({ url }: { readonly url: string }, name: string): string[] {
  return URL.canParse(url, own) ? new URL(url, own).searchParams.getAll(name) : []
}

/** An address with more in its query. */
export function withQuery(address: string, query: URLSearchParams): string {
  if (query.size === 0) return address
  return `${address}${address.includes('?') ? '&' : '?'}${query}`
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
