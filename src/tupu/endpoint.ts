import type { AccountRow } from '../../db/schema.ts'
import { endpointsOf } from '../core/endpoint.ts'
import { refuser } from '../core/refusal.ts'
import type { AccountView } from './account.ts'
import { tupuErrors } from './errors.ts'

/** Who calls: the platform, for one account. */
export interface TupuCaller extends AccountView {
  readonly account: AccountRow
}

/** What the surface checks first: the EID with its proof and state, and whether the account is live. */
export type Credential = 'eid' | 'eid, live'

/** One endpoint of the partner API. */
export const endpoint = endpointsOf<TupuCaller, Credential>()

/** Refuses with a code of TUPU's own table. */
export const refuse = refuser(tupuErrors)

export const ok = { errcode: 0, errmsg: 'ok' } as const
