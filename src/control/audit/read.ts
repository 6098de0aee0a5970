import { listMobilesOf } from '../../../db/address.ts'
import { type ContactKey, listContactKeys } from '../../../db/contact.ts'
import { type JudgedMessage, listJudgedMessages } from '../../../db/message.ts'
import type { Db } from '../../../db/unit.ts'
import type { Engine } from '../../core/engine.ts'
import { nextTurn } from '../../world/clock.ts'
import type { FallBack, Send } from './audit.ts'

/** Read in one unit. */
const unit_rows = 500
/** Of sends and of contacts so many are held, the latest. */
const held_max = 100_000

export interface KeptSend extends Send {
  readonly message: string
}

export interface KeptFallBack extends FallBack {
  readonly contact: string
}

/** What an audit judges. `from`: what was before that instant is too much to be held; null: there is nothing before. */
export interface Audited {
  readonly sends: readonly KeptSend[]
  readonly fallBacks: readonly KeptFallBack[]
  readonly from: number | null
}

/** Reads a world's sends and contacts, in portions, until nobody waits for it. Contacts first: whatever one came for is there when sends are read. */
export async function readAudited(
  engine: Engine,
  epoch: number,
  hungUp: AbortSignal | undefined,
): Promise<Audited> {
  const portions = <T extends Keyed>(read: (db: Db, after: string) => T[]) =>
    readPortions(engine, hungUp, read)
  const fallBacks = new Held<KeptFallBack>()
  const readContacts = (db: Db, after: string) => readFallBacks(db, epoch, after)
  for await (const rows of portions(readContacts))
    for (const row of rows) fallBacks.add(row.key, row.kept, row.kept.at)
  const contacted = new Set(fallBacks.values.flatMap(({ mobiles }) => mobiles))
  const sends = new Attempts()
  const readSends = (db: Db, after: string) =>
    listJudgedMessages(db, { epoch, after, limit: unit_rows }).map((row) => ({
      ...row,
      key: row.message,
    }))
  for await (const rows of portions(readSends))
    for (const row of rows) sends.add(row, contacted.has(row.mobile))
  const from = Math.max(fallBacks.from, sends.held.from)
  return { sends: sends.held.values, fallBacks: fallBacks.values, from: from === 0 ? null : from }
}

interface Keyed {
  readonly key: string
}

/** Rows in the order of their keys, each portion in a unit of its own. */
async function* readPortions<T extends Keyed>(
  engine: Engine,
  hungUp: AbortSignal | undefined,
  read: (db: Db, after: string) => T[],
): AsyncGenerator<T[]> {
  for (let after = ''; !(engine.closing.aborted || hungUp?.aborted); await nextTurn()) {
    const rows = await engine.store.unit('audit.read', ({ db }) => read(db, after))
    yield rows
    const last = rows.at(-1)
    if (!last || rows.length < unit_rows) return
    after = last.key
  }
}

function readFallBacks(db: Db, epoch: number, after: string) {
  const known = new Map<string, string[]>()
  const mobilesOf = ({ mobile, email }: ContactKey) => {
    if (mobile !== null || email === null) return mobile === null ? [] : [mobile]
    const mobiles = known.get(email) ?? listMobilesOf(db, { epoch, email })
    known.set(email, mobiles)
    return mobiles
  }
  const found: { key: string; kept: KeptFallBack }[] = []
  for (const row of listContactKeys(db, { epoch, after, limit: unit_rows })) {
    const { contact, channel, at } = row
    found.push({ key: contact, kept: { contact, channel, at, mobiles: mobilesOf(row) } })
  }
  return found
}

/** The latest of what was added, each under a key. */
class Held<T> {
  readonly #rows = new Map<string, { readonly kept: T; readonly at: number }>()
  /** The last instant of which something was dropped; 0: nothing was. */
  from = 0

  get values(): T[] {
    return [...this.#rows.values()].map(({ kept }) => kept)
  }

  add(key: string, kept: T, at: number): void {
    this.#rows.set(key, { kept, at })
    if (this.#rows.size <= held_max) return
    const [[oldest, dropped] = []] = this.#rows
    if (oldest === undefined || !dropped) return
    this.#rows.delete(oldest)
    this.from = dropped.at
  }

  delete(key: string): void {
    this.#rows.delete(key)
  }
}

/** Whoever is not reached must be reached in another way. */
export const needing: readonly JudgedMessage['state'][] = ['refused', 'failed', 'unknown']

/** The sends that matter. A refusal that was tried anew, under its client_msg_id, is no send of its own. */
export class Attempts {
  readonly held = new Held<KeptSend>()
  readonly #refused = new Map<string, { readonly message: string; readonly begun_at: number }>()

  /** What WeChat has accepted, and for whom nothing came, is as it should be. */
  add(row: JudgedMessage, isContacted: boolean): void {
    const { message, mobile, state, created_at, state_at } = row
    if (state === 'sending' || row.erased_at !== null) return
    const before = this.#attemptBefore(row)
    if (before) this.held.delete(before.message)
    const begun_at = before?.begun_at ?? created_at
    if (row.client_msg_id !== null && state === 'refused')
      this.#refused.set(attemptOf(row), { message, begun_at })
    const needs = needing.includes(state)
    if (!needs && !isContacted) return
    this.held.add(message, { message, mobile, needs, begun_at, since: state_at }, created_at)
  }

  #attemptBefore(row: JudgedMessage) {
    if (row.client_msg_id === null) return undefined
    const key = attemptOf(row)
    const before = this.#refused.get(key)
    this.#refused.delete(key)
    return before
  }
}

function attemptOf({ eid, client_msg_id }: JudgedMessage): string {
  return `${eid} ${client_msg_id}`
}
