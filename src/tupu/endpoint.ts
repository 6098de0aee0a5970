import { endpointsOf } from '../core/endpoint.ts'
import { admit, refuseField } from './admit.ts'
import { refuse, type TupuCaller } from './caller.ts'

export { refuse, type TupuCaller }

/** What the surface checks first: the EID with its proof and state, and whether the account is live. */
export type Credential = 'eid' | 'eid, live'

/** One endpoint of the partner API. */
export const endpoint = endpointsOf<TupuCaller, Credential>({ admit, refuseField })

export const ok = { errcode: 0, errmsg: 'ok' } as const
