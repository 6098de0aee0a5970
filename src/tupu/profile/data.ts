import { z } from 'zod'
import { words } from '../../core/field.ts'
import { message_length_max } from '../message/text.ts'
import { caller_addresses } from './address.ts'
import { answers } from './answer-data.ts'
import { authentication } from './authentication-data.ts'
import { callback } from './callback-data.ts'
import { pointer } from './place.ts'

const method = z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])

/** How a mobile is written; whatever else it is, the canonical contract has the last word. */
export const mobile_formats = ['any', 'e164', 'digits', 'national', 'openid'] as const

/** How the values of a template's keywords are given. */
export const value_forms = ['map', 'pairs', 'wechat'] as const

const mobilePlace = z.strictObject({
  at: pointer,
  format: z
    .enum(mobile_formats)
    .default('any')
    .meta(
      words(
        'e164: +8613800138000; digits: 8613800138000; national: 13800138000; openid: an openid that is registered at the account, or a mobile. Another spelling is 100010.',
        'e164：+8613800138000；digits：8613800138000；national：13800138000；openid：在该账号登记过的 openid，或手机号。其他写法为 100010。',
      ),
    ),
})

/** More than any template shows. */
const message_length_most = 2000

const messageLength = z.int().min(1).max(message_length_most).optional()

const messagePlace = z
  .strictObject({
    at: pointer,
    max: messageLength.meta(
      words(
        'Longer texts are refused with 100013. Default: 200 characters.',
        '超过这么多个字符时以 100013 拒绝；不填则为 200。',
      ),
    ),
    cut: messageLength.meta(
      words('Longer texts are cut to this many characters.', '超长时截断为这么多个字符。'),
    ),
  })
  .refine(({ cut = 1, max = message_length_max }) => cut <= max, {
    error: 'no more than max, or than 200: what is cut would be refused still',
    path: ['cut'],
  })

const keywordsPlace = z.strictObject({
  at: pointer,
  form: z
    .enum(value_forms)
    .default('map')
    .meta(
      words(
        'map: {"keyword1": "…"}; pairs: [{"name": "keyword1", "value": "…"}]; wechat: {"keyword1": {"value": "…"}}.',
        'map：{"keyword1": "…"}；pairs：[{"name": "keyword1", "value": "…"}]；wechat：{"keyword1": {"value": "…"}}。',
      ),
    ),
  name: z.string().min(1).default('name').meta(words('For pairs.', '用于 pairs。')),
  value: z.string().min(1).default('value').meta(words('For pairs.', '用于 pairs。')),
  take: z
    .record(z.string(), z.enum(['message', 'name', 'email', 'url', 'mobile', 'ignored']))
    .default({})
    .meta(
      words(
        'Values that are not keywords: by name, the canonical field, or ignored.',
        '不是关键词的值：按这里的名称写明对应的字段，或 ignored（忽略）。',
      ),
    ),
})

/** A place, with more to say of how the field is written there. */
const canSay: Readonly<Record<string, z.ZodType>> = {
  mobile: z.union([pointer, mobilePlace]),
  message: z.union([pointer, messagePlace]),
  keywords: z.union([pointer, keywordsPlace]),
}

type FieldPlace =
  | string
  | {
      readonly at: string
      readonly format?: z.output<typeof mobilePlace>['format']
      readonly cut?: number | undefined
      readonly max?: number | undefined
      readonly form?: z.output<typeof keywordsPlace>['form']
      readonly name?: string
      readonly value?: string
      readonly take?: z.output<typeof keywordsPlace>['take']
    }

/** What a place may say whatever its fields are. */
const ofEveryPlace = {
  method: method.optional(),
  path: z
    .string()
    .regex(/^(\/([\w.~-][\w.~:-]*|\{\w+\}))+$/, 'a path such as /send/{eid}')
    .optional()
    .meta(words('Relative to the base path.', '在基础路径之下。')),
  content: z
    .enum(['json', 'form', 'xml'])
    .optional()
    .meta(words('The format of the body.', '请求体的格式。')),
  constants: z
    .record(pointer, z.unknown())
    .default({})
    .meta(
      words(
        'Further values that a call must contain, by place, with an example. Only their presence is checked.',
        '调用还必须带有的内容，按位置给出一个正确的值；只检查是否存在。',
      ),
    ),
  rows_max: z
    .int()
    .min(1)
    .max(1000)
    .default(100)
    .meta(
      words(
        'Maximum number of recipients per call, if they are a list.',
        '接收人为列表时，一次调用的上限。',
      ),
    ),
  answers: answers.optional().meta(words('For this endpoint.', '此接口的应答。')),
}

/** Where one endpoint is, and where its fields stand; what is left out stays canonical. */
function placeWith<const F extends readonly [string, ...string[]]>(fields: F) {
  const shape = Object.fromEntries(
    fields.map((name) => [name, (canSay[name] ?? pointer).optional()]),
  ) as { [name in F[number]]: z.ZodOptional<z.ZodType<FieldPlace, FieldPlace>> }
  const named = z
    .strictObject(shape)
    .default(() => ({}) as never)
    .meta(
      words(
        'By canonical name: a JSON pointer into the body (* means each item of a list), query:name, header:name, user or host.',
        '按字段原名：请求体中的 JSON 指针（* 代表列表的每一项）、query:名称、header:名称、user 或 host。',
      ),
    )
  return z
    .strictObject({ ...ofEveryPlace, fields: named })
    .nullable()
    .optional()
    .meta(words('null: the partner has no such call.', 'null：伙伴没有此接口。'))
}

/** What a send says, by canonical names. */
export const message_fields = [
  'eid',
  'mobile',
  'message',
  'name',
  'email',
  'keywords',
  'url',
  'client_msg_id',
] as const

/** By canonical endpoint id: the fields that it reads. */
const places = z.strictObject({
  'message.send': placeWith(message_fields),
  'message.find': placeWith(['eid', 'client_msg_id']),
  'message.get': placeWith(['eid', 'msgid']),
  'registration.query': placeWith(['eid', 'mobile']),
  'tupu_account.get': placeWith(['eid']),
  'tupu_account.confirm': placeWith(['eid']),
  'partner_token.issue': placeWith(['eid', 'client_secret', 'grant_type']),
})

/** First parts of the paths of other surfaces, and of the ways into a world. */
const taken_bases: readonly string[] = [
  '_sim',
  'api.weixin.qq.com',
  'as',
  'assets',
  'bizwifi',
  'card',
  'cgi-bin',
  'config.schema.json',
  'connect',
  'customservice',
  'cv',
  'datacube',
  'device',
  'docs',
  'intp',
  'livez',
  'marketing',
  'merchant',
  'metrics',
  'mp.weixin.qq.com',
  'open.weixin.qq.com',
  'openapi.json',
  'phone',
  'product',
  'publisher',
  'readyz',
  'redpacketcover',
  'register',
  'scan',
  'semantic',
  'shakearound',
  'sns',
  'tcb',
  'w',
  'wxa',
  'wxaapi',
]

/** Where the pushes of a real account come in. */
const isPushed = (base: string) => /^\/tupu\/wechat(?:\/|$)/.test(base)

/**
 * How one partner spells our canonical API, as data: its own base path, methods and paths, where each field stands, how
 * a caller proves who it is, and what answers look like by errcode.
 */
export const profileData = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'lower-case letters, digits and dashes')
    .meta(words('The name by which accounts select the profile.', '账号按名称选用。')),
  base: z
    .string()
    .regex(/^(\/[\w.-]+)+$/, 'a path such as /partner/v2, without a slash at the end')
    .refine((base) => !taken_bases.includes(base.split('/')[1] ?? '') && !isPushed(base), {
      error: 'a path that begins like no other surface of the simulator',
    })
    .meta(
      words(
        'Base path of its calls, different for each profile.',
        '调用的基础路径，各配置互不相同。',
      ),
    ),
  source: z.string().optional().meta(words('The source of its facts.', '事实的出处。')),
  assumptions: z
    .array(z.union([z.string(), z.strictObject({ en: z.string(), zh: z.string() })]))
    .default([])
    .meta(
      words(
        'Its assumptions, each a sentence, or one in both languages.',
        '其中属于假定的内容，每条一句，或中英文各一句。',
      ),
    ),
  authentication,
  allowed_ips: caller_addresses,
  duplicates: z
    .enum(['same_answer', 'refuse', 'send'])
    .default('same_answer')
    .meta(
      words(
        'What a client_msg_id repeated within 24 hours gets: the same answer, a refusal (100021), or a second message.',
        '24 小时内再次收到同一个 client_msg_id 时：给出同样的应答、拒绝（100021），或再发一条消息。',
      ),
    ),
  result: z
    .enum(['answer', 'callback'])
    .default('answer')
    .meta(
      words(
        'Where WeChat’s result of a send is reported. callback: the answer only accepts the send, with an id of the partner’s own in {msgid_str}; the callback reports the result (message.accepted, message.refused or message.unknown, with {errcode} and {errmsg}).',
        '发送的微信结果在哪里给出。callback：应答只表示已接收，{msgid_str} 为伙伴自己的编号；结果由回调告知（message.accepted、message.refused 或 message.unknown，含 {errcode} 和 {errmsg}）。',
      ),
    ),
  endpoints: places
    .default({})
    .meta(
      words('By canonical id; those not given stay canonical.', '按接口编号；不写的保持原样。'),
    ),
  answers: answers
    .default({ by_errcode: {} })
    .meta(
      words(
        'What answers look like; anything not given stays canonical.',
        '应答的样子；不写的保持原样。',
      ),
    ),
  callback,
})
export type ProfileData = z.input<typeof profileData>
