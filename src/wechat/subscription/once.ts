import { z } from 'zod'
import { errcodes, words } from '../../core/field.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import { endpoint, ok, okShape, refuse } from '../endpoint.ts'
import { refuseMiniprogram } from '../message/send.ts'
import { readTemplateData } from '../template/value-type.ts'
import { refuseUnsubscribed, useSubscription } from './consent.ts'
import {
  accept,
  link,
  miniprogram,
  receiver,
  refuseTemplate,
  templateField,
  templateText,
  text,
  touser,
} from './send.ts'
import { fixedTemplateId } from './template.ts'

/** One message to somebody who has confirmed on the page that asks, under its scene. Nobody has to follow for it. */
export const sendOneTimeMessage = endpoint({
  id: 'one_time_message.send',
  methods: ['POST'],
  path: '/cgi-bin/message/template/subscribe',
  from: ['json'],
  summary: { en: 'Send a one-time subscription message', zh: '推送一次性订阅消息' },
  source: {
    en: 'developers.weixin.qq.com: one-time subscription; codes of texts that are too long are our inference',
    zh: 'developers.weixin.qq.com：一次性订阅消息；文字过长的错误码是我们的推断',
  },
  credential: 'access_token',
  permission: 'subscription notifications',
  input: z.object({
    touser,
    template_id: templateField(
      templateText.meta(
        words(
          'The template that every account has: phone.subscriptions lists it.',
          '每个公众号固定的一个：phone.subscriptions 可查。',
        ),
      ),
    ),
    url: link,
    miniprogram,
    scene: errcodes(
      z
        .union([z.int().min(0).max(10_000), z.string().regex(/^(?:\d{1,4}|10000)$/)])
        .meta({ type: 'string', ...words('0 to 10000.', '0 到 10000。') }),
      { missing: 40129, type: 40129, invalid: 40129 },
    ),
    title: errcodes(
      text
        .min(1)
        .refine((value) => [...value].length <= 15)
        .meta(words('At most 15 characters.', '最多 15 个字。')),
      { missing: 45003, type: 45003, invalid: 45003 },
    ),
    data: z.unknown().meta({
      type: 'object',
      ...words(
        '{"content":{"value":"…"}}: at most 200 characters.',
        '{"content":{"value":"…"}}：最多 200 字。',
      ),
    }),
  }),
  answer: okShape,
  refusals: [40003, 40037, 40129, 45003, 43019, 43101, 40013, 40165, 44004, 45002],
  example: {
    input: {
      touser: '{li.openid}',
      template_id: '{template_id}',
      scene: '7',
      title: '面试安排',
      data: { content: { value: '请于周四 14:00 到研发楼三层面试' } },
    },
    after: [
      {
        call: 'phone.subscriptions',
        input: { person: 'li', account: 'acme' },
        take: { template_id: 'subscriptions.0.template_id' },
      },
      {
        call: 'phone.subscribe',
        input: {
          person: 'li',
          account: 'acme',
          template_id: '{template_id}',
          scene: 7,
          accept: true,
        },
      },
    ],
  },
  handle(call) {
    const { caller, input } = call
    const { template_id, title } = input
    if (template_id !== fixedTemplateId(call, caller.account.appid))
      return refuseTemplate(template_id)
    const follower = receiver(call, input.touser)
    if (isRefusal(follower)) return follower
    const asked = { template_id, scene: String(Number(input.scene)) }
    const no =
      refuseUnsubscribed(call, follower, asked) ??
      refuseMiniprogram(caller.account, input.miniprogram)
    if (no) return no
    const line = contentOf(input.data)
    if (isRefusal(line)) return line
    call.steps.push('subscription.given')
    useSubscription(call, follower, asked)
    accept(call, follower, { template_id, title, shown: { line, keywords: {} }, url: input.url })
    return ok
  },
})

const content_characters_max = 200

function contentOf(data: unknown): string | Refusal {
  const value = readTemplateData(data).get('content') ?? ''
  if (value === '' || !isCleanText(value)) {
    const expected = 'a text that is not empty'
    return refuse(44004, { rule: 'content.given', actual: value, expected })
  }
  const characters = [...value].length
  if (characters <= content_characters_max) return value
  const expected = `at most ${content_characters_max} characters`
  return refuse(45002, { rule: 'content.length', actual: { characters }, expected })
}
