import type { Kysely } from 'kysely'
import { run } from './run.ts'

const statements = `
alter table official_account add column review text not null default 'immediate';
alter table official_account add column quotas text not null default 'off';
alter table official_account add column industries_at INT;
alter table official_account add column industries_month text;
alter table template add column template_id_short text;
alter table account add column callback_url text;
alter table account add column callback_secret text;
alter table account add column retention_days INT;
alter table account add column retention_since INT;
alter table account add column current_eid KEY;
create index association_updated on association (epoch, appid, updated_at, openid);
create index association_change_appid on association_change (epoch, appid, change);
alter table account add column minute_limit INT;
create table account_event (epoch INT not null, event KEY not null, eid KEY not null, verb text not null, detail text not null,
  at INT not null, primary key (epoch, event)) ROWS;
create index account_event_eid on account_event (epoch, eid, event);
create table eid (epoch INT not null, eid KEY not null, account KEY not null, n INT not null, valid_until INT, issued_at INT not null,
  primary key (epoch, eid)) ROWS;
create table application (epoch INT not null, application KEY not null, appid KEY not null, n INT not null, title text not null,
  content text not null, example text not null, state text not null, reason text, submissions INT not null, submitted_at INT, due_at INT, decided_at INT,
  reads_left INT, template_id KEY, created_at INT not null, primary key (epoch, application)) ROWS;
create index application_appid on application (epoch, appid, n);
create index application_due on application (epoch, due_at, application) where due_at is not null;
create table callback (epoch INT not null, callback KEY not null, eid KEY not null, message KEY not null, trace KEY not null, body text not null,
  state text not null, tries INT not null, tries_left INT not null, due_at INT, first_at INT not null, last_at INT, last_status INT, last_error text,
  primary key (epoch, callback)) ROWS;
create index callback_due on callback (epoch, due_at, callback) where due_at is not null;
create index callback_message on callback (epoch, message);
create table quota_count (epoch INT not null, appid KEY not null, path KEY not null, per KEY not null, span KEY not null, used INT not null,
  primary key (epoch, appid, path, per)) ROWS;
create table call_count (epoch INT not null, eid KEY not null, began_at INT not null, used INT not null, primary key (epoch, eid)) ROWS
`

/** The life of an account: events, EIDs, applications for templates, callbacks, quotas. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, statements)
}
