import { listAccounts, updateAccount } from '../../../db/account.ts'
import { findOfficialAccount } from '../../../db/official-account.ts'
import type { AccountRow, OfficialAccountRow } from '../../../db/schema.ts'
import { listTemplates } from '../../../db/template.ts'
import type { Db } from '../../../db/unit.ts'
import type { Call } from '../../core/call.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { eventsOf, keepEvent, latestOf } from '../../tupu/account/event.ts'
import { homeAppid } from '../../tupu/gateway/config.ts'
import { touchVersion } from '../../world/world.ts'
import {
  openOfficial,
  readWishes,
  unknownOfficial,
  type Wishes,
} from '../official-account/official-account.ts'
import { hasAgreed } from './vendor.ts'

/** Gives an account its official account; `existing` says that the customer has had it. */
export function connectOfficial(
  call: Call,
  account: AccountRow,
  { existing, wishes }: { readonly existing: string | true | undefined; readonly wishes: Wishes },
): Refusal | undefined {
  if (account.appid !== null) return hasOne(account)
  if (existing !== undefined && !hasAgreed(call, account)) return needsGrant(account)
  const official =
    typeof existing === 'string' ? findFree(call, existing, wishes) : open(call, account, wishes)
  if (isRefusal(official)) return official
  connect(call, account, official, existing !== undefined)
  return undefined
}

function hasOne({ key, appid }: AccountRow): Refusal {
  const reason = `${key} has the official account ${appid}`
  return problem('conflict', { field: 'eid', reason, fix: 'make another account' })
}

function needsGrant({ key }: AccountRow): Refusal {
  const reason = `the vendor of ${key} has not agreed`
  const fix = 'call vendor.ask and vendor.grant first, or leave existing out'
  return problem('conflict', { field: 'existing', reason, fix })
}

/** Opens one as the customer wished when they enquired, unless the call says otherwise. */
function open(call: Call, account: AccountRow, wishes: Wishes): OfficialAccountRow | Refusal {
  const enquiry = latestOf(eventsOf(call, account), 'enquired')
  const before = readWishes(enquiry?.detail['wishes'])
  return openOfficial(call, { ...before, ...wishes, key: account.key, name: account.company })
}

/** An official account of the world that no account of TUPU's has any more: revoked for good, it has lost it. */
function findFree(call: Call, appid: string, wishes: Wishes): OfficialAccountRow | Refusal {
  const { db, world } = call
  const [field] = Object.keys(wishes)
  if (field !== undefined) {
    const reason = 'it says what an official account is to be that is there already'
    return problem('invalid_field', { field, reason, fix: 'call official_account.update' })
  }
  const official = findOfficialAccount(db, world.epoch, appid)
  const holder = holderOf(db, world.epoch, appid)
  if (official && (!holder || holder.state === 'revoked')) return official
  if (!holder) return unknownOfficial(call, appid, 'existing')
  const fix = 'choose another one, or say true'
  return problem('conflict', { field: 'existing', reason: `${holder.key} has it`, fix })
}

function holderOf(db: Db, epoch: number, appid: string): AccountRow | undefined {
  return listAccounts(db, epoch).find((row) => homeAppid(row) === appid)
}

function connect(
  call: Call,
  account: AccountRow,
  { appid }: OfficialAccountRow,
  existing: boolean,
): void {
  const { db, world } = call
  const templates = listTemplates(db, world.epoch, appid)
  // A template that is there was approved before.
  const template_id = templates.find(({ state }) => state === 'active')?.template_id ?? null
  touchVersion(call)
  const holder = holderOf(db, world.epoch, appid)
  if (holder) updateAccount(db, holder, { ...gone, gateway: '{"kind":"local"}' })
  updateAccount(db, account, { appid, template_id })
  keepEvent(call, account, 'official_account_connected', { appid, existing })
}

const gone = { appid: null, template_id: null, facts: null, facts_at: null }
