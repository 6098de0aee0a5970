import type { JsTicketRow } from './schema.ts'
import type { Db } from './unit.ts'

/** An account's ticket of a type, which may be too old. */
export function findJsTicket(
  db: Db,
  at: Pick<JsTicketRow, 'epoch' | 'appid' | 'type'>,
): JsTicketRow | undefined {
  return db.first(
    db
      .selectFrom('js_ticket')
      .selectAll()
      .where('epoch', '=', at.epoch)
      .where('appid', '=', at.appid)
      .where('type', '=', at.type),
  )
}

/** Writes a ticket, in place of the one before. */
export function upsertJsTicket(db: Db, row: JsTicketRow): void {
  const { ticket, issued_at, expires_at } = row
  db.write(
    db
      .insertInto('js_ticket')
      .values(row)
      .onConflict((c) =>
        c.columns(['epoch', 'appid', 'type']).doUpdateSet({ ticket, issued_at, expires_at }),
      ),
  )
}

/** Tickets of a world that are still good for something. */
export function listLivingTickets(
  db: Db,
  at: { epoch: number; now: number; limit: number },
): JsTicketRow[] {
  return db.all(
    db
      .selectFrom('js_ticket')
      .selectAll()
      .where('epoch', '=', at.epoch)
      .where('expires_at', '>', at.now)
      .orderBy('expires_at')
      .limit(at.limit),
  )
}
