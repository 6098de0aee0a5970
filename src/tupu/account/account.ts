import { findAccount, listAccounts, updateAccount } from '../../../db/account.ts'
import type { AccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import type { EventListener } from '../../core/event.ts'
import { faultsOf } from '../../core/meet-fault.ts'
import { meet } from '../../core/outcomes.ts'
import { touchVersion } from '../../world/world.ts'
import { type GatewayConfig, gatewayOf, homeAppid } from '../gateway/config.ts'
import { type Facts, readFacts } from '../gateway/facts.ts'
import { isTemplateSent, localFacts } from '../gateway/local.ts'

/** A remote gateway is asked for its facts at most this often, in real time. */
const facts_ms = 600_000

/** An account with what every send needs of it, read once per version of the world. */
export interface AccountView {
  readonly account: AccountRow
  readonly gateway: GatewayConfig
  readonly facts: Facts
}

export function accountViewOf(
  call: Pick<Call, 'db' | 'world' | 'engine'>,
  eid: string,
): AccountView | undefined {
  const { db, world, engine } = call
  return engine.cache.get({ db, world }, ['account', eid], () => {
    const account = findAccount(db, world.epoch, eid)
    if (!account) return undefined
    const gateway = gatewayFor(call, account)
    const facts = gateway.kind === 'local' ? localFacts(call, account) : readFacts(account.facts)
    return { account, gateway, facts }
  })
}

/** The account's way to WeChat; where faults could meet its calls there, it says whose they are. */
function gatewayFor(call: Pick<Call, 'db' | 'world' | 'engine'>, account: AccountRow) {
  const gateway = gatewayOf(account)
  if (gateway.kind === 'local' || faultsOf(call).length === 0) return gateway
  const { epoch, eid, appid } = account
  return { ...gateway, by: { epoch, eid, appid } }
}

/** WeChat has accepted a message of an account that was sent then: the first time is kept. */
export function keepFirstAccepted(
  call: Pick<Call, 'db' | 'world'>,
  account: AccountRow,
  accepted_at: number,
): void {
  if (account.accepted_at !== null) return
  touchVersion(call)
  updateAccount(call.db, account, { accepted_at })
}

/** Whether a remote gateway must be asked again before its facts are believed. */
export function areFactsStale(view: AccountView, real_now: number): boolean {
  const { account, gateway } = view
  if (gateway.kind === 'local') return false
  return account.facts_at === null || real_now - account.facts_at >= facts_ms
}

/** WeChat decided about a template: an account takes an approved one that has none, or none that WeChat still sends. */
export const takeTemplate: EventListener = (call, event) => {
  if (event.event !== 'TEMPLATE_REVIEWED') return
  meet(call, `review.${event.result}`)
  if (event.template_id === null) return
  const { db, world } = call
  for (const account of listAccounts(db, world.epoch)) {
    if (homeAppid(account) !== event.appid) continue
    const { template_id } = account
    if (template_id !== null && isTemplateSent(call, template_id)) continue
    touchVersion(call)
    updateAccount(db, account, { template_id: event.template_id })
  }
}
