import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../db/open.ts'
import { epoch_tables } from '../../db/schema.ts'
import { tables } from '../../db/tables.ts'
import { emptyFolder } from './place.ts'

interface Column {
  readonly name: string
  readonly pk: number
  readonly dflt_value: string | null
}

it('the tables are those that the migrations make, with their columns, defaults and keys', async () => {
  const file = `${emptyFolder()}/sim.db`
  await (await openStore(file)).close()
  const sqlite = new Sqlite(file, { readonly: true })
  onTestFinished(() => {
    sqlite.close()
  })
  const made = sqlite
    .prepare<[], { name: string }>(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'kysely_%'",
    )
    .all()
    .map(({ name }) => name)
  expect(Object.keys(tables).sort()).toEqual(made.sort())
  for (const [name, { columns, key, isOfEpoch }] of Object.entries(tables)) {
    const found = sqlite.pragma(`table_info(${name})`) as Column[]
    // On SQLite the journal's number is a key by itself.
    const isNumbered = name === 'exchange'
    const keyed = found.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk)
    const whole = isOfEpoch && !isNumbered ? ['epoch', ...key] : key
    expect([name, keyed.map((column) => column.name)]).toEqual([name, whole])
    expect([name, Object.keys(columns).sort()]).toEqual([name, found.map((c) => c.name).sort()])
    const filled = found.filter((c) => c.dflt_value !== null || (isNumbered && c.name === 'seq'))
    const said = Object.entries(columns).filter(([, { isDefaulted }]) => isDefaulted)
    const unfilled = said.filter(([column]) => !filled.some((c) => c.name === column))
    expect([name, unfilled]).toEqual([name, []])
    const belongs = 'epoch' in columns && !['world', 'epoch', 'snapshot'].includes(name)
    expect([name, epoch_tables.some((table) => table === name)]).toEqual([name, belongs])
  }
})
