import { problems } from '../core/problem.ts'
import type { RefusalEntry, RefusalTable } from '../core/refusal.ts'

type Row = Omit<RefusalEntry, 'fidelity'>

/** Of our own two calls: HTTP statuses, answered as problems. */
const own: readonly Row[] = [
  {
    code: 404,
    text: problems.unknown_path.title,
    en: 'The sink has no such path, or the path names a world that there is not.',
    zh: '接收端没有这个路径，或路径中的世界不存在。',
  },
  {
    code: 400,
    text: problems.malformed_json.title,
    en: 'The body cannot be read.',
    zh: '请求体无法读取。',
  },
  {
    code: 405,
    text: problems.wrong_method.title,
    en: 'SMS and emails are handed over by POST.',
    zh: '短信和邮件用 POST 提交。',
  },
  {
    code: 409,
    text: problems.world_was_reset.title,
    en: 'The world was reset while the call was under way.',
    zh: '调用进行期间世界被重建。',
  },
  {
    code: 413,
    text: problems.body_too_large.title,
    en: 'The body has more than 1 MB.',
    zh: '请求体超过 1 MB。',
  },
  {
    code: 415,
    text: problems.unknown_encoding.title,
    en: 'The body is packed in a way that is not read.',
    zh: '请求体的压缩方式不受支持。',
  },
  {
    code: 422,
    text: problems.invalid_field.title,
    en: 'A field is missing or has no usable value; field, reason and fix say which and why.',
    zh: '字段缺失或取值不可用；field、reason、fix 说明是哪个、为什么。',
  },
]

/** Twilio's. Source: its error dictionary; texts as its SDKs' users quote them. */
const twilio: readonly Row[] = [
  {
    code: 20_004,
    text: 'Method not allowed',
    en: 'The resource has other methods.',
    zh: '该资源不支持此方法。',
  },
  {
    code: 20_404,
    text: 'The requested resource {path} was not found',
    en: 'No such resource.',
    zh: '没有这个资源。',
  },
  {
    code: 20_001,
    text: 'The request could not be read',
    en: 'The body cannot be read.',
    zh: '请求体无法读取。',
  },
  {
    code: 21_604,
    text: "A 'To' phone number is required.",
    en: 'To is missing.',
    zh: '缺少 To。',
  },
  {
    code: 21_211,
    text: "The 'To' number {number} is not a valid phone number.",
    en: 'To is no mobile number in E.164.',
    zh: 'To 不是 E.164 格式的手机号。',
  },
  {
    code: 21_603,
    text: "A 'From' phone number is required.",
    en: 'From and MessagingServiceSid are both missing.',
    zh: 'From 和 MessagingServiceSid 都没有。',
  },
  {
    code: 21_212,
    text: "The 'From' number {number} is not a valid phone number, shortcode, or alphanumeric sender ID.",
    en: 'From is too long.',
    zh: 'From 过长。',
  },
  {
    code: 21_701,
    text: 'The Messaging Service does not exist.',
    en: 'MessagingServiceSid is too long.',
    zh: 'MessagingServiceSid 过长。',
  },
  {
    code: 21_602,
    text: 'Message body is required.',
    en: 'Body is missing or empty.',
    zh: 'Body 缺失或为空。',
  },
  {
    code: 21_617,
    text: 'The concatenated message body exceeds the 1600 character limit.',
    en: 'Body has more than 1,600 characters.',
    zh: 'Body 超过 1600 个字符。',
  },
  {
    code: 20_003,
    text: 'Authenticate',
    en: 'Sid or token is wrong. By a fault alone: who calls is not checked.',
    zh: 'SID 或令牌错误。仅由故障给出：不校验调用方身份。',
  },
  {
    code: 20_429,
    text: 'Too Many Requests',
    en: 'The account sends too fast. By a fault alone.',
    zh: '账号发送过快。仅由故障给出。',
  },
  {
    code: 20_500,
    text: 'An internal server error has occurred',
    en: 'Twilio is out of order. By a fault alone.',
    zh: 'Twilio 内部错误。仅由故障给出。',
  },
  {
    code: 21_610,
    text: 'Attempt to send to unsubscribed recipient',
    en: 'The recipient has answered STOP. By a fault alone.',
    zh: '收件人已退订。仅由故障给出。',
  },
]

/** Alibaba Cloud's: its code, a colon, its message. The numbers are ours, for faults and counters: it has none. */
const aliyun: readonly Row[] = [
  {
    code: 901,
    text: 'MissingAction: Action is mandatory for this action.',
    en: 'Action is empty.',
    zh: 'Action 为空。',
  },
  {
    code: 902,
    text: 'InvalidAction.NotFound: Specified api is not found, please check your url and method.',
    en: 'Another Action than SendSms, or another method than GET and POST.',
    zh: 'Action 不是 SendSms，或方法不是 GET、POST。',
  },
  {
    code: 903,
    text: 'MissingPhoneNumbers: PhoneNumbers is mandatory for this action.',
    en: 'PhoneNumbers is missing.',
    zh: '缺少 PhoneNumbers。',
  },
  {
    code: 904,
    text: 'MissingSignName: SignName is mandatory for this action.',
    en: 'SignName is missing.',
    zh: '缺少 SignName。',
  },
  {
    code: 905,
    text: 'MissingTemplateCode: TemplateCode is mandatory for this action.',
    en: 'TemplateCode is missing.',
    zh: '缺少 TemplateCode。',
  },
  {
    code: 906,
    text: 'isv.MOBILE_NUMBER_ILLEGAL: invalid mobile number',
    en: 'One of the PhoneNumbers is no mobile number.',
    zh: 'PhoneNumbers 中有非法手机号。',
  },
  {
    code: 907,
    text: 'isv.MOBILE_COUNT_OVER_LIMIT: mobile count over limit',
    en: 'More than 1,000 PhoneNumbers.',
    zh: 'PhoneNumbers 超过 1000 个。',
  },
  {
    code: 908,
    text: 'isv.INVALID_JSON_PARAM: invalid JSON param',
    en: 'TemplateParam is no JSON object of texts.',
    zh: 'TemplateParam 不是取值为文本的 JSON 对象。',
  },
  {
    code: 909,
    text: 'isv.PARAM_LENGTH_LIMIT: param length limit',
    en: 'A parameter is longer than it may be.',
    zh: '参数超过长度限制。',
  },
  {
    code: 910,
    text: 'InvalidParameter: The request cannot be read.',
    en: 'The body cannot be read.',
    zh: '请求体无法读取。',
  },
  {
    code: 911,
    text: 'isv.BUSINESS_LIMIT_CONTROL: 触发分钟级流控Permits:1',
    en: 'The mobile gets no more SMS in this minute. By a fault alone.',
    zh: '该手机号触发分钟级流控。仅由故障给出。',
  },
  {
    code: 912,
    text: 'isv.AMOUNT_NOT_ENOUGH: 账户余额不足',
    en: 'The account has no money left. By a fault alone.',
    zh: '账户余额不足。仅由故障给出。',
  },
  {
    code: 913,
    text: 'isp.SYSTEM_ERROR: 请重新调用',
    en: 'The service is out of order. By a fault alone.',
    zh: '服务内部错误。仅由故障给出。',
  },
]

/** The vendor whose code it is, as its endpoint's credential names it. Undefined: none has it. */
export function vendorOf(code: number): 'sink of Twilio' | 'sink of Alibaba Cloud' | undefined {
  if (twilio.some((row) => row.code === code)) return 'sink of Twilio'
  return aliyun.some((row) => row.code === code) ? 'sink of Alibaba Cloud' : undefined
}

/** What Twilio answers with its general codes; all others come with 400. */
const twilio_statuses: Readonly<Record<number, number>> = {
  20003: 401,
  20004: 405,
  20404: 404,
  20429: 429,
  20500: 500,
}

/** The HTTP status that a code says; without one it is what its vendor's refusals usually have. */
export function statusOf(code: number): { readonly status?: number } {
  const status = code >= 400 && code <= 599 ? code : twilio_statuses[code]
  return status === undefined ? {} : { status }
}

/** Everything that a sink refuses with: each of its three kinds in its vendor's words. */
export const sinkErrors: RefusalTable = new Map(
  [
    ...own.map((row): RefusalEntry => ({ ...row, fidelity: 'documented' })),
    ...twilio.map((row): RefusalEntry => ({ ...row, fidelity: 'documented' })),
    ...aliyun.map((row): RefusalEntry => ({ ...row, fidelity: 'reported' })),
  ].map((row) => [row.code, row]),
)
