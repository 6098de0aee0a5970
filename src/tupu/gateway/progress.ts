import { listApplications } from '../../../db/application.ts'
import { findMenu } from '../../../db/menu.ts'
import type { ApplicationRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { tellListeners } from '../../core/event.ts'
import { seeApplications } from '../../wechat/application/application.ts'
import type { AccountView } from '../account.ts'
import type { Facts } from './facts.ts'
import { eidsIn, type MenuItem } from './menu-item.ts'

/** What WeChat says of an account besides what a send needs: for its checklist alone. */
export interface Progress {
  /** When a template was first applied for; null: nobody has applied. */
  readonly applied_at: number | null
  readonly approved_at: number | null
  /** The latest application; null: there is none, or a remote WeChat does not tell. */
  readonly application: Pick<ApplicationRow, 'application' | 'state' | 'reason'> | null
  /** The EIDs whose registration pages the menu opens, and since when it is as it is. */
  readonly menu_eids: readonly string[]
  readonly menu_at: number | null
}

/** Somebody looks at how an account stands: a review that waits for looks goes on, and what it decides is true at once. */
export async function lookAtReviews(
  call: Call,
  { account, gateway }: Pick<AccountView, 'account' | 'gateway'>,
): Promise<void> {
  if (gateway.kind === 'remote' || account.appid === null) return
  await seeApplications(call, account.appid)
  await tellListeners(call)
}

/** What WeChat says of an account's way to its template and its menu. */
export function progressOf(
  call: Pick<Call, 'db' | 'world'>,
  { account, gateway, facts }: AccountView,
): Promise<Progress> {
  // Whoever has a template has applied for it.
  const since = facts.template_approved ? (facts.at.template_approved ?? null) : null
  return gateway.kind === 'remote'
    ? Promise.resolve(remoteProgress(facts, since))
    : localProgress(call, account.appid, since)
}

function remoteProgress({ menu_eids = [], at }: Facts, since: number | null): Progress {
  const menu_at = at.registration_page_published ?? null
  return { applied_at: since, approved_at: since, application: null, menu_eids, menu_at }
}

async function localProgress(
  { db, world }: Pick<Call, 'db' | 'world'>,
  appid: string | null,
  since: number | null,
): Promise<Progress> {
  const all = appid === null ? [] : await listApplications(db, world.epoch, appid)
  const menu = appid === null ? undefined : await findMenu(db, world.epoch, appid)
  const approved = all.filter(({ state }) => state === 'approved')
  return {
    applied_at: earliest(since, ...all.map(({ submitted_at }) => submitted_at)),
    approved_at: earliest(since, ...approved.map(({ decided_at }) => decided_at)),
    application: all.at(-1) ?? null,
    menu_eids: eidsIn(menu ? (JSON.parse(menu.buttons) as MenuItem[]) : []),
    menu_at: menu?.created_at ?? null,
  }
}

function earliest(...instants: readonly (number | null)[]): number | null {
  const known = instants.filter((instant) => instant !== null)
  return known.length === 0 ? null : Math.min(...known)
}
