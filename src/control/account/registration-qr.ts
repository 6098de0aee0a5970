import { z } from 'zod'
import { endpoint } from '../../core/control-endpoint.ts'
import type { Reply } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { qrPng, qrSvg } from '../../page/qr-picture.ts'
import { chooseConnected } from '../association/account.ts'
import { oneAccount } from './get.ts'
import { registerUrl } from './show.ts'

const size_usual = 320

/** Text in a query → pixels. */
const size = z
  .string()
  .regex(/^\d{1,4}$/, 'a number of pixels from 64 to 2048')
  .transform(Number)
  .refine((pixels) => pixels >= 64 && pixels <= 2048, 'a number of pixels from 64 to 2048')

/** The direct link to the registration page, for posters and screens. Scanned outside WeChat it says how to go on. */
export const getRegistrationQr = endpoint({
  id: 'registration_qr.get',
  methods: ['GET'],
  path: '/worlds/{world}/accounts/{eid}/registration-qr',
  from: ['path', 'query'],
  summary: { en: "The account's register_url as a QR code", zh: '账号 register_url 的二维码' },
  input: z.strictObject({
    ...oneAccount,
    format: z.enum(['svg', 'png']).optional().meta(words('svg unless told.', '不填为 svg。')),
    size: size
      .optional()
      .meta(
        words(
          `Pixels from 64 to 2048, ${size_usual} unless told; a PNG may be a little smaller, because its modules are whole pixels.`,
          `64 到 2048 像素，不填为 ${size_usual}；PNG 的每个模块是整数像素，可能略小。`,
        ),
      ),
  }),
  answer: 'image/svg+xml, image/png',
  refusals: [409],
  example: { input: { eid: 'acme', format: 'png' } },
  async handle(call): Promise<Reply | Refusal> {
    const { eid, format = 'svg', size: pixels = size_usual } = call.input
    const account = await chooseConnected(call, eid, 'eid')
    if (isRefusal(account)) return account
    const link = registerUrl(call, account)
    return format === 'svg'
      ? { kind: 'reply', status: 200, body: qrSvg(link, pixels), type: 'image/svg+xml' }
      : { kind: 'reply', status: 200, body: qrPng(link, pixels), type: 'image/png' }
  },
})
