import type { ListedContact } from '../../../db/contact.ts'
import type { PersonRow } from '../../../db/schema.ts'
import type {
  AskedSubscription,
  InboxFacts,
  Letter,
  ScreenFacts,
} from '../../../views/phone/props.ts'
import { linkName } from '../../auth/browser-identity.ts'
import type { Call } from '../../core/call.ts'
import { wayOf } from '../../core/locate.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { typingLeft } from '../../wechat/custom/interaction.ts'
import { isFollowed } from '../../wechat/follower.ts'
import { shownButtons } from '../../wechat/menu/menu.ts'
import { unionidOf } from '../../wechat/official-account.ts'
import type { Scope } from '../../world/world.ts'
import { listMsgids, markRead, pageOf, standingOf } from '../chat.ts'
import type { Chosen } from '../choose.ts'
import { pushPlace } from '../event.ts'
import { findInInbox, type InboxName, listInbox } from '../inbox.ts'
import { drawnMenu } from '../menu.ts'
import type { PhoneMessage } from '../message.ts'
import { linkFor, ourPath } from '../open.ts'
import { listChats, type PhoneChat, unreadIn } from '../phone.ts'
import { chooseOn, menuOn, type PhoneState, withFollower } from '../state.ts'
import { listAskable } from '../subscribe.ts'
import { type PhoneAddress, readBack, type ScreenName } from './address.ts'
import type { PlacedMessage } from './conversation.ts'
import { momentOf } from './moment.ts'
import { home } from './views.ts'

/** Messages that come within so long of each other stand under one instant. */
const together_ms = 5 * 60_000
const cursor_form = /^\d{1,24}$/
const letter_form = /^\d{1,16}$/

/** What a screen shows, of a phone as it is when it was read. */
interface Screen {
  readonly phone: PhoneState
  readonly facts: ScreenFacts
  /** Of a conversation, the newest last. */
  readonly messages: readonly PlacedMessage[]
  /** Of all conversations together, where tabs show it. */
  readonly unread: number
}

interface Look {
  readonly address: PhoneAddress & { readonly screen: ScreenName }
  /** The person looks at it: to open a conversation is to read it. */
  readonly opens: boolean
  /** The person comes from elsewhere: an account that asks for places is told one. */
  readonly enters: boolean
}

/** What a screen of a person's phone shows; undefined: there is no such SMS or mail. */
export function readScreen(
  call: Call,
  phone: PhoneState,
  look: Look,
): Screen | Refusal | undefined {
  const { screen, appid } = look.address
  switch (screen) {
    case 'sms':
    case 'mail': {
      const before = look.address.query['before']
      const facts = inboxFacts(call, phone.person, { name: screen, contact: appid, before })
      return facts && { phone, facts, messages: [], unread: 0 }
    }
    case 'web':
      return { phone, facts: webFacts(call, phone, look.address), messages: [], unread: 0 }
    case 'chat':
    case 'account': {
      const chosen = chooseOn(call, phone, appid)
      if (isRefusal(chosen)) return chosen
      if (screen === 'chat') return openChat(call, phone, chosen, look)
      return { phone, facts: accountFacts(call, chosen), messages: [], unread: 0 }
    }
    default: {
      const chats = listChats(call, phone)
      const facts = tabFacts(call, phone, chats, look)
      return { phone, facts, messages: [], unread: unreadIn(chats) }
    }
  }
}

function tabFacts(
  call: Call,
  { person }: PhoneState,
  chats: readonly PhoneChat[],
  { address }: Look,
): ScreenFacts {
  const { screen, query } = address
  if (screen === 'scan') return { screen }
  if (screen === 'me') {
    const { mobile, snapshot } = person
    const unionid = unionidOf(call, person.person)
    return { screen, mobile, unionid, snapshot: snapshot === 1 }
  }
  if (screen === 'find') return findFacts(chats, (query['q'] ?? '').trim())
  return {
    screen: 'chats',
    chats: chats.filter(isInList).map((chat) => ({
      ...chat,
      when: chat.last ? momentOf(Date.parse(chat.last.at), call.world.now) : null,
    })),
  }
}

/** Who was never met is found by looking for it. */
function isInList({ state, last }: PhoneChat): boolean {
  return state !== 'never' || last !== null
}

function findFacts(chats: readonly PhoneChat[], q: string): ScreenFacts {
  const wanted = q.toLowerCase()
  const found = chats.filter(({ name, appid, account }) =>
    [name, appid, account ?? ''].some((text) => text.toLowerCase().includes(wanted)),
  )
  return { screen: 'find', q, found }
}

function openChat(call: Call, phone: PhoneState, chosen: Chosen, look: Look): Screen {
  const { address, opens, enters } = look
  const { appid } = chosen
  const newest = phone.relations.find(({ follower }) => follower.appid === appid)?.msgids ?? []
  const before = cursorOf(address)
  const isOlder = before !== undefined
  const follower =
    opens && chosen.follower ? markRead(call, chosen.follower, newest[0]) : chosen.follower
  if (enters && !isOlder && follower && isFollowed(follower.state))
    pushPlace(call, chosen.official, follower)
  const msgids = follower && isOlder ? listMsgids(call, follower, before) : newest
  const { messages, next_cursor } = pageOf(call, msgids)
  const menu = menuOn(call, phone, appid)
  const typing_ms = follower ? typingLeft(call, follower.openid) : 0
  const chat = {
    ...standingOf(call, chosen),
    next_cursor,
    menu: menu ? drawnMenu(shownButtons(call, menu)) : null,
  }
  return {
    phone: follower ? withFollower(phone, follower) : phone,
    facts: { screen: 'chat', chat, hasMessages: messages.length > 0, isOlder, typing_ms },
    messages: timed(messages, call.world.now),
    unread: 0,
  }
}

function cursorOf({ query }: PhoneAddress): string | undefined {
  const cursor = query['before'] ?? ''
  return cursor_form.test(cursor) ? cursor : undefined
}

function timed(messages: readonly PhoneMessage[], now: number): PlacedMessage[] {
  let earlier = Number.NEGATIVE_INFINITY
  return messages.map((message) => {
    const at = Date.parse(message.at)
    const isTogether = at - earlier < together_ms
    earlier = at
    return { message, when: isTogether ? null : momentOf(at, now) }
  })
}

function accountFacts(call: Call, chosen: Chosen): ScreenFacts {
  const { kind = 'service', original_id = '' } = chosen.official ?? {}
  const chat = standingOf(call, chosen)
  return { screen: 'account', chat, kind, original_id, subscriptions: askedOf(call, chosen) }
}

/** The sheets of the account's own templates. That of one-time subscription is a page of WeChat's. */
function askedOf(call: Call, chosen: Chosen): AskedSubscription[] {
  const own = listAskable(call, chosen).filter(({ kind }) => kind !== 'under_scene')
  return own.map(({ template_id, title, example, answers: [last] }) => ({
    template_id,
    title,
    lines: example
      .trim()
      .split('\n')
      .map((line) => {
        const [label = '', ...rest] = line.split(':')
        return { label, example: rest.join(':') }
      }),
    answer: last?.answer ?? null,
    sends_left: last ? last.sends_left : 0,
  }))
}

function webFacts(
  call: Call,
  { person }: PhoneState,
  { query, basePath }: PhoneAddress,
): ScreenFacts {
  const back = readBack(query['back'], basePath)
  const link = query['url'] ?? ''
  const isBack = back !== undefined && back.screen !== 'web' && back.person !== ''
  return {
    screen: 'web',
    url: linkFor(call, person, link) ?? null,
    isOurs: ourPath(call, link) !== undefined,
    jssdkPath: `${basePath}${wayOf({ world: undefined, person: linkName(person.person, call.engine.settings) })}/connect/jssdk/config`,
    back: isBack ? back.returnTo : `${basePath}${home}/${person.person}`,
  }
}

/** What the page of an inbox shows, or of one message in it; undefined where there is no such message. */
function inboxFacts(
  scope: Scope,
  person: PersonRow,
  at: { readonly name: InboxName; readonly contact: string; readonly before: string | undefined },
): InboxFacts | undefined {
  const { name: screen, contact } = at
  if (contact !== '') {
    const row = findInInbox(scope, person, at)
    const html = row?.html ?? null
    return (
      row && { screen, letter: { ...letterOf(scope, row), html }, letters: [], next_cursor: null }
    )
  }
  const before = at.before && letter_form.test(at.before) ? at.before : undefined
  const { rows, next_cursor } = listInbox(scope, person, { name: screen, before })
  const letters = rows.map((row) => letterOf(scope, row))
  return { screen, letter: null, letters, next_cursor }
}

function letterOf({ world }: Scope, row: ListedContact): Letter {
  const { contact, from, subject, text, at, mobile, email } = row
  return { contact, from, to: mobile ?? email ?? '', subject, text, when: momentOf(at, world.now) }
}
