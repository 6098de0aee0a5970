import type { EpochTable } from '../../../db/schema.ts'
import { messageKey, readMessageKey } from '../../tupu/message/message.ts'
import { chatContent } from '../../wechat/chat/content.ts'
import { readMsgid } from '../../wechat/message/send.ts'
import { openidOf, openidPrefix } from '../../wechat/official-account.ts'
import { ids_before } from '../../wechat/tag/tag.ts'
import { personId } from '../../world/person.ts'
import { deriveBase64url, deriveHex, deriveReadable, type Source } from '../../world/seed.ts'
import { subjectKey } from '../../world/subject.ts'
import { isPlanOf } from './plan.ts'
import type { FileIndex, Row } from './reference.ts'

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
    of: 'subscription_template',
    column: 'template_id',
    wanted: 'the id that follows from its appid and n',
    isRight: ({ template_id, appid, n }, { source }) =>
      template_id === deriveBase64url(43, source, 'subscription_template', text(appid), Number(n)),
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
    of: 'subscription_template',
    counter: 'counter',
    number: ({ appid, n }) => [byCounter('subscription_template', text(appid)), Number(n)],
  },
  {
    of: 'tag',
    counter: 'counter',
    number: ({ appid, id }) => [byCounter('tag', text(appid)), Number(id) - ids_before],
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
