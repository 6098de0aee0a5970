import { z } from 'zod'
import { words } from '../../core/field.ts'

const method = z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
const pointer = z
  .string()
  .regex(/^\/|^query:|^header:/, 'a JSON pointer, query:name or header:name')

const wireAnswer = z.strictObject({
  status: z
    .int()
    .min(200)
    .max(599)
    .optional()
    .meta(
      words(
        'Left out: the canonical one, 200 but for 404, 405 and 413.',
        '不填则为原来的状态码：200，以及 404、405、413。',
      ),
    ),
  body: z
    .unknown()
    .optional()
    .meta(
      words(
        'JSON in which the texts {errcode}, {errmsg}, {msgid} and {msgid_str} stand for the values; left out: the canonical body.',
        '任意 JSON，其中的文本 {errcode}、{errmsg}、{msgid} 和 {msgid_str} 代表相应的值；不填则为原来的内容。',
      ),
    ),
})

/** Where one endpoint is, and where its fields stand; what is left out stays canonical. */
function placeWith<const F extends readonly [string, ...string[]]>(fields: F) {
  const named = z
    .partialRecord(z.enum(fields), pointer)
    .default({})
    .meta(
      words(
        'By canonical name: a JSON pointer into the body, query:name or header:name.',
        '按字段原名：请求体中的 JSON 指针、query:名称 或 header:名称。',
      ),
    )
  const path = z.string().regex(/^(\/([\w.~-]+|\{\w+\}))+$/, 'a path such as /send/{eid}')
  return z.strictObject({
    method: method.optional(),
    path: path.optional().meta(words('Below the base path.', '在基础路径之下。')),
    fields: named,
  })
}

/** By canonical endpoint id: the fields that it reads. */
const places = z.strictObject({
  'message.send': placeWith([
    'eid',
    'mobile',
    'message',
    'name',
    'email',
    'keywords',
    'url',
    'client_msg_id',
  ]).optional(),
  'message.find': placeWith(['eid', 'client_msg_id']).optional(),
  'message.get': placeWith(['eid', 'msgid']).optional(),
  'registration.query': placeWith(['eid', 'mobile']).optional(),
  'tupu_account.get': placeWith(['eid']).optional(),
  'tupu_account.confirm': placeWith(['eid']).optional(),
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
    .meta(words('Accounts choose the profile by it.', '账号按名称选用。')),
  base: z
    .string()
    .regex(/^(\/[\w.-]+)+$/, 'a path such as /partner/v2, without a slash at the end')
    .refine((base) => !taken_bases.includes(base.split('/')[1] ?? '') && !isPushed(base), {
      error: 'a path that begins like no other surface of the simulator',
    })
    .meta(
      words(
        'Base path of its calls, its own among all profiles.',
        '调用的基础路径，各配置互不相同。',
      ),
    ),
  authentication: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('signature') }),
      z.strictObject({
        kind: z.literal('key'),
        header: z
          .string()
          .regex(/^[\w-]+$/, 'the name of a header')
          .toLowerCase()
          .meta(
            words(
              'The header that carries the partner secret itself.',
              '直接带有伙伴密钥的请求头。',
            ),
          ),
        scheme: z
          .string()
          .default('')
          .meta(
            words('The word before the secret, such as Bearer.', '密钥前面的词，例如 Bearer。'),
          ),
      }),
      z.strictObject({ kind: z.literal('none') }),
    ])
    .default({ kind: 'signature' })
    .meta(
      words(
        'How calls prove who makes them, for accounts with a partner secret.',
        '设有伙伴密钥的账号，其调用如何证明身份。',
      ),
    ),
  endpoints: places
    .default({})
    .meta(
      words('By canonical id; what is left out stays canonical.', '按接口编号；不写的保持原样。'),
    ),
  answers: z
    .strictObject({
      success: wireAnswer.optional().meta(words('Every good answer.', '所有成功的应答。')),
      refusal: wireAnswer
        .optional()
        .meta(
          words('Every refusal that by_errcode does not name.', 'by_errcode 没有列出的所有拒绝。'),
        ),
      by_errcode: z
        .record(z.string().regex(/^-?\d+$/, 'an errcode'), wireAnswer)
        .default({})
        .meta(words('Single refusals, by errcode.', '个别的拒绝，按错误码。')),
    })
    .default({ by_errcode: {} })
    .meta(
      words(
        'What answers look like; what is left out stays canonical.',
        '应答的样子；不写的保持原样。',
      ),
    ),
})
export type ProfileData = z.input<typeof profileData>
