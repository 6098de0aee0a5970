import type { Kysely } from 'kysely'
import { run } from './run.ts'

const tables = `
create table world (world KEY primary key, seed text not null, epoch INT not null, resets INT not null, version INT not null,
  clock_mode text not null, clock_ms INT not null, magic text not null, idle_ttl_ms INT,
  created_at INT not null, called_at INT not null, advance_until INT, dropped INT not null) ROWS;
create table world_body (world KEY primary key, body text not null) ROWS;
create table epoch (epoch INT primary key, world KEY not null, ended_at INT) PLAIN;
create table claim (kind KEY not null, value KEY not null, world KEY not null, primary key (kind, value)) ROWS;
create index claim_world on claim (world);
create table counter (epoch INT not null, purpose KEY not null, key KEY not null, n INT not null,
  primary key (epoch, purpose, key)) ROWS;
create table exchange (SEQ, epoch INT not null, trace KEY not null, direction text not null, surface text not null,
  endpoint text not null, method text not null, url text not null, request_headers text not null, request_body BYTES not null,
  status INT not null, response_headers text not null, response_body BYTES not null, decision text not null, at INT not null,
  real_at INT not null, bytes INT not null TXID) PLAIN;
create index exchange_epoch on exchange (epoch, seq);
create index exchange_trace on exchange (trace);
create table official_account (epoch INT not null, appid KEY not null, n INT not null, original_id text not null,
  app_secret text not null, token text not null, aes_key text not null, name text not null, kind text not null,
  verified INT not null, rules text not null, delivery text not null, require_https INT not null, ip_whitelist text,
  primary_industry INT, secondary_industry INT, created_at INT not null, primary key (epoch, appid)) ROWS;
create unique index official_account_n on official_account (epoch, n);
create table access_token (epoch INT not null, token KEY not null, appid KEY not null, kind KEY not null, n INT not null,
  forced INT not null, issued_at INT not null, expires_at INT not null, replaced_at INT, primary key (epoch, token)) ROWS;
create index access_token_latest on access_token (epoch, appid, kind, n);
create table template (epoch INT not null, template_id KEY not null, appid KEY not null, n INT not null, title text not null,
  content text not null, example text not null, primary_industry text not null, deputy_industry text not null,
  state text not null, created_at INT not null, primary key (epoch, template_id)) ROWS;
create table template_message (epoch INT not null, msgid KEY not null, appid KEY not null, openid KEY not null,
  template_id text not null, title text not null, shown text not null, url text not null, on_phone INT not null,
  accepted_at INT not null, due_at INT, receipt text, receipt_at INT, client_msg_id KEY, primary key (epoch, msgid)) ROWS;
create index template_message_openid on template_message (epoch, openid, msgid);
create index template_message_due on template_message (epoch, due_at, msgid) where due_at is not null;
create index template_message_client on template_message (epoch, openid, client_msg_id, msgid) where client_msg_id is not null;
create table send_count (epoch INT not null, appid KEY not null, life INT not null, day text not null, day_count INT not null,
  primary key (epoch, appid)) ROWS;
create table person (epoch INT not null, person KEY not null, key text not null, name text not null, mobile text,
  created_at INT not null, primary key (epoch, person)) ROWS;
create index person_mobile on person (epoch, mobile) where mobile is not null;
create table follower (epoch INT not null, openid KEY not null, appid KEY not null, person KEY not null, state text not null,
  followed_at INT, primary key (epoch, openid)) ROWS;
create unique index follower_person on follower (epoch, person, appid);
create index follower_followed on follower (epoch, appid, followed_at, openid) where followed_at is not null;
create table account (epoch INT not null, eid KEY not null, n INT not null, key text not null, company text not null,
  state text not null, appid KEY, template_id text, profile text not null, gateway text not null, partner_secret text,
  facts text, facts_at INT, created_at INT not null, primary key (epoch, eid)) ROWS;
create unique index account_n on account (epoch, n);
create table association (epoch INT not null, appid KEY not null, openid KEY not null, mobile KEY not null, name text not null,
  email text not null, source text not null, created_at INT not null, updated_at INT not null,
  primary key (epoch, appid, openid)) ROWS;
create unique index association_mobile on association (epoch, appid, mobile);
create table message (epoch INT not null, message KEY not null, trace text not null, eid KEY not null, msgid KEY,
  client_msg_id KEY, remembered KEY, body_hash text, mobile text not null, openid text, name text not null, email text not null,
  body text not null, keywords text not null, url text not null, state text not null, reason text, errcode INT, errmsg text,
  created_at INT not null, state_at INT not null, sending_until INT, primary key (epoch, message)) ROWS;
create index message_sending on message (sending_until, epoch, message) where sending_until is not null;
create index message_msgid on message (epoch, msgid);
create index message_client on message (epoch, eid, client_msg_id, message) where client_msg_id is not null;
create unique index message_remembered on message (epoch, eid, remembered) where remembered is not null
`

/** SEQ: what numbers exchanges. */
const own = {
  sqlite: { SEQ: 'seq integer primary key' },
  postgres: { SEQ: 'seq bigint generated always as identity primary key' },
}

/** The first shape of everything. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, tables, own)
}
