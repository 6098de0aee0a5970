import { deleteSession, listEndedSessions } from '../../../db/session.ts'
import type { Engine } from '../../core/engine.ts'

/** In one unit, so that calls do not wait for it. */
const rows_max = 200

/** Deletes sessions that have ended, and what was typed in them: a few at a time. */
export function purgeSessions(engine: Engine): Promise<void> {
  return engine.store.unit('session.purge', async ({ db }) => {
    const ended = await listEndedSessions(db, engine.realNow(), rows_max)
    for (const row of ended) await deleteSession(db, row)
  })
}
