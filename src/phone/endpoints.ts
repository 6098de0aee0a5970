import { getChat, readChat } from './chat.ts'
import { allowProfile, denyProfile, setSnapshot } from './consent.ts'
import { followEndpoints } from './follow.ts'
import { openLink } from './open.ts'
import { getPhone } from './phone.ts'
import { scanCode } from './scan.ts'
import { tapButton } from './tap.ts'

/** What people do with their phones: one endpoint a verb. The phone's own pages call the same. */
export const phoneEndpoints = [
  getPhone,
  getChat,
  readChat,
  ...followEndpoints,
  tapButton,
  openLink,
  allowProfile,
  denyProfile,
  scanCode,
  setSnapshot,
]
