import type { DocumentedEndpoint } from '../core/endpoint.ts'
import { confirmTupuAccount } from './checklist/confirm.ts'
import { getTupuAccount } from './checklist/get.ts'
import type { TupuCaller } from './endpoint.ts'
import { findMessage, getMessage } from './message/look-up.ts'
import { sendMessage } from './message/send.ts'
import { queryRegistration } from './registration.ts'

/** Our canonical partner API. */
export const tupuEndpoints: readonly DocumentedEndpoint<TupuCaller>[] = [
  sendMessage,
  findMessage,
  getMessage,
  queryRegistration,
  getTupuAccount,
  confirmTupuAccount,
]
