import type { EpochTable } from '../../../db/schema.ts'
import { keptGateway } from '../../tupu/gateway/config.ts'
import { readPlan } from './plan.ts'

/** A row of a file whose values have been looked at one by one. */
export type Row = Readonly<Record<string, unknown>>
export type Tables = Readonly<Partial<Record<EpochTable, readonly unknown[]>>>

/** A file by what its rows are looked up by. */
export interface FileIndex {
  has(table: EpochTable, by: readonly string[], values: readonly unknown[]): boolean
  /** Appids that are known to be another WeChat's. */
  readonly remotes: ReadonlySet<string>
  /** Of accounts by EID, and of official accounts by appid. */
  readonly ordinals: ReadonlyMap<string, number>
}

/** What a column names: a row of another table, by that one's columns in the same order. */
interface Reference {
  readonly from: EpochTable
  readonly columns: readonly string[]
  readonly to: EpochTable
  readonly by: readonly string[]
  /** What the columns say, where they are not texts of their own; undefined: they name nothing. */
  readonly read?: (row: Row) => readonly unknown[] | undefined
  /** Rows that may name what is not there. */
  readonly unless?: (file: FileIndex, row: Row) => boolean
}

const one = (from: EpochTable, column: string, to: EpochTable, by: string): Reference => ({
  from,
  columns: [column],
  to,
  by: [by],
})
const both = (from: EpochTable, columns: readonly string[], to: EpochTable): Reference => ({
  from,
  columns,
  to,
  by: columns,
})

/** An appid of another WeChat, behind a remote gateway: only that one knows whose its openids are. */
const isElsewhere = (file: FileIndex, { appid }: Row) =>
  file.remotes.has(String(appid)) || !file.has('official_account', ['appid'], [appid])

/** Every reference between tables. */
export const references: readonly Reference[] = [
  {
    ...one('account', 'appid', 'official_account', 'appid'),
    unless: (_, { gateway }) => readGateway(gateway).kind === 'remote',
  },
  {
    ...one('account', 'gateway', 'official_account', 'appid'),
    read({ gateway }) {
      const way = readGateway(gateway)
      return way.kind === 'remote' && way.home_appid !== null ? [way.home_appid] : undefined
    },
  },
  one('account', 'template_id', 'template', 'template_id'),
  one('account', 'current_eid', 'eid', 'eid'),
  one('account_event', 'eid', 'account', 'eid'),
  one('address', 'eid', 'account', 'eid'),
  one('application', 'appid', 'official_account', 'appid'),
  both('application', ['template_id', 'appid'], 'template'),
  {
    ...both('association', ['openid', 'appid'], 'follower'),
    unless: (file, row) =>
      isElsewhere(file, row) && !file.has('follower', ['openid'], [row['openid']]),
  },
  {
    ...both('association_change', ['openid', 'appid'], 'follower'),
    unless: (file, row) =>
      isElsewhere(file, row) && !file.has('follower', ['openid'], [row['openid']]),
  },
  one('association_import', 'account', 'account', 'eid'),
  one('call_count', 'eid', 'account', 'eid'),
  one('callback', 'eid', 'account', 'eid'),
  both('callback', ['message', 'trace'], 'message'),
  one('chat_message', 'appid', 'official_account', 'appid'),
  both('chat_message', ['openid', 'appid'], 'follower'),
  one('conditional_menu', 'appid', 'official_account', 'appid'),
  one('eid', 'account', 'account', 'eid'),
  one('exchange_subject', 'message', 'message', 'message'),
  { ...one('fault', 'plan', 'account', 'eid'), read: ofPlan('eid') },
  { ...one('fault', 'plan', 'official_account', 'appid'), read: ofPlan('appid') },
  { ...one('fault', 'plan', 'person', 'person'), read: ofPlan('person') },
  one('follower', 'person', 'person', 'person'),
  {
    ...one('follower', 'read_msgid', 'template_message', 'msgid'),
    unless: (file, { read_msgid }) => file.has('chat_message', ['msgid'], [read_msgid]),
  },
  one('interaction', 'openid', 'follower', 'openid'),
  one('menu', 'appid', 'official_account', 'appid'),
  one('message', 'eid', 'account', 'eid'),
  {
    ...both('message', ['openid', 'msgid'], 'template_message'),
    unless: (file, { msgid }) => !file.has('template_message', ['msgid'], [msgid]),
  },
  one('message', 'lost_msgid', 'template_message', 'msgid'),
  one('privacy_notice', 'eid', 'account', 'eid'),
  one('push', 'appid', 'official_account', 'appid'),
  both('push', ['openid', 'appid'], 'follower'),
  one('push', 'msgid', 'chat_message', 'msgid'),
  one('quota_count', 'appid', 'official_account', 'appid'),
  one('send_count', 'appid', 'official_account', 'appid'),
  one('subscription', 'openid', 'follower', 'openid'),
  one('subscription_template', 'appid', 'official_account', 'appid'),
  one('tag', 'appid', 'official_account', 'appid'),
  both('tagging', ['id', 'appid'], 'tag'),
  both('tagging', ['openid', 'appid'], 'follower'),
  one('template', 'appid', 'official_account', 'appid'),
  one('template_message', 'appid', 'official_account', 'appid'),
  both('template_message', ['openid', 'appid'], 'follower'),
  both('template_message', ['template_id', 'appid'], 'template'),
]

function readGateway(gateway: unknown) {
  return keptGateway.parse(JSON.parse(String(gateway)))
}

function ofPlan(of: 'eid' | 'appid' | 'person') {
  return ({ plan }: Row) => {
    const { account, person } = readPlan(plan)
    const value = of === 'person' ? person : (account as Row | null)?.[of]
    return value == null ? undefined : [value]
  }
}
