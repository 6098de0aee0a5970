import { z } from 'zod'
import { words } from '../../core/field.ts'
import { signing } from './authentication-data.ts'
import { pointer } from './place.ts'

const body = z
  .unknown()
  .optional()
  .meta(
    words(
      'JSON in which {errcode}, {errmsg}, {msgid}, {msgid_str} and the other members of the canonical answer are replaced by their values; {now}, {now:unix}, {now:unix_ms}, {now:digits}; {request_id}, {request_id:uuid}; {wechat} and {wechat:text}: WeChat’s own answer, as an object or as JSON in a text; {sent.mobile} and the other fields that were sent; {rows}, {accepted}, {refused} of a list; {minute_limit}, {minute_left}, {minute_reset_s}: for an account with a limit. Default: the canonical body.',
      '任意 JSON，其中 {errcode}、{errmsg}、{msgid}、{msgid_str} 以及原应答的其他成员代表相应的值；{now}、{now:unix}、{now:unix_ms}、{now:digits}；{request_id}、{request_id:uuid}；{wechat} 和 {wechat:text}：微信自己的应答，分别为对象和 JSON 文本；{sent.mobile} 等为发送的字段；{rows}、{accepted}、{refused} 用于列表；{minute_limit}、{minute_left}、{minute_reset_s}：设有限额的账号的调用次数。不填则为原来的内容。',
    ),
  )

const wireAnswer = z.strictObject({
  status: z
    .int()
    .min(200)
    .max(599)
    .optional()
    .meta(
      words(
        'Default: the canonical status, 200 except for 404, 405 and 413.',
        '不填则为原来的状态码：200，以及 404、405、413。',
      ),
    ),
  type: z
    .enum(['json', 'xml', 'form', 'text', 'html'])
    .default('json')
    .meta(
      words(
        'The format of the body; an XML body is an object with only the root element.',
        '内容的写法；XML 的内容是只含根元素的对象。',
      ),
    ),
  headers: z
    .record(z.string().regex(/^[\w-]+$/, 'the name of a header'), z.string())
    .default({})
    .meta(words('With the same placeholders.', '可用同样的占位符。')),
  body,
})

/** By place in the answer: the values that mean success. */
const when = z
  .record(
    z.string().regex(/^\/|^status$/, 'a JSON pointer, or status'),
    z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).min(1),
  )
  .optional()
  .meta(
    words(
      'The rule of success: at each place, one of these values. Default: the constant parts of the body.',
      '成功的判定：每个位置的值为其中之一。不填则为内容中固定不变的部分。',
    ),
  )

/** What answers look like: of one endpoint, or of all that say nothing of their own. */
export const answers = z.strictObject({
  success: wireAnswer
    .extend({ when })
    .optional()
    .meta(words('Every successful answer.', '所有成功的应答。')),
  refusal: wireAnswer
    .optional()
    .meta(words('Every refusal not listed in by_errcode.', 'by_errcode 没有列出的所有拒绝。')),
  by_errcode: z
    .record(z.string().regex(/^-?\d+$/, 'an errcode'), wireAnswer)
    .default({})
    .meta(words('Single refusals, by errcode.', '个别的拒绝，按错误码。')),
  rows: z
    .strictObject({ success: z.unknown(), refusal: z.unknown() })
    .optional()
    .meta(
      words(
        'What {rows} contains for each recipient, by result.',
        '{rows} 中每个接收人的内容，按其结果。',
      ),
    ),
  signature: z
    .strictObject({ ...signing, at: pointer })
    .optional()
    .meta(
      words('Signs the answer; places refer to its body.', '对应答签名；位置指应答内容中的位置。'),
    ),
})

export type Answers = z.output<typeof answers>
export type WireAnswer = z.output<typeof wireAnswer>
