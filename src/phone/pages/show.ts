import type { PersonRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import type { Reply } from '../../core/endpoint.ts'
import { invoke } from '../../core/invoke.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { langOfRequest, type PageNeeds, pageReply } from '../../page/reply.ts'
import { findPersonBy } from '../../world/person.ts'
import { listChats } from '../phone.ts'
import { digestOf } from './digest.ts'
import type { Notice, Phone } from './facts.ts'
import { lost } from './lost.ts'
import { momentOf } from './moment.ts'
import { noticeOf } from './notice.ts'
import { readPeople, readSide } from './people.ts'
import type { Place, ScreenName } from './place.ts'
import { views } from './prepared.ts'
import { readScreen } from './screens.ts'
import { phoneCookie, readVisit } from './visit.ts'

/** What a page is asked for with, besides its address. */
export interface Said {
  readonly notice?: Notice | undefined
  readonly typed?: Readonly<Record<string, string>>
  /** Of the answer; 200 unless a form was refused. */
  readonly status?: number
}

/** The page of a place; a refusal where the place names nobody and nothing. */
export async function showPlace(
  call: Call,
  place: Place,
  said: Said = {},
): Promise<Reply | Refusal> {
  const { screen } = place
  if (screen === 'people') return showPeople(call, place, said)
  const row = await findPersonBy(call, place.person)
  return row ? showScreen(call, row, { ...place, screen }, said) : lost(call, 'unknown_person')
}

async function showPeople(call: Call, place: Place, said: Said): Promise<Reply> {
  const { visit, cookie } = readVisit(call, place, said)
  const side = await readSide(call, place.here)
  const lang = langOfRequest(call.request)
  if (side) {
    const page = views().sidePage(lang, visit, side)
    return send(page, { cookies: [cookie], needs: { frames: true } })
  }
  const page = views().peoplePage(lang, visit, await readPeople(call, place))
  return send(page, { status: said.status, cookies: [cookie] })
}

async function showScreen(
  call: Call,
  row: PersonRow,
  place: Place & { readonly screen: ScreenName },
  said: Said,
): Promise<Reply | Refusal> {
  const { request } = call
  const { screen, appid, way } = place
  // To open a conversation is to read it. A form that was refused opens nothing.
  if (screen === 'chat' && said.status === undefined)
    await invoke(call, 'phone.read', { person: row.person, account: appid })
  const facts = await readScreen(call, row, place)
  if (isRefusal(facts)) return lost(call, 'unknown_account')
  const notice = said.notice ?? (await noticeOf(call, place))
  const { visit, cookie } = readVisit(call, place, { ...said, notice })
  const phone = await readPhone(call, row)
  const page = views().screenPage(langOfRequest(request), { visit, phone, facts })
  return send(page, {
    status: said.status,
    cookies: [cookie, phoneCookie(request, way, row.person)],
    needs: screen === 'web' ? { script: true, frames: true } : { script: true },
  })
}

async function readPhone(call: Call, row: PersonRow): Promise<Phone> {
  const { person, key, name } = row
  const { now } = call.world
  const chats = await listChats(call, row)
  const unread = chats.reduce((sum, chat) => sum + chat.unread, 0)
  const digest = await digestOf(call, row)
  return { person, key, name, unread, now: momentOf(now, now), digest }
}

function send(
  page: string,
  of: {
    status?: number | undefined
    cookies: readonly (string | undefined)[]
    needs?: PageNeeds
  },
): Reply {
  const cookies = of.cookies.filter((cookie) => cookie !== undefined)
  return pageReply(page, {
    status: of.status ?? 200,
    headers: cookies.length > 0 ? { 'Set-Cookie': cookies.join('\n') } : {},
    needs: of.needs ?? {},
  })
}
