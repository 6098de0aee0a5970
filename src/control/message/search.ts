import { z } from 'zod'
import { listAccounts } from '../../../db/account.ts'
import { findAssociationOf } from '../../../db/association.ts'
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
import { toIso } from '../../world/clock.ts'
import type { Scope } from '../../world/world.ts'
import { listFallBacks } from '../audit/for-send.ts'
import { channels } from '../contact/response.ts'
import { cleanText } from '../field.ts'
import { message_states, messageResponse, messageShape } from './message.ts'

/** Answered at once, at most. */
const items_max = 50
/** Read at a time, and looked through by one call at most: older ones are another call's. */
const batch_rows = 500
const looked_max = 2000

/** A message as a list of messages shows it. */
export const foundMessageShape = messageShape.extend({
  name: z
    .string()
    .meta(
      words(
        'As the platform sent it, else as it was registered.',
        '平台所发的姓名，否则为登记的姓名。',
      ),
    ),
  account: z.string().nullable().meta(words('Its key.', '账号的键。')),
  company: z.string().nullable(),
  fall_backs: z
    .array(z.object({ channel: channels, at: z.iso.datetime() }))
    .meta(
      words(
        'SMS and e-mails that came because of it, as audit.get judges it.',
        '因它而来的短信和邮件，判断方法同 audit.get。',
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
          'Digits: a part of the mobile, or the errcode. Else a part of name or text, or the client_msg_id.',
          '数字：手机号的一部分或 errcode；其他：姓名或内容的一部分，或 client_msg_id。',
        ),
      ),
    state: message_states.optional(),
    account: z.string().optional(),
    before: z
      .string()
      .regex(/^\d{1,24}$/, '1 to 24 digits')
      .optional()
      .meta(words('older of an answer: what came before it.', '应答中的 older：只列其前的。')),
  }),
  answer: z.object({
    items: z.array(foundMessageShape),
    older: z
      .string()
      .nullable()
      .meta(
        words(
          `Where to look on; null: there is nothing older. One call looks through ${looked_max} messages.`,
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
    const { rows, older } = fits
      ? findRows(input.before, (before, limit) => {
          const batch = listMessagesBefore(db, { epoch: world.epoch, before, limit })
          return { batch, wanted: batch.filter((row) => isWanted(row) && fits(row)) }
        })
      : findNarrowed(call, input.before, isWanted)
    const accounts = new Map(listAccounts(db, world.epoch).map((row) => [row.eid, row]))
    return { items: rows.map((row) => foundResponse(call, row, accounts.get(row.eid))), older }
  },
})

/** Comes after all keys. */
const after_all = ':'

/** Whether a message is in a state and of an account. */
function narrowedBy(state: string | undefined, eid: string | undefined) {
  return (row: NarrowedMessage) =>
    (state === undefined || row.state === state) && (eid === undefined || row.eid === eid)
}

/** Whether a message has what is looked for; undefined: nothing is. */
function fitsOf(q: string): ((row: MessageRow) => boolean) | undefined {
  const text = q.trim().toLowerCase()
  if (text === '') return undefined
  const digits = text.replaceAll(/[\s+()-]/gu, '')
  if (/^\d+$/u.test(digits))
    return ({ mobile, errcode, body, client_msg_id }) =>
      mobile.includes(digits) ||
      String(errcode) === text ||
      body.includes(text) ||
      client_msg_id === text
  return ({ errcode, name, body, client_msg_id }) =>
    String(errcode) === text ||
    [name, body, client_msg_id ?? ''].some((part) => part.toLowerCase().includes(text))
}

interface Portion<R> {
  readonly batch: readonly R[]
  readonly wanted: readonly R[]
}

/** Walks from a key back until a page is full, everything was seen, or it takes too long. */
function findRows<R extends NarrowedMessage>(
  from: string | undefined,
  look: (before: string, limit: number) => Portion<R>,
): { rows: R[]; older: string | null } {
  const rows: R[] = []
  let before = from ?? after_all
  for (let looked = 0; looked < looked_max; looked += batch_rows) {
    const limit = looked === 0 ? items_max + 1 : batch_rows
    const { batch, wanted } = look(before, limit)
    rows.push(...wanted)
    if (rows.length > items_max) {
      const page = rows.slice(0, items_max)
      return { rows: page, older: page.at(-1)?.message ?? null }
    }
    const last = batch.at(-1)
    if (!last || batch.length < limit) return { rows, older: null }
    before = last.message
  }
  return { rows, older: before }
}

/** The same without reading what is said in those that are passed over. */
function findNarrowed(
  call: Call,
  from: string | undefined,
  isWanted: (row: NarrowedMessage) => boolean,
): { rows: MessageRow[]; older: string | null } {
  const { db, world } = call
  const { epoch } = world
  const { rows, older } = findRows(from, (before, limit) => {
    const batch = listNarrowedBefore(db, { epoch, before, limit })
    return { batch, wanted: batch.filter(isWanted) }
  })
  const keys = rows.map(({ message }) => message)
  return { rows: listMessages(db, epoch, keys).reverse(), older }
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
  return {
    ...messageResponse(call, row),
    name: row.name || (known?.name ?? ''),
    account: account?.key ?? null,
    company: account?.company ?? null,
    fall_backs: listFallBacks(call, row).map(({ channel, at }) => ({ channel, at: toIso(at) })),
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
