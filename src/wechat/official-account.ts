import {
  findOfficialAccount,
  insertOfficialAccount,
  listOfficialAccounts,
} from '../../db/official-account.ts'
import { findPerson } from '../../db/person.ts'
import type { OfficialAccountRow, PersonRow, WebsiteAppRow } from '../../db/schema.ts'
import type { Call } from '../core/call.ts'
import { deriveBase62, deriveBase64url, deriveHex, type Source } from '../world/seed.ts'
import { claim, type Scope, touchVersion } from '../world/world.ts'

/** Its ordinal is part of every msgid: more would not fit. */
export const official_accounts_max = 64

/** Whether a text has the form of an appid: `wx` and 16 hex digits. */
export function isAppid(text: string): boolean {
  return /^wx[0-9a-f]{16}$/.test(text)
}

/** The row of an official account, read once per version of the world. */
export function officialAccountOf(
  call: Pick<Call, 'db' | 'world' | 'engine'>,
  appid: string,
): OfficialAccountRow | undefined {
  const { db, world, engine } = call
  return engine.cache.get({ db, world }, ['official_account', appid], () =>
    findOfficialAccount(db, world.epoch, appid),
  )
}

/** The mini programs that are linked to an account, by their appids. */
export function linkedMiniprograms({
  miniprograms,
}: Pick<OfficialAccountRow, 'miniprograms'>): string[] {
  return miniprograms === null ? [] : (JSON.parse(miniprograms) as string[])
}

export interface NewOfficialAccount {
  /** Natural key: ids and secrets are derived from it. */
  readonly key: string
  readonly name: string
  readonly appid?: string | undefined
  readonly rules: OfficialAccountRow['rules']
  readonly delivery: string
  /** As it is kept; left out, reviews take their time, as the real ones do. */
  readonly review?: string
  /** Left out, calls are not counted. */
  readonly quotas?: OfficialAccountRow['quotas'] | undefined
  /** As somebody chose them; left out, derived. */
  readonly app_secret?: string | undefined
  readonly token?: string | undefined
  readonly aes_key?: string | undefined
  /** As it is kept. */
  readonly miniprograms?: string | null
  readonly report_location?: OfficialAccountRow['report_location'] | undefined
  /** Where it is pushed to, with the secrets of that. */
  readonly server?: Partial<OfficialAccountRow>
}

/**
 * Opens a verified service account. Returns its row, the name of the world that has its appid already, or `full` when the
 * world has all it can have.
 */
export function createOfficialAccount(
  call: Call,
  given: NewOfficialAccount,
): OfficialAccountRow | { taken_by: string } | 'full' {
  const { db, world } = call
  const existing = listOfficialAccounts(db, world.epoch)
  if (existing.length >= official_accounts_max) return 'full'
  const appid = given.appid ?? `wx${deriveHex(world, 'appid', given.key).slice(0, 16)}`
  touchVersion(call)
  const holder = claim(call, 'appid', appid)
  if (holder !== undefined) return { taken_by: holder }
  if (existing.some((row) => row.appid === appid)) return { taken_by: world.world }
  claim(call, 'openid_prefix', openidPrefix(call, appid))
  const row = rowOf(call, given, { appid, n: existing.length })
  insertOfficialAccount(db, row)
  return row
}

/** A website app as the calls of web OAuth see it: like an account on which nothing has been set. */
export function loginAccount(call: Pick<Call, 'world'>, app: WebsiteAppRow): OfficialAccountRow {
  const { appid, key, name, app_secret } = app
  const rules = { rules: '2023', delivery: 'immediate' } as const
  return rowOf(call, { key, name, app_secret, ...rules }, { appid, n: 0 })
}

/** The row of an official account on which nothing has been set yet. */
function rowOf(
  { world }: Pick<Call, 'world'>,
  given: NewOfficialAccount,
  { appid, n }: Pick<OfficialAccountRow, 'appid' | 'n'>,
): OfficialAccountRow {
  return {
    epoch: world.epoch,
    appid,
    n,
    original_id: `gh_${deriveHex(world, 'original_id', appid).slice(0, 12)}`,
    ...officialSecrets(world, appid),
    ...(given.app_secret !== undefined && { app_secret: given.app_secret }),
    ...(given.token !== undefined && { token: given.token }),
    ...(given.aes_key !== undefined && { aes_key: given.aes_key }),
    name: given.name,
    kind: 'service',
    verified: 1,
    rules: given.rules,
    delivery: given.delivery,
    require_https: 0,
    ip_whitelist: null,
    primary_industry: null,
    secondary_industry: null,
    created_at: world.now,
    oauth_domains: null,
    js_domains: null,
    review: given.review ?? 'time',
    quotas: given.quotas ?? 'off',
    industries_at: null,
    industries_month: null,
    miniprograms: given.miniprograms ?? null,
    report_location: given.report_location ?? 'off',
    server_url: null,
    server_mode: 'plain',
    server_verified: 0,
    ...given.server,
  }
}

/** The secrets of an official account for which nobody has chosen others. */
export function officialSecrets(
  source: Source,
  appid: string,
): Pick<OfficialAccountRow, 'app_secret' | 'token' | 'aes_key'> {
  return {
    app_secret: deriveHex(source, 'app_secret', appid).slice(0, 32),
    token: deriveBase62(24, source, 'server_token', appid),
    aes_key: deriveBase62(43, source, 'aes_key', appid),
  }
}

/** Six characters, common to all openids of one official account: `o` and five derived ones. */
export function openidPrefix({ world }: { readonly world: Source }, appid: string): string {
  return `o${deriveBase64url(5, world, 'openid_prefix', appid)}`
}

/** The same of an openid that is there. */
export function prefixOf(openid: string): string {
  return openid.slice(0, 6)
}

/** A person's id at one official account, 28 characters. */
export function openidOf(
  { world }: { readonly world: Source },
  appid: string,
  person: string,
): string {
  return openidPrefix({ world }, appid) + deriveBase64url(22, world, 'openid', appid, person)
}

/** A person's id over all official accounts of the world, which share one open platform. */
export function unionidOf(scope: Scope, person: string): string {
  const row = findPerson(scope.db, scope.world.epoch, person)
  return unionidFrom(scope, row ?? { person, unionid: null })
}

/** The same of a person whose row is at hand. */
export function unionidFrom(
  { world }: Pick<Scope, 'world'>,
  { person, unionid }: Pick<PersonRow, 'person' | 'unionid'>,
): string {
  if (unionid !== null) return unionid
  const common = `o${deriveBase64url(5, world, 'unionid_prefix')}`
  return common + deriveBase64url(22, world, 'unionid', person)
}
