import { z } from 'zod'
import { listAccounts } from '../../../db/account.ts'
import { findAssociationOf, listAssociationsBy } from '../../../db/association.ts'
import { listNewestContacts } from '../../../db/contact.ts'
import {
  listMessagesBefore,
  listNarrowedBefore,
  type NarrowedMessage,
} from '../../../db/latest-message.ts'
import { findMessage, listMessages } from '../../../db/message.ts'
import type { AccountRow, MessageRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { words } from '../../core/field.ts'
import { isRefusal } from '../../core/refusal.ts'
import { chooseAccount } from '../../phone/choose.ts'
import { messageKey } from '../../tupu/message/message.ts'
import { toIso } from '../../world/clock.ts'
import type { Scope } from '../../world/world.ts'
import { judgements, judgeSend } from '../audit/for-send.ts'
import { channels } from '../contact/response.ts'
import { cleanText, instant } from '../field.ts'
import { digitsIn, walk } from '../walk.ts'
import { message_states, messageResponse, messageShape } from './message.ts'

/** Answered at once, at most. */
const items_max = 50
/** Looked through by one call at most: messages are longer than what other lists look through. */
const looked_max = 2000
const bounds = { items_max, looked_max, keyOf: ({ message }: NarrowedMessage) => message }

/** A message as a list of messages shows it. */
export const foundMessageShape = messageShape.extend({
  name: z
    .string()
    .meta(
      words(
        'As sent by the platform; otherwise, as registered.',
        '平台所发的姓名，否则为登记的姓名。',
      ),
    ),
  account: z.string().nullable().meta(words('Its key.', '账号的键。')),
  company: z.string().nullable(),
  fall_backs: z
    .array(z.object({ channel: channels, at: z.iso.datetime() }))
    .meta(
      words(
        'SMS and emails that were sent instead, as audit.get judges it.',
        '因它而来的短信和邮件，判断方法同 audit.get。',
      ),
    ),
  judged: z
    .enum(judgements)
    .nullable()
    .meta(
      words(
        'What the platform did about it, as audit.get judges it; not_needed: it was accepted, and nothing came besides; retried: a later attempt under its client_msg_id counts; null: it is on its way, or erased.',
        '平台对它的处理，判断方法同 audit.get；not_needed：已被接受，也没有其他通知；retried：以同一 client_msg_id 的后续尝试为准；null：尚在途中，或已删除。',
      ),
    ),
})
export type FoundMessage = z.output<typeof foundMessageShape>

/** What people look for in the inbox. A POST, because a mobile or a name belongs into no address. */
export const searchMessage = endpoint({
  id: 'message.search',
  methods: ['POST'],
  path: '/worlds/{world}/messages/search',
  from: ['path', 'json'],
  summary: {
    en: 'Messages as the inbox shows them, newest first: by any part of mobile, name or text, or by errcode',
    zh: '收件箱所示的消息，最新的在前：可按手机号、姓名、内容的任一部分或 errcode 查找',
  },
  looks: true,
  journalled: false,
  input: z.strictObject({
    world: z.string(),
    q: cleanText
      .max(100)
      .optional()
      .meta(
        words(
          'Digits: part of the mobile, or the errcode; a negative number is the errcode only. Otherwise: part of the name or text, or the client_msg_id.',
          '数字：手机号的一部分或 errcode（负数只能是 errcode）；其他：姓名或内容的一部分，或 client_msg_id。',
        ),
      ),
    state: message_states.optional(),
    account: z.string().optional(),
    since: instant.optional().meta(words('Virtual, inclusive.', '虚拟时间，含。')),
    until: instant.optional().meta(words('Virtual, exclusive.', '虚拟时间，不含。')),
    before: z
      .string()
      .regex(/^\d{1,24}$/, '1 to 24 digits')
      .optional()
      .meta(
        words('older from an answer: returns what came before it.', '应答中的 older：只列其前的。'),
      ),
  }),
  answer: z.object({
    items: z.array(foundMessageShape),
    older: z
      .string()
      .nullable()
      .meta(
        words(
          `Where to continue; null: there is nothing older. One call searches ${looked_max} messages.`,
          `继续查找的位置；null：没有更早的了。一次调用最多查看 ${looked_max} 条。`,
        ),
      ),
  }),
  example: { input: { q: '{wang.mobile}' } },
  handle(call) {
    const { input, world, db } = call
    const account =
      input.account === undefined ? undefined : chooseAccount(call, input.account, 'account')
    if (isRefusal(account)) return account
    const fits = fitsOf(input.q ?? '')
    const isWanted = narrowedBy(input.state, account?.eid)
    const { epoch } = world
    const oldest = input.since === undefined ? '' : keyAt(input.since)
    const from = [input.before ?? after_all, keyAt(input.until)].toSorted()[0] ?? ''
    const accounts = new Map(listAccounts(db, epoch).map((row) => [row.eid, row]))
    const named = (rows: readonly MessageRow[]) => withNames(call, rows, accounts)
    const { rows, next } = fits
      ? walk<MessageRow>(from, {
          ...bounds,
          list: (before, limit) =>
            named(listMessagesBefore(db, { epoch, from: oldest, before, limit })),
          isWanted: (row) => isWanted(row) && fits(row),
        })
      : findNarrowed(call, { oldest, from }, isWanted)
    const items = named(rows).map((row) => foundResponse(call, row, accounts.get(row.eid)))
    return { items, older: next }
  },
})

/** Comes after all keys. */
const after_all = ':'

/** What comes before all keys of an instant; of none, after all. */
function keyAt(instant: number | undefined): string {
  return instant === undefined ? after_all : messageKey({ now: instant, ordinal: 0, n: 0 })
}

/** Whether a message is in a state and of an account. */
function narrowedBy(state: string | undefined, eid: string | undefined) {
  return (row: NarrowedMessage) =>
    (state === undefined || row.state === state) && (eid === undefined || row.eid === eid)
}

/** Whether a message has what is looked for; undefined: nothing is. */
function fitsOf(q: string): ((row: MessageRow) => boolean) | undefined {
  const text = q.trim().toLowerCase()
  if (text === '') return undefined
  if (/^-\d+$/u.test(text)) return ({ errcode }) => String(errcode) === text
  const digits = digitsIn(text)
  if (digits !== undefined)
    return ({ mobile, errcode, body, client_msg_id }) =>
      mobile.includes(digits) ||
      String(errcode) === text ||
      body.includes(text) ||
      client_msg_id === text
  return ({ errcode, name, body, client_msg_id }) =>
    String(errcode) === text ||
    [name, body, client_msg_id ?? ''].some((part) => part.toLowerCase().includes(text))
}

/** The same without reading what is said in those that are passed over. */
function findNarrowed(
  call: Call,
  { oldest, from }: { oldest: string; from: string },
  isWanted: (row: NarrowedMessage) => boolean,
) {
  const { db, world } = call
  const { epoch } = world
  const { rows, next } = walk<NarrowedMessage>(from, {
    ...bounds,
    list: (before, limit) => listNarrowedBefore(db, { epoch, from: oldest, before, limit }),
    isWanted,
  })
  const keys = rows.map(({ message }) => message)
  return { rows: listMessages(db, epoch, keys).reverse(), next }
}

/**
 * Messages with the names under which they are shown: as the platform sent them, else as whoever they are for is registered.
 * One that was refused says not whose mobile it was. What is asked of all together costs as many questions as of one.
 */
function withNames(
  { db, world }: Scope,
  rows: readonly MessageRow[],
  accounts: ReadonlyMap<string, AccountRow>,
): MessageRow[] {
  const nameless = rows.filter(({ name, mobile }) => name === '' && mobile !== '')
  const appids = [...new Set(nameless.flatMap(({ eid }) => accounts.get(eid)?.appid ?? []))]
  const names = new Map<string, string>()
  for (const column of ['openid', 'mobile'] as const) {
    const own = nameless.filter(({ openid }) => (openid === null) === (column === 'mobile'))
    const values = [...new Set(own.flatMap((row) => row[column] ?? []))]
    const at = { epoch: world.epoch, appids, values }
    for (const row of listAssociationsBy(db, column, at))
      names.set(`${row.appid} ${row[column]}`, row.name)
  }
  return rows.map((row) => {
    const { eid, name, openid, mobile } = row
    const registered = names.get(`${accounts.get(eid)?.appid} ${openid ?? mobile}`)
    return name !== '' || registered === undefined ? row : { ...row, name: registered }
  })
}

/** A message's row as a list of messages shows it. */
export function foundResponse(
  call: Call,
  row: MessageRow,
  account: AccountRow | undefined,
): FoundMessage {
  const { db, world } = call
  const { openid } = row
  const appid = account?.appid ?? ''
  const known =
    row.name === '' && openid !== null
      ? findAssociationOf(db, { epoch: world.epoch, appid, openid })
      : undefined
  const { judged, fallBacks } = judgeSend(call, row)
  return {
    ...messageResponse(call, row),
    name: row.name || (known?.name ?? ''),
    account: account?.key ?? null,
    company: account?.company ?? null,
    fall_backs: fallBacks.map(({ channel, at }) => ({ channel, at: toIso(at) })),
    judged,
  }
}

/** One message as a list shows it; undefined: there is none of this key. */
export function readFound(call: Call, message: string): FoundMessage | undefined {
  const { db, world } = call
  const row = findMessage(db, world.epoch, message)
  const accounts = listAccounts(db, world.epoch)
  return (
    row &&
    foundResponse(
      call,
      row,
      accounts.find(({ eid }) => eid === row.eid),
    )
  )
}

/** The newest messages and what became of them, in one text: it changes with everything that the first page of the inbox shows. */
export function newestDigest({ db, world }: Scope): string {
  const rows = listMessagesBefore(db, { epoch: world.epoch, before: after_all, limit: items_max })
  const [contact] = listNewestContacts(db, { epoch: world.epoch, limit: 1 })
  return [
    contact?.contact,
    ...rows.map(({ message, state, erased_at }) => `${message} ${state} ${erased_at}`),
  ].join()
}
