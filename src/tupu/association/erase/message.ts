import { z } from 'zod'
import { updateMessage } from '../../../../db/message.ts'
import type { MessageChange, MessageRow, TemplateMessageRow } from '../../../../db/schema.ts'
import { updateTemplateMessage } from '../../../../db/template-message.ts'
import type { Db } from '../../../../db/unit.ts'
import { eraseCallbacks } from '../../callback/erase.ts'
import { readMessageKey } from '../../message/row.ts'
import { asValue, type Erasing, eraseText, touches } from './eraser.ts'
import { eraseTrace } from './exchange.ts'
import { emailPattern, isDistinct, mobilePattern, namePattern, type Pattern } from './pattern.ts'
import { ownPatterns, type Search } from './search.ts'
import { addMobile } from './terms.ts'

/** What an erased message is left with: that it was sent, when, and what became of it. */
const nothing = {
  mobile: '',
  name: '',
  email: '',
  body: '',
  keywords: '{}',
  url: '',
  openid: null,
  client_msg_id: null,
  remembered: null,
  body_hash: null,
} as const

/** Takes a person out of a message, and out of its exchanges, if they are in it. Says whether the terms have grown. */
export async function eraseMessage(
  db: Db,
  row: MessageRow,
  { search, now }: { search: Search; now: number },
): Promise<boolean> {
  const { terms } = search
  const { epoch, message, trace } = row
  const { now: _, ordinal, n } = readMessageKey(message)
  if (n > (terms.begun?.exchanges[ordinal] ?? 0)) return false
  if (!isTheirs(row, search)) {
    await eraseMention(db, row, search)
    return false
  }
  const isNew =
    row.openid === terms.openid && (await addMobile(db, { epoch, ...terms }, terms, row.mobile))
  const errmsg =
    row.errmsg === null ? null : eraseText(row.errmsg, { patterns: ownPatterns(search) })
  await updateMessage(db, row, { ...nothing, errmsg, erased_at: now })
  if (row.client_msg_id !== null) await eraseCallbacks(db, row)
  await eraseTrace(db, { epoch, trace }, search, contentOf(row))
  if (row.state !== 'sending') return isNew
  // Its exchange is written when its answer has come.
  terms.awaited.push({ trace, message })
  return true
}

/** To the openid; or to the mobile while it was nobody's. */
function isTheirs(row: MessageRow, { terms }: Search): boolean {
  if (row.openid !== null) return row.openid === terms.openid
  return terms.mobiles.some(({ value, scope }) => {
    if (value !== row.mobile) return false
    return scope === 'everywhere' || (scope === 'account' && terms.eids.includes(row.eid))
  })
}

const texts = ['name', 'email', 'body', 'keywords', 'url', 'errmsg'] as const

/** Somebody else's message, or one that reached nobody, in which the person is named. */
async function eraseMention(db: Db, row: MessageRow, { patterns }: Search): Promise<void> {
  const { everywhere } = patterns
  const { mobile, client_msg_id } = row
  const all = [mobile, client_msg_id, ...texts.map((name) => row[name])].join('\n')
  if (!touches(all, everywhere)) return
  const change: MessageChange = {}
  for (const name of texts) {
    const text = row[name]
    if (text !== null) change[name] = eraseText(text, { patterns: everywhere })
  }
  if (touches(mobile, everywhere)) change.mobile = ''
  if (touches(client_msg_id ?? '', everywhere)) {
    change.client_msg_id = null
    change.remembered = null
    await eraseCallbacks(db, row)
  }
  await updateMessage(db, row, change)
}

/** What the message said, as it stands in its exchange. */
function contentOf({
  mobile,
  name,
  email,
  body,
  keywords,
  url,
  client_msg_id,
}: MessageRow): Erasing {
  const patterns: Pattern[] = []
  if (/^\+\d+$/.test(mobile)) patterns.push(mobilePattern(mobile))
  if (email.includes('@')) patterns.push(emailPattern(email))
  if (isDistinct(name)) patterns.push(namePattern(name, { anyCase: true }))
  const said = [mobile, name, email, body, url, client_msg_id ?? '', ...keywordsIn(keywords)]
  return { patterns, values: new Set(said.filter(isTelling).map(asValue)) }
}

/** `ok` may be a message, and is what the answer says as well. */
function isTelling(text: string): boolean {
  return [...text].length > 2
}

function keywordsIn(json: string): string[] {
  return Object.values(z.record(z.string(), z.string()).parse(JSON.parse(json)))
}

/** Takes a person out of what stands on their phone; the phone keeps the rest. */
export async function eraseShown(db: Db, row: TemplateMessageRow, search: Search): Promise<void> {
  const what = { patterns: ownPatterns(search), values: search.values }
  const change = { shown: eraseText(row.shown, what), url: eraseText(row.url, what) }
  if (change.shown === row.shown && change.url === row.url) return
  await updateTemplateMessage(db, row, change)
}
