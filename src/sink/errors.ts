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
    en: 'SMS and e-mails are handed over by POST.',
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
]

/** Everything that a sink refuses with: each of its three kinds in its vendor's words. */
export const sinkErrors: RefusalTable = new Map(
  [
    ...own.map((row): RefusalEntry => ({ ...row, fidelity: 'documented' })),
    ...twilio.map((row): RefusalEntry => ({ ...row, fidelity: 'documented' })),
    ...aliyun.map((row): RefusalEntry => ({ ...row, fidelity: 'reported' })),
  ].map((row) => [row.code, row]),
)
