import { locate, ownPath } from '../../core/locate.ts'
import { queryOf } from '../../core/request.ts'

/** The pages of a person's phone, by the last part of their path. */
export const screens = ['chats', 'find', 'scan', 'me', 'chat', 'account', 'web'] as const
export type ScreenName = (typeof screens)[number]

/** Which page of which phone; without a person, the table on which all phones lie. */
export interface Place {
  readonly screen: ScreenName | 'people'
  /** Id or key. */
  readonly person: string
  /** The official account that a page is about. */
  readonly appid: string
  readonly query: Readonly<Record<string, string>>
  /** What links begin with, so that they stay in the world: `/w/ci-7`, or nothing. */
  readonly way: string
  /** Path and query, as a form leads back to it. */
  readonly here: string
}

const own = 'http://own.invalid'
/** What a form's answer adds to an address, so that the page says it once. */
const said_once = ['said', 'button']
const of_account: readonly ScreenName[] = ['chat', 'account']

/** The page of a path and query of ours, whichever world they name: it is looked for in the world of `way`. */
export function readPlace(url: string, way: string): Place | undefined {
  if (!URL.canParse(url, own)) return undefined
  const { pathname, searchParams } = new URL(url, own)
  const { path } = locate(pathname)
  const [, phone, person = '', screen = 'chats', appid = '', ...more] = path.split('/').map(decode)
  if (phone !== 'phone' || more.length > 0) return undefined
  for (const name of said_once) searchParams.delete(name)
  const here = way + path + (searchParams.size > 0 ? `?${searchParams}` : '')
  const place = { person, appid, query: queryOf(url), way, here }
  if (person === '') return { ...place, screen: 'people' }
  const known = screens.find((name) => name === screen)
  if (known === undefined || of_account.includes(known) !== (appid !== '')) return undefined
  return { ...place, screen: known }
}

/** The page that a form says to lead back to; undefined: it is none of ours. */
export function readBack(text: string | undefined, way: string): Place | undefined {
  return readPlace(ownPath(text), way)
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
