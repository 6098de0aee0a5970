import type { OfficialAccountRow } from '../../../db/schema.ts'
import type { Fidelity } from '../../core/refusal.ts'

/** How often one path may be called. */
export interface PathLimit {
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
  ['/cgi-bin/menu/create', 1000, 100],
  ['/cgi-bin/menu/get', 10_000, 1000],
  ['/cgi-bin/menu/delete', 1000, 100],
  ['/cgi-bin/qrcode/create', 100_000, 10_000],
  ['/cgi-bin/user/get', 500, 100],
  ['/cgi-bin/user/info', 5_000_000, 500_000],
  ['/cgi-bin/user/info/updateremark', 10_000],
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
export const forced_refreshes_day = 20

/** How often an account may clear its quotas in a Beijing month. Of test accounts one field report tells. */
export const clears_month = { service: 10, subscription: 10, sandbox: 3 } as const

/** What a path's calls are limited to; undefined: nothing is known of a limit. */
export function findLimit(path: string): PathLimit | undefined {
  return limits.get(path)
}

/** How often an official account may call a path in a day; undefined: as often as it likes. */
export function dayLimit(
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
