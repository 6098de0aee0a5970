import type { XmlField } from '../../src/core/xml.ts'
import type { ServerMode } from '../../src/wechat/push/reply.ts'
import { pushRequest } from '../../src/wechat/push/request.ts'
import type { Answer, Sim } from '../sim.ts'

export const token = 'simToken2026'
export const aes_key = 'kq3Zt7XbN1vPdLh5RgYm8WcJ4sEaUo0TfKi6BxQn9Dy'
/** Of the account through whose gateway `startAt` sends. */
export const appid = 'wx00000000000000aa'
export const msgid = '4795131072512000064'

/** What of a push a test makes otherwise than WeChat would. */
export interface Oddity {
  readonly eid?: string
  readonly mode?: ServerMode
  readonly token?: string
  readonly aes_key?: string
  readonly appid?: string
  /** Makes another body of the right one, or another URL. */
  readonly body?: (body: string) => string | Uint8Array
  readonly url?: (url: string) => string
}

/** Pushes to Acme's address as WeChat does. `fields`: behind CreateTime. */
export function push(
  { http, acme }: Sim,
  fields: readonly XmlField[],
  odd: Oddity = {},
): Promise<Answer> {
  const { eid = acme.eid, mode = 'plain', body = (text) => text, url = (text) => text } = odd
  const secrets = { token, aes_key, appid, ...odd, mode }
  const content = { original_id: 'gh_9c41ab07de52', openid: 'o-wang', created: 1, fields }
  const proof = { timestamp: '1767574800', nonce: '123456789', random: 'abcdefghijklmnop' }
  const request = pushRequest(`/tupu/wechat/${eid}`, secrets, content, proof)
  return http('POST', url(request.url), body(request.body), request.headers)
}

/** What became of a message. */
export function receipt(status = 'success', of = msgid): XmlField[] {
  return [
    ['MsgType', 'event'],
    ['Event', 'TEMPLATESENDJOBFINISH'],
    ['MsgID', { bare: of }],
    ['Status', status],
  ]
}
