import type { OfficialAccountRow } from '../../db/schema.ts'
import type { Refusal } from '../core/refusal.ts'
import type { RawRequest } from '../core/request.ts'
import { refuse } from './caller.ts'

/** Plain http is as good as https, unless the account asks for the latter. */
export function refuseScheme(
  { request }: { readonly request: RawRequest },
  { appid, require_https }: OfficialAccountRow,
): Refusal | undefined {
  if (!require_https || request.origin.startsWith('https:')) return undefined
  return refuse(43003, {
    rule: 'request.https',
    actual: request.origin,
    fix: { call: 'official_account.update', input: { appid, require_https: false } },
  })
}
