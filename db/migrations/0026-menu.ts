import type { Kysely } from 'kysely'
import { run } from './run.ts'

const statements = `
create table conditional_menu (epoch INT not null, appid KEY not null, menuid INT not null, buttons text not null, tag_id text,
  client_platform_type text, created_at INT not null, primary key (epoch, appid, menuid)) ROWS;
alter table menu add column origin text not null default 'api';
alter table person add column platform text not null default 'android';
alter table person add column double_redirect text not null default 'off'
`

/** Menus for some followers alone, and how a person's WeChat is: on which system, and whether it opens a redirect twice. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, statements)
}
