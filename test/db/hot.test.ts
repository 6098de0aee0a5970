import { readdirSync, readFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import '../../src/app.ts'
import { expiries } from '../../db/expiry.ts'
import { hotStatements } from '../../db/hot.ts'
import { openStore } from '../../db/open.ts'
import type { DialectName } from '../../db/statement.ts'
import { startSim } from '../sim.ts'
import { emptyFolder } from './place.ts'

const statements = hotStatements.map((statement) => ({ name: statement.name, statement }))

/** What SQLite prepares anew at each call, or what grows with the number of its values. */
const dear = [
  { form: 'a join', pattern: /\bjoin\b/i },
  { form: 'two tables side by side', pattern: /\bfrom "?\w+"?( as "?\w+"?)?\s*,/i },
  { form: 'a limit that is a parameter', pattern: /\b(limit|offset)\s+(\?|\$\d+)/i },
  { form: 'exists', pattern: /\bexists\b/i },
  { form: 'like or glob', pattern: /\b(i?like|glob)\b/i },
  { form: 'a list of values', pattern: /\bin\s*\(\s*(\?|\$\d+|\d|')/i },
]

describe('the statements of hot paths', () => {
  it('are all known here', () => {
    const folder = new URL('../../db/', import.meta.url)
    const written = readdirSync(folder)
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(new URL(name, folder), 'utf8'))
      .flatMap((text) => [
        ...[...text.matchAll(/\bhot\(\s*'([^']+)'/g)].map(([, name]) => name),
        ...[...text.matchAll(/\binsertRow\('([^']+)'(?:, \{ also: \[([^\]]+)\])?/g)].map(
          ([, table, also = '']) => [table, 'insert', ...(also.match(/\w+/g) ?? [])].join('.'),
        ),
        ...(/\bhot\(`\$\{table\}\.list_expired`/.test(text)
          ? expiries.map(({ table }) => `${table}.list_expired`)
          : []),
        ...[...text.matchAll(/\bcounted\(\{\s+table: '([^']+)'/g)].map(
          ([, table]) => `${table}.next`,
        ),
      ])
    expect(written.length).toBeGreaterThan(10)
    expect(hotStatements.map(({ name }) => name).sort()).toEqual(written.sort())
  })

  it.each([
    { text: 'select * from a join b on a.x = b.x', form: 'a join' },
    { text: 'select * from "a" as "x", "b"', form: 'two tables side by side' },
    { text: 'select * from a limit ?', form: 'a limit that is a parameter' },
    { text: 'select * from a limit 1 offset $2', form: 'a limit that is a parameter' },
    { text: 'select * from a where exists (select 1)', form: 'exists' },
    { text: 'select * from a where b like ?', form: 'like or glob' },
    { text: 'select * from a where b in ($1, $2)', form: 'a list of values' },
    { text: 'select a, b from c where d = ? order by e, f limit 1', form: undefined },
  ])('would be found out: $text', ({ text, form }) => {
    expect(dear.find(({ pattern }) => pattern.test(text))?.form).toBe(form)
  })

  it.each(statements)('hold nothing that is prepared anew at each call: $name', ({ statement }) => {
    const dialects: DialectName[] = ['sqlite', 'postgres']
    for (const dialect of dialects) {
      const text = statement.sql(dialect)
      expect(dear.filter(({ pattern }) => pattern.test(text)).map(({ form }) => form)).toEqual([])
    }
  })

  it('find their rows by key or index, and sort nothing', async () => {
    const file = `${emptyFolder()}/sim.db`
    await (await openStore(file)).close()
    const sqlite = new Sqlite(file)
    onTestFinished(() => {
      sqlite.close()
    })
    const walks: string[] = []
    for (const { name, sql } of hotStatements) {
      const text = sql('sqlite')
      const values = [...text.matchAll(/\?/g)].map(() => null)
      const plan = sqlite.prepare<unknown[], { detail: string }>(`explain query plan ${text}`)
      for (const { detail } of plan.all(...values)) {
        if (
          !/^(SEARCH \w+ USING |SCALAR SUBQUERY \d+$)/.test(detail) ||
          // Of accounts a world has 64 at most; of other rows one would walk all.
          /^SEARCH (?!account )\w+ .*\(epoch=\?\)$/.test(detail)
        )
          walks.push(`${name}: ${detail}`)
      }
    }
    expect(walks).toEqual([])
  })
})

interface Index {
  readonly name: string
  readonly tbl_name: string
  readonly sql: string
}

describe('the indexes of the message tables', () => {
  async function look<T>(file: string, work: (sqlite: Sqlite.Database) => T): Promise<T> {
    const sqlite = new Sqlite(file, { readonly: true })
    try {
      return work(sqlite)
    } finally {
      sqlite.close()
    }
  }
  const indexesOf = (sqlite: Sqlite.Database) =>
    sqlite
      .prepare<[], Index>(
        "select name, tbl_name, sql from sqlite_master where type = 'index' and sql is not null",
      )
      .all()

  it('are none besides the key but what finds a message by its msgid, and partial ones', async () => {
    const file = `${emptyFolder()}/sim.db`
    await (await openStore(file)).close()
    const full = await look(file, (sqlite) =>
      indexesOf(sqlite)
        .filter(({ sql }) => !/ where /i.test(sql))
        .map(({ tbl_name }) => tbl_name),
    )
    const count = (table: string) => full.filter((name) => name === table).length
    expect({
      message: count('message'),
      template_message: count('template_message'),
      exchange: count('exchange'),
      association: count('association'),
      send_count: count('send_count'),
      counter: count('counter'),
    }).toEqual({
      message: 1,
      template_message: 0,
      exchange: 1,
      // By mobile, and by the instant of the last change: no send writes here.
      association: 2,
      send_count: 0,
      counter: 0,
    })
  })

  it('that are partial are not touched by an ordinary send', async () => {
    const file = `${emptyFolder()}/sim.db`
    const { acme, wang, platform, sim } = await startSim({ data: file })
    expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 0 })
    expect(await platform.sends(acme, { mobile: '13900139000' })).toMatchObject({ errcode: 100011 })
    const written = ['message', 'template_message', 'exchange', 'send_count', 'counter']
    const touched = () =>
      look(file, (sqlite) =>
        indexesOf(sqlite)
          .filter(({ tbl_name, sql }) => written.includes(tbl_name) && / where /i.test(sql))
          .filter(({ tbl_name, sql }) => {
            const condition = sql.slice(sql.search(/ where /i))
            return sqlite.prepare(`select 1 from ${tbl_name}${condition}`).get() !== undefined
          })
          .map(({ name }) => name),
      )
    expect(await touched()).toEqual([])
    await platform.sends(acme, { mobile: wang.mobile, client_msg_id: 'order-1' })
    expect(await touched()).toEqual(['message_client', 'message_remembered'])
    await sim.close()
  })
})
