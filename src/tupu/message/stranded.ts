import { listStranded, updateMessage } from '../../../db/message.ts'
import { findWorldOfEpoch } from '../../../db/world.ts'
import type { Engine } from '../../core/engine.ts'
import { worldNow } from '../../world/clock.ts'

/** What a crash left as `sending` becomes `unknown`: it is never sent again by itself. */
export async function giveUpStranded(engine: Engine, before: number): Promise<void> {
  while (await giveUpSome(engine, before));
}

/** A unit's worth of them. Says whether there was any. */
function giveUpSome(engine: Engine, before: number): Promise<boolean> {
  return engine.store.unit('message.give_up', async ({ db }) => {
    const rows = await listStranded(db, before)
    for (const row of rows) {
      const world = await findWorldOfEpoch(db, row.epoch)
      const change = {
        state: 'unknown',
        errcode: 100031,
        errmsg: 'wechat did not answer',
        sending_until: null,
        state_at: world ? worldNow(world, engine.realNow()) : row.state_at,
      } as const
      await updateMessage(db, row, change)
      engine.log('warn', 'message.stranded', { message: row.message })
    }
    return rows.length > 0
  })
}
