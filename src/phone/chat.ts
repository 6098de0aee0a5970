import { z } from 'zod'
import { updateFollower } from '../../db/person.ts'
import { countUnread, listMsgidsOnPhone, on_phone_max } from '../../db/phone-message.ts'
import type { FollowerRow } from '../../db/schema.ts'
import type { Call } from '../core/call.ts'
import { endpoint } from '../core/control-endpoint.ts'
import { words } from '../core/field.ts'
import { isRefusal } from '../core/refusal.ts'
import { typingLeft } from '../wechat/custom/interaction.ts'
import { isFollowed } from '../wechat/follower.ts'
import { menuFor } from '../wechat/menu/conditional.ts'
import { shownButtons } from '../wechat/menu/menu.ts'
import { hasConsent } from '../wechat/oauth/consent.ts'
import { type Chosen, choose } from './choose.ts'
import { pushPlace } from './event.ts'
import { accountKey, followerState, where } from './field.ts'
import { drawnButton, drawnMenu } from './menu.ts'
import { messageShape, type PhoneMessage, readMessages } from './message.ts'

/** How many messages of one openid nobody has read yet, up to a hundred. */
export function unreadOf(
  { db, world }: Pick<Call, 'db' | 'world'>,
  follower: Pick<FollowerRow, 'openid' | 'read_msgid'>,
): number {
  const { openid, read_msgid } = follower
  return countUnread(db, { epoch: world.epoch, openid, read_msgid })
}

const page_messages = on_phone_max - 1

/** A conversation as the phone draws it. */
export const chatShape = z.object({
  person: z.string(),
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
  consented: z
    .boolean()
    .meta(
      words(
        'Nickname and avatar were allowed within thirty days.',
        '三十天内曾允许获取昵称和头像。',
      ),
    ),
  unread: z.int().meta(words('Counted up to 100.', '最多数到 100。')),
  typing: z
    .boolean()
    .meta(
      words(
        'The account shows the typing indicator (message/custom/typing).',
        '公众号正显示“对方正在输入”（message/custom/typing）。',
      ),
    ),
  messages: z.array(messageShape).meta(words('Newest last.', '最新的在最后。')),
  next_cursor: z
    .string()
    .nullable()
    .meta(
      words(
        'Pass as `before` to get older ones. Null: there are none.',
        '作为 `before` 使用：列更早的。null：没有更早的了。',
      ),
    ),
  menu: z
    .array(drawnButton.extend({ buttons: z.array(drawnButton) }))
    .nullable()
    .meta(words('Null: the account has none.', 'null：该公众号没有菜单。')),
})

export type ChatResponse = z.output<typeof chatShape>

/** What an official account and a person have said to each other. */
export const phoneChat = endpoint({
  id: 'phone.chat',
  methods: ['GET'],
  path: '/worlds/{world}/people/{person}/chats/{account}',
  from: ['path', 'query'],
  summary: {
    en: 'A conversation as the phone shows it: template messages, menu, state',
    zh: '手机上显示的会话：模板消息、菜单、关注状态',
  },
  input: z.strictObject({
    world: z.string(),
    person: z.string(),
    account: z.string().meta(words('Key, EID or appid.', 'key、EID 或 appid。')),
    before: z
      .string()
      .regex(/^\d{1,24}$/, 'a next_cursor as it was answered')
      .optional()
      .meta(words('A next_cursor: returns only what is older.', '一个 next_cursor：只列更早的。')),
  }),
  answer: chatShape,
  refusals: [409],
  example: { input: { person: 'wang', account: 'acme' } },
  handle(call) {
    const chosen = choose(call, call.input)
    return isRefusal(chosen) ? chosen : chatResponse(call, chosen, call.input.before)
  },
})

/** Marks a conversation as read, up to its newest message. */
export const readPhone = endpoint({
  id: 'phone.read',
  methods: ['POST'],
  path: '/worlds/{world}/people/{person}/read',
  from: ['path', 'json'],
  summary: {
    en: 'The person opens a conversation: all its messages are read',
    zh: '此人查看会话：其中不再有未读消息',
  },
  input: z.strictObject(where),
  answer: z.object({
    person: z.string(),
    account: accountKey,
    appid: z.string(),
    read_msgid: z
      .string()
      .nullable()
      .meta(words('Null: there has been no message.', 'null：从未有过消息。')),
    unread: z.literal(0),
  }),
  refusals: [409],
  example: { input: { person: 'wang', account: 'acme' } },
  handle(call) {
    const chosen = choose(call, call.input)
    if (isRefusal(chosen)) return chosen
    const { person, account, appid } = chosen
    const { follower } = chosen
    const read = follower && markRead(call, follower, listMsgids(call, follower)[0])
    if (follower && isFollowed(follower.state)) pushPlace(call, chosen.official, follower)
    const read_msgid = read?.read_msgid ?? null
    return { person: person.person, account: account?.key ?? null, appid, read_msgid, unread: 0 }
  },
})

/** A conversation, of its messages those before one of them. */
export function chatResponse(call: Call, chosen: Chosen, before?: string): ChatResponse {
  const { person, account, appid, follower } = chosen
  const msgids = follower ? listMsgids(call, follower, before) : []
  const { messages, next_cursor } = pageOf(call, msgids)
  const menu = menuFor(call, appid, chosen)
  return {
    person: person.person,
    account: account?.key ?? null,
    ...standingOf(call, chosen),
    unread: follower ? unreadOf(call, follower) : 0,
    typing: follower ? typingLeft(call, follower.openid) > 0 : false,
    messages,
    next_cursor,
    menu: menu ? drawnMenu(shownButtons(call, menu)) : null,
  }
}

/** What the phone calls the other side of a conversation. */
export function chatName({
  account,
  appid,
  official,
}: Pick<Chosen, 'account' | 'appid' | 'official'>) {
  return { appid, name: official?.name ?? account?.company ?? appid }
}

/** How a person stands to an account, as the phone words it. */
export function standingOf({ world }: Pick<Call, 'world'>, of: Chosen) {
  const { follower } = of
  return {
    ...chatName(of),
    openid: follower?.openid ?? null,
    state: follower?.state ?? 'never',
    consented: hasConsent(follower, world),
  }
}

/** Takes all messages of a relation as seen; writes only if one was not. */
export function markRead(
  { db }: Pick<Call, 'db'>,
  follower: FollowerRow,
  newest: string | undefined,
): FollowerRow {
  if (newest === undefined || newest === follower.read_msgid) return follower
  const change = { read_msgid: newest }
  updateFollower(db, follower, change)
  return { ...follower, ...change }
}

/** The messages of an openid that stand on the phone, the newest first: those of a page, and one that says whether there are older. */
export function listMsgids(
  { db, world }: Pick<Call, 'db' | 'world'>,
  { openid }: Pick<FollowerRow, 'openid'>,
  before?: string,
): string[] {
  return listMsgidsOnPhone(db, { epoch: world.epoch, openid, before })
}

/** The page of these, the newest last; where there are older ones, with the cursor to them. */
export function pageOf(
  call: Pick<Call, 'db' | 'world' | 'engine'>,
  msgids: readonly string[],
): Pick<ChatResponse, 'next_cursor'> & { readonly messages: PhoneMessage[] } {
  const shown = msgids.slice(0, page_messages)
  const messages = readMessages(call, shown.toReversed())
  const next_cursor = msgids.length > page_messages ? (shown.at(-1) ?? null) : null
  return { messages, next_cursor }
}
