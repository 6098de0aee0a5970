import { z } from 'zod'
import { listEmailsOf } from '../../../db/address.ts'
import {
  type ContactKey,
  listContactKeys,
  listContacts,
  listNewestContacts,
} from '../../../db/contact.ts'
import { listNewestMessages } from '../../../db/message.ts'
import type { MessageRow } from '../../../db/schema.ts'
import { type Topic, topics } from '../../../db/topic.ts'
import type { Db } from '../../../db/unit.ts'
import type { Engine } from '../../core/engine.ts'
import { type Look, waitFor } from '../../core/wait.ts'
import type { Scope } from '../../world/world.ts'
import { cursorShape, findPage, type Query, topicsOf } from '../message/page.ts'
import { type ContactResponse, contactResponse, sendResponse } from './response.ts'

const page_max = 100

/** Rows read at a time, and in one unit at most. */
const scan_rows = 1000
const scan_rows_max = 5000

/** Where a reader stands in each of the two: sends by WeChat, and what came by SMS and e-mail. */
const contactCursor = z.object({ sends: cursorShape, contact: z.string().regex(/^\d{0,16}$/) })
export type ContactCursor = z.output<typeof contactCursor>

/** From the first of a life on. */
export function beginContacts(life: number): ContactCursor {
  return { sends: { life, from: 0, seen: {}, open: [] }, contact: '' }
}

/** A cursor as it was given out; undefined when it is none. One of an earlier life begins anew. */
export function readContactCursor(
  text: string | undefined,
  life: number,
): ContactCursor | undefined {
  const begin = beginContacts(life)
  if (text === undefined) return begin
  try {
    const json = Buffer.from(text, 'base64url').toString('utf8')
    const cursor = contactCursor.parse(JSON.parse(json))
    return cursor.sends.life === life ? cursor : begin
  } catch {
    return undefined
  }
}

export function writeContactCursor(cursor: ContactCursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url')
}

/** Which contacts a reader wants, and where it stands. */
export interface ContactQuery {
  readonly world: string
  readonly epoch: number
  readonly mobile: string | undefined
  readonly email: string | undefined
  readonly channel: ContactResponse['channel'] | undefined
  readonly state: MessageRow['state'] | undefined
  /** Virtual, inclusive. */
  readonly since: number
  readonly cursor: ContactCursor
}

export interface ContactPage {
  readonly items: readonly ContactResponse[]
  readonly cursor: ContactCursor
  /** Everything that there is was seen. */
  readonly isLast: boolean
}

/** One of the two that are merged: what it has found, and up to which instant it has looked. */
interface Source {
  readonly items: readonly ContactResponse[]
  readonly reached: number
  readonly isLast: boolean
}

/**
 * The next of both, oldest first: as far as both have looked, and no more than a page holds. What is over is read again by a
 * later page, from where this one ends.
 */
export function findContactPage(db: Db, query: ContactQuery): ContactPage {
  const sends = findSends(db, query, page_max)
  const others = findOthers(db, query, page_max)
  const both = [sends, others]
  const horizon = Math.min(
    ...both.map((one) => (one.isLast ? Number.POSITIVE_INFINITY : one.reached)),
  )
  const fitting = inOrder(both).filter(({ at }) => Date.parse(at) <= horizon)
  const shown = fitting.slice(0, page_max)
  const ofWechat = shown.filter(({ channel }) => channel === 'wechat').length
  const first = ofWechat < sends.items.length ? findSends(db, query, ofWechat) : sends
  const ofOthers = shown.length - ofWechat
  const second = ofOthers < others.items.length ? findOthers(db, query, ofOthers) : others
  return {
    items: inOrder([first, second]),
    cursor: { sends: first.cursor, contact: second.cursor },
    isLast: first.isLast && second.isLast,
  }
}

/** By instant; at the same one a send comes before what came because of it. */
function inOrder(sources: readonly Pick<Source, 'items'>[]): ContactResponse[] {
  return sources.flatMap(({ items }) => items).sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

const nothing = { items: [], reached: 0, isLast: true } as const

function findSends(db: Db, query: ContactQuery, limit: number) {
  const { channel, since, cursor } = query
  const isWanted = channel === undefined || channel === 'wechat'
  if (!isWanted) return { ...nothing, cursor: cursor.sends }
  if (limit === 0) return { ...nothing, isLast: false, cursor: cursor.sends }
  const page = findPage(db, sendQuery(query), limit)
  const rows = page.rows.filter((row) => row.created_at >= since)
  return {
    items: rows.map(sendResponse),
    reached: page.cursor.from,
    isLast: page.isLast,
    cursor: page.cursor,
  }
}

function sendQuery(query: ContactQuery): Query {
  const { cursor, since } = query
  const from = Math.max(cursor.sends.from, since)
  return { ...query, eid: undefined, cursor: { ...cursor.sends, from } }
}

function findOthers(db: Db, query: ContactQuery, limit: number) {
  const { channel, state, cursor, epoch } = query
  const isWanted = channel !== 'wechat' && (state === undefined || state === 'delivered')
  if (!isWanted) return { ...nothing, cursor: cursor.contact }
  if (limit === 0) return { ...nothing, isLast: false, cursor: cursor.contact }
  const wants = wantedBy(db, query)
  const found: string[] = []
  let last: Pick<ContactKey, 'contact' | 'at'> = { contact: cursor.contact, at: 0 }
  let isLast = false
  for (
    let walked = 0;
    walked < scan_rows_max && !isLast && found.length < limit;
    walked += scan_rows
  ) {
    const rows = listContactKeys(db, { epoch, after: last.contact, limit: scan_rows })
    isLast = rows.length < scan_rows
    for (const [i, row] of rows.entries()) {
      last = row
      if (wants(row)) found.push(row.contact)
      if (found.length < limit) continue
      isLast &&= i === rows.length - 1
      break
    }
  }
  const items = listContacts(db, epoch, found).map(contactResponse)
  return { items, reached: last.at, isLast, cursor: last.contact }
}

/** The newest of both, whoever they went to. */
export function newestContacts(
  db: Db,
  at: { readonly epoch: number; readonly limit: number },
): ContactResponse[] {
  const sends = listNewestMessages(db, at).map(sendResponse)
  const others = listNewestContacts(db, at).map(contactResponse)
  return inOrder([{ items: sends }, { items: others }])
    .reverse()
    .slice(0, at.limit)
}

/** Whether a reader wants what came. E-mails are those of the mobile whose send or association has named the address. */
function wantedBy(db: Db, query: ContactQuery): (row: ContactKey) => boolean {
  const { epoch, mobile, email, channel, since } = query
  const emails = new Set(mobile === undefined ? [] : listEmailsOf(db, { epoch, mobile }))
  return (row) => {
    if (row.at < since || (channel !== undefined && row.channel !== channel)) return false
    if (email !== undefined && row.email !== email) return false
    return mobile === undefined || row.mobile === mobile || emails.has(row.email ?? '')
  }
}

/** A reader that waits for a contact, until a real instant. */
export type ContactWait = ContactQuery & { readonly until: number }

/** What is announced when there may be such a contact. */
export function contactTopics(query: ContactQuery): Topic[] {
  return [topics.contacts, ...topicsOf(sendQuery(query))]
}

/** Waits until there is one. Answers from where to look again. */
export async function waitForContact(
  state: ContactWait,
  engine: Engine,
  hungUp: AbortSignal | undefined,
): Promise<ContactCursor> {
  const waiting = { ...state, label: 'contact.wait', topics: contactTopics(state), hungUp }
  const { query } = await waitFor(engine, waiting, { query: state, look: lookForPage })
  return query.cursor
}

function lookForPage<Q extends ContactQuery>({ db }: Scope, query: Q): Look<Q, true> {
  const { items, cursor, isLast } = findContactPage(db, query)
  // Whoever finds something looks again, at the same place, in the unit of the answer.
  return items.length > 0 ? { found: true, query, isLast } : { query: { ...query, cursor }, isLast }
}
