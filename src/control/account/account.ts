import { insertAccount, listAccounts } from '../../../db/account.ts'
import { findEid } from '../../../db/eid.ts'
import { updateOfficialAccount } from '../../../db/official-account.ts'
import type { AccountChange, AccountRow, OfficialAccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { useOneOf } from '../../core/nearest.ts'
import { problem, unknownName } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { keepEvent } from '../../tupu/account/event.ts'
import { type GatewayConfig, throughGateway, waitingAtMost } from '../../tupu/gateway/config.ts'
import type { Button } from '../../wechat/menu/button.ts'
import { putMenu } from '../../wechat/menu/menu.ts'
import { makeTemplate } from '../../wechat/template/template.ts'
import { deriveBase62, deriveReadable, type Source } from '../../world/seed.ts'
import { claim, touchVersion } from '../../world/world.ts'
import { idTaken, openOfficial, readWishes } from '../official-account/official-account.ts'
import { hiringTemplates } from '../template.ts'
import type { AccountInput, Settings } from './input.ts'

/** Its ordinal is part of message keys. */
const accounts_max = 64

/** IT software and agencies: the industries that HR vendors take. */
const industries = { primary_industry: 2, secondary_industry: 34 }

/** Makes an account; of stage `live` with an official account, industries, an approved template, and a menu. */
export function makeAccount(call: Call, input: AccountInput, field = ''): AccountRow | Refusal {
  const { db, world } = call
  const existing = listAccounts(db, world.epoch)
  const no = refuseAccount(call, existing, input, field)
  if (no) return no
  touchVersion(call)
  const eid = input.eid ?? `${input.key}-${deriveReadable(8, world, 'eid', input.key)}`
  const holder = claim(call, 'eid', eid)
  const isOurs = existing.some((row) => row.eid === eid) || findEid(db, world.epoch, eid)
  if (holder !== undefined || isOurs) {
    return idTaken(`${field}eid`, eid, holder ?? world.world)
  }
  const company = input.company ?? input.key
  const live =
    input.stage === 'live' ? createLivePart(call, input, { eid, company }, field) : undefined
  if (isRefusal(live)) return live
  const account = rowOf(call, input, {
    eid,
    n: existing.length,
    company,
    appid: live?.official.appid ?? null,
    template_id: live?.template_id ?? null,
  })
  insertAccount(db, account)
  keepFirstEvents(call, account, input)
  return account
}

/** The row of an account on which nothing has been changed yet. */
function rowOf(
  call: Call,
  input: AccountInput,
  made: Pick<AccountRow, 'eid' | 'n' | 'company' | 'appid' | 'template_id'>,
): AccountRow {
  const { epoch, now } = call.world
  return {
    ...made,
    epoch,
    key: input.key,
    state: 'active',
    profile: input.profile ?? 'default',
    gateway: firstGateway(input),
    partner_secret: partnerSecret(call, input.key, input.partner_secret),
    facts: null,
    facts_at: null,
    created_at: now,
    rebind: input.rebind ?? 'reject',
    oauth_scope: input.oauth_scope ?? 'snsapi_base',
    ...callbackColumns(input.callback ?? null),
    retention_days: input.retention_days ?? null,
    retention_since: input.retention_days == null ? null : now,
    current_eid: null,
    minute_limit: input.minute_limit ?? null,
    accepted_at: null,
  }
}

function firstGateway({ gateway_timeout: timeout_ms }: AccountInput): string {
  return JSON.stringify({ kind: 'local', timeout_ms })
}

function refuseAccount(
  call: Call,
  existing: readonly AccountRow[],
  input: AccountInput,
  field: string,
): Refusal | undefined {
  if (existing.length >= accounts_max) {
    return problem('conflict', {
      field: `${field}key`,
      reason: `a world has at most ${accounts_max} accounts`,
      fix: 'use another world',
    })
  }
  if (existing.some((account) => account.key === input.key)) {
    return problem('conflict', {
      field: `${field}key`,
      reason: `the world already has an account ${input.key}`,
      fix: 'choose another key',
    })
  }
  return refuseProfile(call, input.profile, field)
}

function createLivePart(
  call: Call,
  input: AccountInput,
  { eid, company }: { eid: string; company: string },
  field: string,
): { official: OfficialAccountRow; template_id: string } | Refusal {
  const wishes = { review: 'immediate', ...readWishes(input), key: input.key, name: company }
  const opened = openOfficial(call, wishes, field)
  if (isRefusal(opened)) return opened
  const official = { ...opened, ...industries, industries_at: call.world.now }
  updateOfficialAccount(call.db, opened, official)
  const template = makeTemplate(call, official, hiringTemplates[official.rules])
  putMenu(call, official.appid, firstMenu(eid))
  return { official, template_id: template.template_id }
}

/** What has happened to an account by the time that it is made: to one of stage `live`, its whole onboarding. */
function keepFirstEvents(call: Call, account: AccountRow, input: AccountInput): void {
  const { appid, eid } = account
  if (input.stage === 'new') {
    const wishes = readWishes(input)
    keepEvent(call, account, 'enquired', Object.keys(wishes).length > 0 ? { wishes } : {})
    return
  }
  keepEvent(call, account, 'enquired')
  keepEvent(call, account, 'official_account_connected', { appid, existing: false })
  keepEvent(call, account, 'registration_page_published')
  keepEvent(call, account, 'eid_issued', { eid })
  keepEvent(call, account, 'eid_confirmed', { eid })
}

/** The menu by which a live account is born: its links lead to our own pages. */
function firstMenu(eid: string): Button[] {
  const register = page('入职登记', `/register/${eid}`)
  return [register, { name: '加入我们', sub_button: [page('申请职位', `/apply/${eid}`), register] }]
}

function page(name: string, url: string): Button {
  return { type: 'view', name, url, sub_button: [] }
}

/** An account's partner secret: as given, else one if the server is open to other machines. */
function partnerSecret(
  call: Call,
  accountKey: string,
  given: Settings['partner_secret'],
): string | null {
  const { exposed, partnerOpen } = call.engine.settings
  if (typeof given === 'string' && given !== 'generated') return given
  const needed = given === undefined ? exposed && !partnerOpen : given === 'generated'
  return needed ? generatedSecret(call.world, accountKey) : null
}

/** The partner secret of an account for which nobody has chosen another. */
export function generatedSecret(source: Source, accountKey: string): string {
  return deriveBase62(40, source, 'partner_secret', accountKey)
}

/** A profile's name must be one that the simulator was started with. */
export function refuseProfile(
  call: Call,
  profile: string | undefined,
  field = '',
): Refusal | undefined {
  if (profile === undefined || call.engine.profiles.has(profile)) return undefined
  return unknownName(call, {
    field: `${field}profile`,
    reason: `no profile is called ${profile}`,
    fix: useOneOf(profile, [...call.engine.profiles.keys()]),
  })
}

/** What an update changes of an account's row. */
export function changeOf(
  call: Call,
  account: AccountRow,
  input: Settings & {
    company?: string | undefined
    profile?: string | undefined
    gateway?: GatewayConfig | undefined
  },
): AccountChange {
  const change: AccountChange = {}
  if (input.company !== undefined) change.company = input.company
  if (input.profile !== undefined) change.profile = input.profile
  if (input.rebind !== undefined) change.rebind = input.rebind
  if (input.oauth_scope !== undefined) change.oauth_scope = input.oauth_scope
  if (input.minute_limit !== undefined) change.minute_limit = input.minute_limit
  if (input.callback !== undefined) Object.assign(change, callbackColumns(input.callback))
  const { retention_days } = input
  if (retention_days !== undefined && retention_days !== account.retention_days) {
    change.retention_days = retention_days
    change.retention_since = retention_days === null ? null : call.world.now
  }
  if (input.partner_secret !== undefined) {
    change.partner_secret = partnerSecret(call, account.key, input.partner_secret)
  }
  if (input.gateway_timeout !== undefined)
    Object.assign(change, waitingAtMost(account, input.gateway_timeout))
  if (!input.gateway) return change
  const way = throughGateway({ ...account, ...change } as AccountRow, input.gateway)
  // What another WeChat told is worth nothing here.
  return { ...change, ...way, facts: null, facts_at: null }
}

/** As the account's row keeps it. */
function callbackColumns(
  callback: NonNullable<Settings['callback']> | null,
): Pick<AccountRow, 'callback_url' | 'callback_secret'> {
  return { callback_url: callback?.url ?? null, callback_secret: callback?.secret ?? null }
}
