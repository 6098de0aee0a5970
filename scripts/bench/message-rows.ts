import type Sqlite from 'better-sqlite3'

/** What WeChat's numbers count in a millisecond. */
const msgids_per_ms = 16_777_216
const instant_digits = 13

/**
 * Copies the rows of the only message so many times, each a millisecond older than the next, for one association after
 * the other.
 */
export function multiplyMessages(sqlite: Sqlite.Database, messages: number): void {
  sqlite.exec('create temp table recipient (n integer primary key, openid text, mobile text)')
  sqlite.exec(`insert into recipient (openid, mobile)
    select openid, mobile from association where epoch = (select epoch from template_message)`)
  const msgid = `cast(cast(model.msgid as integer) - ago * ${msgids_per_ms} as text)`
  copyMessage(sqlite, 'template_message', messages, {
    msgid,
    openid: 'recipient.openid',
    accepted_at: 'accepted_at - ago',
    receipt_at: 'receipt_at - ago',
  })
  copyMessage(sqlite, 'message', messages, {
    msgid,
    message: `(created_at - ago) || substr(message, ${instant_digits + 1})`,
    openid: 'recipient.openid',
    mobile: 'recipient.mobile',
    created_at: 'created_at - ago',
    state_at: 'state_at - ago',
  })
  sqlite.exec(`insert or ignore into phone_message (epoch, openid, msgid, on_phone)
    select epoch, openid, msgid, on_phone from template_message order by openid, msgid`)
}

/** The oldest first, as a tree likes it. */
function copyMessage(
  sqlite: Sqlite.Database,
  table: 'template_message' | 'message',
  messages: number,
  changed: Readonly<Record<string, string>>,
): void {
  sqlite.exec(`create temp table model as select * from ${table}`)
  const columns = sqlite.prepare('select * from model').columns()
  const values = columns.map(({ name }) => changed[name] ?? `model."${name}"`)
  sqlite
    .prepare(
      `with recursive age (ago) as (select cast(? as integer) union all select ago - 1 from age where ago > 1)
       insert into ${table} select ${values.join(', ')} from age
       cross join recipient on recipient.n = 1 + ago % (select max(n) from recipient)
       cross join model`,
    )
    .run(messages)
  sqlite.exec('drop table temp.model')
}
