import { findAccount } from '../../db/account.ts'
import type { AccountRow } from '../../db/schema.ts'
import type { Call } from '../core/call.ts'
import { type GatewayConfig, gatewayOf } from './gateway/config.ts'
import { type Facts, readFacts } from './gateway/facts.ts'
import { localFacts } from './gateway/local.ts'

/** A remote gateway is asked for its facts at most this often, in real time. */
export const facts_ms = 600_000

/** An account with what every send needs of it, read once per version of the world. */
export interface AccountView {
  readonly account: AccountRow
  readonly gateway: GatewayConfig
  readonly facts: Facts
}

export function accountViewOf(
  call: Pick<Call, 'db' | 'world' | 'engine'>,
  eid: string,
): Promise<AccountView | undefined> {
  const { db, world, engine } = call
  return engine.cache.get(world, `account ${eid}`, async () => {
    const account = await findAccount(db, world.epoch, eid)
    if (!account) return undefined
    const gateway = gatewayOf(account)
    const facts =
      gateway.kind === 'local' ? await localFacts(call, account) : readFacts(account.facts)
    return { account, gateway, facts }
  })
}

/** Whether a remote gateway must be asked again before its facts are believed. */
export function areFactsStale(view: AccountView, real_now: number): boolean {
  const { account, gateway } = view
  if (gateway.kind === 'local') return false
  return account.facts_at === null || real_now - account.facts_at >= facts_ms
}
