import type { Generated, Insertable, Selectable, Updateable } from 'kysely'

/** Every table as an interface. Instants are integer milliseconds, states are words, JSON is text. */
export interface Database {
  world: WorldTable
  world_body: WorldBodyTable
  epoch: EpochTable
  claim: ClaimTable
  counter: CounterTable
  exchange: ExchangeTable
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
  kind: 'eid' | 'appid' | 'access_token' | 'openid_prefix'
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
}
export type TemplateRow = Selectable<TemplateTable>

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
}
export type MessageRow = Selectable<MessageTable>
export type NewMessage = Insertable<MessageTable>

/** The tables whose rows belong to an epoch, in the order in which they are swept and exported. */
export const epoch_tables = [
  'access_token',
  'account',
  'association',
  'counter',
  'exchange',
  'follower',
  'message',
  'official_account',
  'person',
  'send_count',
  'template',
  'template_message',
] as const satisfies readonly (keyof Database)[]
