import { endpointsOf } from '../core/endpoint.ts'
import { admit, refuseField } from './admit.ts'
import { refuse, type TupuCaller } from './caller.ts'

export { refuse, type TupuCaller }

/** What the surface checks first: the EID with its proof and state, and whether the account is live. */
export type Credential = 'eid' | 'eid, live'

/** One endpoint of the partner API. Of its refusals it names those of its own fields and decisions. */
export const endpoint = endpointsOf<
  TupuCaller,
  Credential,
  never,
  'refusals' | 'source' | 'fidelity'
>({ admit, refuseField }, ({ from, credential, refusals = [] }) => ({
  source: { en: 'our own contract: TUPU publishes none', zh: '我们自己的约定：TUPU 没有公开' },
  fidelity: 'assumed',
  // The body, the EID, its proof, its limit, its state, and whether it is live.
  refusals: [
    ...(from.includes('json') ? [47001] : []),
    ...[100001, 100003, 100018, 100004, 100005],
    ...(credential === 'eid, live' ? [100002] : []),
    ...refusals,
  ],
}))

export const ok = { errcode: 0, errmsg: 'ok' } as const
