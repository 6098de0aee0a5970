import { z } from 'zod'
import type { Reply } from '../../core/endpoint.ts'
import { control_source, endpoint } from '../../core/problem.ts'
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
  summary: "The account's register_url as a QR code",
  source: control_source,
  fidelity: 'documented',
  input: z.strictObject({
    ...oneAccount,
    format: z.enum(['svg', 'png']).optional().describe('svg unless told.'),
    size: size
      .optional()
      .describe(
        `Pixels from 64 to 2048, ${size_usual} unless told; a PNG may be a little smaller, because its modules are whole pixels.`,
      ),
  }),
  answer: 'image/svg+xml, image/png',
  refusals: [404, 409, 422],
  example: { input: { world: 'default', eid: 'acme', format: 'png' }, answer: null },
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
