import { listAccounts } from '../../../../db/account.ts'
import {
  deleteDraft,
  deleteErasure,
  listExchangeCounts,
  listNamelessDrafts,
  lockErasure,
  updateErasure,
} from '../../../../db/erasure.ts'
import { findLastSeq, listExchanges } from '../../../../db/exchange.ts'
import { findMessage, listMessages } from '../../../../db/message.ts'
import type { ErasureRow } from '../../../../db/schema.ts'
import { findLastMsgid, listTemplateMessagesOf } from '../../../../db/template-message.ts'
import type { Db } from '../../../../db/unit.ts'
import { findWorldOfEpoch } from '../../../../db/world.ts'
import { stopwatch, worldNow } from '../../../world/clock.ts'
import { touches } from './eraser.ts'
import { eraseExchange, eraseTrace } from './exchange.ts'
import { eraseMessage, eraseShown } from './message.ts'
import { type Search, searchFor } from './search.ts'
import { erasureTerms } from './terms.ts'

/** A unit's worth of an erasure; one exchange is always looked at, however big. */
const unit_us_max = 5000
const page_rows = 20
/** Behind every key: all are done. */
const past_all = '~'

/** How a step left an erasure; `waits`: for answers that are still under way. */
export type Step = 'more' | 'waits' | 'done'

/** Carries an erasure on for one unit: messages first, then phones, then the journal from its newest exchange back. */
export async function stepOn(
  db: Db,
  at: Pick<ErasureRow, 'epoch' | 'erasure'>,
  real: number,
): Promise<Step> {
  const row = await lockErasure(db, at)
  if (!row) return 'done'
  const world = await findWorldOfEpoch(db, at.epoch)
  // Its epoch has ended: all its rows are swept.
  if (!world) return end(db, at)
  const elapsed = stopwatch()
  const work: Work = {
    db,
    row,
    search: searchFor(erasureTerms.parse(JSON.parse(row.terms))),
    now: worldNow(world, real),
    real,
    isTimeOver: () => elapsed() > unit_us_max,
  }
  if (work.search.terms.begun === null) await begin(work)
  const isOver =
    (await eraseMessages(work)) &&
    (await erasePhones(work)) &&
    (await eraseDrafts(work)) &&
    (await eraseJournal(work))
  const isLast = isOver && (await eraseAwaited(work))
  if (isLast) return end(db, at)
  await save(work)
  return isOver ? 'waits' : 'more'
}

async function end(db: Db, at: Pick<ErasureRow, 'epoch' | 'erasure'>): Promise<Step> {
  await deleteErasure(db, at)
  return 'done'
}

/** One erasure within one unit. */
interface Work {
  readonly db: Db
  /** How far it has come. */
  readonly row: ErasureRow
  search: Search
  /** The world's instant, and the real one. */
  readonly now: number
  readonly real: number
  isTimeOver(): boolean
}

/** What comes from here on is a new story: the same person may register again. */
async function begin({ db, row, search, real }: Work): Promise<void> {
  const { epoch } = row
  const { terms } = search
  const counts = await listExchangeCounts(db, epoch)
  const accounts = await listAccounts(db, epoch)
  const nOf = (eid: string) => counts.find(({ key }) => key === eid)?.n ?? 0
  const exchanges = Object.fromEntries(accounts.map(({ n, eid }) => [n, nOf(eid)]))
  const msgid = await findLastMsgid(db, { epoch, openid: terms.openid })
  terms.begun = { exchanges, msgid, at: real }
  row.seq_before = (await findLastSeq(db, epoch)) + 1
}

/** Messages, oldest first. Like each part: false when the time was over before the end. */
async function eraseMessages(work: Work): Promise<boolean> {
  const { db, row } = work
  while (row.message_after !== past_all) {
    const from = row.message_after === '' ? '' : `${row.message_after}~`
    const found = await listMessages(db, { epoch: row.epoch, from, limit: page_rows })
    for (const message of found) {
      if (await eraseMessage(db, message, work)) work.search = searchFor(work.search.terms)
      row.message_after = message.message
      if (work.isTimeOver()) return false
    }
    if (found.length < page_rows) row.message_after = past_all
  }
  return true
}

async function erasePhones({ db, row, search, isTimeOver }: Work): Promise<boolean> {
  const { epoch } = row
  const { terms } = search
  while (terms.msgid_after !== past_all) {
    const at = { epoch, openid: terms.openid, after: terms.msgid_after, limit: page_rows }
    const all = await listTemplateMessagesOf(db, at)
    const found = all.filter(({ msgid }) => msgid <= (terms.begun?.msgid ?? ''))
    for (const message of found) {
      await eraseShown(db, message, search)
      terms.msgid_after = message.msgid
      if (isTimeOver()) return false
    }
    if (found.length < page_rows) terms.msgid_after = past_all
  }
  return true
}

/** What was typed where nobody knows yet by whom. */
async function eraseDrafts({ db, row, search, isTimeOver }: Work): Promise<boolean> {
  const { epoch } = row
  const { terms, patterns } = search
  while (terms.session_after !== past_all) {
    const at = { epoch, after: terms.session_after, limit: page_rows }
    const found = await listNamelessDrafts(db, at)
    for (const session of found) {
      const isOld = session.created_at <= (terms.begun?.at ?? 0)
      if (isOld && touches(session.draft ?? '', patterns.everywhere)) await deleteDraft(db, session)
      terms.session_after = session.session
      if (isTimeOver()) return false
    }
    if (found.length < page_rows) terms.session_after = past_all
  }
  return true
}

/** Exchanges, newest first. */
async function eraseJournal({ db, row, search, isTimeOver }: Work): Promise<boolean> {
  const { epoch } = row
  while (row.seq_before > 0) {
    const at = { epoch, before: row.seq_before, after: 0, limit: page_rows }
    const found = await listExchanges(db, at)
    for (const exchange of found) {
      await eraseExchange(db, exchange, search)
      row.seq_before = exchange.seq
      if (isTimeOver()) return false
    }
    if (found.length < page_rows) row.seq_before = 0
  }
  return true
}

/** The exchanges of this person alone; of a message on its way, once its answer is there. */
async function eraseAwaited({ db, row, search }: Work): Promise<boolean> {
  const { epoch } = row
  const { terms } = search
  const left: typeof terms.awaited = []
  for (const one of terms.awaited) {
    const { trace, message } = one
    const sent = message === null ? undefined : await findMessage(db, epoch, message)
    if (sent?.state === 'sending') left.push(one)
    else await eraseTrace(db, { epoch, trace }, search)
  }
  terms.awaited = left
  return left.length === 0
}

async function save({ db, row, search }: Work): Promise<void> {
  const { message_after, seq_before } = row
  await updateErasure(db, row, { terms: JSON.stringify(search.terms), message_after, seq_before })
}
