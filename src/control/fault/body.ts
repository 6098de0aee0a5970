import { z } from 'zod'
import { deliveries, fault_surfaces, transports } from '../../core/fault.ts'
import { words } from '../../core/field.ts'
import { readDuration } from '../../world/clock.ts'
import { cleanText, duration, instant, nameText } from '../field.ts'

const delay_ms_max = 60_000
const sequence_max = 100
const count_max = 1_000_000_000
const headers_max = 50
const body_length_max = 65_536
/** All faults of a world are read again whenever one changes. */
const sequence_length_max = 131_072

/** The error codes that 32 bits hold; 0 is none. */
const errcode_max = 2_147_483_647
const errcode = z
  .int()
  .min(-errcode_max)
  .max(errcode_max)
  .superRefine((code, context) => {
    if (code !== 0) return
    const params = { reason: '0 is the code of success' }
    context.addIssue({ code: 'custom', message: 'give another code, such as -1', params })
  })

const header_name = /^[\w!#$%&'*+.^`|~-]{1,100}$/
/** How an answer is framed is the connection's own matter: node itself throws at a `Trailer` of a body of known length. */
const framing_header = /^(content-length|transfer-encoding|trailer)$/i
const headerValue = z.string().regex(/^[\t\x20-\x7e]{0,2000}$/, 'printable ASCII')

/** An answer as it goes on the wire. */
const rawAnswer = z.strictObject({
  status: z.int().min(200).max(599).optional().meta(words('Default: 200.', '不填为 200。')),
  headers: z
    .record(z.string(), headerValue)
    .refine(
      (all) => Object.keys(all).every((name) => header_name.test(name)),
      'headers whose names are tokens such as Retry-After',
    )
    .refine((all) => Object.keys(all).length <= headers_max, `at most ${headers_max} headers`)
    .refine(
      (all) => !Object.keys(all).some((name) => framing_header.test(name)),
      'headers without Content-Length, Transfer-Encoding and Trailer, which follow from the body',
    )
    .optional(),
  body: z
    .union(
      [
        z.string().max(body_length_max),
        z
          .record(z.string(), z.unknown())
          .refine(
            (body) => JSON.stringify(body).length <= body_length_max,
            `an object of at most ${body_length_max} characters as JSON`,
          ),
      ],
      'a text or an object',
    )
    .optional()
    .meta(words('A text, or an object that is sent as JSON.', '文本，或作为 JSON 发送的对象。')),
})

/** What a fault does: exactly one of the first five, or `delay` alone. */
const effectFields = {
  errcode: errcode
    .optional()
    .meta(words('Refuses with this code and its standard text.', '以此码拒绝，文字取自码表。')),
  errmsg: cleanText
    .optional()
    .meta(
      words(
        'Replaces the standard text; required for an unknown code.',
        '代替码表的文字；不在码表中的码必须给出。',
      ),
    ),
  answer: rawAnswer.optional().meta(words('Answers with exactly this.', '按此原样应答。')),
  transport: z
    .enum(transports)
    .optional()
    .meta(
      words(
        'reset: the connection is reset after the request was read; empty: closed without an answer; truncate: only half of the body; hang: no answer until the caller gives up, at most 60 s; drip: the real answer, 20 bytes per 100 ms; garbage: status 200 with a body that is not JSON.',
        'reset：读完请求后重置连接；empty：不应答即关闭；truncate：只有一半响应体；hang：直到调用方离开，最长 60 秒；drip：真实应答，每 100 毫秒 20 字节；garbage：200，但不是 JSON。',
      ),
    ),
  delivery: z
    .enum(deliveries)
    .optional()
    .meta(
      words(
        'For callbacks and pushes. drop: not sent, but recorded as delivered; twice: sent twice, whatever the first answer; swap: sent after the next one of the account; bad_signature; old_timestamp.',
        '仅用于回调和推送。drop：不发送却视为已送达；twice：无论第一次如何应答都再发一次；swap：排到该账号的下一条之后；bad_signature：签名错误；old_timestamp：时间戳过旧。',
      ),
    ),
  delay: duration
    .refine((ms) => ms <= delay_ms_max, 'a duration of at most PT60S')
    .optional()
    .meta(
      words(
        'Real time, alone or with any of the others.',
        '真实时间，可单独使用，也可与其他任何一种并用。',
      ),
    ),
  stage: z
    .enum(['before', 'after'])
    .optional()
    .meta(
      words(
        'before (default): the call has no effect; after: it is carried out, and only the answer is replaced.',
        'before（默认）：调用不产生任何作用；after：照常执行并保留，只有应答由故障决定。',
      ),
    ),
}

/** One turn of a sequence. */
const turn = z.strictObject({
  ...effectFields,
  pass: z.literal(true).optional().meta(words('This call is let through.', '这一次照常进行。')),
})
export type Turn = z.output<typeof turn>

const untilField = z
  .string()
  .refine(
    (text) => readDuration(text) !== undefined || instant.safeParse(text).success,
    'an instant such as 2026-01-05T01:00:00Z, or a duration such as PT1H',
  )

/** A fault, as a call or a world's body gives it. */
export const faultFields = {
  name: nameText.optional(),
  surface: z
    .enum(fault_surfaces)
    .optional()
    .meta(
      words(
        'Default: the surface that has the endpoint or the errcode, the partner API first; otherwise tupu.',
        '不填则为码表中有该 errcode 的一方，先看合作方接口；否则为 tupu。若只有另一方有所写的接口，则为那一方。',
      ),
    ),
  endpoint: cleanText
    .optional()
    .meta(words('An endpoint id from /docs, or template.*.', '/docs 中的 ID，或 template.*。')),
  account: cleanText.optional().meta(words('Key, EID or appid.', 'key、EID 或 appid。')),
  person: cleanText
    .optional()
    .meta(
      words(
        'Id or key; only matches calls that identify a person.',
        'ID 或 key；只影响指名某人的调用。',
      ),
    ),
  mobile: cleanText
    .optional()
    .meta(
      words(
        'In any spelling; for WeChat calls, the openids registered with it.',
        '任何写法都可以；在微信一侧指登记了该手机号的 openid。',
      ),
    ),
  after: z
    .int()
    .min(0)
    .max(count_max)
    .optional()
    .meta(words('Lets this many matching calls pass first.', '先放过这么多次符合条件的调用。')),
  times: z
    .int()
    .min(1)
    .max(count_max)
    .optional()
    .meta(
      words(
        'How often it applies before it is used up. Default for a sequence: its length.',
        '生效这么多次后用完；sequence 则为其长度。',
      ),
    ),
  probability: z
    .number()
    .gt(0, 'a number above 0, at most 1')
    .max(1, 'a number above 0, at most 1')
    .optional()
    .meta(
      words(
        "Derived from the world's seed and the number of the matching call.",
        '由世界的种子和符合条件的调用的序号得出。',
      ),
    ),
  until: untilField
    .optional()
    .meta(
      words('An instant, or a duration of the world’s clock.', '世界时钟的某一时刻，或一段时长。'),
    ),
  ...effectFields,
  sequence: z
    .array(turn)
    .min(1)
    .max(sequence_max)
    .refine(
      (turns) => JSON.stringify(turns).length <= sequence_length_max,
      `a list of at most ${sequence_length_max} characters as JSON`,
    )
    .optional()
    .meta(
      words(
        'One of these for each matching call, in order; {"pass":true} lets the call through.',
        '每次依次使用其中一项；{"pass":true} 表示不做任何事。',
      ),
    ),
}

export const faultInput = z.strictObject(faultFields)
export type FaultInput = z.output<typeof faultInput>

/** Faults of a world's body. */
export const faults_max = 100
export const faultList = z.array(faultInput).max(faults_max)
