import { sql } from 'kysely'
import { hot } from './hot.ts'
import type { ApplicationChange, ApplicationRow } from './schema.ts'
import { topics } from './topic.ts'
import type { Db, Selecting } from './unit.ts'

/** Says which one. */
type At = Pick<ApplicationRow, 'epoch' | 'application'>

export function findApplication(
  db: Db,
  epoch: number,
  application: string,
): ApplicationRow | undefined {
  return db.first(
    db
      .selectFrom('application')
      .selectAll()
      .where('epoch', '=', epoch)
      .where('application', '=', application),
  )
}

/** An official account's applications, the oldest first. */
export function listApplications(db: Db, epoch: number, appid: string): ApplicationRow[] {
  return db.all(
    db
      .selectFrom('application')
      .selectAll()
      .where('epoch', '=', epoch)
      .where('appid', '=', appid)
      .orderBy('n'),
  )
}

function dueApplications(db: Selecting, epoch: number, limit: number) {
  return db
    .selectFrom('application')
    .selectAll()
    .where('epoch', '=', epoch)
    .where('due_at', '>', sql.lit(-1))
    .orderBy('due_at')
    .orderBy('application')
    .limit(sql.lit(limit))
}

const firstDue = hot('application.first_due', (db, p: { epoch: number }) =>
  dueApplications(db, p.epoch, 1),
)

/** Applications on which WeChat decides by itself, in the order in which it does. */
export function listDueApplications(db: Db, epoch: number, limit: number): ApplicationRow[] {
  return limit === 1 ? firstDue(db, { epoch }) : db.all(dueApplications(db, epoch, limit))
}

export function insertApplication(db: Db, row: ApplicationRow): void {
  db.write(db.insertInto('application').values(row))
  db.announce(row.epoch, topics.life)
}

/** Changes an application that still stands as it was read. False: somebody else was first. */
export function updateApplication(
  db: Db,
  row: At & Pick<ApplicationRow, 'state' | 'submissions'>,
  change: ApplicationChange,
): boolean {
  const changed = db.change(
    db
      .updateTable('application')
      .set(change)
      .where('epoch', '=', row.epoch)
      .where('application', '=', row.application)
      .where('state', '=', row.state)
      .where('submissions', '=', row.submissions),
  )
  db.announce(row.epoch, topics.life)
  return changed === 1
}

/** Counts one look at a pending application. Returns how many more it takes; undefined: nobody counts any more. */
export function countRead(db: Db, row: At): number | undefined {
  const counted = db.first(
    db
      .updateTable('application')
      .set((e) => ({ reads_left: e('reads_left', '-', 1) }))
      .where('epoch', '=', row.epoch)
      .where('application', '=', row.application)
      .where('state', '=', 'pending')
      .where('reads_left', '>', 0)
      .returning('reads_left'),
  )
  return counted?.reads_left ?? undefined
}
