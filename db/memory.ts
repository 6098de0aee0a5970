import Sqlite from 'better-sqlite3'

/** Emptied databases, with the statements that were prepared on them: most of what a start in memory costs. */
const spare: Sqlite.Database[] = []
const spare_max = 4
/** What had more pages than an ordinary test fills is given back to the system. */
const pages_max = 4000

let emptyImage: Buffer | undefined

/** A database in memory as it was made at first: an emptied one, if there is one, or a copy of the first one's empty image. */
export async function takeMemory(of: {
  readonly make: (first: Sqlite.Database) => Promise<void>
  readonly setUp: (copy: Sqlite.Database) => void
}): Promise<Sqlite.Database> {
  const emptied = spare.pop()
  if (emptied) return emptied
  if (!emptyImage) {
    const first = new Sqlite(':memory:')
    await of.make(first)
    emptyImage = first.serialize()
    first.close()
  }
  const copy = new Sqlite(emptyImage)
  of.setUp(copy)
  return copy
}

/** Empties a database in memory for the next who wants one; what cannot be emptied is closed. */
export function giveBackMemory(sqlite: Sqlite.Database): void {
  if (spare.length < spare_max && isEmptied(sqlite)) spare.push(sqlite)
  else sqlite.close()
}

function isEmptied(sqlite: Sqlite.Database): boolean {
  if (sqlite.inTransaction) return false
  if (Number(sqlite.pragma('page_count', { simple: true })) > pages_max) return false
  try {
    // No pragma: of one that sets anything, SQLite forgets all that it has prepared.
    sqlite.exec(clearing(sqlite))
    return true
  } catch {
    return false
  }
}

let clears: string | undefined

/**
 * Takes the rows of all tables, but for those by which SQLite plans and migrations are known, which leave rows nowhere else.
 * A table that another one refers to comes after it.
 */
function clearing(sqlite: Sqlite.Database): string {
  clears ??= ['begin', ...tablesOf(sqlite).map((name) => `delete from "${name}"`), 'commit'].join(
    ';',
  )
  return clears
}

function tablesOf(sqlite: Sqlite.Database): string[] {
  const tables = sqlite
    .prepare<[], { name: string; parents: string | null }>(
      `select name, (select group_concat("table") from pragma_foreign_key_list(name)) as parents
        from sqlite_schema where type = 'table' and name not like 'sqlite_stat%' and name not like 'kysely_%'`,
    )
    .all()
  const parentsOf = new Map(tables.map(({ name, parents }) => [name, parents?.split(',') ?? []]))
  const ordered = new Set<string>()
  const put = (name: string) => {
    for (const [child, parents] of parentsOf)
      if (child !== name && parents.includes(name)) put(child)
    ordered.add(name)
  }
  for (const { name } of tables) put(name)
  return [...ordered]
}
