import type { ScreenFacts } from '../../../views/phone/props.ts'
import { ownPath } from '../../core/locate.ts'
import { type PageAddress, readPageAddress } from '../../page/address.ts'
import { home } from './views.ts'

export type ScreenName = ScreenFacts['screen']

/** Which page of which phone; without a person, the table on which all phones lie. */
export interface PhoneAddress extends PageAddress {
  readonly screen: ScreenName | 'people'
  /** Id or key. */
  readonly person: string
  /** The official account that a page is about; of SMS and mail the one that is open. */
  readonly appid: string
}

/** The pages of a person's phone, by the last part of their path. */
const screens: readonly ScreenName[] = [
  ...(['chats', 'find', 'scan', 'me', 'chat', 'account', 'web'] as const),
  ...(['sms', 'mail'] as const),
]
/** What the answer to a form adds to an address, so that the page says it once; also to one of the frame. */
const flashed = ['said', 'button', 'ran', 'more', 'lost']
const of_account: readonly ScreenName[] = ['chat', 'account']
const with_letters: readonly ScreenName[] = ['sms', 'mail']

/** The page of a path and query of ours, in the world of `basePath`. */
export function readAddress(url: string, basePath: string): PhoneAddress | undefined {
  const address = readPageAddress(url, basePath, flashed)
  const [area, person = '', screen = 'chats', appid = '', ...more] = address?.parts ?? []
  if (!address || `/${area}` !== home || more.length > 0) return undefined
  if (person === '') return { ...address, person, appid, screen: 'people' }
  const known = screens.find((name) => name === screen)
  if (known === undefined) return undefined
  const isOfOne = appid !== ''
  if (!with_letters.includes(known) && of_account.includes(known) !== isOfOne) return undefined
  return { ...address, person, appid, screen: known }
}

/** The page that a form says to lead back to; undefined: it is none of ours. */
export function readBack(text: string | undefined, basePath: string): PhoneAddress | undefined {
  return readAddress(ownPath(text), basePath)
}
