import { ownPath } from '../core/locate.ts'
import { allOf, readPageAddress } from '../page/address.ts'
import type { ConsoleAddress } from './page.ts'
import { findPage } from './pages.ts'
import { home } from './views.ts'

/** What a form's answer adds to an address, so that the page says it once. */
export const flashed = ['said', 'ran', 'more', 'lost', 'sent', 'code', 'whom', 'lang', 'typed']

/** The page of a path and query of ours, in the world of `basePath`. */
export function readAddress(url: string, basePath: string): ConsoleAddress | undefined {
  const address = readPageAddress(url, basePath, flashed)
  if (!address) return undefined
  const found = findPage(address.parts)
  return { ...address, page: found?.page, names: found?.names ?? {}, ran: allOf({ url }, 'ran') }
}

/** The page that a form says to lead back to; else the first one. */
export function readBack(text: string | undefined, basePath: string): ConsoleAddress {
  const found = readAddress(ownPath(text), basePath) ?? readAddress(home, basePath)
  if (!found) throw new Error('there is a first page')
  return found
}
