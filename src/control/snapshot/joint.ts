import type { EpochTable } from '../../../db/schema.ts'
import { keptGateway } from '../../tupu/gateway/config.ts'
import { messageKey, readMessageKey } from '../../tupu/message/message.ts'
import { chatContent } from '../../wechat/chat/content.ts'
import { readMsgid } from '../../wechat/message/send.ts'
import { openidOf, openidPrefix } from '../../wechat/official-account.ts'
import { personId } from '../../world/person.ts'
import { deriveBase64url, deriveHex, deriveReadable, type Source } from '../../world/seed.ts'
import { subjectKey } from '../../world/subject.ts'
import { isPlanOf, readPlan } from './plan.ts'

/** A row of a file whose values have been looked at one by one. */
export type Row = Readonly<Record<string, unknown>>
export type Tables = Readonly<Partial<Record<EpochTable, readonly unknown[]>>>

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

/** What follows from the other columns of a row and the world's seed; `undefined`: in this row nothing does. */
interface Derived {
  readonly of: EpochTable
  readonly column: string
  readonly wanted: string
  readonly isRight: (row: Row, at: { readonly source: Source; readonly file: FileIndex }) => boolean
}

const text = (value: unknown) => String(value)
const instantOf = (at: unknown) => text(at).padStart(13, '0')

function atAndCount(of: EpochTable, column: string): Derived {
  const isRight = (row: Row) => text(row[column]).startsWith(instantOf(row['at']))
  return { of, column, wanted: 'the instant of its own at, and a count', isRight }
}

/** Ids that the world derives: with another one it would not find the row, or make it a second time. */
export const derived: readonly Derived[] = [
  atAndCount('account_event', 'event'),
  {
    of: 'address',
    column: 'subject',
    wanted: 'the key of its eid and mobile',
    isRight: ({ subject, eid, mobile }, { source }) =>
      subject === subjectKey(source, { eid: text(eid), mobile: text(mobile) }),
  },
  {
    of: 'application',
    column: 'application',
    wanted: 'the id that follows from its appid and n',
    isRight: ({ application, appid, n }, { source }) =>
      application === deriveReadable(12, source, 'application', text(appid), Number(n)),
  },
  atAndCount('association_change', 'change'),
  {
    of: 'callback',
    column: 'callback',
    wanted: 'the id that follows from its message',
    isRight: ({ callback, message }, { source }) =>
      text(callback).endsWith(deriveHex(source, 'callback', text(message)).slice(0, 16)),
  },
  {
    of: 'chat_message',
    column: 'msgid',
    wanted: 'the msgid that follows from its sent_at and official account',
    isRight: ({ msgid, sent_at, appid }, { file }) => isDrawn({ msgid, at: sent_at, appid }, file),
  },
  {
    of: 'chat_message',
    column: 'parts',
    wanted: 'what a message of its type says',
    isRight: ({ type, parts }) =>
      chatContent.safeParse({ type, ...JSON.parse(text(parts)) }).success,
  },
  {
    of: 'fault',
    column: 'plan',
    wanted: 'what its given says',
    isRight: ({ plan, given }) => isPlanOf(text(given), text(plan)),
  },
  {
    of: 'follower',
    column: 'openid',
    wanted: 'the openid of its person at its appid',
    isRight({ openid, appid, person }, { source, file }) {
      if (file.remotes.has(text(appid))) return true
      // Whoever was known behind a gateway that is no longer there has no openid of ours.
      if (!file.has('official_account', ['appid'], [appid]))
        return ![...file.ordinals.keys()].some((ours) =>
          text(openid).startsWith(openidPrefix({ world: source }, ours)),
        )
      return openid === openidOf({ world: source }, text(appid), text(person))
    },
  },
  {
    of: 'message',
    column: 'message',
    wanted: 'the key that follows from its created_at and account',
    isRight({ message, created_at, eid }, { file }) {
      const { n } = readMessageKey(text(message))
      const ordinal = file.ordinals.get(text(eid)) ?? -1
      return message === messageKey({ now: Number(created_at), ordinal, n })
    },
  },
  {
    of: 'official_account',
    column: 'original_id',
    wanted: 'the id that follows from its appid',
    isRight: ({ original_id, appid }, { source }) =>
      original_id === `gh_${deriveHex(source, 'original_id', text(appid)).slice(0, 12)}`,
  },
  {
    of: 'person',
    column: 'person',
    wanted: 'the id that follows from its key',
    isRight: ({ person, key }, { source }) =>
      person === key || person === personId(source, text(key)),
  },
  {
    of: 'template',
    column: 'template_id',
    wanted: 'the id that follows from its appid and n',
    isRight: ({ template_id, appid, n }, { source }) =>
      template_id === deriveBase64url(43, source, 'template', text(appid), Number(n)),
  },
  {
    of: 'template_message',
    column: 'msgid',
    wanted: 'the msgid that follows from its accepted_at and official account',
    isRight: ({ msgid, accepted_at, appid }, { file }) =>
      isDrawn({ msgid, at: accepted_at, appid }, file),
  },
]

/** Whether an official account has drawn a msgid at that instant. */
function isDrawn({ msgid, at, appid }: Row, file: FileIndex): boolean {
  const { n, ordinal } = readMsgid(text(msgid), Number(at))
  return n >= 1 && ordinal === file.ordinals.get(text(appid))
}

/** Numbers that go from `from` on without a gap, per what `by` says: the next one is the count of those that there are. */
export const dense: readonly {
  readonly of: EpochTable
  readonly column: string
  readonly from: 0 | 1
  readonly by?: string
}[] = [
  { of: 'account', column: 'n', from: 0 },
  { of: 'application', column: 'n', from: 1, by: 'appid' },
  { of: 'eid', column: 'n', from: 0, by: 'account' },
  { of: 'official_account', column: 'n', from: 0 },
  { of: 'template', column: 'n', from: 1, by: 'appid' },
]

/** Which rows were numbered by which counter: it must have come as far, or a number would come twice. */
interface Numbered {
  readonly of: EpochTable
  readonly counter: 'counter' | 'send_count'
  /** The counter's key, and the number. */
  readonly number: (row: Row) => readonly [key: string, n: number]
}

const byCounter = (purpose: string, key = '') => JSON.stringify([purpose, key])

export const numbered: readonly Numbered[] = [
  {
    of: 'account_event',
    counter: 'counter',
    number: ({ event }) => [byCounter('account_event'), Number(text(event).slice(13))],
  },
  {
    of: 'association_change',
    counter: 'counter',
    number: ({ change }) => [byCounter('association_change'), Number(text(change).slice(13))],
  },
  {
    of: 'callback',
    counter: 'counter',
    number: ({ callback }) => [byCounter('callback'), Number(text(callback).slice(4, 13))],
  },
  {
    of: 'chat_message',
    counter: 'send_count',
    number: ({ msgid, sent_at, appid }) => [text(appid), readMsgid(text(msgid), Number(sent_at)).n],
  },
  {
    of: 'contact',
    counter: 'counter',
    number: ({ contact }) => [byCounter('exchange', 'sink'), Number(text(contact).slice(0, 12))],
  },
  {
    of: 'fault',
    counter: 'counter',
    number: ({ fault }) => [byCounter('fault'), Number(text(fault).slice(1))],
  },
  {
    of: 'message',
    counter: 'counter',
    number: ({ message, eid }) => [
      byCounter('exchange', text(eid)),
      readMessageKey(text(message)).n,
    ],
  },
  {
    of: 'push',
    counter: 'counter',
    number: ({ push }) => [byCounter('push'), Number(text(push).slice(4, 13))],
  },
  {
    of: 'template_message',
    counter: 'send_count',
    number: ({ msgid, accepted_at, appid }) => [
      text(appid),
      readMsgid(text(msgid), Number(accepted_at)).n,
    ],
  },
]

/** A counter's key, as `numbered` says it, and how far it has come. */
export const counters: Readonly<
  Record<Numbered['counter'], { readonly column: string; readonly key: (row: Row) => string }>
> = {
  counter: { column: 'n', key: ({ purpose, key }) => byCounter(text(purpose), text(key)) },
  send_count: { column: 'life', key: ({ appid }) => text(appid) },
}

/** A file by what its rows are looked up by. */
export interface FileIndex {
  has(table: EpochTable, by: readonly string[], values: readonly unknown[]): boolean
  /** Appids that are known to be another WeChat's. */
  readonly remotes: ReadonlySet<string>
  /** Of accounts by EID, and of official accounts by appid. */
  readonly ordinals: ReadonlyMap<string, number>
}
