import type { Endpoint } from '../core/endpoint.ts'
import { confirmAccount } from './checklist/confirm.ts'
import { getAccount } from './checklist/get.ts'
import type { TupuCaller } from './endpoint.ts'
import { findMessageByClientId, getMessage } from './message/look-up.ts'
import { sendMessage } from './message/send.ts'
import { queryRegistration } from './registration.ts'

/** Our canonical partner API. */
export const tupuEndpoints: readonly Endpoint<TupuCaller>[] = [
  sendMessage,
  findMessageByClientId,
  getMessage,
  queryRegistration,
  getAccount,
  confirmAccount,
]
