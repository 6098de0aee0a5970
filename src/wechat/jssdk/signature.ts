import { hash } from 'node:crypto'
import { findJsTicket } from '../../../db/js-ticket.ts'
import type { JsTicketRow, OfficialAccountRow } from '../../../db/schema.ts'
import type { StepFacts } from '../../world/step.ts'
import type { Scope } from '../../world/world.ts'

/** What a page says of its signature. */
export interface SignedPage {
  readonly nonceStr: string
  readonly timestamp: string
  readonly signature: string
  /** As its browser shows it, fragment included. */
  readonly url: string
}

/** The address of a page without its fragment: what is signed. */
export function signedUrl(url: string): string {
  return url.replace(/#.*$/s, '')
}

/** What was signed, and how: the signature of a page is the hash of this. */
function sign(ticket: string, url: string, { nonceStr, timestamp }: SignedPage): string {
  const text = `jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${url}`
  return hash('sha1', text)
}

/** Why a page's signature is not the account's; undefined: it is. Mistakes that are often made are looked for. */
export function refuseSignature(
  call: Scope,
  { appid }: OfficialAccountRow,
  page: SignedPage,
): StepFacts | undefined {
  const { db, world } = call
  const { epoch, now } = world
  const ticketOf = (type: JsTicketRow['type']) => findJsTicket(db, { epoch, appid, type })
  const row = ticketOf('jsapi')
  const url = signedUrl(page.url)
  const isOver = row !== undefined && row.expires_at <= now
  const fits = (ticket: string, signed: string) => sign(ticket, signed, page) === page.signature
  if (row && !isOver && fits(row.ticket, url)) return undefined
  const expected = `sha1("jsapi_ticket=…&noncestr=${page.nonceStr}&timestamp=${page.timestamp}&url=${url}")`
  const found = (actual: string) => ({ rule: 'jssdk.signature', actual, expected })
  if (!row) return found('no jsapi_ticket was ever fetched for this appid')
  const [mistake] = mistakes(page.url).find(([, signed]) => fits(row.ticket, signed)) ?? []
  if (isOver) return found('signed with a ticket that is too old')
  if (mistake !== undefined) return found(`signed for ${mistake}`)
  const card = ticketOf('wx_card')
  if (card && fits(card.ticket, url)) return found('signed with a ticket of the type wx_card')
  return found('signed with another ticket, or for another noncestr, timestamp or url')
}

/** What is signed by mistake instead of a page's address. */
function mistakes(whole: string): (readonly [what: string, url: string])[] {
  const url = signedUrl(whole)
  const { origin, pathname } = new URL(url)
  const other = url.startsWith('https:')
    ? url.replace('https:', 'http:')
    : url.replace(/^http:/, 'https:')
  return [
    ['the url with its fragment', whole],
    ['the url without its query', origin + pathname],
    ['the url without its path', origin],
    ['the url without its path, with a slash', `${origin}/`],
    ['the url without its last slash', url.replace(/\/$/, '')],
    ['the url with the other scheme', other],
    ['the decoded url', decoded(url)],
    ['the encoded url', encodeURIComponent(url)],
  ]
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url)
  } catch {
    return url
  }
}
