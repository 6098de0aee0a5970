import { z } from 'zod'
import type { Call } from '../../core/call.ts'
import { errcodes, words } from '../../core/field.ts'
import { Int64, int64 } from '../../core/int64.ts'
import { isRefusal } from '../../core/refusal.ts'
import { isCleanText, readNumbersAsText } from '../../core/request.ts'
import { endpoint, ok, okShape } from '../endpoint.ts'
import { hasNumbers } from '../template/value-type.ts'
import { finishReceipt } from './receipt.ts'
import { sendTemplateMessage } from './send.ts'

const text = z.string().refine(isCleanText)
const optionalText = z.unknown().meta({ type: 'string' }).optional()

const sendInput = z.object({
  touser: errcodes(text.regex(/^o[\w-]{27}$/), { missing: 40003, type: 40003, invalid: 40003 }),
  template_id: errcodes(text.regex(/^[\w-]{43}$/), { missing: 40036, type: 40036, invalid: 40037 }),
  url: optionalText.meta(words('Opened by a tap on the message.', '点消息时打开。')),
  miniprogram: z
    .unknown()
    .optional()
    .meta({
      type: 'object',
      ...words('appid and pagepath; takes precedence over url.', 'appid 和 pagepath；优先于 url。'),
    }),
  client_msg_id: optionalText.meta(
    words(
      'One message per openid and id within ten minutes.',
      '十分钟内，同一 openid 和编号只发一条。',
    ),
  ),
  data: z
    .unknown()
    .optional()
    .meta({
      type: 'object',
      ...words(
        'Values by placeholder: {"thing1":{"value":"…"}}.',
        '按占位符给值：{"thing1":{"value":"…"}}。',
      ),
    }),
})

/** Values of which some came as numbers are texts with the digits that were sent. */
function dataOf({ input, request }: Call<unknown, z.output<typeof sendInput>>): unknown {
  return hasNumbers(input.data) ? readNumbersAsText(request.body)['data'] : input.data
}

/** One template message to one follower. */
export const sendTemplate = endpoint({
  id: 'template.send',
  methods: ['POST'],
  path: '/cgi-bin/message/template/send',
  from: ['json'],
  summary: { en: 'Send a template message', zh: '发送模板消息' },
  source: {
    en: 'developers.weixin.qq.com: sendTemplateMessage; order of checks from field reports',
    zh: 'developers.weixin.qq.com: sendTemplateMessage；检查顺序来自使用者的报告',
  },
  credential: 'access_token',
  permission: 'template messages',
  input: sendInput,
  answer: okShape.extend({ msgid: Int64 }),
  refusals: [40003, 40036, 40037, 43004, 43019, 43101, 40013, 40165, 47003],
  example: {
    input: {
      touser: '{li.openid}',
      template_id: '{acme.template_id}',
      data: { first: { value: '欢迎加入' }, keyword1: { value: '王小雨' } },
    },
  },
  handle(call) {
    const { account } = call.caller
    call.concern({ appid: account.appid, openid: call.input.touser })
    const sent = sendTemplateMessage(call, { ...call.input, data: dataOf(call) })
    if (isRefusal(sent)) return sent
    const { msgid, receipt } = sent
    if (receipt) {
      const { touser: openid } = call.input
      finishReceipt(call, { appid: account.appid, openid, msgid, status: receipt })
    }
    return { ...ok, msgid: int64(msgid) }
  },
})
