import { z } from 'zod'
import { errcodes, words } from '../core/field.ts'
import { cleanText, isCleanText } from '../core/request.ts'
import { readMobile } from '../tupu/mobile.ts'
import { deriveHex } from '../world/seed.ts'
import { keepContacts } from './contact.ts'
import { boundedText, endpoint, refuseValue } from './endpoint.ts'
import { text_length_max } from './endpoints.ts'

const version = '2010-04-01'
const body_length_max = 1600
const sid_length_max = 100

const to = errcodes(
  z
    .string()
    .transform((text, context) => {
      // Twilio takes E.164 alone: without its sign a number is none.
      const mobile = text.startsWith('+') ? readMobile(text) : undefined
      if (mobile === undefined)
        context.addIssue({ code: 'custom', message: 'a mobile number in E.164' })
      return mobile ?? z.NEVER
    })
    .meta(words('E.164, with its plus sign.', 'E.164 格式，带加号。')),
  { missing: 21604, type: 21604, invalid: 21211 },
)

/** A message as Twilio shows it. */
const messageShape = z.object({
  account_sid: z.string(),
  api_version: z.literal(version),
  body: z.string(),
  date_created: z.string(),
  date_sent: z.null(),
  date_updated: z.string(),
  direction: z.literal('outbound-api'),
  error_code: z.null(),
  error_message: z.null(),
  from: z.string().nullable(),
  messaging_service_sid: z.string().nullable(),
  num_media: z.literal('0'),
  num_segments: z.string(),
  price: z.null(),
  price_unit: z.literal('USD'),
  sid: z.string(),
  status: z.enum(['queued', 'accepted']),
  subresource_uris: z.object({ media: z.string() }),
  to: z.string(),
  uri: z.string(),
})

/** Takes an SMS as Twilio's Programmable Messaging does: its SDKs work with this server as their base URL. */
export const sendTwilioMessage = endpoint({
  id: 'twilio.send_message',
  methods: ['POST'],
  path: `/${version}/Accounts/{sid}/Messages.json`,
  from: ['path', 'form'],
  summary: {
    en: 'Send an SMS as with Twilio; credentials are not checked',
    zh: '按 Twilio 的接口提交短信；不校验调用方身份',
  },
  source: 'www.twilio.com/docs: Messages resource',
  fidelity: 'documented',
  credential: 'sink of Twilio',
  refusals: [20404, 21604, 21211, 21603, 21212, 21701, 21602, 21617],
  status: 201,
  input: z.object({
    sid: errcodes(
      z
        .string()
        .superRefine((sid, context) => {
          if (sid.length <= sid_length_max && isCleanText(sid)) return
          const path = `/${version}/Accounts/${shownSid(sid)}/Messages.json`
          const message = `an account of at most ${sid_length_max} characters`
          context.addIssue({ code: 'custom', message, params: { path } })
        })
        .meta(words('Any value: the account is not checked.', '任意值：不区分账号。')),
      { missing: 20_404, type: 20_404, invalid: 20_404 },
    ),
    To: to,
    From: errcodes(
      boundedText(text_length_max.from)
        .optional()
        .meta(
          words(
            'Required unless MessagingServiceSid is given.',
            '必填，除非给出 MessagingServiceSid。',
          ),
        ),
      { missing: 21603, type: 21603, invalid: 21212 },
    ),
    MessagingServiceSid: errcodes(boundedText(text_length_max.from).optional(), {
      missing: 21603,
      type: 21701,
      invalid: 21701,
    }),
    Body: errcodes(boundedText(body_length_max).min(1), {
      missing: 21602,
      type: 21602,
      invalid: 21617,
    }),
  }),
  answer: messageShape,
  example: {
    input: {
      sid: 'AC00000000000000000000000000000000',
      To: '{wang.mobile}',
      From: '+15005550006',
      Body: '欢迎加入，请完成入职登记',
    },
  },
  handle(call) {
    const { sid: account_sid, To, From, MessagingServiceSid, Body } = call.input
    const from = From || MessagingServiceSid
    if (!from) return refuseValue(21603, 'From', { actual: null, expected: 'a sender' })
    keepContacts(call, [{ mobile: To }], { from, subject: '', text: Body, html: null })
    const sid = `SM${deriveHex(call.world, 'twilio', call.trace()).slice(0, 32)}`
    const uri = `/${version}/Accounts/${account_sid}/Messages/${sid}`
    const now = rfc2822(call.world.now)
    return {
      account_sid,
      api_version: version,
      body: Body,
      date_created: now,
      date_sent: null,
      date_updated: now,
      direction: 'outbound-api',
      error_code: null,
      error_message: null,
      from: From || null,
      messaging_service_sid: MessagingServiceSid || null,
      num_media: '0',
      num_segments: String(segmentsOf(Body)),
      price: null,
      price_unit: 'USD',
      sid,
      status: MessagingServiceSid ? 'accepted' : 'queued',
      subresource_uris: { media: `${uri}/Media.json` },
      to: To,
      uri: `${uri}.json`,
    }
  },
})

/** As it stands in an address, no longer than it may be. */
function shownSid(sid: string): string {
  return encodeURIComponent(cleanText(sid, sid_length_max).replace(/[\ud800-\udbff]$/, ''))
}

function rfc2822(ms: number): string {
  return new Date(ms).toUTCString().replace('GMT', '+0000')
}

/** What an SMS may hold without becoming UCS-2, near enough: GSM 03.38 has no other signs of ASCII, and few besides. */
const GSM = /^[\n\r -_a-z{|}~äöüÄÖÜñÑàèéùìòÇØøÅåÆæßÉ£¥§¿¡€]*$/u

/** How many SMS a text takes. */
function segmentsOf(text: string): number {
  const [alone, joined] = GSM.test(text) ? [160, 153] : [70, 67]
  return text.length <= alone ? 1 : Math.ceil(text.length / joined)
}
