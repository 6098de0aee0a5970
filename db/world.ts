import { sql } from 'kysely'
import { hot } from './hot.ts'
import type { Update, WorldRow } from './schema.ts'
import { topics } from './topic.ts'
import type { Db } from './unit.ts'

const byName = hot(
  'world.find',
  (db, p: { world: string }) => db.selectFrom('world').selectAll().where('world', '=', p.world),
  { remembered: true },
)

export function findWorld(db: Db, world: string): WorldRow | undefined {
  return byName(db, { world })[0]
}

/** The world whose present life an epoch is. */
export function findWorldOfEpoch(db: Db, epoch: number): WorldRow | undefined {
  return db.first(db.selectFrom('world').selectAll().where('epoch', '=', epoch))
}

export function listWorlds(db: Db): WorldRow[] {
  return db.all(db.selectFrom('world').selectAll().orderBy('world'))
}

/** Some worlds after one of them, by their names. */
export function listWorldsAfter(db: Db, after: string, limit: number): WorldRow[] {
  const worlds = db.selectFrom('world').selectAll().where('world', '>', after)
  return db.all(worlds.orderBy('world').limit(limit))
}

/** Some worlds whose last call was longer before an instant than they may be idle. */
export function listIdleWorlds(db: Db, before: number, limit: number): WorldRow[] {
  return db.all(
    db
      .selectFrom('world')
      .selectAll()
      .where('idle_ttl_ms', 'is not', null)
      .where((e) => e(e('called_at', '+', e.ref('idle_ttl_ms')), '<=', before))
      .orderBy('world')
      .limit(limit),
  )
}

export function countWorlds(db: Db): number {
  const row = db.one(db.selectFrom('world').select((e) => e.fn.countAll<number>().as('n')))
  return Number(row.n)
}

/** The world that nobody has called for the longest time, of those that may end. */
export function findIdlestWorld(db: Db): WorldRow | undefined {
  return db.first(
    db
      .selectFrom('world')
      .selectAll()
      .where('idle_ttl_ms', 'is not', null)
      .orderBy('called_at')
      .orderBy('world')
      .limit(1),
  )
}

/** The body by which a world was made. */
export function findWorldBody(db: Db, world: string): string {
  const row = db.one(db.selectFrom('world_body').select('body').where('world', '=', world))
  return row.body
}

export function insertWorld(db: Db, row: WorldRow, body: string): void {
  db.write(db.insertInto('world').values(row))
  db.write(db.insertInto('world_body').values({ world: row.world, body }))
}

export function updateWorld(db: Db, world: string, change: Update<'world'>): void {
  db.write(db.updateTable('world').set(change).where('world', '=', world))
}

/** The last real instant at which a call was written down, in whatever world. */
export function findLastCall(db: Db): number | undefined {
  const row = db.first(db.selectFrom('world').select((e) => e.fn.max('called_at').as('last')))
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
export function updateCalledBefore(
  db: Db,
  call: { world: string; called_at: number; before: number },
): void {
  calledBefore(db, call)
}

/** Writes to a world's row what stands there: tells whether the database takes anything. */
export function rewriteWorld(db: Db, world: string): void {
  db.write(
    db
      .updateTable('world')
      .set((e) => ({ called_at: e.ref('called_at') }))
      .where('world', '=', world),
  )
}

/** Says that a world's clock is being advanced, at most until a real instant; false when somebody else has begun to, or has moved it. */
export function beginAdvance(
  db: Db,
  at: { world: string; real: number; until: number; clock_ms: number },
): boolean {
  const changed = db.change(
    db
      .updateTable('world')
      .set({ advance_until: at.until })
      .where('world', '=', at.world)
      .where('clock_ms', '=', at.clock_ms)
      .where((e) => e.or([e('advance_until', 'is', null), e('advance_until', '<=', at.real)])),
  )
  return changed === 1
}

/** No clock is being advanced: whoever did it is dead. */
export function endAdvances(db: Db): void {
  db.write(
    db.updateTable('world').set({ advance_until: null }).where('advance_until', 'is not', null),
  )
}

/** What is cached by the world's version is stale from here on. */
export function bumpVersion(db: Db, world: string): void {
  db.write(
    db
      .updateTable('world')
      .set((e) => ({ version: e('version', '+', 1) }))
      .where('world', '=', world),
  )
}

/** Counts exchanges that the journal of an epoch has dropped. */
export function addDropped(db: Db, at: { world: string; epoch: number }, exchanges: number): void {
  db.write(
    db
      .updateTable('world')
      .set((e) => ({ dropped: e('dropped', '+', exchanges) }))
      .where('world', '=', at.world)
      .where('epoch', '=', at.epoch),
  )
}

/** Ids that another world may want to have; an account has one of each. All others are hashes that nobody else has. */
const wanted = ['eid', 'appid', 'openid_prefix'] as const

/** Forgets a world. What is claimed by the many that it gave out, tokens, say, leads nowhere from then on, and is swept later. */
export function deleteWorld(db: Db, world: string): void {
  db.write(db.deleteFrom('claim').where('world', '=', world).where('kind', 'in', wanted))
  db.write(db.deleteFrom('world_body').where('world', '=', world))
  db.write(db.deleteFrom('coverage').where('world', '=', world))
  db.write(db.deleteFrom('world').where('world', '=', world))
}

/**
 * A new epoch's number. Replicas draw one at a time: of two that took the same, one would have to begin anew. `ended_at`: when
 * it ends unless that is put off, because whoever fills it may die.
 */
export function insertEpoch(db: Db, world: string, ended_at: number | null = null): number {
  if (db.dialect === 'postgres') {
    db.all(sql`select pg_advisory_xact_lock(${sql.lit(epoch_lock)})`)
  }
  const row = db.first(db.selectFrom('epoch').select((e) => e.fn.max('epoch').as('last')))
  const epoch = Number(row?.last ?? 0) + 1
  db.write(db.insertInto('epoch').values({ epoch, world, ended_at }))
  return epoch
}

/** `TUPU` in ASCII: the number by which replicas lock the drawing of epochs. */
const epoch_lock = 0x54555055

/** Ends an epoch, once: of two replicas that would, the later one sees what the first has made of the world. */
export function endEpoch(db: Db, epoch: number, real: number): void {
  const changed = db.change(
    db
      .updateTable('epoch')
      .set({ ended_at: real })
      .where('epoch', '=', epoch)
      .where('ended_at', 'is', null),
  )
  if (changed === 0) db.retry(`the epoch ${epoch} has ended already`)
  db.announce(epoch, topics.ended)
}

/** Puts the end of an epoch off, or lets it live; false when it has ended, or is gone. */
export function keepEpoch(
  db: Db,
  { epoch, real, ended_at }: { epoch: number; real: number; ended_at: number | null },
): boolean {
  const query = db.updateTable('epoch').set({ ended_at }).where('epoch', '=', epoch)
  return db.change(query.where('ended_at', '>', real)) === 1
}

/** Epochs that ended before an instant and still have their row: their rows are to be swept. */
export function listEndedEpochs(db: Db, before: number): { epoch: number }[] {
  return db.all(
    db
      .selectFrom('epoch')
      .select('epoch')
      .where('ended_at', 'is not', null)
      .where('ended_at', '<=', before)
      .orderBy('epoch')
      .limit(100),
  )
}

/** Deletes some claims of the world of an epoch; says how many. One of that name that is there has taken them over. */
export function sweepClaims(db: Db, epoch: number, limit: number): number {
  const row = db.first(db.selectFrom('epoch').select('world').where('epoch', '=', epoch))
  if (!row || findWorld(db, row.world)) return 0
  const { world } = row
  const some = db.selectFrom('claim').select(['kind', 'value']).where('world', '=', world)
  const claims = db.all(some.orderBy('kind').orderBy('value').limit(limit))
  for (const kind of new Set(claims.map((claim) => claim.kind))) {
    const values = claims.filter((claim) => claim.kind === kind).map(({ value }) => value)
    const deletion = db.deleteFrom('claim').where('world', '=', world)
    db.write(deletion.where('kind', '=', kind).where('value', 'in', values))
  }
  return claims.length
}

/** Forgets an epoch. The newest stays until another has begun: its number is never given out twice. */
export function deleteEpoch(db: Db, epoch: number): void {
  db.write(
    db
      .deleteFrom('epoch')
      .where('epoch', '=', epoch)
      .where('epoch', '<', (e) =>
        e.selectFrom('epoch').select((f) => f.fn.max('epoch').as('last')),
      ),
  )
}
