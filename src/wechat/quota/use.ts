import { countQuota } from '../../../db/quota.ts'
import type { OfficialAccountRow, QuotaCountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import type { Refusal } from '../../core/refusal.ts'
import { beijingDay, toIso } from '../../world/clock.ts'
import { refuse } from '../caller.ts'
import { dayLimit, findLimit, forced_refreshes_day } from './limits.ts'

type CountingCall = Pick<Call, 'db' | 'world' | 'steps' | 'seal'>
type Counter = Pick<QuotaCountRow, 'path' | 'per'> & { readonly limit: number }

/** Where forced refreshes are counted, which have a limit of their own within one path. */
const forced_path = '/cgi-bin/stable_token?force_refresh'

/** Whether an official account's calls are counted at all: asked first, so that without quotas nothing else is. */
export function hasQuotas({ quotas }: Pick<OfficialAccountRow, 'quotas'>): boolean {
  return quotas !== 'off'
}

/**
 * Uses up one call of a path in its day and its minute, or refuses it because there is none left. A call counts once it is
 * known whose it is and that it is permitted, whatever else speaks against it; one that is refused here does not count.
 */
export async function useQuota(
  call: CountingCall,
  account: OfficialAccountRow,
  path: string,
): Promise<Refusal | undefined> {
  // Asked first, so that without quotas nothing else is.
  if (!hasQuotas(account)) return undefined
  const limit = findLimit(path)
  const day = limit && dayLimit(limit, account)
  const counters: Counter[] = []
  if (day !== undefined) counters.push({ path, per: 'day', limit: day })
  if (limit?.minute !== undefined) counters.push({ path, per: 'minute', limit: limit.minute })
  for (const counter of counters) {
    if ((await countUp(call, account, counter)) === undefined)
      return refuseUsed(account, counter, limit?.fidelity)
  }
  if (counters.length === 0) return undefined
  call.seal()
  call.steps.push('quota.left')
  return undefined
}

/** The same for a refresh of the stable token by force. */
export async function useForcedRefresh(
  call: CountingCall,
  account: OfficialAccountRow,
): Promise<Refusal | undefined> {
  if (!hasQuotas(account)) return undefined
  const counter = { path: forced_path, per: 'day', limit: forced_refreshes_day } as const
  const used = await countUp(call, account, counter)
  // What is answered to one too many is not documented: our inference.
  return used === undefined ? refuseUsed(account, counter, 'assumed') : undefined
}

/** Counts in the present day, minute or month; undefined: there were as many as there may be. */
export function countUp(
  { db, world }: Pick<Call, 'db' | 'world'>,
  { appid }: Pick<OfficialAccountRow, 'appid'>,
  { path, per, limit }: Counter,
): Promise<number | undefined> {
  const { epoch, now } = world
  return countQuota(db, { epoch, appid, path, per, limit, span: spanOf(per, now) })
}

/** Which day or month of Beijing, or which minute, an instant lies in. */
export function spanOf(per: Counter['per'], now: number): string {
  if (per === 'minute') return toIso(now).slice(0, 16)
  return beijingDay(now).slice(0, per === 'day' ? 10 : 7)
}

function refuseUsed(
  { appid }: OfficialAccountRow,
  { path, per, limit }: Counter,
  fidelity: string | undefined,
): Refusal {
  return refuse(per === 'day' ? 45009 : 45011, {
    rule: 'quota.left',
    row: { path, per, limit, fidelity },
    actual: limit,
    expected: `fewer than ${limit}`,
    fix: { call: 'official_account.update', input: { appid, quotas: 'off' } },
  })
}
