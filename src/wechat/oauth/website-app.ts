import { deleteClaims } from '../../../db/claim.ts'
import type { OfficialAccountRow, WebsiteAppRow } from '../../../db/schema.ts'
import {
  deleteWebsiteApp as deleteRow,
  findWebsiteApp,
  insertWebsiteApp,
  listWebsiteApps,
} from '../../../db/website.ts'
import type { Call } from '../../core/call.ts'
import { deriveHex } from '../../world/seed.ts'
import { claim, touchVersion } from '../../world/world.ts'
import { loginAccount, officialAccountOf, openidPrefix } from '../official-account.ts'

/** So many has a world. */
export const website_apps_max = 20

export interface NewWebsiteApp {
  /** Natural key: id and secret are derived from it. */
  readonly key: string
  readonly name: string
  readonly appid?: string | undefined
  readonly app_secret?: string | undefined
  readonly domain?: string | null | undefined
}

/** Declares a website app. Returns its row, the name of the world that has its appid already, or `full`. */
export function createWebsiteApp(
  call: Call,
  given: NewWebsiteApp,
): WebsiteAppRow | { taken_by: string } | 'full' {
  const { db, world } = call
  const existing = listWebsiteApps(db, world.epoch)
  if (existing.length >= website_apps_max) return 'full'
  const { key, name, domain = null } = given
  const appid = given.appid ?? `wx${deriveHex(world, 'website_appid', key).slice(0, 16)}`
  touchVersion(call)
  const holder = claim(call, 'appid', appid)
  if (holder !== undefined) return { taken_by: holder }
  const isOurs = existing.some((row) => row.appid === appid) || officialAccountOf(call, appid)
  if (isOurs) return { taken_by: world.world }
  claim(call, 'openid_prefix', openidPrefix(call, appid))
  const app_secret = given.app_secret ?? deriveHex(world, 'app_secret', appid).slice(0, 32)
  const { epoch, now: created_at } = world
  const row = { epoch, appid, key, name, app_secret, domain, created_at }
  insertWebsiteApp(db, row)
  return row
}

/** Takes a website app away; its appid may be another world's from then on. Its logins, codes and tokens are worth no more, and end by themselves. */
export function deleteWebsiteApp(call: Call, { appid }: Pick<WebsiteAppRow, 'appid'>): void {
  const { db, world } = call
  touchVersion(call)
  deleteRow(db, { epoch: world.epoch, appid })
  deleteClaims(db, { world: world.world, kind: 'appid', values: [appid] })
  const prefix = openidPrefix(call, appid)
  deleteClaims(db, { world: world.world, kind: 'openid_prefix', values: [prefix] })
}

/** The row of a website app, read once per version of the world. */
export function websiteAppOf(
  { db, world, engine }: Pick<Call, 'db' | 'world' | 'engine'>,
  appid: string,
): WebsiteAppRow | undefined {
  return engine.cache.get({ db, world }, ['website_app', appid], () =>
    findWebsiteApp(db, world.epoch, appid),
  )
}

/** Whose appid it is in the calls of web OAuth: an official account's or a website app's. */
export function oauthAccountOf(
  call: Pick<Call, 'db' | 'world' | 'engine'>,
  appid: string,
): OfficialAccountRow | undefined {
  const account = officialAccountOf(call, appid)
  if (account) return account
  const app = websiteAppOf(call, appid)
  return app && loginAccount(call, app)
}
