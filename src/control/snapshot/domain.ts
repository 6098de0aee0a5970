import { z } from 'zod'
import type { EpochTable } from '../../../db/schema.ts'
import { outgoingUrl } from '../../auth/outgoing-url.ts'
import { shownShape } from '../../core/shown.ts'
import { eids_max } from '../../tupu/account/eid.ts'
import { account_verbs } from '../../tupu/account/event.ts'
import { toldBody } from '../../tupu/callback/callback.ts'
import { keptGateway } from '../../tupu/gateway/config.ts'
import { factsShape } from '../../tupu/gateway/facts.ts'
import { isClientMsgId } from '../../tupu/message/fields.ts'
import { readMobile } from '../../tupu/mobile.ts'
import { findIndustry } from '../../wechat/industry/industry.ts'
import { button_fields, console_types } from '../../wechat/menu/button.ts'
import { readEmail } from '../../world/address.ts'
import { readTrace } from '../../world/trace.ts'
import { settingFields } from '../account/input.ts'
import { drillOf } from '../drill/drills.ts'
import { key } from '../field.ts'
import { boundFields, hostName, officialFields } from '../official-account/official-account.ts'
import { keptPlan } from './plan.ts'

/** What a column may hold, by a schema, and what it should have been, in words. */
export interface Domain {
  readonly schema: z.ZodType
  readonly wanted: string
}

export type Domains = Readonly<Record<string, Domain>>

function of(wanted: string, schema: z.ZodType): Domain {
  return { wanted, schema }
}

/** Texts that match, or that are read to themselves. */
const like = (pattern: RegExp, wanted: string) => of(wanted, z.string().regex(pattern))
const textBy = (isGood: (text: string) => boolean, wanted: string) =>
  of(wanted, z.string().refine(isGood))
const text = (length_max: number) =>
  of(`a text of at most ${length_max} characters`, z.string().max(length_max))
const name = (length_max: number) =>
  of(`a text of 1 to ${length_max} characters`, z.string().min(1).max(length_max))
const whole = (min: number, max: number) =>
  of(`a whole number from ${min} to ${max}`, z.int().min(min).max(max))
const json = (schema: z.ZodType) =>
  of(
    'the JSON that belongs there',
    z.string().refine((value) => isJsonOf(schema, value)),
  )

function isJsonOf(schema: z.ZodType, value: string): boolean {
  try {
    return schema.safeParse(JSON.parse(value)).success
  } catch {
    return false
  }
}

/** Instants have room beyond world clocks; JavaScript's dates have more. */
const instant_max = Date.UTC(2100, 0, 1)
const instant = of('an instant in milliseconds', z.int().min(0).max(instant_max))
/** More than anything of a world is counted up to. */
const count_max = 1_000_000_000
const count = whole(0, count_max)
const flag = whole(0, 1)
const long = text(100_000)

const eid = like(/^[A-Za-z0-9_-]{4,64}$/, '4 to 64 letters, digits, - and _')
const ordinal = whole(0, 63)
const isMobile = (value: string) => readMobile(value) === value
const isEmail = (value: string) => readEmail(value) === value
const mobile = textBy(isMobile, 'a mobile number in E.164')
const hash = like(/^[\da-f]{24}$/, '24 hex digits')
const trace = textBy((value) => readTrace(value) !== undefined, 'a trace')
const traceOrNone = textBy((value) => value === '' || !!readTrace(value), 'a trace, or empty')
const industry = of(
  'the code of an industry',
  z.int().refine((code) => !!findIndustry(code)),
)
const templateId = like(/^[\w-]{43}$/, '43 letters, digits, - and _')
const msgid = like(/^\d{19}$/, '19 digits')
const appids = json(boundFields.miniprograms.unwrap())

const article = z.strictObject({
  title: z.string(),
  author: z.string(),
  digest: z.string(),
  show_cover: z.int(),
  cover_url: z.string(),
  content_url: z.string(),
  source_url: z.string(),
})
const leaf = z.strictObject({
  type: z.enum([...Object.keys(button_fields), ...console_types]).optional(),
  name: z.string().min(1),
  key: z.string().optional(),
  /** Links of our own are kept relative. */
  url: z
    .string()
    .regex(/^(https?:\/\/|\/(?!\/))/i)
    .optional(),
  appid: z.string().optional(),
  pagepath: z.string().optional(),
  media_id: z.string().optional(),
  article_id: z.string().optional(),
  value: z.string().optional(),
  news_info: z.strictObject({ list: z.array(article).max(20) }).optional(),
  sub_button: z.array(z.never()),
})
const buttons = z
  .array(leaf.extend({ sub_button: z.array(leaf).max(5) }))
  .min(1)
  .max(3)

/** Elements of a push: a text, or digits that stand there bare; `xml.ts` there writes them. */
const pushedElements = z.array(
  z.tuple([z.string().regex(/^\w+$/), z.union([z.string(), z.strictObject({ bare: z.string() })])]),
)

/** What a column of a name holds in whichever table. */
const by_name: Domains = {
  appid: name(64),
  template_id: templateId,
  msgid,
  n: whole(1, count_max),
  eid,
  openid: name(128),
  person: like(/^[\w-]{1,64}$/, '1 to 64 letters, digits, - and _'),
  mobile,
  message: like(/^\d{24}$/, 'the key of a message, 24 digits'),
  mobile_key: hash,
  subject: hash,
  trace,
  name: name(200),
  title: text(1000),
  url: text(10_000),
  content: long,
  example: long,
  errmsg: text(2000),
  client_msg_id: textBy(isClientMsgId, '1 to 64 characters'),
}

/** The same where a table has its own. */
const by_table: Domains = {
  'account.n': ordinal,
  'account.key': of('a key', key),
  'account.template_id': name(100),
  'account.profile': name(100),
  'account.gateway': json(keptGateway),
  'account.partner_secret': of('8 to 200 visible ASCII characters', settingFields.partner_secret),
  'account.facts': json(factsShape),
  'account.callback_url': of('an address that may be called', outgoingUrl),
  'account.callback_secret': name(200),
  'account.company': name(100),
  'account.current_eid': eid,
  'account.retention_days': of('1 to 3650 days', settingFields.retention_days),
  'account.retention_since': instant,
  'account.minute_limit': of('1 to 1,000,000', settingFields.minute_limit),
  'account_event.event': like(/^\d{22}$/, 'an instant and a count, 22 digits'),
  'account_event.verb': of(`one of ${account_verbs.join(', ')}`, z.enum(account_verbs)),
  'account_event.detail': json(z.record(z.string(), z.unknown())),
  'address.email': textBy(isEmail, 'an email address in lower case'),
  'application.application': like(/^[a-z\d]{12}$/, '12 letters and digits'),
  'application.reason': text(2000),
  'application.submissions': count,
  'application.reads_left': count,
  'association.email': text(1000),
  'association.notice_version': whole(1, count_max),
  'association_change.change': like(/^\d{22}$/, 'an instant and a count, 22 digits'),
  'association_change.fields': json(z.array(z.string())),
  'association_change.trace': traceOrNone,
  'call_count.used': count,
  'callback.callback': like(/^evt_\d{9}_[\da-f]{16}$/, 'the id of an event'),
  'callback.body': json(toldBody),
  'callback.tries': count,
  'callback.tries_left': whole(0, 20),
  'callback.last_status': whole(0, 999),
  'callback.last_error': long,
  'callback.swapped': flag,
  'chat_message.type': like(/^[a-z_]{1,30}$/, "a kind of message in WeChat's words"),
  'chat_message.parts': json(z.record(z.string(), z.unknown())),
  'chat_message.on_phone': flag,
  'conditional_menu.menuid': whole(1, Number.MAX_SAFE_INTEGER),
  'conditional_menu.buttons': json(buttons),
  'conditional_menu.tag_id': like(/^\d{1,10}$/, 'the id of a tag'),
  'contact.contact': like(/^\d{16}$/, 'two counts, 16 digits'),
  'contact.email': textBy(isEmail, 'an email address in lower case'),
  'contact.from': long,
  'contact.subject': long,
  'contact.text': long,
  'contact.html': long,
  'counter.purpose': like(/^[a-z][a-z_ ]{0,39}$/, 'what is counted'),
  'counter.key': text(200),
  'counter.n': of('a count, or an instant', z.int().min(0).max(instant_max)),
  'drill.drill': textBy((value) => drillOf(value) !== undefined, 'a drill of drill.list'),
  'drill.places': json(z.record(z.string(), z.string())),
  'drill.next_act': count,
  'eid.account': eid,
  'eid.n': whole(0, eids_max),
  'fault.fault': like(/^f\d{6,9}$/, 'f and digits'),
  'fault.given': json(z.record(z.string(), z.unknown())),
  'fault.plan': json(keptPlan),
  'fault.fits': count,
  'fault.hits': count,
  'follower.scene': like(/^[A-Z][A-Z\d_]{0,63}$/, "a scene in WeChat's words"),
  'follower.qr_scene': json(z.union([z.string(), z.int()])),
  'follower.read_msgid': msgid,
  'follower.remark': text(1000),
  'interaction.sends_left': whole(0, 100),
  'menu.buttons': json(buttons),
  // Of a refused send, as it was sent.
  'message.mobile': text(2000),
  'message.msgid': name(64),
  'message.lost_msgid': msgid,
  'message.remembered': name(200),
  'message.body_hash': name(200),
  'message.body': long,
  'message.name': long,
  'message.email': long,
  'message.keywords': json(z.record(z.string(), z.string())),
  'message.errcode': whole(-count_max, count_max),
  'official_account.appid': of('wx and 16 hex digits', officialFields.appid.unwrap()),
  'official_account.n': ordinal,
  'official_account.original_id': like(/^gh_[\da-f]{12}$/, 'gh_ and 12 hex digits'),
  'official_account.app_secret': of('32 hex digits', officialFields.app_secret.unwrap()),
  'official_account.token': of('3 to 32 letters and digits', officialFields.token.unwrap()),
  'official_account.aes_key': of('43 letters and digits', officialFields.aes_key.unwrap()),
  'official_account.verified': flag,
  'official_account.require_https': flag,
  'official_account.delivery': like(
    /^(immediate|manual|[1-9]\d{0,12})$/,
    'immediate, manual, or milliseconds',
  ),
  'official_account.review': like(
    /^(immediate|time|manual|after_reads:[1-9]\d{0,3})$/,
    'immediate, time, manual, or after_reads:n',
  ),
  'official_account.ip_whitelist': json(z.array(z.string())),
  'official_account.oauth_domains': json(z.array(hostName)),
  'official_account.js_domains': json(z.array(hostName)),
  'official_account.miniprograms': appids,
  'official_account.server_url': of('an address that may be called', outgoingUrl),
  'official_account.server_verified': flag,
  'official_account.primary_industry': industry,
  'official_account.secondary_industry': industry,
  'official_account.industries_month': like(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month: 2026-01'),
  'person.key': name(100),
  'person.snapshot': flag,
  'person.unionid': like(/^o[\w-]{27,28}$/, 'o and 27 or 28 letters, digits, - and _'),
  'privacy_notice.version': whole(2, count_max),
  'privacy_notice.zh': long,
  'privacy_notice.en': long,
  'push.push': like(/^psh_\d{9}_[\da-f]{16}$/, 'the id of a push'),
  'push.event': like(/^\w{1,40}$/, "an event or a kind of message in WeChat's words"),
  'push.elements': json(pushedElements),
  'push.tries': count,
  'push.tries_left': whole(0, 3),
  'push.last_status': whole(0, 999),
  'push.last_error': long,
  'push.answer': like(/^[a-z_]{1,30}$/, 'nothing, transfer, or the kind of a message'),
  'push.swapped': flag,
  'quota_count.path': name(200),
  'quota_count.span': like(
    /^\d{4}-\d{2}(-\d{2}(T\d{2}:\d{2}Z?)?)?$/,
    'a month, a day or a minute: 2026-01-05',
  ),
  'quota_count.used': count,
  'send_count.life': whole(1, count_max),
  'send_count.day': like(/^\d{4}-\d{2}-\d{2}$/, 'a day: 2026-01-05'),
  'send_count.day_count': count,
  'subscription.scene': like(/^\d{0,5}$/, 'up to 5 digits'),
  'subscription.sends_left': count,
  'subscription_template.tid': whole(1, count_max),
  'subscription_template.scene_desc': text(1000),
  'website_app.app_secret': like(/^[\da-f]{32}$/, '32 hex digits'),
  'website_app.key': of('a key', key),
  'website_app.domain': of('a host name', hostName),
  'tag.id': whole(1, count_max),
  'tagging.id': whole(1, count_max),
  'template.primary_industry': text(100),
  'template.deputy_industry': text(100),
  'template.template_id_short': name(100),
  'template_message.shown': json(shownShape),
  'template_message.on_phone': flag,
  'template_message.client_msg_id': name(64),
}

/** What a column may hold besides what its type says; undefined: nobody has said so yet, which a test finds. */
export function domainOf(table: EpochTable, column: string): Domain | undefined {
  const isInstant = column === 'at' || column.endsWith('_at') || column === 'valid_until'
  return by_table[`${table}.${column}`] ?? by_name[column] ?? (isInstant ? instant : undefined)
}
