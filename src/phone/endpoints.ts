import { phoneChat, readPhone } from './chat.ts'
import { allowPhone, denyPhone, phoneSnapshot } from './consent.ts'
import { followEndpoints } from './follow.ts'
import { openPhone } from './open.ts'
import { getPhone } from './phone.ts'
import { scanPhone } from './scan.ts'
import { tapPhone } from './tap.ts'

/** What people do with their phones: one endpoint a verb. The phone's own pages call the same. */
export const phoneEndpoints = [
  getPhone,
  phoneChat,
  readPhone,
  ...followEndpoints,
  tapPhone,
  openPhone,
  allowPhone,
  denyPhone,
  scanPhone,
  phoneSnapshot,
]
