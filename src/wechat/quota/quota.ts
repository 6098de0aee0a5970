import { countQuota, deleteDayQuotas, findQuota } from '../../../db/quota.ts'
import type { OfficialAccountRow, QuotaCountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import type { Fidelity, Refusal } from '../../core/refusal.ts'
import { beijingDay, toIso } from '../../world/clock.ts'
import type { Scope } from '../../world/world.ts'
import { refuse } from '../caller.ts'

/** How often one path may be called. */
interface PathLimit {
  readonly path: string
  /** Calls per Beijing day, of a new account; followers by the hundred thousand bring more. */
  readonly day: number | undefined
  /** The same of a test account, where it is known to be less. */
  readonly sandbox_day: number | undefined
  /** Calls per minute. */
  readonly minute: number | undefined
  readonly fidelity: Fidelity
}

type Figure = number | undefined

type Row = readonly [path: string, day: Figure, sandbox?: Figure, minute?: Figure, sure?: Fidelity]

const none = undefined

/*
 * Source: developers.weixin.qq.com, the page on limits of calls with its list for test accounts, and the pages of the calls.
 * What is `reported` was seen in an answer of openapi/quota/get, or stands in one place only. A path that is not here has a
 * limit that nobody has published, or none.
 */
// biome-ignore format: one line per path
const rows: readonly Row[] = [
  ['/cgi-bin/token', 2000, 200],
  ['/cgi-bin/stable_token', 500_000, none, 10_000],
  ['/cgi-bin/clear_quota', 100, none, none, 'reported'],
  ['/cgi-bin/message/template/send', 100_000],
  ['/cgi-bin/message/custom/send', 500_000, 50_000],
  ['/cgi-bin/media/upload', 100_000, 500],
  ['/cgi-bin/media/get', 200_000, 1000],
  ['/cgi-bin/menu/create', 1000, 100],
  ['/cgi-bin/menu/get', 10_000, 1000],
  ['/cgi-bin/menu/delete', 1000, 100],
  ['/cgi-bin/menu/addconditional', 2000, none, none, 'reported'],
  ['/cgi-bin/menu/delconditional', 2000, none, none, 'reported'],
  ['/cgi-bin/menu/trymatch', 20_000, none, none, 'reported'],
  ['/cgi-bin/qrcode/create', 100_000, 10_000],
  ['/cgi-bin/ticket/getticket', 1_000_000, none, none, 'reported'],
  ['/cgi-bin/get_api_domain_ip', 5000, none, none, 'reported'],
  ['/cgi-bin/getcallbackip', 5000, none, none, 'reported'],
  ['/cgi-bin/callback/check', 1440, none, none, 'reported'],
  ['/cgi-bin/material/get_materialcount', 1000, 10],
  ['/cgi-bin/material/batchget_material', 1000, 10],
  ['/cgi-bin/user/get', 500, 100],
  ['/cgi-bin/user/info', 5_000_000, 500_000],
  ['/cgi-bin/user/info/updateremark', 10_000],
  ['/cgi-bin/tags/members/batchtagging', 10_000, none, none, 'reported'],
  ['/sns/oauth2/access_token', none, none, 50_000, 'reported'],
  ['/sns/oauth2/refresh_token', none, none, 50_000, 'reported'],
  ['/sns/userinfo', none, none, 50_000, 'reported'],
  ['/sns/auth', none, none, 50_000, 'reported'],
]

const limits: ReadonlyMap<string, PathLimit> = new Map(
  rows.map(([path, day, sandbox_day, minute, fidelity = 'documented']) => [
    path,
    { path, day, sandbox_day, minute, fidelity },
  ]),
)

/** Stable tokens that may be made by force in a day. */
const forced_refreshes_day = 20
/** How often an account may clear its quotas in a Beijing month. Of test accounts one field report tells. */
const clears_month = { service: 10, subscription: 10, sandbox: 3 } as const

/** What a path's calls are limited to; undefined: nothing is known of a limit. */
function findLimit(path: string): PathLimit | undefined {
  return limits.get(path)
}

/** How often an official account may call a path in a day; undefined: as often as it likes. */
function dayLimit(
  { day, sandbox_day }: PathLimit,
  { kind }: Pick<OfficialAccountRow, 'kind'>,
): number | undefined {
  return (kind === 'sandbox' ? sandbox_day : undefined) ?? day
}

/** The codes of a path's limits. */
export function limitCodes(path: string): number[] {
  const limit = findLimit(path)
  return [
    ...(limit?.day === undefined ? [] : [45009]),
    ...(limit?.minute === undefined ? [] : [45011]),
  ]
}

type CountingCall = Pick<Call, 'db' | 'world' | 'steps' | 'seal'>

type Counter = Pick<QuotaCountRow, 'path' | 'per'> & { readonly limit: number }

/** Where clearings are counted. */
const clear_path = '/cgi-bin/clear_quota'
/** Where forced refreshes are counted, which have a limit of their own within one path. */
const forced_path = '/cgi-bin/stable_token?force_refresh'

/** Whether an official account's calls are counted at all: asked first, so that without quotas nothing else is. */
function hasQuotas({ quotas }: Pick<OfficialAccountRow, 'quotas'>): boolean {
  return quotas !== 'off'
}

/**
 * Uses up one call of a path in its day and its minute, or refuses it because there is none left. A call counts once it is
 * known whose it is and that it is permitted, whatever else speaks against it; one that is refused here does not count.
 */
export function useQuota(
  call: CountingCall,
  account: OfficialAccountRow,
  path: string,
): Refusal | undefined {
  if (!hasQuotas(account)) return undefined
  const limit = findLimit(path)
  const day = limit && dayLimit(limit, account)
  const counters: Counter[] = []
  if (day !== undefined) counters.push({ path, per: 'day', limit: day })
  if (limit?.minute !== undefined) counters.push({ path, per: 'minute', limit: limit.minute })
  for (const counter of counters) {
    if (countUp(call, account, counter) === undefined)
      return refuseUsed(account, counter, limit?.fidelity)
  }
  if (counters.length === 0) return undefined
  call.seal()
  call.steps.push('quota.left')
  return undefined
}

/** The same for a refresh of the stable token by force. */
export function useForcedRefresh(
  call: CountingCall,
  account: OfficialAccountRow,
): Refusal | undefined {
  if (!hasQuotas(account)) return undefined
  const counter = { path: forced_path, per: 'day', limit: forced_refreshes_day } as const
  const used = countUp(call, account, counter)
  // What is answered to one too many is not documented: our inference.
  return used === undefined ? refuseUsed(account, counter, 'assumed') : undefined
}

/** Counts in the present day, minute or month; undefined: there were as many as there may be. */
function countUp(
  { db, world }: Scope,
  { appid }: Pick<OfficialAccountRow, 'appid'>,
  { path, per, limit }: Counter,
): number | undefined {
  const { epoch, now } = world
  return countQuota(db, { epoch, appid, path, per, limit, span: spanOf(per, now) })
}

/** Which day or month of Beijing, or which minute, an instant lies in. */
function spanOf(per: Counter['per'], now: number): string {
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

/**
 * Gives an account all its calls of the day back. Only what takes effect counts in the month, by whichever
 * call. Without quotas there is nothing to clear.
 */
export function clearQuotas(
  call: Pick<Call, 'db' | 'world' | 'steps'>,
  account: OfficialAccountRow,
): Refusal | undefined {
  if (!hasQuotas(account)) return undefined
  const { appid, kind } = account
  const limit = clears_month[kind]
  const used = countUp(call, account, { path: clear_path, per: 'month', limit })
  if (used === undefined) {
    return refuse(48006, {
      rule: 'quota.clears',
      row: { per: 'month', limit },
      actual: limit,
      expected: `fewer than ${limit}`,
      fix: { call: 'official_account.update', input: { appid, quotas: 'off' } },
    })
  }
  deleteDayQuotas(call.db, { epoch: call.world.epoch, appid })
  call.steps.push('quota.clears')
  return undefined
}

/** What an account may call of a path in a day and in a minute, and what is left of the day; zeros: no limit. */
export function quotaOf({ db, world }: Scope, account: OfficialAccountRow, path: string) {
  const limit = hasQuotas(account) ? findLimit(path) : undefined
  const daily_limit = (limit && dayLimit(limit, account)) ?? 0
  const counter = { epoch: world.epoch, appid: account.appid, path, per: 'day' } as const
  const row = daily_limit > 0 ? findQuota(db, counter) : undefined
  const used = row?.span === spanOf('day', world.now) ? row.used : 0
  const quota = { daily_limit, used, remain: daily_limit - used }
  const call_count = limit?.minute
  return call_count === undefined
    ? { quota }
    : { quota, rate_limit: { call_count, refresh_second: 60 } }
}
