import { z } from 'zod'
import { headerOf, type RawRequest } from '../../core/request.ts'

/**
 * Where a value stands: a JSON pointer into the body or the names of the path, in which `*` is each item of a list;
 * `query:name`, `header:name`, `user` (who authenticates), `host` (the first label of the host's name).
 */
export const pointer = z
  .string()
  .regex(
    /^\/|^query:.|^header:[\w-]+$|^user$|^host$/,
    'a JSON pointer, query:name, header:name, user or host',
  )

export type Place =
  | { readonly in: 'body'; readonly parts: readonly string[] }
  | { readonly in: 'query' | 'header'; readonly name: string }
  | { readonly in: 'user' | 'host' }

/** Takes a pointer apart. */
export function readPlace(text: string): Place {
  if (text === 'user' || text === 'host') return { in: text }
  if (text.startsWith('query:')) return { in: 'query', name: text.slice(6) }
  if (text.startsWith('header:')) return { in: 'header', name: text.slice(7).toLowerCase() }
  return { in: 'body', parts: text.slice(1).split('/').map(unescapePart) }
}

const unescapePart = (part: string) => part.replaceAll('~1', '/').replaceAll('~0', '~')

/** A request as places see it. `fields`: of body, query and path; `user`: who authenticates. */
export interface Sent {
  readonly request: RawRequest
  readonly query: Readonly<Record<string, string>>
  readonly fields: Readonly<Record<string, unknown>>
  readonly user?: string | undefined
}

/** Which item of each list on the way, the outermost first. */
export type Row = readonly number[]

/** What stands at a place; undefined: it is not there. */
export function valueAt(sent: Sent, place: Place, row: Row = []): unknown {
  switch (place.in) {
    case 'query':
      return sent.query[place.name]
    case 'header':
      return headerOf(sent.request, place.name)
    case 'user':
      return sent.user
    case 'host':
      return headerOf(sent.request, 'host')?.split(/[.:]/)[0]
    case 'body':
      return valueBelow(sent.fields, place.parts, row)
  }
}

function valueBelow(fields: unknown, parts: readonly string[], row: Row): unknown {
  let value = fields
  let list = 0
  for (const part of parts) {
    const inner = part === '*' ? itemOf(value, row[list++] ?? 0) : memberOf(value, part)
    if (inner === undefined) return undefined
    value = inner
  }
  return value
}

/** One that is no list is the only item: in XML a list of one looks so. */
function itemOf(list: unknown, i: number): unknown {
  return Array.isArray(list) ? list[i] : i === 0 ? list : undefined
}

function memberOf(value: unknown, name: string): unknown {
  const object = typeof value === 'string' ? parsed(value) : value
  if (typeof object !== 'object' || object === null || !Object.hasOwn(object, name))
    return undefined
  return (object as Record<string, unknown>)[name]
}

/** Forms carry JSON as a text: the way goes on in it. */
function parsed(text: string): unknown {
  try {
    return /^\s*[{[]/.test(text) ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}

/** Every row that a place with lists on its way names, at most one more than `max`; one row where there is no list. */
export function rowsAt(fields: unknown, parts: readonly string[], max: number): Row[] {
  const star = parts.indexOf('*')
  if (star < 0) return [[]]
  const list = valueBelow(fields, parts.slice(0, star), [])
  const items = Array.isArray(list) ? list.slice(0, max + 1) : [list]
  const rest = parts.slice(star + 1)
  const rows: Row[] = []
  for (const [i, item] of items.entries()) {
    for (const row of rowsAt(item, rest, max)) rows.push([i, ...row])
    if (rows.length > max) break
  }
  return rows.slice(0, max + 1)
}
