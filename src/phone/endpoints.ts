import { phoneChat, readPhone } from './chat.ts'
import { allowPhone, denyPhone, followEndpoints } from './follow.ts'
import { openPhone } from './open.ts'
import { getPhone, phoneSnapshot } from './phone.ts'
import { imagePhone, locationPhone, textPhone } from './say.ts'
import { scanPhone } from './scan.ts'
import { phoneSubscriptions, subscribePhone } from './subscribe.ts'
import { tapPhone } from './tap.ts'

/** What a person sees and does on the virtual phone, as calls of the control API. */
export const phoneEndpoints = [
  getPhone,
  phoneChat,
  readPhone,
  ...followEndpoints,
  tapPhone,
  openPhone,
  textPhone,
  imagePhone,
  locationPhone,
  allowPhone,
  denyPhone,
  scanPhone,
  phoneSnapshot,
  phoneSubscriptions,
  subscribePhone,
] as const
