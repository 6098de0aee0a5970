import type { Webhook } from '../../apidoc/openapi/webhook.ts'
import { type CallbackBody, callbackBody } from './callback.ts'

/** A callback as the platform gets it. */
const exampleCallbackBody: CallbackBody = {
  event: 'message.delivered',
  event_id: 'evt_000000001_9c1f0b7a2d4e6f80',
  eid: 'acme-7f3k2m9q',
  msgid_str: '4795131072512000064',
  client_msg_id: 'order-17',
  state: 'delivered',
  reason: null,
  wechat_status: 'success',
  occurred_at: '2026-01-05T01:00:00.000Z',
}

const failed: CallbackBody = {
  ...exampleCallbackBody,
  event: 'message.failed',
  state: 'failed',
  reason: 'user_block',
  wechat_status: 'failed:user block',
}

const common = {
  description:
    'Sent to the callback of an account when the receipt of a message has come: at once, then after 10 seconds, 1 minute, 10 minutes, 1 hour and 6 hours by the clock of the world, until it is acknowledged; always with the same event_id. Redirects are not followed.',
  headers: {
    'X-Tupu-Timestamp': 'Unix seconds in real time; only with a secret.',
    'X-Tupu-Nonce': 'A new one for each attempt; only with a secret.',
    'X-Tupu-Signature':
      'sha256= and the hex HMAC-SHA256 with the secret of the callback over timestamp, nonce, POST, path with query, and the hex SHA-256 of the body, joined by line feeds; only with a secret.',
  },
  body: callbackBody,
  answer: 'Any status from 200 to 299 within 5 seconds of real time acknowledges it.',
}

/** What the platform is told, for OpenAPI. */
export const callbackWebhooks: readonly Webhook[] = [
  {
    ...common,
    name: 'message.delivered',
    summary: 'A message has reached its phone',
    example: exampleCallbackBody,
  },
  { ...common, name: 'message.failed', summary: 'A message has failed', example: failed },
]
