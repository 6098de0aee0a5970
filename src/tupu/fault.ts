import type { FaultFace } from '../core/apply-fault.ts'
import type { AccountView } from './account/account.ts'
import { refuseAny } from './any-code.ts'
import { readMobile } from './mobile.ts'

/** How faults meet the calls of the partner API. */
export const faults: FaultFace<AccountView> = {
  surface: 'tupu',
  named: ({ caller: { account }, fields }) => ({
    eid: account.eid,
    appid: account.appid,
    mobile: mobileIn(fields),
  }),
  refuse: refuseAny,
}

/** The mobile that a call's fields name, in whatever spelling. */
export function mobileIn({ mobile }: Readonly<Record<string, unknown>>): string | undefined {
  return typeof mobile === 'string' ? readMobile(mobile) : undefined
}
