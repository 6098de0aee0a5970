import type { PersonRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { unionidOf } from '../../wechat/official-account.ts'
import { showChat } from '../chat.ts'
import { type Chosen, choose } from '../choose.ts'
import { linkFor, ourPath } from '../link.ts'
import { listChats, type PhoneChat } from '../phone.ts'
import type { AccountFacts, ChatFacts, ScreenFacts, ShownMessage } from './facts.ts'
import { momentOf } from './moment.ts'
import { type Place, readBack, type ScreenName } from './place.ts'

/** Messages that come within so long of each other stand under one instant. */
const together_ms = 5 * 60_000
const cursor_form = /^\d{1,24}$/

/** What a screen of a person's phone shows. */
export async function readScreen(
  call: Call,
  row: PersonRow,
  place: Place & { readonly screen: ScreenName },
): Promise<ScreenFacts | Refusal> {
  const { screen, query, appid } = place
  switch (screen) {
    case 'chats':
      return { screen, chats: withMoments(call, (await listChats(call, row)).filter(isInList)) }
    case 'find':
      return readFind(call, row, (query['q'] ?? '').trim())
    case 'scan':
      return { screen }
    case 'me': {
      const { mobile, snapshot, person } = row
      return { screen, mobile, unionid: unionidOf(call, person), snapshot: snapshot === 1 }
    }
    case 'chat':
    case 'account': {
      const chosen = await choose(call, { person: row.person, account: appid })
      if (isRefusal(chosen)) return chosen
      return screen === 'chat' ? readChat(call, chosen, place) : readAccount(call, chosen)
    }
    case 'web':
      return readWeb(call, row, place)
  }
}

/** Who was never met is found by looking for it. */
function isInList({ state, last }: PhoneChat): boolean {
  return state !== 'never' || last !== null
}

function withMoments({ world }: Call, chats: readonly PhoneChat[]) {
  return chats.map((chat) => ({
    ...chat,
    when: chat.last ? momentOf(Date.parse(chat.last.at), world.now) : null,
  }))
}

async function readFind(call: Call, row: PersonRow, q: string): Promise<ScreenFacts> {
  const wanted = q.toLowerCase()
  const found = (await listChats(call, row)).filter(({ name, appid, account }) =>
    [name, appid, account ?? ''].some((text) => text.toLowerCase().includes(wanted)),
  )
  return { screen: 'find', q, found }
}

async function readChat(call: Call, chosen: Chosen, { query }: Place): Promise<ChatFacts> {
  const cursor = query['before'] ?? ''
  const before = cursor_form.test(cursor) ? cursor : undefined
  const { messages, ...chat } = await showChat(call, chosen, before)
  const shown = messages.map((message, i): ShownMessage => {
    const at = Date.parse(message.at)
    const earlier = messages[i - 1]
    const isTogether = earlier !== undefined && at - Date.parse(earlier.at) < together_ms
    return { ...message, when: isTogether ? null : momentOf(at, call.world.now) }
  })
  return { screen: 'chat', chat, messages: shown, isOlder: before !== undefined }
}

async function readAccount(call: Call, chosen: Chosen): Promise<AccountFacts> {
  const { messages: _, ...chat } = await showChat(call, chosen)
  const { kind = 'service', original_id = '' } = chosen.official ?? {}
  return { screen: 'account', chat, kind, original_id }
}

function readWeb(call: Call, row: PersonRow, { query, way }: Place): ScreenFacts {
  const back = readBack(query['back'], way)
  const link = query['url'] ?? ''
  const isBack = back !== undefined && back.screen !== 'web' && back.person !== ''
  return {
    screen: 'web',
    url: linkFor(call, row, link) ?? null,
    isOurs: ourPath(call, link) !== undefined,
    back: isBack ? back.here : `${way}/phone/${row.person}`,
  }
}
