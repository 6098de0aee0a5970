import type { Kysely } from 'kysely'
import { run } from './run.ts'

const statements = `
alter table person add column snapshot INT not null default 0;
alter table follower add column consented_at INT;
alter table follower add column scene text;
alter table follower add column qr_scene text;
alter table follower add column read_msgid KEY;
alter table follower add column remark text not null default '';
alter table official_account add column oauth_domains text;
alter table account add column rebind text not null default 'reject';
alter table account add column oauth_scope text not null default 'snsapi_base';
alter table association add column notice_version INT;
alter table association add column consented_at INT;
create index association_name on association (epoch, name) where name <> '';
create index association_email on association (epoch, email) where email <> '';
alter table message add column erased_at INT;
create table oauth_code (epoch INT not null, code KEY not null, appid KEY not null, openid KEY not null, person KEY not null,
  scope text not null, snapshot INT not null, issued_at INT not null, expires_at INT not null, used_at INT,
  primary key (epoch, code)) ROWS;
create index oauth_code_living on oauth_code (epoch, expires_at);
create table web_token (epoch INT not null, token KEY not null, refresh_token KEY not null, appid KEY not null,
  openid KEY not null, person KEY not null, scope text not null, snapshot INT not null, expires_at INT not null,
  refresh_expires_at INT not null, revoked_at INT, primary key (epoch, token)) ROWS;
create unique index web_token_refresh on web_token (epoch, refresh_token);
create index web_token_openid on web_token (epoch, openid);
create table menu (epoch INT not null, appid KEY not null, buttons text not null, created_at INT not null,
  primary key (epoch, appid)) ROWS;
create table scene_code (epoch INT not null, ticket KEY not null, appid KEY not null, action text not null, scene KEY not null,
  path KEY not null, expires_at INT, created_at INT not null, primary key (epoch, ticket)) ROWS;
create unique index scene_code_path on scene_code (epoch, path);
create index scene_code_scene on scene_code (epoch, appid, action, scene);
create table session (epoch INT not null, session KEY not null, eid KEY not null, openid KEY, snapshot INT not null,
  state text, draft text, created_at INT not null, expires_at INT not null, primary key (epoch, session)) ROWS;
create index session_openid on session (epoch, openid) where openid is not null;
create index session_expires on session (expires_at);
create table association_change (epoch INT not null, change KEY not null, appid KEY not null, openid KEY, verb text not null,
  who text not null, via text not null, fields text not null, trace text not null, at INT not null,
  primary key (epoch, change)) ROWS;
create index association_change_openid on association_change (epoch, openid, change) where openid is not null;
create table privacy_notice (epoch INT not null, eid KEY not null, version INT not null, zh text not null, en text not null,
  published_at INT not null, primary key (epoch, eid, version)) ROWS;
create table erasure (epoch INT not null, erasure KEY not null, terms text not null, message_after KEY not null,
  seq_before INT not null, created_at INT not null,
  primary key (epoch, erasure)) ROWS
`

/** People in a browser: web OAuth, menus, QR codes, the registration page, and what it leaves behind. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, statements)
}
