import type { Kysely } from 'kysely'
import { run } from './run.ts'

/** INT: 64 bits. */
const statements = `
drop index claim_world;
create index claim_world on claim (world, kind, value);
create index access_token_living on access_token (epoch, expires_at);
create index web_token_living on web_token (epoch, expires_at, openid);
create index scene_code_living on scene_code (epoch, expires_at) where expires_at is not null;
create index template_appid on template (epoch, appid, n);
create index callback_eid on callback (epoch, eid, callback);
create index callback_state on callback (epoch, state, callback);
alter table account add column accepted_at INT;
update account set accepted_at = first.at from
  (select epoch, eid, min(created_at) as at from message where state in ('accepted', 'delivered', 'failed') group by epoch, eid) as first
  where first.epoch = account.epoch and first.eid = account.eid
`

/** Indexes of what pages and lists walked; an account knows when its first message was accepted, which only a walk could tell. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, statements)
}
