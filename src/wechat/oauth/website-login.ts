import { nextCount } from '../../../db/counter.ts'
import type { WebsiteAppRow, WebsiteLoginRow } from '../../../db/schema.ts'
import { findWebsiteLogin, insertWebsiteLogin } from '../../../db/website.ts'
import { baseUrl, locate } from '../../core/locate.ts'
import { isCleanText } from '../../core/request.ts'
import { deriveBase62 } from '../../world/seed.ts'
import { claim, resetScoped } from '../../world/world.ts'
import type { PageCall } from './page.ts'
import { withCode } from './redirect-uri.ts'

/** A login by QR code waits so long. Source: recorded pages, which say that the code has expired after five minutes. */
const login_ms = 300_000

/** Begins a login that the browser before the QR code waits for. */
export function beginLogin(
  call: PageCall,
  { appid }: WebsiteAppRow,
  { redirect, state }: { readonly redirect: URL; readonly state: string },
): WebsiteLoginRow {
  const { db, world } = call
  const { epoch, now } = world
  const n = nextCount(db, { epoch, purpose: 'website_login', key: appid })
  const row: WebsiteLoginRow = {
    epoch,
    uuid: `0${deriveBase62(15, resetScoped(world), 'website_login', appid, n)}`,
    appid,
    redirect_uri: redirect.href,
    state,
    status: 'waiting',
    person: null,
    code: null,
    created_at: now,
    expires_at: now + login_ms,
  }
  insertWebsiteLogin(db, row)
  claim(call, 'ticket', row.uuid)
  return row
}

/** The login of this id. */
export function findLogin({ db, world }: PageCall, uuid: string): WebsiteLoginRow | undefined {
  return isCleanText(uuid) ? findWebsiteLogin(db, world.epoch, uuid) : undefined
}

/** How a login stands at this instant. What was decided in time stays so. */
export function standingOf(
  { world }: Pick<PageCall, 'world'>,
  { status, expires_at }: WebsiteLoginRow,
): WebsiteLoginRow['status'] | 'expired' {
  const isOpen = status === 'waiting' || status === 'scanned'
  return isOpen && expires_at <= world.now ? 'expired' : status
}

/** Where the browser goes on when the phone has decided: of a refusal with the state alone. */
export function backOf({ redirect_uri, code, state }: WebsiteLoginRow): string {
  const url = new URL(redirect_uri)
  if (code !== null) return withCode(url, { code, state })
  const before = url.search === '' ? '?' : `${url.search}&`
  url.search = `${before}state=${encodeURIComponent(state)}`
  return url.href
}

/** What the QR code says: an address that leads to this world from any phone of it. */
export function loginLink(call: PageCall, { uuid }: WebsiteLoginRow): string {
  const { origin } = call.request
  const path = `/connect/confirm?uuid=${uuid}`
  // One of WeChat's own hosts has no world in its paths: the id names it.
  const isPlayed = locate(`/${new URL(origin).host}${path}`).path === path
  return `${isPlayed ? origin : baseUrl(call)}${path}`
}

/** What the page asks again and again is told so, in WeChat's own numbers. */
const errcodes = { waiting: 408, scanned: 404, allowed: 405, denied: 403, expired: 402 } as const

/** The answer to a page that waits, as WeChat's own page is answered. */
export function standingText(call: PageCall, login: WebsiteLoginRow | undefined): string {
  const standing = login ? standingOf(call, login) : 'expired'
  const code = standing === 'allowed' ? (login?.code ?? '') : ''
  return `window.wx_errcode=${errcodes[standing]};window.wx_code='${code}';`
}
