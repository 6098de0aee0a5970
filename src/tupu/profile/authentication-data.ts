import { z } from 'zod'
import { words } from '../../core/field.ts'
import { pointer } from './place.ts'

/** How an instant is written: Unix seconds or milliseconds, ISO 8601, or digits in Beijing time (20260105090000). */
export const time_formats = ['unix', 'unix_ms', 'iso', 'digits'] as const

const algorithms = ['md5', 'sha1', 'sha256', 'sha512'] as const

const part = z
  .string()
  .regex(
    /^(?:=[\s\S]+|(?:(?:md5|sha1|sha256|sha512)\()?(?:timestamp|nonce|method|path|url|body|secret|user|sorted|\/.*|query:.+|header:[\w-]+)\)?)$/,
    'timestamp, nonce, method, path, url, body, secret, user, sorted, a place, =text, or a hash such as sha256(body)',
  )

/** What is signed, and how the signature is written. */
export const signing = {
  algorithm: z
    .enum([...algorithms, ...algorithms.map((name) => `hmac-${name}` as const)])
    .meta(words('For an HMAC, the secret is the key.', 'HMAC 以密钥为键。')),
  parts: z
    .array(part)
    .min(1)
    .meta(
      words(
        'In order: timestamp, nonce, method, path, url (with query), body, secret, user, sorted (all fields except the signature as k=v, sorted by name and joined by &), a place, =text, or a hash of one: sha256(body).',
        '按顺序：timestamp、nonce、method、path、url（含查询串）、body、secret、user、sorted（除签名外的全部字段，按名称排序，写成 k=v 并以 & 连接）、某个位置、=文本，或其摘要：sha256(body)。',
      ),
    ),
  separator: z.string().default('').meta(words('Between the parts.', '各部分之间的分隔符。')),
  encoding: z.enum(['hex', 'HEX', 'base64', 'base64url']).default('hex'),
  prefix: z
    .string()
    .default('')
    .meta(words('Before the signature: sha256=.', '签名前面的文字：sha256=。')),
}

/** Where the secret itself stands, with the word before it. */
const keyPlace = {
  header: z
    .string()
    .regex(/^[\w-]+$/, 'the name of a header')
    .toLowerCase()
    .optional()
    .meta(
      words('The header that carries the partner secret itself.', '直接带有伙伴密钥的请求头。'),
    ),
  query: z
    .string()
    .min(1)
    .optional()
    .meta(
      words(
        'Instead of a header: the query parameter that carries it.',
        '代替请求头：带有密钥的查询参数。',
      ),
    ),
  scheme: z
    .string()
    .default('')
    .meta(words('The word before the secret, such as Bearer.', '密钥前面的词，例如 Bearer。')),
}

/** Where an instant stands, and how old it may be. */
export const timestamp = z.strictObject({
  at: pointer,
  format: z.enum(time_formats).default('unix'),
  tolerance_s: z
    .int()
    .min(1)
    .max(86_400)
    .default(300)
    .meta(words('How far it may be from real time.', '与真实时间最多相差多少秒。')),
})

/** How a caller proves who it is. All kinds go by the partner secret of the account. */
export const authentication = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('signature') }),
    z
      .strictObject({ kind: z.literal('key'), ...keyPlace })
      .refine(({ header, query }) => (header === undefined) !== (query === undefined), {
        error: 'a header or a query, one of both',
        path: ['header'],
      }),
    z.strictObject({ kind: z.literal('bearer') }),
    z.strictObject({
      kind: z.literal('basic'),
      user: z
        .string()
        .optional()
        .meta(words('The user name. Default: any.', '用户名；不填则任意。')),
      password: z
        .enum(['plain', ...algorithms])
        .default('plain')
        .meta(words('The secret itself, or its hash in hex.', '密钥原文，或其十六进制摘要。')),
    }),
    z
      .strictObject({
        kind: z.literal('signed'),
        ...signing,
        at: pointer.meta(words('Where the signature is.', '签名的位置。')),
        timestamp: timestamp.optional(),
        nonce: z
          .strictObject({ at: pointer })
          .optional()
          .meta(
            words('Valid only once while the timestamp is valid.', '在时间戳有效期内只能用一次。'),
          ),
      })
      .refine(
        ({ algorithm, parts }) =>
          algorithm.startsWith('hmac-') || parts.some((one) => /\bsecret\b/.test(one)),
        { error: 'the secret among the parts: a hash has no key', path: ['parts'] },
      )
      .refine(({ nonce, timestamp: at }) => nonce === undefined || at !== undefined, {
        error: 'a timestamp beside the nonce, which is forgotten when that is too old',
        path: ['nonce'],
      }),
    z.strictObject({
      kind: z.literal('oauth2'),
      scheme: z.string().min(1).default('Bearer'),
      lifetime_s: z
        .int()
        .min(1)
        .max(31_536_000)
        .default(3600)
        .meta(words('By the clock of the world.', '按世界的时钟计算。')),
    }),
    z.strictObject({ kind: z.literal('none') }),
  ])
  .default({ kind: 'signature' })
  .meta(
    words(
      'How calls are authenticated, for accounts with a partner secret.',
      '设有伙伴密钥的账号，其调用如何证明身份。',
    ),
  )

export type Authentication = z.output<typeof authentication>
export type Signed = Extract<Authentication, { kind: 'signed' }>
export type Signing = Pick<Signed, keyof typeof signing>
