import type Sqlite from 'better-sqlite3'
import type pg from 'pg'
import { epoch_tables } from '../../db/schema.ts'
import { tables } from '../../db/tables.ts'

/** How a plan looks up the rows of a table. */
interface LookUp {
  readonly table: string
  /** Conditions on the columns of an index; undefined: it looks at all rows. */
  readonly by: string | undefined
}

/** How a database would run a statement. */
export interface Plan {
  readonly lookUps: readonly LookUp[]
  readonly sorts: boolean
  /** As the database says it. */
  readonly said: string
}

/** Tables that never have many rows, and why. */
const small: Readonly<Record<string, string>> = {
  world: 'a thousand at most',
  epoch: 'one of each world, and those that are being swept',
  account: 'a world has 64 at most',
  official_account: 'one of each account',
  erasure: 'those that are not done',
  eid: 'one of each rotation, which an operator does by hand',
  snapshot: 'twenty of each world, with an index of their epochs',
  fault: 'a world has 100 at most',
  website_app: 'a world has 20 at most',
}

/** What an export is for. */
const exports = epoch_tables.map((table) => {
  const key = tables[table].key.map((column) => `"${column}"`).join(', ')
  return `select * from "${table}" where "epoch" = ? order by ${key}`
})

const mend =
  'Ask by all columns of a key or index (db/migrations) from its first on, or by its first ones, in its order and with a limit.'

/** Why the work of a statement would grow with its tables; undefined: it does not. */
export function faultOf(text: string, plan: Plan): string | undefined {
  if (exports.includes(text.replaceAll(/\$\d+/g, '?'))) return undefined
  const growing = plan.lookUps.filter(({ table }) => !(table in small))
  const wanted = equalities(text.replace(/^.*? where /is, '').replace('1 = 1', ''))
  const walk = growing.find(({ by }) => {
    if (by === undefined) return true
    if (by === 'rowid=?') return false
    const found = equalities(by)
    if (found >= 2) return false
    if (wanted > found) return true
    // Along the key, in the order that was wanted, until there are enough.
    return by === 'epoch=?' && (plan.sorts || !/ limit (\?|\$\d+|\d+)$/.test(text))
  })
  if (walk) return `walks ${walk.table}: ${text}\n${plan.said}\n${mend}`
  const range = growing.find(({ by = '' }) => equalities(by) === 0)
  return range && plan.sorts ? `sorts ${range.table}: ${text}\n${plan.said}` : undefined
}

/** How many conditions say what a column is. */
function equalities(conditions: string): number {
  return [...conditions.matchAll(/(?<![<>!])=|\bin \(/g)].length
}

export function sqlitePlan(sqlite: Sqlite.Database, text: string): Plan {
  const statement = sqlite.prepare<unknown[], { detail: string }>(`explain query plan ${text}`)
  const values = [...text.matchAll(/\?/g)].map(() => null)
  const details = statement.all(...values).map(({ detail }) => detail)
  // What a subquery has found is no table: its own rows are looked up on lines of their own.
  const named = details.flatMap((detail) => /^(?:CO-ROUTINE|MATERIALIZE) (\w+)$/.exec(detail) ?? [])
  const lookUps = details.flatMap((detail) => {
    const found = /^(SCAN|SEARCH) (\w+)(?: USING .*?)?(?: \((.*)\))?(?: LEFT-JOIN)?$/.exec(detail)
    if (!found) return []
    const [, how, table = '', by] = found
    // A minimum or maximum is the first row of an index.
    const isEnd = how === 'SEARCH' && by === undefined
    return isEnd || named.includes(table) ? [] : [{ table, by }]
  })
  const sorts = details.some((detail) => /TEMP B-TREE FOR ORDER BY/.test(detail))
  return { lookUps, sorts, said: details.join('\n') }
}

/** A node of PostgreSQL's plan, as far as we look at it. */
interface Node {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Cond'?: string
  readonly Filter?: string
  readonly Plans?: readonly Node[]
}

export async function postgresPlan(client: pg.Client, text: string): Promise<Plan> {
  const { rows } = await client.query(`explain (generic_plan, format json) ${text}`)
  const nodes = flat(rows[0]['QUERY PLAN'][0].Plan)
  const lookUps = nodes.flatMap((node) => {
    const table = node['Relation Name']
    if (table === undefined) return []
    // A bitmap is made by its own nodes, from an index.
    const by = node['Index Cond'] ?? flat(node).find((one) => one['Index Cond'])?.['Index Cond']
    if (by === undefined && !/Scan$/.test(node['Node Type'])) return []
    return [{ table, by: by && isEpochAlone(by) ? 'epoch=?' : by }]
  })
  const sorts = nodes.some((node) => node['Node Type'] === 'Sort')
  return { lookUps, sorts, said: nodes.map(sayNode).join('\n') }
}

function isEpochAlone(condition: string): boolean {
  return /^\(epoch = [^()]*\)$/.test(condition)
}

function flat(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(flat)]
}

function sayNode(node: Node): string {
  const { 'Node Type': type, 'Relation Name': table = '', 'Index Cond': by = '' } = node
  return `${type} ${table} ${by} ${node.Filter ? `filter ${node.Filter}` : ''}`
}
