import { z } from 'zod'
import type { Reply } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { credentialElsewhere } from '../../core/locate.ts'
import { isRefusal } from '../../core/refusal.ts'
import { qrPng } from '../../page/qr-picture.ts'
import { endpoint, picture } from '../endpoint.ts'
import { code_url, findTicket, permanentCode, temporaryCode } from './code.ts'
import { actions, readScene } from './scene.ts'

const expire_seconds_default = 60
const expire_seconds_max = 2_592_000

/** Makes a QR code that says by which scene a person came. */
export const createQrcode = endpoint({
  id: 'qrcode.create',
  methods: ['POST'],
  path: '/cgi-bin/qrcode/create',
  from: ['json'],
  summary: { en: 'Create a QR code with a scene', zh: '生成带场景值的二维码' },
  source: {
    en: 'developers.weixin.qq.com: createQRCode; a longer life than the longest is cut (our inference)',
    zh: 'developers.weixin.qq.com: createQRCode；超过最长有效期的按最长算（我们的推断）',
  },
  credential: 'access_token',
  permission: 'QR codes',
  // Of a body that cannot be read it says only that it has no action (field reports of single quotes).
  readAsEmpty: 'any',
  input: z.object({
    expire_seconds: z
      .int()
      .optional()
      .meta(
        words(
          'For a temporary code: at most 2592000. Default: 60.',
          '临时二维码的有效秒数：不填为 60，最多 2592000。',
        ),
      ),
  }),
  later: z.object({
    action_name: z.enum(Object.keys(actions)),
    action_info: z.object({
      scene: z.object({ scene_id: z.int().optional(), scene_str: z.string().optional() }),
    }),
  }),
  answer: z.object({
    ticket: z.string(),
    expire_seconds: z.int().optional(),
    url: z.string().meta(words('The content of the QR code.', '二维码图片的内容。')),
  }),
  refusals: [40052, 40053, 45029],
  example: {
    input: { action_name: 'QR_LIMIT_STR_SCENE', action_info: { scene: { scene_str: 'gate-3' } } },
  },
  handle(call) {
    const scene = readScene(call.fields)
    if (isRefusal(scene)) return scene
    call.steps.push('qrcode.scene')
    const { account } = call.caller
    if (actions[scene.action].permanent) {
      const code = permanentCode(call, account, scene)
      return isRefusal(code) ? code : { ticket: code.ticket, url: code_url + code.path }
    }
    const expire_seconds = lifeOf(call.input.expire_seconds)
    const { ticket, path } = temporaryCode(call, account, scene, expire_seconds)
    return { ticket, expire_seconds, url: code_url + path }
  },
})

/** What is no length of a life counts as not told; what happens to one that is too long is not known. */
function lifeOf(expire_seconds = 0): number {
  return expire_seconds < 1 ? expire_seconds_default : Math.min(expire_seconds, expire_seconds_max)
}

/** Pixels, with the white around it: about as wide as WeChat's own. */
const size = 444

/** The picture of a ticket's code; a ticket that is none, or too old, has none. */
export const showQrcode = picture({
  id: 'qrcode.show',
  methods: ['GET'],
  path: '/cgi-bin/showqrcode',
  from: ['query'],
  input: z.object({ ticket: z.string().optional() }),
  handle(call): Reply {
    const { ticket = '' } = call.input
    const code = findTicket(call, ticket)
    if (!code) {
      const step = {
        rule: 'ticket.known',
        actual: { ticket },
        expected: 'a ticket that still lives',
      }
      call.steps.push(credentialElsewhere(call, 'ticket', ticket) ?? step)
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
