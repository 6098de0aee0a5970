import { ownPath } from '../core/locate.ts'
import { allOf, type PageAddress, readPageAddress } from '../page/address.ts'
import { home } from './views.ts'

/** Which page of the console. */
export interface ConsoleAddress extends PageAddress {
  /** Key or EID of an account; empty: the page of all. */
  readonly account: string
  /** All values of `ran`, which may come more than once. */
  readonly ran: readonly string[]
}

/** What a form's answer adds to an address, so that the page says it once; and a question that was answered. */
const flashed = ['said', 'ran', 'more', 'lost', 'ask']

/** The page of a path and query of ours, in the world of `basePath`. */
export function readAddress(url: string, basePath: string): ConsoleAddress | undefined {
  const address = readPageAddress(url, basePath, flashed)
  const [area, account = '', ...more] = address?.parts ?? []
  if (!address || `/${area}` !== home || more.length > 0) return undefined
  return { ...address, account, ran: allOf({ url }, 'ran') }
}

/** The page that a form says to lead back to; else the page of all accounts. */
export function readBack(text: string | undefined, basePath: string): ConsoleAddress {
  const found = readAddress(ownPath(text), basePath) ?? readAddress(home, basePath)
  if (!found) throw new Error('there is a page of all accounts')
  return found
}
