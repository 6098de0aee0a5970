import { z } from 'zod'
import { type ListedContact, listContacts } from '../../../db/contact.ts'
import { listMessages } from '../../../db/message.ts'
import type { MessageRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { pending } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { toIso } from '../../world/clock.ts'
import { contactResponse, contactShape } from '../contact/response.ts'
import { duration } from '../field.ts'
import { message_states } from '../message/message.ts'
import { audit, type Judged, within_usual_ms } from './audit.ts'
import { type KeptFallBack, type KeptSend, readAudited } from './read.ts'

/** Shown of each list, the latest: the totals count them all. */
const items_max = 200

const itemShape = z.object({
  message: z.string(),
  mobile: z.string(),
  msgid_str: z.string().nullable(),
  client_msg_id: z.string().nullable(),
  trace: z.string(),
  state: message_states,
  errcode: z.int().nullable(),
  at: z.iso.datetime(),
  contacts: z.array(contactShape),
})

const list = (en: string, zh: string) => z.array(itemShape).meta(words(en, zh))

export const auditShape = z.object({
  ok: z.boolean().meta(words('Nothing is lost, double or late.', '没有 lost、double 和 late。')),
  lost: list(
    'Refused, failed or unknown, and nothing came within.',
    '被拒、失败或结果不明，且限时内什么也没有到达。',
  ),
  double: list(
    'Accepted and not failed later, and an SMS or email came for it; or the same fall-back came twice.',
    '微信已接受且之后未失败，却又收到短信或邮件；或同一渠道重复回退。',
  ),
  late: list('It came after within.', '回退到达，但已超过限时。'),
  pending: list('Nothing came, and within is not over.', '尚未到达，限时未过。'),
  totals: z
    .object({ lost: z.int(), double: z.int(), late: z.int(), pending: z.int() })
    .meta(
      words(
        `The lists show the latest ${items_max} of each.`,
        `各列表只显示最近的 ${items_max} 条。`,
      ),
    ),
  from: z.iso
    .datetime()
    .nullable()
    .meta(
      words(
        'There is too much to judge what was before; null: everything was judged.',
        '更早的数量过多，未予核对；null：全部已核对。',
      ),
    ),
})

/** Whether the platform has fallen back to SMS or e-mail wherever it must, and nowhere else. */
export const getAudit = endpoint({
  id: 'audit.get',
  methods: ['GET'],
  path: '/worlds/{world}/audit',
  from: ['path', 'query'],
  summary: {
    en: 'Did the platform fall back? Compares every send that WeChat did not deliver with the SMS and emails received',
    zh: '平台是否正确回退？把微信没有送达的每次发送与收到的短信、邮件逐一核对',
  },
  input: z.strictObject({
    world: z.string(),
    within: duration
      .optional()
      .meta(
        words(
          'How soon a fall-back must come, by the clock of the world; left out, PT1M.',
          '回退须在多久之内到达，按世界的时钟；不填为 PT1M。',
        ),
      ),
  }),
  answer: auditShape,
  example: { input: { within: 'PT1M' } },
  before: ({ world }) => pending({ epoch: world.epoch, now: world.now }),
  outside: ({ epoch }: { epoch: number; now: number }, engine, hungUp) =>
    readAudited(engine, epoch, hungUp),
  after(call, { now }, { sends, fallBacks, from }) {
    const { within = within_usual_ms } = call.input
    const found = audit(sends, fallBacks, { now, within })
    const { lost, double, late } = found
    const totals = mapLists(found, ({ length }) => length)
    const ok = lost.length + double.length + late.length === 0
    const lists = mapLists(found, (all) => itemsOf(call, all.slice(-items_max)))
    return { ok, ...lists, totals, from: from === null ? null : toIso(from) }
  },
})

const names = ['lost', 'double', 'late', 'pending'] as const
type Name = (typeof names)[number]

function mapLists<T, R>(lists: Readonly<Record<Name, T>>, map: (list: T) => R): Record<Name, R> {
  return Object.fromEntries(names.map((name) => [name, map(lists[name])])) as Record<Name, R>
}

/** What was judged, as it is shown; whoever was erased meanwhile is left out. */
function itemsOf(
  { db, world: { epoch } }: Call<unknown, unknown>,
  judged: readonly Judged<KeptSend, KeptFallBack>[],
) {
  const keys = judged.flatMap(({ contacts }) => contacts.map(({ contact }) => contact))
  const messages = judged.map(({ send }) => send.message)
  const sends = new Map(listMessages(db, epoch, messages).map((row) => [row.message, row]))
  const contacts = new Map(listContacts(db, epoch, keys).map((row) => [row.contact, row]))
  return judged.flatMap((one) => {
    const row = sends.get(one.send.message)
    return row
      ? [
          itemOf(
            row,
            one.contacts.flatMap(({ contact }) => contacts.get(contact) ?? []),
          ),
        ]
      : []
  })
}

function itemOf(row: MessageRow, contacts: readonly ListedContact[]) {
  const { message, mobile, client_msg_id, trace, state, errcode } = row
  const at = toIso(row.created_at)
  const shown = contacts.map(contactResponse)
  return {
    message,
    mobile,
    msgid_str: row.msgid,
    client_msg_id,
    trace,
    state,
    errcode,
    at,
    contacts: shown,
  }
}
