import type { Generated, Insertable, Selectable, Updateable } from 'kysely'

/** Every table as an interface. Instants are integer milliseconds, states are words, JSON is text. */
export interface Database {
  world: WorldTable
  world_body: WorldBodyTable
  epoch: EpochTable
  claim: ClaimTable
  counter: CounterTable
  exchange: ExchangeTable
  exchange_subject: ExchangeSubjectTable
  official_account: OfficialAccountTable
  access_token: AccessTokenTable
  template: TemplateTable
  template_message: TemplateMessageTable
  send_count: SendCountTable
  person: PersonTable
  follower: FollowerTable
  account: AccountTable
  association: AssociationTable
  message: MessageTable
  oauth_code: OauthCodeTable
  web_token: WebTokenTable
  menu: MenuTable
  scene_code: SceneCodeTable
  session: SessionTable
  association_change: AssociationChangeTable
  privacy_notice: PrivacyNoticeTable
  erasure: ErasureTable
  account_event: AccountEventTable
  eid: EidTable
  application: ApplicationTable
  callback: CallbackTable
  quota_count: QuotaCountTable
  call_count: CallCountTable
}

/** One isolated universe. `version` grows with every change of what is cached by it. */
export interface WorldTable {
  world: string
  seed: string
  epoch: number
  resets: number
  version: number
  clock_mode: 'running' | 'frozen'
  clock_ms: number
  magic: 'on' | 'off'
  /** Real milliseconds without a call after which it ends; null: never. */
  idle_ttl_ms: number | null
  created_at: number
  called_at: number
  /** While an advance runs, the real instant at which it is given up for dead. */
  advance_until: number | null
  /** Exchanges dropped since the epoch began, because the journal is bounded. */
  dropped: number
}
export type WorldRow = Selectable<WorldTable>

/** The body that created a world, as JSON: a reset makes it anew from it. Apart, because every call reads the world. */
export interface WorldBodyTable {
  world: string
  body: string
}

/** One life of a world's rows. `ended_at` is real; ended epochs are swept. */
export interface EpochTable {
  epoch: number
  world: string
  ended_at: number | null
}

/** An id by which a world is found; ends with the world, not with an epoch. */
export interface ClaimTable {
  kind: 'eid' | 'appid' | 'access_token' | 'openid_prefix' | 'oauth_code' | 'ticket'
  value: string
  world: string
}

/** The nth of something within an epoch. */
export interface CounterTable {
  epoch: number
  purpose: string
  key: string
  n: number
}

/** One HTTP request and its answer, with the decision that led to it. */
export interface ExchangeTable {
  seq: Generated<number>
  epoch: number
  trace: string
  direction: 'in' | 'out'
  surface: string
  endpoint: string
  method: string
  url: string
  request_headers: string
  request_body: Buffer
  status: number
  response_headers: string
  response_body: Buffer
  decision: string
  /** Virtual instant, and the real one. */
  at: number
  real_at: number
  bytes: number
}
export type ExchangeRow = Selectable<ExchangeTable>
export type NewExchange = Insertable<ExchangeTable>

/**
 * Whom the exchanges of a trace concern, by keyed hash, so that a withdrawal finds them. What nobody needs to be told has no
 * row: an accepted local send is found by its template message, which names the openid.
 */
export interface ExchangeSubjectTable {
  epoch: number
  /** A key of `subjectKey`. */
  subject: string
  trace: string
  /** The message of that trace which is theirs; such a row outlives the exchange. */
  message: string | null
}
export type ExchangeSubjectRow = Selectable<ExchangeSubjectTable>

/** WeChat's side of a customer. */
export interface OfficialAccountTable {
  epoch: number
  appid: string
  /** Ordinal in the world, 0–63: part of its msgids. */
  n: number
  original_id: string
  app_secret: string
  /** Of the server configuration: signs pushes. */
  token: string
  aes_key: string
  name: string
  kind: 'service' | 'subscription' | 'sandbox'
  verified: number
  rules: '2014' | '2023'
  /** `immediate`, `manual`, or milliseconds as text. */
  delivery: string
  require_https: number
  /** JSON list of addresses, or null: anybody may fetch tokens. */
  ip_whitelist: string | null
  primary_industry: number | null
  secondary_industry: number | null
  created_at: number
  /** JSON list of host names to which web OAuth may lead back, or null: any. */
  oauth_domains: string | null
  /** How WeChat reviews templates: `immediate`, `time`, `manual`, or `after_reads:n`. */
  review: Generated<string>
  quotas: Generated<'off' | 'documented'>
  /** When both industries were first set, and the Beijing month (`2026-01`) in which they were last changed. */
  industries_at: number | null
  industries_month: string | null
}
export type OfficialAccountRow = Selectable<OfficialAccountTable>
export type OfficialAccountChange = Updateable<OfficialAccountTable>

/** `replaced_at`: the instant from which a replaced token is worth nothing. */
export interface AccessTokenTable {
  epoch: number
  token: string
  appid: string
  kind: 'ordinary' | 'stable'
  n: number
  forced: number
  issued_at: number
  expires_at: number
  replaced_at: number | null
}
export type AccessTokenRow = Selectable<AccessTokenTable>

export interface TemplateTable {
  epoch: number
  template_id: string
  appid: string
  n: number
  title: string
  content: string
  example: string
  primary_industry: string
  deputy_industry: string
  state: 'active' | 'disabled'
  created_at: number
  /** The number in WeChat's library by which it was added; null: it came from nowhere there. */
  template_id_short: string | null
}
export type TemplateRow = Selectable<TemplateTable>
export type TemplateChange = Updateable<TemplateTable>

/** WeChat's record of what it accepted. `due_at`: when its receipt comes; null: it came, or waits for a hand. */
export interface TemplateMessageTable {
  epoch: number
  msgid: string
  appid: string
  openid: string
  template_id: string
  title: string
  /** What the phone shows, as JSON: `{"line":…,"keywords":{…}}`. */
  shown: string
  url: string
  on_phone: number
  accepted_at: number
  due_at: number | null
  /** Null until the receipt comes. */
  receipt: 'success' | 'user_block' | 'system_failed' | 'freq_limit' | null
  receipt_at: number | null
  client_msg_id: string | null
}
export type TemplateMessageRow = Selectable<TemplateMessageTable>

/** How many template messages an official account sent: in its life, and in the Beijing day. */
export interface SendCountTable {
  epoch: number
  appid: string
  life: number
  day: string
  day_count: number
}

export interface PersonTable {
  epoch: number
  person: string
  key: string
  name: string
  mobile: string | null
  created_at: number
  /** 1: this person's WeChat shows pages in snapshot mode until the full page is asked for. */
  snapshot: Generated<number>
}
export type PersonRow = Selectable<PersonTable>

/** A person's relation to one official account. `followed_at` is the latest follow, null when it never happened. */
export interface FollowerTable {
  epoch: number
  openid: string
  appid: string
  person: string
  state: 'never' | 'following' | 'unfollowed' | 'blocking' | 'muted'
  followed_at: number | null
  /** When the person last allowed the account to see nickname and avatar; null: never, or taken back. */
  consented_at: number | null
  /** How the person came to follow, in WeChat's words (`ADD_SCENE_SEARCH`). */
  scene: string | null
  /** The scene of the QR code as JSON: a number or a text. */
  qr_scene: string | null
  /** The newest message that the person has seen. */
  read_msgid: string | null
  /** What the account calls the person by. */
  remark: Generated<string>
}
export type FollowerRow = Selectable<FollowerTable>

/** TUPU's side of a customer. */
export interface AccountTable {
  epoch: number
  eid: string
  /** Ordinal in the world, 0–63: part of its message keys. */
  n: number
  key: string
  company: string
  state: 'active' | 'suspended' | 'revoked'
  appid: string | null
  template_id: string | null
  profile: string
  /** JSON: `{"kind":"local"}` or `{"kind":"remote","base_url","appid","app_secret"}`. */
  gateway: string
  partner_secret: string | null
  /** What a remote gateway said last, as JSON, and when (real). */
  facts: string | null
  facts_at: number | null
  created_at: number
  /** What becomes of a mobile that somebody else has registered: the new one is refused, or takes its place. */
  rebind: 'reject' | 'replace'
  /** What the registration page asks of WeChat. */
  oauth_scope: 'snsapi_base' | 'snsapi_userinfo'
  /** Where TUPU tells the platform what became of messages; null: nowhere. */
  callback_url: string | null
  callback_secret: string | null
  /** Associations are erased so many days after their last change; null: never. */
  retention_days: number | null
  /** When that was said: nothing is erased for having been old before. */
  retention_since: number | null
  /** The EID that a rotation gave it; null: it still has its first one, which stays its key here. */
  current_eid: string | null
  /** Calls of the partner API per real minute; null: any number. */
  minute_limit: number | null
}
export type AccountRow = Selectable<AccountTable>
export type AccountChange = Updateable<AccountTable>

/** Appid + openid ↔ name, mobile (E.164), email. */
export interface AssociationTable {
  epoch: number
  appid: string
  openid: string
  mobile: string
  name: string
  email: string
  source: 'form' | 'direct_application'
  created_at: number
  updated_at: number
  /** The privacy notice that the candidate agreed to, and when; null: nobody was asked. */
  notice_version: number | null
  consented_at: number | null
}
export type AssociationRow = Selectable<AssociationTable>

/** TUPU's record of one send, from the platform's request to its end. */
export interface MessageTable {
  epoch: number
  message: string
  trace: string
  eid: string
  msgid: string | null
  client_msg_id: string | null
  /** The client_msg_id while a repeat gets the same answer; one live holder per account. */
  remembered: string | null
  body_hash: string | null
  mobile: string
  openid: string | null
  name: string
  email: string
  body: string
  keywords: string
  url: string
  state: 'sending' | 'refused' | 'accepted' | 'delivered' | 'failed' | 'unknown'
  reason: 'user_block' | 'system_failed' | 'freq_limit' | null
  errcode: number | null
  errmsg: string | null
  created_at: number
  state_at: number
  /** While `sending`: the real instant after which nobody waits for WeChat's answer any more. */
  sending_until: number | null
  /** When its personal data were erased. */
  erased_at: number | null
}
export type MessageRow = Selectable<MessageTable>
export type NewMessage = Insertable<MessageTable>
export type MessageChange = Updateable<MessageTable>

/** A code of web OAuth: one use, five minutes. `snapshot`: 1 for the virtual user of a snapshot page. */
export interface OauthCodeTable {
  epoch: number
  code: string
  appid: string
  openid: string
  person: string
  scope: 'snsapi_base' | 'snsapi_userinfo'
  snapshot: number
  issued_at: number
  expires_at: number
  used_at: number | null
}
export type OauthCodeRow = Selectable<OauthCodeTable>

/** What a code was exchanged for: a token for one openid, two hours, and its refresh token, thirty days. */
export interface WebTokenTable {
  epoch: number
  token: string
  refresh_token: string
  appid: string
  openid: string
  person: string
  scope: 'snsapi_base' | 'snsapi_userinfo'
  snapshot: number
  expires_at: number
  refresh_expires_at: number
  /** When a later exchange made its refresh token worthless. */
  revoked_at: number | null
}
export type WebTokenRow = Selectable<WebTokenTable>

/** The default menu of an official account: its buttons as JSON. Links of our own are kept relative. */
export interface MenuTable {
  epoch: number
  appid: string
  buttons: string
  created_at: number
}
export type MenuRow = Selectable<MenuTable>

/** A QR code with a scene. `path`: the last part of its `http://weixin.qq.com/q/…`. */
export interface SceneCodeTable {
  epoch: number
  ticket: string
  appid: string
  action: 'QR_SCENE' | 'QR_STR_SCENE' | 'QR_LIMIT_SCENE' | 'QR_LIMIT_STR_SCENE'
  scene: string
  path: string
  /** Null: permanent. */
  expires_at: number | null
  created_at: number
}
export type SceneCodeRow = Selectable<SceneCodeTable>

/**
 * A browser on an account's pages. `session` is the hash of its cookie; `openid` is null until WeChat has told it; `draft` is
 * what was typed before. Instants are real.
 */
export interface SessionTable {
  epoch: number
  session: string
  eid: string
  openid: string | null
  snapshot: number
  /** What WeChat must bring back from web OAuth; null when nothing is awaited. */
  state: string | null
  draft: string | null
  /** Whose mobile stands in the draft, by keyed hash; null: there is none, or it cannot be read. */
  mobile_key: string | null
  created_at: number
  expires_at: number
}
export type SessionRow = Selectable<SessionTable>

/** One change of an association. `openid` is null once it was withdrawn: the fact stays, whose it was does not. */
export interface AssociationChangeTable {
  epoch: number
  /** Instant and count, as text that sorts. */
  change: string
  appid: string
  openid: string | null
  verb: 'registered' | 'changed' | 'replaced' | 'released' | 'withdrawn'
  who: 'candidate' | 'operator' | 'retention'
  via: 'form' | 'direct_application' | 'control' | 'job'
  /** JSON list of the names of the fields that changed. */
  fields: string
  trace: string
  at: number
  /** The mobile that it had from then on, by keyed hash; null: not told, or withdrawn since. */
  mobile_key: string | null
}
export type AssociationChangeRow = Selectable<AssociationChangeTable>

/** A privacy notice of an account; version 1, the standing text, has no row. */
export interface PrivacyNoticeTable {
  epoch: number
  eid: string
  version: number
  zh: string
  en: string
  published_at: number
}
export type PrivacyNoticeRow = Selectable<PrivacyNoticeTable>

/** Personal data that must still be taken out of messages and the journal; the row goes when that is done. */
export interface ErasureTable {
  epoch: number
  erasure: string
  /** Whose they are, by keys, and how far it has come, as JSON. */
  work: string
  created_at: number
}
export type ErasureRow = Selectable<ErasureTable>

/** Something that happened to an account: the facts from which its checklist is read. */
export interface AccountEventTable {
  epoch: number
  /** Instant and count, as text that sorts. */
  event: string
  eid: string
  verb: string
  /** JSON. */
  detail: string
  at: number
}
export type AccountEventRow = Selectable<AccountEventTable>

/**
 * An EID of an account that has had several. `account` is the first of them, its key everywhere else; `valid_until`: when
 * one that was rotated ends, null: it is the account's present one.
 */
export interface EidTable {
  epoch: number
  eid: string
  account: string
  /** 0 is the first one. */
  n: number
  valid_until: number | null
  issued_at: number
}
export type EidRow = Selectable<EidTable>

/** The request to WeChat for a template. `due_at`: when WeChat decides by itself. */
export interface ApplicationTable {
  epoch: number
  application: string
  appid: string
  n: number
  title: string
  content: string
  example: string
  state: 'draft' | 'pending' | 'approved' | 'rejected'
  reason: string | null
  /** How often it was handed in: each review takes its own time. */
  submissions: number
  submitted_at: number | null
  due_at: number | null
  decided_at: number | null
  /** With `after_reads`: how often it will still be seen pending. */
  reads_left: number | null
  template_id: string | null
  created_at: number
}
export type ApplicationRow = Selectable<ApplicationTable>
export type ApplicationChange = Updateable<ApplicationTable>

/** One event that the platform is told of. `callback` is the event's id, in the order in which they happened; `due_at`: the next try. */
export interface CallbackTable {
  epoch: number
  callback: string
  /** The account, by the EID that is its key. */
  eid: string
  message: string
  /** Of the message: every try stands in the journal under it. */
  trace: string
  /** What is sent, byte by byte, at every try. */
  body: string
  /** Failed: no try is left. While the last one is under way it says so already. */
  state: 'pending' | 'delivered' | 'failed'
  /** All tries so far, those of earlier deliveries too. */
  tries: number
  /** Of this delivery, those still to come. */
  tries_left: number
  due_at: number | null
  first_at: number
  last_at: number | null
  /** What the last try was answered with; null: no answer came. */
  last_status: number | null
  last_error: string | null
}
export type CallbackRow = Selectable<CallbackTable>
export type CallbackChange = Updateable<CallbackTable>

/** How often a path was called in the latest day, minute or month in which it was called at all. */
export interface QuotaCountTable {
  epoch: number
  appid: string
  path: string
  per: 'day' | 'minute' | 'month'
  /** Which one, as text that sorts: `2026-01-05` and `2026-01` by the Beijing clock, `2026-01-05T01:00` in UTC. */
  span: string
  used: number
}
export type QuotaCountRow = Selectable<QuotaCountTable>

/** How often an account's partner API was called since `began_at` (real). */
export interface CallCountTable {
  epoch: number
  eid: string
  began_at: number
  used: number
}
export type CallCountRow = Selectable<CallCountTable>

/** The tables whose rows belong to an epoch, in the order in which they are swept and exported. */
export const epoch_tables = [
  'access_token',
  'account',
  'account_event',
  'application',
  'association',
  'association_change',
  'call_count',
  'callback',
  'counter',
  'eid',
  'erasure',
  'exchange',
  'exchange_subject',
  'follower',
  'menu',
  'message',
  'oauth_code',
  'official_account',
  'person',
  'privacy_notice',
  'quota_count',
  'scene_code',
  'send_count',
  'session',
  'template',
  'template_message',
  'web_token',
] as const satisfies readonly (keyof Database)[]
