import type Sqlite from 'better-sqlite3'
import { z } from 'zod'
import { stopwatch } from '../../src/world/clock.ts'
import type { Simulated } from './stage.ts'

/** As many as a world keeps. */
export const journal_exchanges = 100_000

/** Searches that find nothing, so that they go through the whole journal: by facts, by texts, by what texts mean. */
const searches: Readonly<Record<string, string>> = {
  surface: 'surface=wechat',
  rule: 'rule=association.known',
  errcode: 'errcode=43004',
  text: 'text=no%20such%20text',
  mobile: 'mobile=13900139000',
  'mobile, text, errcode': 'mobile=13900139000&text=x&errcode=!0',
  'full page': 'limit=500',
}

/** What one search took, page by page. */
export interface Searched {
  readonly search: string
  readonly pages_ms: readonly number[]
}

const page = z.object({ next_cursor: z.string().nullable() })

/** Goes through a full journal by each search. Asked by one alone, a page takes hardly longer than the server needs for it. */
export async function measureSearches({ port }: Pick<Simulated, 'port'>): Promise<Searched[]> {
  const all: Searched[] = []
  for (const [search, query] of Object.entries(searches)) {
    const pages_ms: number[] = []
    for (let after = ''; ; ) {
      const us = stopwatch()
      const url = `http://127.0.0.1:${port}/_sim/v1/worlds/bench/exchanges?${query}${after}`
      const response = await fetch(url)
      const { next_cursor } = page.parse(await response.json())
      pages_ms.push(us() / 1000)
      // One full page is like the next.
      if (next_cursor === null || pages_ms.length >= pages_max) break
      after = `&after=${next_cursor}`
    }
    all.push({ search, pages_ms })
  }
  return all
}

const pages_max = 50

/** Copies the newest exchange, a send, so many times. */
export function multiplyExchanges(sqlite: Sqlite.Database, exchanges: number): void {
  sqlite.exec('create temp table model as select * from exchange order by seq desc limit 1')
  const columns = sqlite.prepare('select * from model').columns()
  const changed: Readonly<Record<string, string>> = {
    seq: 'seq + n',
    trace: `substr(trace, 1, 11) || printf('%08x', n + 1) || substr(trace, 20)`,
  }
  const values = columns.map(({ name }) => changed[name] ?? `model."${name}"`)
  sqlite
    .prepare(
      `with recursive copy (n) as (select 1 union all select n + 1 from copy where n < cast(? as integer))
       insert into exchange select ${values.join(', ')} from copy cross join model`,
    )
    .run(exchanges - 1)
  sqlite.exec('drop table temp.model')
}
