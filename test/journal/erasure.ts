import { onTestFinished } from 'vitest'
import { epoch_tables } from '../../db/schema.ts'
import type { DatabaseName } from '../database.ts'
import { type Beside, beside, emptyPlace } from '../db/place.ts'
import { type Http, type Sim, type StartOptions, startSim } from '../sim.ts'

export interface Erasing extends Sim {
  readonly data: string
  /** Sees all that is committed, past the simulator. */
  readonly other: Beside
}

/** A test's own world on a database into which the test can look. */
export async function startErasing(
  database: DatabaseName,
  options: StartOptions = {},
): Promise<Erasing> {
  const data = await emptyPlace(database)
  const sim = await startSim({ ...options, data })
  return { ...sim, data, other: await beside(data) }
}

/** People are the simulated universe: what is told of them is no data of TUPU's. */
const universe: readonly string[] = ['person']

/** Everything that the tables hold, a text a row: whatever was withdrawn must not be in it. */
export async function dump(other: Beside): Promise<Row[]> {
  const dumped: Row[] = []
  for (const table of epoch_tables) {
    if (universe.includes(table)) continue
    for (const row of await other.rows(`select * from ${table}`)) {
      const values = Object.values(row).map((value) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : String(value),
      )
      dumped.push({ table, text: values.join('\n') })
    }
  }
  return dumped
}

export interface Row {
  readonly table: string
  readonly text: string
}

/** One exchange as `reveal` shows it. */
export interface Revealed {
  readonly seq: number
  readonly trace: string
  readonly surface: string
  readonly endpoint: string
  readonly text: string
}

/** The whole journal of a world, revealed, oldest first. */
export async function revealed(http: Http, world = 'test'): Promise<readonly Revealed[]> {
  const path = `/_sim/v1/worlds/${world}/exchanges`
  const all: Revealed[] = []
  for (let after = ''; ; ) {
    const { json } = await http('GET', `${path}${after && `?after=${after}`}`)
    const page = json as unknown as { items: Omit<Revealed, 'text'>[]; next_cursor: string | null }
    for (const { seq, trace, surface, endpoint } of page.items) {
      const { text } = await http('GET', `${path}/${seq}?reveal=true`)
      all.unshift({ seq, trace, surface, endpoint, text })
    }
    if (page.next_cursor === null) return all
    after = page.next_cursor
  }
}

/** Waits until every erasure is done. */
export async function whenErased(other: Beside): Promise<void> {
  let isOver = false
  onTestFinished(() => {
    isOver = true
  })
  while (!isOver) {
    const rows = await other.rows('select erasure from erasure')
    if (rows.length === 0) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
