import { listCallbacksOf, updateCallback } from '../../../db/callback.ts'
import type { Db } from '../../../db/unit.ts'
import { callbackBody } from './event.ts'

/** Takes the platform's own id out of what it is told of a message: that id may say whose it was. */
export async function eraseCallbacks(
  db: Db,
  at: { readonly epoch: number; readonly message: string },
): Promise<void> {
  for (const row of await listCallbacksOf(db, at)) {
    const body = callbackBody.parse(JSON.parse(row.body))
    if (body.client_msg_id === null) continue
    await updateCallback(db, row, { body: JSON.stringify({ ...body, client_msg_id: null }) })
  }
}
