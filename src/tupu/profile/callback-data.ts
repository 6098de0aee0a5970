import { z } from 'zod'
import { words } from '../../core/field.ts'
import { signing, timestamp } from './authentication-data.ts'
import { pointer } from './place.ts'

const second_max = 604_800

/** How the platform is told what became of a message; what is left out stays canonical. */
export const callback = z
  .strictObject({
    content: z
      .enum(['json', 'form', 'xml'])
      .default('json')
      .meta(words('The format of the body.', '请求体的格式。')),
    body: z
      .unknown()
      .optional()
      .meta(
        words(
          'A template: {event}, {event_id}, {eid}, {msgid_str}, {client_msg_id}, {state}, {reason}, {wechat_status}, {occurred_at}, {now:unix} and similar.',
          '模板：{event}、{event_id}、{eid}、{msgid_str}、{client_msg_id}、{state}、{reason}、{wechat_status}、{occurred_at}、{now:unix} 等。',
        ),
      ),
    by_state: z
      .partialRecord(z.enum(['delivered', 'failed', 'accepted', 'refused', 'unknown']), z.unknown())
      .default({})
      .meta(words('The body for a single state.', '仅用于某一状态的内容。')),
    headers: z
      .record(z.string().regex(/^[\w-]+$/, 'the name of a header'), z.string())
      .default({})
      .meta(words('With the same placeholders.', '可用同样的占位符。')),
    signature: z
      .strictObject({
        ...signing,
        at: pointer,
        timestamp: timestamp.optional(),
        nonce: z.strictObject({ at: pointer }).optional(),
      })
      .optional()
      .meta(
        words(
          'Signed with the secret of the callback. Default: our own signature.',
          '用回调的密钥签名；不填则为我们自己的签名。',
        ),
      ),
    acknowledged: z
      .record(
        z.string().regex(/^\/|^status$|^text$/, 'a JSON pointer, status or text'),
        z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).min(1),
      )
      .optional()
      .meta(
        words(
          'By place in the answer (text: the whole answer), the values that acknowledge the callback. Default: a status from 200 to 299.',
          '按应答中的位置（text 为全文）列出表示已收到的值。不填则为 200 到 299 的状态码。',
        ),
      ),
    tries_at_s: z
      .array(z.int().min(0).max(second_max))
      .min(1)
      .max(20)
      .refine((list) => list.every((at, i) => i === 0 || at > (list[i - 1] ?? 0)), {
        error: 'seconds after the event, each later than the one before',
      })
      .optional()
      .meta(
        words(
          'When attempts are made, in seconds after the event, by the clock of the world.',
          '何时尝试：事件之后的秒数，按世界的时钟计算。',
        ),
      ),
  })
  .optional()
  .meta(words('What the platform receives.', '告知平台的内容。'))
