import { z } from 'zod'
import { isReply, type Reply } from '../../core/endpoint.ts'
import type { Surface } from '../../core/surface.ts'
import { qrPng } from '../../page/qr-picture.ts'
import { answerReply } from '../../page/reply.ts'
import { picture, type WechatCaller } from '../endpoint.ts'
import { wechatSurface } from '../surface.ts'
import { findTicket } from './code.ts'
import { code_url } from './ticket.ts'

/** Pixels, with the white around it: about as wide as WeChat's own. */
const size = 444

/** The picture of a ticket's code; a ticket that is none, or too old, has none. */
const showQrcode = picture({
  id: 'qrcode.show',
  methods: ['GET'],
  path: '/cgi-bin/showqrcode',
  from: ['query'],
  input: z.object({ ticket: z.string().optional() }),
  async handle(call): Promise<Reply> {
    const { ticket = '' } = call.input
    const code = await findTicket(call, ticket)
    if (!code) {
      call.steps.push({
        rule: 'ticket.known',
        actual: { ticket },
        expected: 'a ticket that still lives',
      })
      return { kind: 'reply', status: 404 }
    }
    call.steps.push('ticket.known')
    return {
      kind: 'reply',
      status: 200,
      body: qrPng(code_url + code.path, size),
      type: 'image/png',
      // By a world's clock a ticket may be too old at any moment.
      headers: { 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' },
    }
  },
})

/** What the WeChat platform answers with pictures: it stands beside the calls whose answers are JSON. */
export const wechatPictureSurface: Surface<WechatCaller> = {
  ...wechatSurface,
  bases: [],
  endpoints: [showQrcode],
  encode: (outcome, at) =>
    isReply(outcome) ? answerReply(outcome) : wechatSurface.encode(outcome, at),
}
