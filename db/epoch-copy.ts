import { sql } from 'kysely'
import { compareKey, findSpan, type PortionBounds, type RowKey } from './epoch.ts'
import { insertPhoneMessage } from './phone-message.ts'
import { columnsOf, type EpochTable, epoch_tables, type Row } from './schema.ts'
import type { Db } from './unit.ts'

/** What does not go along when an epoch is copied, as it does not outlive a reset. */
const left_out: readonly EpochTable[] = [
  // The journal.
  'exchange',
  'exchange_head',
  // What opens something.
  'access_token',
  'oauth_code',
  'web_token',
  'scene_code',
  'js_ticket',
  'short_link',
  'website_login',
  // Files, for three days.
  'media',
  'session',
  // By the machine's clock.
  'nonce',
  // What a process is reading.
  'association_import',
  // Goes on in the copy when that is whole: `copyErasures`.
  'erasure',
]

/** The tables of which an epoch's copy has rows, too. */
export const copied_tables = epoch_tables.filter((table) => !left_out.includes(table))

/** Where a copy goes on: in which table, after which row. */
export interface CopyPlace {
  readonly table: number
  readonly after: RowKey | undefined
}
export const copy_begin: CopyPlace = { table: 0, after: undefined }

/** From which epoch into which. */
export interface Copying {
  readonly from: number
  readonly to: number
  /** Until when, real, an answer is waited for to what was being sent; null: nobody waits. */
  readonly sending_until: number | null
}

/** Copies some rows of an epoch. `next`: where it goes on; undefined: all is there. */
export function copyEpochRows(
  db: Db,
  { place, ...copying }: Copying & { readonly place: CopyPlace },
  { rows_max, bytes_max }: PortionBounds,
): { readonly rows: number; readonly bytes: number; readonly next: CopyPlace | undefined } {
  let rows = 0
  let bytes = 0
  let { after } = place
  for (let n = place.table; n < copied_tables.length; n++) {
    const table = copied_tables[n] as EpochTable
    const bounds = { rows_max: rows_max - rows, bytes_max: bytes_max - bytes }
    const span = findSpan(db, { table, epoch: copying.from, after }, bounds)
    if (span.last) copySpan(db, { ...copying, table, after, last: span.last })
    rows += span.rows
    bytes += span.bytes
    if (!span.isLast) return { rows, bytes, next: { table: n, after: span.last ?? after } }
    after = undefined
    const isFull = rows >= rows_max || bytes >= bytes_max
    if (isFull && n + 1 < copied_tables.length)
      return { rows, bytes, next: { table: n + 1, after } }
  }
  return { rows, bytes, next: undefined }
}

/** The rows after one of them up to another, written by the database itself: nothing of them is read here. */
function copySpan(
  db: Db,
  at: Copying & {
    readonly table: EpochTable
    readonly after: RowKey | undefined
    readonly last: RowKey
  },
): void {
  const { table, from, after, last } = at
  const columns = columnsOf(table)
  let rows = db
    .selectFrom(table)
    .select(columns.map((column) => newValue(db, column, at).as(column)))
    .where('epoch', '=', from)
    .where(compareKey(table, '<=', last))
  if (after) rows = rows.where(compareKey(table, '>', after))
  // Whose an exchange is, is gone with the exchange; whose a message is, is not.
  if (table === 'exchange_subject') rows = rows.where(sql<boolean>`message is not null`)
  db.write(db.insertInto(table).columns(columns).expression(rows))
}

function newValue(db: Db, column: string, { to, sending_until }: Copying) {
  if (column === 'epoch') return sql`cast(${to} as bigint)`
  if (column === 'sending_until')
    return sql`case when state = 'sending' then cast(${sending_until} as bigint) end`
  return sql`${db.dynamic.ref(column)}`
}

/** What is still to be erased in an epoch is still to be erased in its copy. */
export function copyErasures(db: Db, { from, to }: Pick<Copying, 'from' | 'to'>): void {
  const rows = db
    .selectFrom('erasure')
    .select([sql<number>`cast(${to} as bigint)`.as('epoch'), 'erasure', 'work', 'created_at'])
    .where('epoch', '=', from)
  const columns = ['epoch', 'erasure', 'work', 'created_at'] as const
  db.write(db.insertInto('erasure').columns(columns).expression(rows))
}

/** Writes rows of an epoch that come from elsewhere, all columns of the table but the few that are known here. */
export function insertEpochRows(
  db: Db,
  {
    table,
    epoch,
    rows,
    sending_until,
  }: {
    readonly table: EpochTable
    readonly epoch: number
    readonly rows: readonly Readonly<Record<string, unknown>>[]
    readonly sending_until: number
  },
): void {
  for (const row of rows) {
    const state = row['state'] === 'sending' ? sending_until : null
    const more = table === 'message' ? { sending_until: state } : {}
    db.write(db.insertInto(table).values({ ...row, ...more, epoch } as never))
    if (table !== 'template_message' && table !== 'chat_message') continue
    const { openid, msgid, on_phone } = row
    insertPhoneMessage(db, { epoch, openid, msgid, on_phone } as Row<'phone_message'>)
  }
}
