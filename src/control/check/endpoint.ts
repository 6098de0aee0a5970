import { z } from 'zod'
import { listContactsTo } from '../../../db/contact.ts'
import type { OfficialAccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { words } from '../../core/field.ts'
import { isRefusal } from '../../core/refusal.ts'
import { chooseAccount } from '../../phone/choose.ts'
import { accountViewOf } from '../../tupu/account/account.ts'
import { eidOf } from '../../tupu/account/eid.ts'
import { readMessageText } from '../../tupu/message/text.ts'
import { readMobile } from '../../tupu/mobile.ts'
import { isListed, readRedirect } from '../../wechat/oauth/redirect-uri.ts'
import { renderTemplate } from '../../wechat/template/content.ts'
import { beijingDay, beijingText } from '../../world/clock.ts'
import { cleanText } from '../field.ts'
import { mobileOf } from '../message/test-send.ts'
import { type Finding, finding, findingShape } from './finding.ts'
import { checkSend, type SendCheck } from './send.ts'
import { linkFindings, smsFindings, smsSize } from './text.ts'

const text_length_max = 2000

/** Keywords stand in an address as a JSON object. */
const keywordsField = z
  .string()
  .transform((text, context) => {
    const read = z.record(z.string(), cleanText).safeParse(jsonOf(text))
    if (read.success) return read.data
    context.addIssue({
      code: 'custom',
      message: 'a JSON object of texts, such as {"keyword1":"…"}',
    })
    return z.NEVER
  })
  .optional()

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const drawn = z.object({ label: z.string(), value: z.string() })
const shownMessage = z.object({ line: z.string().nullable(), lines: z.array(drawn) })

/** What the real services would make of a message, before it is sent. */
export const checkMessage = endpoint({
  id: 'message.check',
  methods: ['GET'],
  path: '/worlds/{world}/check',
  from: ['path', 'query'],
  summary: {
    en: 'Check what WeChat would refuse, cut or not show of a message, and how the same text would fare as an SMS in China, without sending it',
    zh: '检查一条消息：微信会拒绝、截断或不显示什么，同样内容的短信在中国会遇到什么；不发送',
  },
  input: z.strictObject({
    world: z.string(),
    account: z.string().optional().meta(words('Default: the first one.', '不填：第一个账号。')),
    message: z.string().max(text_length_max),
    keywords: keywordsField.meta(
      words('A JSON object of texts: {"keyword1":"…"}.', 'JSON 对象，值为文本：{"keyword1":"…"}。'),
    ),
    url: cleanText.optional(),
    name: cleanText.optional(),
    mobile: z
      .string()
      .max(100)
      .optional()
      .meta(
        words(
          'In any spelling. If given, it is also checked whether this person would get the message.',
          '任何写法；同时检查此人能否收到。',
        ),
      ),
    person: z
      .string()
      .optional()
      .meta(
        words('Instead of mobile: uses the mobile of this person.', '代替 mobile：此人的手机号。'),
      ),
  }),
  answer: z.object({
    account: z.string(),
    ok: z
      .boolean()
      .meta(
        words(
          'No finding is `rejected`: a send would be accepted, unless a fault, limit or quota applies.',
          '没有 `rejected`：若没有遇到故障、频率或额度限制，发送会被受理。',
        ),
      ),
    rules: z
      .enum(['2014', '2023'])
      .nullable()
      .meta(
        words(
          'The rules of the official account; null: it is at another WeChat.',
          '公众号所用的规则；null：公众号在别处的微信。',
        ),
      ),
    shown: z
      .object({ '2014': shownMessage, '2023': shownMessage })
      .nullable()
      .meta(
        words('What the phone shows under each of the rules.', '两套规则下手机分别显示的内容。'),
      ),
    sms: z.object({ units: z.int(), parts: z.int() }).meta(words('As UCS-2.', '按 UCS-2 计。')),
    items: z.array(findingShape),
  }),
  example: {
    input: { message: '欢迎加入，请完成入职登记 https://hr.example.com', mobile: '{wang.mobile}' },
  },
  handle(call) {
    const { input } = call
    const account = chooseAccount(call, input.account)
    if (isRefusal(account)) return account
    const view = accountViewOf(call, account.eid)
    if (!view) throw new Error(`the account ${account.key} has no view`)
    const mobile = mobileOf(call, input)
    if (isRefusal(mobile)) return mobile
    const { message, keywords = {}, name = '' } = input
    const checked = checkSend(call, { view, mobile, message, keywords, name })
    const items = [...checked.findings, ...textFindings(call, checked, mobile)]
    const { official } = checked.composed ?? {}
    return {
      account: eidOf(account),
      ok: items.every(({ severity }) => severity !== 'rejected'),
      rules: official?.rules ?? null,
      shown: shownOf(checked),
      sms: smsSize(textOf(message)),
      items,
    }
  },
})

/** What TUPU makes of a text; one that it refuses, as it was sent. */
function textOf(message: string): string {
  const read = readMessageText(message)
  return read.ok ? read.text : message
}

function shownOf({ composed }: SendCheck) {
  const { template, data } = composed ?? {}
  if (!data || !template || isRefusal(template)) return null
  const { content } = template
  const under = (rules: '2014' | '2023') => {
    const { line, keywords, drawn: lines = keywords } = renderTemplate({ content, data, rules })
    return { line, lines: lines.map(({ label, value }) => ({ label, value })) }
  }
  return { '2014': under('2014'), '2023': under('2023') }
}

type CheckCall = Call<undefined, { readonly message: string; readonly url?: string | undefined }>

/** What is found in the texts themselves, whoever gets them. */
function textFindings(
  call: CheckCall,
  { composed }: SendCheck,
  mobile: string | undefined,
): Finding[] {
  const { message, url } = call.input
  const text = textOf(message)
  const clock = beijingText(call.world.now).slice(-5)
  const sms = smsFindings(text, { clock, sent_today: sentToday(call, text, mobile) })
  return [...linkFindings(text), ...(url ? urlFindings(url, composed?.official) : []), ...sms]
}

/** Lists of domains; an account without one restricts nobody. */
const domain_lists = [
  ['oauth_domains', 'url.oauth_domain'],
  ['js_domains', 'url.js_domain'],
] as const

function urlFindings(value: string, official: OfficialAccountRow | undefined): Finding[] {
  const field = 'url'
  const url = readRedirect(value)
  if (!url) return [finding('url.address', { field, values: { value } })]
  return domain_lists.flatMap(([column, rule]) => {
    const kept = official?.[column]
    const expected = kept ? (JSON.parse(kept) as string[]) : undefined
    return !expected || isListed(url, expected)
      ? []
      : [finding(rule, { field, values: { value, expected } })]
  })
}

/** More than anybody gets in a day. */
const contacts_max = 200
/** Comes after all keys. */
const after_all = ':'

/** How often an SMS of this text went to the mobile on this day of Beijing. */
function sentToday({ db, world }: Call, text: string, mobile: string | undefined): number {
  const to = mobile === undefined ? undefined : readMobile(mobile)
  if (to === undefined) return 0
  const rows = listContactsTo(
    db,
    { mobile: to },
    { epoch: world.epoch, before: after_all, limit: contacts_max },
  )
  const isSame = (row: (typeof rows)[number]) =>
    row.channel === 'sms' && row.text === text && beijingDay(row.at) === beijingDay(world.now)
  return rows.filter(isSame).length
}
