import type { Kysely } from 'kysely'
import { run } from './run.ts'

const statements = `
create table website_app (epoch INT not null, appid KEY not null, key KEY not null, name text not null, app_secret text not null,
  domain text, created_at INT not null, primary key (epoch, appid)) ROWS;
create table website_login (epoch INT not null, uuid KEY not null, appid KEY not null, redirect_uri text not null, state text not null,
  status text not null, person text, code text, created_at INT not null, expires_at INT not null, primary key (epoch, uuid)) ROWS;
create index website_login_expires on website_login (epoch, expires_at)
`

/** Website apps of the Open Platform, and logins at them by QR code. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, statements)
}
