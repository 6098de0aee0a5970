import { z } from 'zod'
import type { SubscriptionTemplateRow } from '../../../db/schema.ts'
import { words } from '../../core/field.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { readNumbersAsText } from '../../core/request.ts'
import { endpoint, ok, okShape, refuse } from '../endpoint.ts'
import { refuseMiniprogram } from '../message/send.ts'
import { readTemplate } from '../template/content.ts'
import { checkTemplateData, hasNumbers, readTemplateData } from '../template/value-type.ts'
import { refuseUnsubscribed, useSubscription } from './consent.ts'
import { pushSent } from './event.ts'
import {
  accept,
  link,
  miniprogram,
  receiver,
  refuseTemplate,
  templateField,
  templateText,
  touser,
} from './send.ts'
import { ownSubscriptionTemplate } from './template.ts'

/** One subscription notification to somebody who has agreed to it. It uses that consent up, unless it is a long-term one. */
export const sendSubscriptionMessage = endpoint({
  id: 'subscription_message.send',
  methods: ['POST'],
  path: '/cgi-bin/message/subscribe/bizsend',
  from: ['json'],
  summary: { en: 'Send a subscription notification', zh: '发送订阅通知' },
  source: {
    en: 'developers.weixin.qq.com: sendNewSubscribeMsg; order of checks as in template.send; that there is no msgid, from a field report',
    zh: 'developers.weixin.qq.com: sendNewSubscribeMsg；检查顺序同 template.send；没有 msgid，据使用者报告',
  },
  credential: 'access_token',
  permission: 'subscription notifications',
  input: z.object({
    touser,
    template_id: templateField(templateText),
    page: link,
    miniprogram,
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
  }),
  answer: okShape,
  refusals: [40003, 40037, 43019, 43101, 40013, 40165, 47003],
  example: {
    input: {
      touser: '{li.openid}',
      template_id: '{template_id}',
      page: 'https://hr.example.com/interview/1',
      data: {
        thing1: { value: '产品经理' },
        time2: { value: '2026年1月8日 14:00' },
        thing3: { value: '研发楼三层会议室' },
      },
    },
    after: [
      {
        call: 'subscription_template.add',
        input: { tid: '1101', kidList: [1, 2, 3] },
        take: { template_id: 'priTmplId' },
      },
      {
        call: 'phone.subscribe',
        input: { person: 'li', account: 'acme', template_id: '{template_id}', accept: true },
      },
    ],
  },
  handle(call) {
    const { caller, input, request } = call
    const template = ownSubscriptionTemplate(call, caller.account, input.template_id)
    if (!template) return refuseTemplate(input.template_id)
    const follower = receiver(call, input.touser)
    if (isRefusal(follower)) return follower
    const asked = { template_id: template.template_id, scene: '' }
    const no =
      refuseUnsubscribed(call, follower, asked) ??
      refuseMiniprogram(caller.account, input.miniprogram)
    if (no) return no
    const given = hasNumbers(input.data) ? readNumbersAsText(request.body)['data'] : input.data
    const data = readTemplateData(given)
    const unfit = refuseData(template, data)
    if (unfit) return unfit
    call.steps.push('subscription.given', 'data.valid')
    useSubscription(call, follower, asked)
    const { template_id, title } = template
    const shown = { line: null, keywords: shownLines(template, data) }
    const msgid = accept(call, follower, { template_id, title, shown, url: input.page })
    const isBlocked = follower.state === 'blocking'
    pushSent(call, caller.account, { openid: follower.openid, template_id, msgid, isBlocked })
    return ok
  },
})

function refuseData(
  { content }: SubscriptionTemplateRow,
  data: ReadonlyMap<string, string>,
): Refusal | undefined {
  const fault = checkTemplateData({ content, data, of: 'subscription' })
  if (!fault) return undefined
  const step = {
    rule: 'data.valid',
    actual: { [fault.name]: data.get(fault.name) ?? null },
    expected: `a value fit for ${fault.name}`,
  }
  return refuse(47003, step, { ...fault })
}

/** By their labels: the template may be deleted, and the phone still shows what came. */
function shownLines(
  { content }: SubscriptionTemplateRow,
  data: ReadonlyMap<string, string>,
): Record<string, string> {
  const { fields } = readTemplate(content)
  return Object.fromEntries(fields.map(({ name, label }) => [label, data.get(name) ?? '']))
}
