import { z } from 'zod'
import { errcodes, words } from '../core/field.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import { bodyOf, headerOf, queryOf, type RawRequest } from '../core/request.ts'
import { readMobile } from '../tupu/mobile.ts'
import { deriveHex } from '../world/seed.ts'
import { keepContacts } from './contact.ts'
import { boundedText, endpoint, refuseValue } from './endpoint.ts'
import { text_length_max } from './endpoints.ts'

const numbers_max = 1000

/** A parameter that must be there, with the codes of its absence and of a value that is too long. */
function needed(missing: number) {
  const codes = { missing, type: missing, invalid: 909 }
  return errcodes(boundedText(text_length_max.from).min(1), codes)
}

/** The Action of a call: among its parameters, or in the header of newer SDKs. Undefined: it has none. */
export function actionOf(request: RawRequest): string | undefined {
  const own = { ...queryOf(request.url), ...bodyOf(request, ['form']).fields }
  const action = own['Action'] ?? headerOf(request, 'x-acs-action')
  return typeof action === 'string' ? action : undefined
}

/** Takes an SMS as Alibaba Cloud's short message service does. Its path has the first page, too. */
export const sendAliyunSms = endpoint({
  id: 'aliyun.send_sms',
  methods: ['POST', 'GET'],
  path: '/',
  // A browser's own window shows the page, wherever the link comes from.
  takes: (request) =>
    headerOf(request, 'sec-fetch-mode') !== 'navigate' && actionOf(request) !== undefined,
  from: ['query', 'form'],
  summary: {
    en: 'Send an SMS as with Alibaba Cloud (SendSms); signatures are not checked',
    zh: '按阿里云短信服务（SendSms）提交短信；不校验签名',
  },
  source: 'help.aliyun.com: SendSms, 2017-05-25',
  fidelity: 'documented',
  credential: 'sink of Alibaba Cloud',
  refusals: [901, 902, 903, 904, 905, 906, 907, 908, 909],
  input: z.object({
    Action: errcodes(
      z
        .literal('SendSms')
        .meta(
          words('Also accepted in the header x-acs-action.', '也可放在请求头 x-acs-action 中。'),
        ),
      { missing: 901, type: 901, invalid: 902 },
    ),
    PhoneNumbers: errcodes(
      z
        .string()
        .min(1)
        .meta(words('Up to 1,000, separated by commas.', '最多 1000 个，用英文逗号分隔。')),
      { missing: 903, type: 903, invalid: 906 },
    ),
    SignName: needed(904),
    TemplateCode: needed(905),
    TemplateParam: errcodes(
      boundedText(text_length_max.sms)
        .optional()
        .meta(words('The variables of the template, as JSON.', '模板变量，JSON。')),
      { missing: 908, type: 908, invalid: 909 },
    ),
  }),
  answer: z.object({
    Message: z.literal('OK'),
    RequestId: z.string(),
    BizId: z.string(),
    Code: z.literal('OK'),
  }),
  example: {
    input: {
      Action: 'SendSms',
      PhoneNumbers: '13800138002',
      SignName: '晨光科技',
      TemplateCode: 'SMS_154950909',
      TemplateParam: '{"name":"王小雨"}',
    },
  },
  handle(call) {
    const { PhoneNumbers, SignName, TemplateCode, TemplateParam = '' } = call.input
    const mobiles = readNumbers(PhoneNumbers)
    if (isRefusal(mobiles)) return mobiles
    const no = refuseParam(TemplateParam)
    if (no) return no
    // What the template says Alibaba Cloud alone knows: the phone shows its code and variables.
    const text = `【${SignName}】${TemplateCode} ${TemplateParam}`.trim()
    const to = mobiles.map((mobile) => ({ mobile }))
    keepContacts(call, to, { from: SignName, subject: '', text, html: null })
    const trace = call.trace()
    const digits = BigInt(`0x${deriveHex(call.world, 'aliyun', trace).slice(0, 14)}`)
    const BizId = `${String(digits).padStart(18, '9')}^0`
    return { Message: 'OK', RequestId: requestIdOf(trace), BizId, Code: 'OK' }
  },
})

function readNumbers(text: string): string[] | Refusal {
  const parts = text.split(',')
  const field = 'PhoneNumbers'
  if (parts.length > numbers_max)
    return refuseValue(907, field, { actual: parts.length, expected: numbers_max })
  const mobiles: string[] = []
  for (const part of parts) {
    const mobile = readMobile(part)
    if (mobile === undefined) {
      const expected = 'mobile numbers with commas between them'
      return refuseValue(906, field, { actual: part, expected })
    }
    mobiles.push(mobile)
  }
  return [...new Set(mobiles)]
}

function refuseParam(text: string): Refusal | undefined {
  if (text === '') return undefined
  const expected = 'a JSON object'
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return undefined
  } catch {
    // As with JSON that is no object.
  }
  return refuseValue(908, 'TemplateParam', { actual: text, expected })
}

/** Names a call, as a UUID in capitals. */
export function requestIdOf(trace: string): string {
  const hex = trace
    .replace(/[^0-9a-f]/g, '')
    .padEnd(32, '0')
    .toUpperCase()
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-')
}
