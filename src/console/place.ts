import { locate, ownPath } from '../core/locate.ts'
import { queryOf } from '../core/request.ts'

/** Which page of the console. */
export interface Place {
  /** Key or EID of an account; empty: the page of all. */
  readonly account: string
  readonly query: Readonly<Record<string, string>>
  /** All values of `ran`, which may come more than once. */
  readonly ran: readonly string[]
  /** What links begin with, so that they stay in the world: `/w/ci-7`, or nothing. */
  readonly way: string
  /** Path and query, as a form leads back to it. */
  readonly here: string
}

const own = 'http://own.invalid'
/** What a form's answer adds to an address, so that the page says it once; and a question that was answered. */
const said_once = ['said', 'ran', 'more', 'lost', 'ask']

/** The page of a path and query of ours, whichever world they name: it is looked for in the world of `way`. */
export function readPlace(url: string, way: string): Place | undefined {
  if (!URL.canParse(url, own)) return undefined
  const { pathname, searchParams } = new URL(url, own)
  const { path } = locate(pathname)
  const [, accounts, account = '', ...more] = path.split('/')
  if (accounts !== 'accounts' || more.length > 0) return undefined
  const ran = searchParams.getAll('ran')
  for (const name of said_once) searchParams.delete(name)
  const here = way + path + (searchParams.size > 0 ? `?${searchParams}` : '')
  return { account: decode(account), query: queryOf(url), ran, way, here }
}

/** The page that a form says to lead back to; else the page of all accounts. */
export function readBack(text: string | undefined, way: string): Place {
  const found = readPlace(ownPath(text), way) ?? readPlace('/accounts', way)
  if (!found) throw new Error('there is a page of all accounts')
  return found
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
