import { z } from 'zod'
import { errcodes, words } from '../../core/field.ts'
import { endpoint, ok, okShape } from '../endpoint.ts'
import { jsTicket } from './ticket.ts'

/** The ticket by which an account's pages, or its cards, are signed. */
export const getTicket = endpoint({
  id: 'ticket.get',
  methods: ['GET', 'POST'],
  path: '/cgi-bin/ticket/getticket',
  from: ['query'],
  summary: {
    en: 'The ticket used to sign pages for the JS-SDK',
    zh: '获取 JS-SDK 页面签名用的 ticket',
  },
  source: {
    en: 'developers.weixin.qq.com: getTicket; that a living ticket is given again is assumed',
    zh: 'developers.weixin.qq.com: getTicket；有效期内返回同一个 ticket 为推测',
  },
  credential: 'access_token',
  input: z.object({
    type: errcodes(
      z
        .enum(['jsapi', 'wx_card'])
        .meta(
          words(
            'jsapi: for pages; wx_card: for cards, no page can be signed with it.',
            'jsapi：用于页面；wx_card：用于卡券，不能给页面签名。',
          ),
        ),
      { missing: 40097, type: 40097, invalid: 40097 },
    ),
  }),
  answer: okShape.extend({
    ticket: z.string(),
    expires_in: z
      .int()
      .meta(words('Seconds until it expires, up to 7200.', '剩余的秒数，最多 7200。')),
  }),
  refusals: [40097],
  example: { input: { type: 'jsapi' } },
  handle(call) {
    const { ticket, expires_at } = jsTicket(call, call.caller.account, call.input.type)
    return { ...ok, ticket, expires_in: Math.floor((expires_at - call.world.now) / 1000) }
  },
})
