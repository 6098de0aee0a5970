import { insertRow } from './hot.ts'
import type { ExchangeSubjectRow } from './schema.ts'
import type { Db } from './unit.ts'

const insertOne = insertRow('exchange_subject', { unlessThere: true })

/** Says whom a trace concerns, if that was not said before. */
export function insertExchangeSubject(db: Db, row: ExchangeSubjectRow): void {
  insertOne(db, row)
}

/** Some of the traces that concern somebody. */
export function listExchangeSubjects(
  db: Db,
  at: { epoch: number; subjects: readonly string[]; limit: number },
): ExchangeSubjectRow[] {
  return db.all(
    db
      .selectFrom('exchange_subject')
      .selectAll()
      .where('epoch', '=', at.epoch)
      .where('subject', 'in', at.subjects)
      .limit(at.limit),
  )
}

/** Which of some traces concern one of several people. */
export function listTracesOfSubjects(
  db: Db,
  at: { epoch: number; subjects: readonly string[]; traces: readonly string[] },
): string[] {
  if (at.subjects.length === 0 || at.traces.length === 0) return []
  const rows = db.all(
    db
      .selectFrom('exchange_subject')
      .select('trace')
      .where('epoch', '=', at.epoch)
      .where('subject', 'in', at.subjects)
      .where('trace', 'in', at.traces),
  )
  return rows.map(({ trace }) => trace)
}

/** Forgets whom some traces concern: nothing of theirs is left in them. */
export function deleteExchangeSubjects(
  db: Db,
  at: { epoch: number; subjects: readonly string[]; traces: readonly string[] },
): void {
  db.write(
    db
      .deleteFrom('exchange_subject')
      .where('epoch', '=', at.epoch)
      .where('subject', 'in', at.subjects)
      .where('trace', 'in', at.traces),
  )
}

/** The same of whoever it was, when the exchanges are gone; a message is still there, and is still theirs. */
export function deleteSubjectsOfTraces(
  db: Db,
  at: { epoch: number; traces: readonly string[] },
): void {
  db.write(
    db
      .deleteFrom('exchange_subject')
      .where('epoch', '=', at.epoch)
      .where('trace', 'in', at.traces)
      .where('message', 'is', null),
  )
}
