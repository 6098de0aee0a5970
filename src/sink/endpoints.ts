import { z } from 'zod'
import { words } from '../core/field.ts'
import { mobileField } from '../tupu/mobile.ts'
import { email_length_max } from '../world/address.ts'
import { toIso } from '../world/clock.ts'
import { keepContacts, readAddress } from './contact.ts'
import { boundedText, endpoint } from './endpoint.ts'

/** Longer ones no carrier takes; of e-mails more is kept than anybody reads. */
export const text_length_max = { sms: 2000, email: 20_000, html: 100_000, subject: 1000, from: 320 }

const source = { en: 'a call of our own, for platforms without a vendor', zh: '本模拟器自有的调用' }
const fidelity = 'documented'
const credential = 'sink'

/** What the bodies of our own two calls are refused with. */
const refusals = [400, 422]

/** Takes an SMS, in our own words. */
export const sendSms = endpoint({
  id: 'sms.send',
  methods: ['POST'],
  path: '/sink/sms',
  from: ['json'],
  summary: {
    en: 'Send an SMS: it appears on the phone with that mobile',
    zh: '提交一条短信：它会出现在该手机号主人的手机上',
  },
  source,
  fidelity,
  credential,
  refusals,
  status: 201,
  input: z.object({
    to: mobileField.meta(words('A mobile, in any usual spelling.', '手机号，常见写法均可。')),
    text: boundedText(text_length_max.sms).min(1),
    from: boundedText(text_length_max.from)
      .default('')
      .meta(words('Whom the phone names as its sender.', '手机上显示的发送方。')),
  }),
  answer: z.object({
    contact: z.string(),
    channel: z.literal('sms'),
    to: z.string(),
    at: z.iso.datetime(),
  }),
  example: { input: { to: '{wang.mobile}', text: '欢迎加入，请完成入职登记' } },
  handle(call) {
    const { to, text, from } = call.input
    const [contact = ''] = keepContacts(call, [{ mobile: to }], {
      from,
      text,
      subject: '',
      html: null,
    })
    return { contact, channel: 'sms', to, at: toIso(call.world.now) }
  },
})

const address = z
  .string()
  .max(email_length_max + text_length_max.from)
  .transform((text, context) => {
    const email = readAddress(text)
    if (email === undefined)
      context.addIssue({ code: 'custom', message: 'an email address such as w@example.com' })
    return email ?? z.NEVER
  })

export const recipients_max = 100

/** Takes an e-mail, in our own words; SMTP hands over what it has read by the same call. */
export const sendEmail = endpoint({
  id: 'email.send',
  methods: ['POST'],
  path: '/sink/email',
  from: ['json'],
  summary: {
    en: 'Send an email; emails received by SMTP are recorded as this call, with the method SMTP',
    zh: '提交一封邮件；经 SMTP 到达的邮件也是这个调用，方法为 SMTP',
  },
  source,
  fidelity,
  credential,
  refusals,
  status: 201,
  input: z.object({
    to: z
      .union([address, z.array(address).min(1).max(recipients_max)], {
        error: `an email address such as w@example.com, or a list of 1 to ${recipients_max} of them`,
      })
      .meta(words('An address, or a list of at most 100.', '一个地址，或最多 100 个地址的列表。')),
    subject: boundedText(text_length_max.subject).default(''),
    text: boundedText(text_length_max.email),
    html: boundedText(text_length_max.html)
      .optional()
      .meta(words('The same for those who can show it.', '供能显示的客户端使用的 HTML 版本。')),
    from: boundedText(text_length_max.from).default(''),
  }),
  answer: z.object({
    channel: z.literal('email'),
    contacts: z.array(z.object({ contact: z.string(), to: z.string() })),
    at: z.iso.datetime(),
  }),
  example: { input: { to: 'w@example.com', subject: '入职登记', text: '请完成入职登记' } },
  handle(call) {
    const { to, subject, text, html = null, from } = call.input
    const emails = [...new Set([to].flat())]
    const keys = keepContacts(
      call,
      emails.map((email) => ({ email })),
      { from, subject, text, html },
    )
    const contacts = keys.map((contact, i) => ({ contact, to: emails[i] ?? '' }))
    return { channel: 'email', contacts, at: toIso(call.world.now) }
  },
})
