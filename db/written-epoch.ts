import type { Statement } from './statement.ts'

/** Where a statement's text says of which epoch it writes: the how manieth value that is. */
const places = new Map<string, number | undefined>()
const places_max = 1000

/** The epoch whose rows a statement writes; undefined: it writes no rows of an epoch, or is given them by their numbers. */
export function epochOf({ sql }: Statement, values: readonly unknown[]): unknown {
  if (!places.has(sql)) {
    if (places.size >= places_max) places.clear()
    places.set(sql, placeIn(sql))
  }
  const place = places.get(sql)
  return place === undefined ? undefined : values[place]
}

function placeIn(sql: string): number | undefined {
  const columns = /^insert into \S+ \(([^)]*)\) values/.exec(sql)?.[1]
  if (columns !== undefined) {
    const place = columns.split(', ').indexOf('"epoch"')
    return place < 0 ? undefined : place
  }
  const at = sql.search(/(?<!\w)"?epoch"? = \?/)
  return at < 0 ? undefined : (sql.slice(0, at).match(/\?/g)?.length ?? 0)
}
