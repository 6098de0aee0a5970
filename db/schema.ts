import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Shape } from './table.ts'
import { tables } from './tables.ts'

/** Every table by name, as Kysely knows it. */
export type Database = { [T in keyof typeof tables]: Shape<(typeof tables)[T]> }
export type TableName = keyof Database

/** A row as it is read, as it is written, and what of it can be changed. */
export type Row<T extends TableName> = Selectable<Database[T]>
export type Insert<T extends TableName> = Insertable<Database[T]>
export type Update<T extends TableName> = Updateable<Database[T]>

/** The tables whose rows belong to an epoch, in the order in which they are swept and exported. */
export const epoch_tables = (Object.keys(tables) as TableName[]).filter(
  (name): name is EpochTable => tables[name].isOfEpoch,
)
export type EpochTable = {
  [T in TableName]: (typeof tables)[T]['isOfEpoch'] extends true ? T : never
}[TableName]

/** The columns of a table by name. */
export function columnsOf<T extends TableName>(table: T): (keyof Database[T] & string)[] {
  return Object.keys(tables[table].columns) as (keyof Database[T] & string)[]
}

export type WorldRow = Row<'world'>
export type ExchangeSubjectRow = Row<'exchange_subject'>
export type OfficialAccountRow = Row<'official_account'>
export type OfficialAccountChange = Update<'official_account'>
export type AccessTokenRow = Row<'access_token'>
export type TemplateRow = Row<'template'>
export type TemplateChange = Update<'template'>
export type TemplateMessageRow = Row<'template_message'>
export type PersonRow = Row<'person'>
export type FollowerRow = Row<'follower'>
export type AccountRow = Row<'account'>
export type AccountChange = Update<'account'>
export type AssociationRow = Row<'association'>
export type MessageRow = Row<'message'>
export type NewMessage = Insert<'message'>
export type OauthCodeRow = Row<'oauth_code'>
export type WebTokenRow = Row<'web_token'>
export type WebsiteAppRow = Row<'website_app'>
export type WebsiteLoginRow = Row<'website_login'>
export type MenuRow = Row<'menu'>
export type ConditionalMenuRow = Row<'conditional_menu'>
export type SceneCodeRow = Row<'scene_code'>
export type JsTicketRow = Row<'js_ticket'>
export type ShortLinkRow = Row<'short_link'>
export type SessionRow = Row<'session'>
export type SnapshotRow = Row<'snapshot'>
export type AssociationChangeRow = Row<'association_change'>
export type PrivacyNoticeRow = Row<'privacy_notice'>
export type ErasureRow = Row<'erasure'>
export type AccountEventRow = Row<'account_event'>
export type EidRow = Row<'eid'>
export type ApplicationRow = Row<'application'>
export type ApplicationChange = Update<'application'>
export type CallbackRow = Row<'callback'>
export type CallbackChange = Update<'callback'>
export type ChatMessageRow = Row<'chat_message'>
export type PushRow = Row<'push'>
export type PushChange = Update<'push'>
export type QuotaCountRow = Row<'quota_count'>
export type FaultRow = Row<'fault'>
export type NonceRow = Row<'nonce'>
export type ContactRow = Row<'contact'>
export type AssociationImportRow = Row<'association_import'>
export type DrillRow = Row<'drill'>
export type DrillChange = Update<'drill'>
export type CallCountRow = Row<'call_count'>
export type SubscriptionRow = Row<'subscription'>
export type SubscriptionTemplateRow = Row<'subscription_template'>
export type InteractionRow = Row<'interaction'>
export type MediaRow = Row<'media'>
export type TagRow = Row<'tag'>
export type CoverageRow = Row<'coverage'>
