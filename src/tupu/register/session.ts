import { createHash } from 'node:crypto'
import type { SessionRow } from '../../../db/schema.ts'
import {
  deleteSession,
  findSession as findSessionRow,
  insertSession,
  updateSession,
} from '../../../db/session.ts'
import { setCookie } from '../../auth/csrf.ts'
import { cookiesOf } from '../../core/request.ts'
import { randomToken } from '../../world/seed.ts'
import type { RegisterCall, RegisterCaller } from './call.ts'

/** A browser that is known lives half an hour of real time after it was last seen. */
const session_ms = 30 * 60_000
/** That it was seen is written down at most this often. */
const seen_ms = 60_000
/** So long a browser may take to come back from WeChat. */
const sign_in_ms = 10 * 60_000

/** A living session, and the cookie's value that only the browser has. */
export interface Session {
  readonly token: string
  readonly row: SessionRow
}

/** What was typed, and whose mobile stands in it. */
export type Draft = Pick<SessionRow, 'draft' | 'mobile_key'>
export const no_draft: Draft = { draft: null, mobile_key: null }

/** Named after the account and the way in, so that a browser which shows two phones is two people. */
function cookieName({ account, basePath }: Pick<RegisterCaller, 'account' | 'basePath'>): string {
  const hash = createHash('sha256').update(JSON.stringify([account.eid, account.appid, basePath]))
  return `tupu_${hash.digest('hex').slice(0, 16)}`
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')

/** The session of the browser, if it has a living one. */
export function sessionOf(call: RegisterCall): Session | undefined {
  const { db, world, caller, request } = call
  for (const token of cookiesOf(request, cookieName(caller))) {
    const row = findSessionRow(db, { epoch: world.epoch, session: hashOf(token) })
    if (row?.eid !== caller.account.eid || row.expires_at <= world.real_now) continue
    if (row.openid !== null) call.concern({ appid: caller.account.appid, openid: row.openid })
    return { token, row }
  }
  return undefined
}

/** Begins a session. Returns the cookie to set. */
export function openSession(
  call: RegisterCall,
  of: Pick<SessionRow, 'openid' | 'snapshot' | 'state' | 'draft' | 'mobile_key'>,
): string {
  const { db, world, caller, request } = call
  const token = call.draw('session', randomToken)
  insertSession(db, {
    ...of,
    epoch: world.epoch,
    session: hashOf(token),
    eid: caller.account.eid,
    created_at: world.real_now,
    expires_at: world.real_now + (of.openid === null ? sign_in_ms : session_ms),
  })
  return setCookie(request, { name: cookieName(caller), value: token, path: caller.basePath })
}

/** A browser that is still on its way to WeChat, once more: another state, and what was typed, if anything was. */
export function waitOn(
  { db, world }: RegisterCall,
  { row }: Session,
  of: { readonly state: string; readonly draft?: Draft | undefined },
): void {
  const { state, draft: { draft, mobile_key } = row } = of
  const expires_at = Math.max(row.expires_at, world.real_now + sign_in_ms)
  updateSession(db, row, { state, draft, mobile_key, expires_at })
}

/** The browser was seen: its session lives on. */
export function prolong({ db, world }: RegisterCall, { row }: Session): void {
  const expires_at = world.real_now + session_ms
  if (expires_at - row.expires_at < seen_ms) return
  updateSession(db, row, { expires_at })
}

/** What was typed before has been used. */
export function dropDraft({ db }: RegisterCall, { row }: Session): void {
  if (row.draft !== null) updateSession(db, row, { draft: null, mobile_key: null })
}

export function closeSession({ db }: RegisterCall, { row }: Session): void {
  deleteSession(db, row)
}
