import { sql } from 'kysely'
import { hot } from './hot.ts'
import type { Update, WorldRow } from './schema.ts'
import type { Db } from './unit.ts'

const byName = hot('world.find', (db, p: { world: string }) =>
  db.selectFrom('world').selectAll().where('world', '=', p.world),
)

export async function findWorld(db: Db, world: string): Promise<WorldRow | undefined> {
  return (await byName(db, { world }))[0]
}

/** The world whose present life an epoch is. */
export function findWorldOfEpoch(db: Db, epoch: number): Promise<WorldRow | undefined> {
  return db.selectFrom('world').selectAll().where('epoch', '=', epoch).executeTakeFirst()
}

export function listWorlds(db: Db): Promise<WorldRow[]> {
  return db.selectFrom('world').selectAll().orderBy('world').execute()
}

export async function countWorlds(db: Db): Promise<number> {
  const row = await db
    .selectFrom('world')
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** The world that nobody has called for the longest time, of those that may end. */
export function findIdlestWorld(db: Db): Promise<WorldRow | undefined> {
  return db
    .selectFrom('world')
    .selectAll()
    .where('idle_ttl_ms', 'is not', null)
    .orderBy('called_at')
    .orderBy('world')
    .limit(1)
    .executeTakeFirst()
}

/** The body by which a world was made. */
export async function findWorldBody(db: Db, world: string): Promise<string> {
  const row = await db
    .selectFrom('world_body')
    .select('body')
    .where('world', '=', world)
    .executeTakeFirstOrThrow()
  return row.body
}

export async function insertWorld(db: Db, row: WorldRow, body: string): Promise<void> {
  await db.insertInto('world').values(row).execute()
  await db.insertInto('world_body').values({ world: row.world, body }).execute()
}

export async function updateWorld(db: Db, world: string, change: Update<'world'>): Promise<void> {
  await db.updateTable('world').set(change).where('world', '=', world).execute()
}

/** The last real instant at which a call was written down, in whatever world. */
export async function findLastCall(db: Db): Promise<number | undefined> {
  const row = await db
    .selectFrom('world')
    .select((e) => e.fn.max('called_at').as('last'))
    .executeTakeFirst()
  return row?.last == null ? undefined : Number(row.last)
}

const calledBefore = hot(
  'world.called_before',
  (db, p: { world: string; called_at: number; before: number }) =>
    db
      .updateTable('world')
      .set({ called_at: p.called_at })
      .where('world', '=', p.world)
      .where('called_at', '<', p.before),
)

/** Writes down a call of a world whose last one was longer ago. */
export async function updateCalledBefore(
  db: Db,
  call: { world: string; called_at: number; before: number },
): Promise<void> {
  await calledBefore(db, call)
}

/** Writes to a world's row what stands there: tells whether the database takes anything. */
export async function rewriteWorld(db: Db, world: string): Promise<void> {
  await db
    .updateTable('world')
    .set((e) => ({ called_at: e.ref('called_at') }))
    .where('world', '=', world)
    .execute()
}

/** Says that a world's clock is being advanced, at most until a real instant; false when somebody said so before. */
export async function beginAdvance(
  db: Db,
  at: { world: string; real: number; until: number },
): Promise<boolean> {
  const result = await db
    .updateTable('world')
    .set({ advance_until: at.until })
    .where('world', '=', at.world)
    .where((e) => e.or([e('advance_until', 'is', null), e('advance_until', '<=', at.real)]))
    .executeTakeFirst()
  return Number(result.numUpdatedRows) === 1
}

/** No clock is being advanced: whoever did it is dead. */
export async function endAdvances(db: Db): Promise<void> {
  await db
    .updateTable('world')
    .set({ advance_until: null })
    .where('advance_until', 'is not', null)
    .execute()
}

/** What is cached by the world's version is stale from here on. */
export async function bumpVersion(db: Db, world: string): Promise<void> {
  await db
    .updateTable('world')
    .set((e) => ({ version: e('version', '+', 1) }))
    .where('world', '=', world)
    .execute()
}

/** Counts exchanges that the journal of an epoch has dropped. */
export async function addDropped(
  db: Db,
  at: { world: string; epoch: number },
  exchanges: number,
): Promise<void> {
  await db
    .updateTable('world')
    .set((e) => ({ dropped: e('dropped', '+', exchanges) }))
    .where('world', '=', at.world)
    .where('epoch', '=', at.epoch)
    .execute()
}

export async function deleteWorld(db: Db, world: string): Promise<void> {
  await db.deleteFrom('claim').where('world', '=', world).execute()
  await db.deleteFrom('world_body').where('world', '=', world).execute()
  await db.deleteFrom('world').where('world', '=', world).execute()
}

/** A new epoch's number. Replicas draw one at a time: of two that took the same, one would have to begin anew. */
export async function insertEpoch(db: Db, world: string): Promise<number> {
  if (db.unitConnection.dialect === 'postgres') {
    await sql`select pg_advisory_xact_lock(${sql.lit(epoch_lock)})`.execute(db)
  }
  const row = await db
    .selectFrom('epoch')
    .select((e) => e.fn.max('epoch').as('last'))
    .executeTakeFirst()
  const epoch = Number(row?.last ?? 0) + 1
  await db.insertInto('epoch').values({ epoch, world, ended_at: null }).execute()
  return epoch
}

/** `TUPU` in ASCII: the number by which replicas lock the drawing of epochs. */
const epoch_lock = 0x54555055

/** Ends an epoch, once: of two replicas that would, the later one sees what the first has made of the world. */
export async function endEpoch(db: Db, epoch: number, real: number): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('epoch')
    .set({ ended_at: real })
    .where('epoch', '=', epoch)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) db.unitConnection.retry(`the epoch ${epoch} has ended already`)
}

/** Epochs that ended before an instant and still have their row: their rows are to be swept. */
export function listEndedEpochs(db: Db, before: number): Promise<{ epoch: number }[]> {
  return db
    .selectFrom('epoch')
    .select('epoch')
    .where('ended_at', 'is not', null)
    .where('ended_at', '<=', before)
    .orderBy('epoch')
    .limit(100)
    .execute()
}

/** Forgets an epoch. The newest stays until another has begun: its number is never given out twice. */
export async function deleteEpoch(db: Db, epoch: number): Promise<void> {
  await db
    .deleteFrom('epoch')
    .where('epoch', '=', epoch)
    .where('epoch', '<', (e) => e.selectFrom('epoch').select((f) => f.fn.max('epoch').as('last')))
    .execute()
}

const nextOf = hot('counter.next', (db, p: { epoch: number; purpose: string; key: string }) =>
  db
    .insertInto('counter')
    .values({ epoch: p.epoch, purpose: p.purpose, key: p.key, n: 1 })
    .onConflict((c) =>
      c.columns(['epoch', 'purpose', 'key']).doUpdateSet((e) => ({ n: e('counter.n', '+', 1) })),
    )
    .returning('n'),
)

/** Counts up within an epoch: 1, 2, 3 … */
export async function nextCount(
  db: Db,
  counter: { epoch: number; purpose: string; key: string },
): Promise<number> {
  const [row] = await nextOf(db, counter)
  if (!row) throw new Error('a counter answered nothing')
  return row.n
}

/** How many of something there have been within an epoch. */
export async function findCount(
  db: Db,
  counter: { epoch: number; purpose: string; key: string },
): Promise<number> {
  const row = await db
    .selectFrom('counter')
    .select('n')
    .where('epoch', '=', counter.epoch)
    .where('purpose', '=', counter.purpose)
    .where('key', '=', counter.key)
    .executeTakeFirst()
  return row?.n ?? 0
}
