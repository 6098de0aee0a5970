import { z } from 'zod'
import { listOfficialAccounts } from '../../db/official-account.ts'
import { updatePerson } from '../../db/person.ts'
import { endpoint } from '../core/control-endpoint.ts'
import { words } from '../core/field.ts'
import { baseUrl } from '../core/locate.ts'
import { isRefusal } from '../core/refusal.ts'
import { unionidOf } from '../wechat/official-account.ts'
import type { Scope } from '../world/world.ts'
import { unreadOf } from './chat.ts'
import { choosePerson } from './choose.ts'
import { accountKey, followerState } from './field.ts'
import type { PhoneMessage } from './message.ts'
import { type PhoneState, readPhone } from './state.ts'

/** One line of the chat list. */
export const chatLineShape = z.object({
  account: accountKey,
  appid: z.string(),
  name: z.string(),
  openid: z
    .string()
    .nullable()
    .meta(
      words(
        'Null: the person has never been in contact with the account.',
        'null：双方从未有过往来。',
      ),
    ),
  state: followerState,
  unread: z.int().meta(words('Counted up to 100.', '最多数到 100。')),
  last: z
    .object({
      type: z
        .string()
        .meta(words('template, or the type of a chat message.', 'template，或聊天消息的类型。')),
      title: z.string(),
      line: z.string().nullable(),
      at: z.string(),
    })
    .nullable(),
})

export type PhoneChat = z.output<typeof chatLineShape>

/** A phone as the control API shows it. */
export const phoneShape = z.object({
  person: z.string(),
  key: z.string(),
  name: z.string(),
  mobile: z.string().nullable(),
  unionid: z.string(),
  snapshot: z.boolean().meta(words('Whether pages open in snapshot mode.', '页面以快照模式打开。')),
  phone_url: z.string(),
  unread: z.int(),
  chats: z
    .array(chatLineShape)
    .meta(
      words(
        'Newest message first, then in the order in which the accounts were created.',
        '有最新消息的在前，其余按账号建立的先后。',
      ),
    ),
})

export type PhoneResponse = z.output<typeof phoneShape>

/** A person's phone: every official account of the world, and what came last. */
export const getPhone = endpoint({
  id: 'phone.get',
  methods: ['GET'],
  path: '/worlds/{world}/people/{person}/phone',
  from: ['path'],
  summary: {
    en: "A person's phone: the official accounts of the world, the latest messages and what is unread",
    zh: '某人的手机：世界里的公众号、最新消息、未读数',
  },
  input: z.strictObject({ world: z.string(), person: z.string() }),
  answer: phoneShape,
  example: { input: { person: 'wang' } },
  handle(call) {
    const row = choosePerson(call, call.input.person)
    if (isRefusal(row)) return row
    const { person, key, name, mobile } = row
    const chats = listChats(call, readPhone(call, row))
    return {
      person,
      key,
      name,
      mobile,
      unionid: unionidOf(call, person),
      snapshot: row.snapshot === 1,
      phone_url: `${baseUrl(call)}/phone/${person}`,
      unread: unreadIn(chats),
      chats,
    }
  },
})

/** The official accounts of the world as one person's phone lists them. */
export function listChats(scope: Scope, { relations, accounts }: PhoneState): PhoneChat[] {
  const chats: PhoneChat[] = []
  const { db, world } = scope
  for (const { appid, name } of listOfficialAccounts(db, world.epoch)) {
    const { follower, newest } = relations.find((row) => row.follower.appid === appid) ?? {}
    const isNews = newest && follower && newest.msgid_str !== follower.read_msgid
    chats.push({
      account: accounts.find((row) => row.appid === appid)?.key ?? null,
      appid,
      name,
      openid: follower?.openid ?? null,
      state: follower?.state ?? 'never',
      unread: isNews ? unreadOf(scope, follower) : 0,
      last: newest ? lastOf(newest) : null,
    })
  }
  const at = ({ last }: PhoneChat) => (last ? Date.parse(last.at) : 0)
  return chats.sort((a, b) => at(b) - at(a))
}

function lastOf({ content, title, line, at }: PhoneMessage): NonNullable<PhoneChat['last']> {
  return { type: content?.type ?? 'template', title, line, at }
}

/** How many messages of all conversations nobody has read yet. */
export function unreadIn(chats: readonly PhoneChat[]): number {
  return chats.reduce((sum, { unread }) => sum + unread, 0)
}

/** Whether pages that want a profile open as a snapshot until the full page is asked for. */
export const phoneSnapshot = endpoint({
  id: 'phone.snapshot',
  methods: ['POST'],
  path: '/worlds/{world}/people/{person}/snapshot',
  from: ['path', 'json'],
  summary: {
    en: "Turn snapshot mode of the person's WeChat on or off",
    zh: '此人的微信以快照模式打开页面，或不再如此',
  },
  input: z.strictObject({ world: z.string(), person: z.string(), on: z.boolean() }),
  answer: z.object({ person: z.string(), snapshot: z.boolean() }),
  example: { input: { person: 'li', on: true } },
  handle(call) {
    const person = choosePerson(call, call.input.person)
    if (isRefusal(person)) return person
    const { on } = call.input
    updatePerson(call.db, person, { snapshot: on ? 1 : 0 })
    return { person: person.person, snapshot: on }
  },
})
