import { tables } from '../../db/tables.ts'
import type { DatabaseName } from '../database.ts'
import type { Beside } from './place.ts'

/** So many epochs there are, with so many accounts each. */
const epochs = 4
const accounts = 10

/** Gives every table so many rows that tell nothing, but differ as those of worlds do. */
export async function fill(database: DatabaseName, other: Beside, rows: number): Promise<void> {
  const types = database === 'sqlite' ? sqliteTypes : postgresTypes
  await other.rows('begin')
  for (const [table, { key }] of Object.entries(tables)) {
    const columns = (await types(other, table)).filter(
      // A server counts exchanges by itself.
      ({ name }) => database === 'sqlite' || name !== 'seq',
    )
    const names = columns.map(({ name }) => `"${name}"`)
    const values = columns.map((column) => sqlOf(column, key))
    await other.rows(
      `insert into ${table} (${names}) select ${values} from (${numbers[database](rows)}) as numbers`,
    )
  }
  await other.rows('commit')
  if (database === 'postgres') await other.rows('analyze')
}

const numbers = {
  sqlite: (rows: number) =>
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows}) select i from n`,
  postgres: (rows: number) => `select i from generate_series(1, ${rows}) as i`,
}

interface Column {
  readonly name: string
  readonly type: string
  readonly isNullable: boolean
}

async function sqliteTypes(other: Beside, table: string): Promise<Column[]> {
  const found = await other.rows(`select name, lower(type) as type, "notnull" as must
    from pragma_table_info('${table}')`)
  return asColumns(found)
}

async function postgresTypes(other: Beside, table: string): Promise<Column[]> {
  const found = await other.rows(`select column_name as name, data_type as type,
    case when is_nullable = 'NO' then 1 else 0 end as must
    from information_schema.columns where table_schema = 'public' and table_name = '${table}'`)
  return asColumns(found)
}

function asColumns(found: readonly Readonly<Record<string, unknown>>[]): Column[] {
  return found.map((row) => ({
    name: String(row['name']),
    type: String(row['type']),
    isNullable: Number(row['must']) === 0,
  }))
}

/** Columns that may be empty and mostly are not. */
const mostly = ['msgid', 'openid', 'mobile', 'followed_at', 'receipt', 'expires_at']
/** What a world has few of. */
const words =
  /^(state|kind|verb|who|via|direction|surface|endpoint|method|action|per|source|scope)$/

function sqlOf({ name, type, isNullable }: Column, key: readonly string[]): string {
  const value = plainSql(name, type, name === key.at(-1))
  return isNullable && !mostly.includes(name) ? `case when i % 50 = 0 then ${value} end` : value
}

function plainSql(name: string, type: string, isLastOfKey: boolean): string {
  // A file's say of which epoch they are.
  if (name === 'seq') return `(i % ${epochs} + 1) * 4294967296 + i`
  if (isLastOfKey) return type === 'text' ? `'${name}' || i` : 'i'
  if (name === 'epoch') return `i % ${epochs} + 1`
  if (/^(appid|eid|account)$/.test(name)) return `'a' || i % ${accounts}`
  if (words.test(name)) return "'word' || i % 4"
  if (type === 'text') return `'${name}' || i`
  if (type === 'blob') return "x''"
  return type === 'bytea' ? "''" : 'i'
}
