import type { Kysely } from 'kysely'
import { run } from './run.ts'

const statements = `
create table subscription_template (epoch INT not null, template_id KEY not null, appid KEY not null, n INT not null,
  tid INT not null, kind text not null, title text not null, content text not null, example text not null,
  scene_desc text not null, created_at INT not null, primary key (epoch, template_id)) ROWS;
create index subscription_template_appid on subscription_template (epoch, appid, n);
create table subscription (epoch INT not null, openid KEY not null, template_id KEY not null, scene KEY not null,
  answer text not null, sends_left INT, answered_at INT not null, primary key (epoch, openid, template_id, scene)) ROWS
`

/** Templates of subscription notifications, and who has agreed to be sent them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, statements)
}
