import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { type Sim, startSim } from '../sim.ts'

/**
 * The world of a simulator that was stopped, changed by SQL, and started again: for states that no call
 * makes, and rows that calls would take seconds to make.
 */
export async function startChanged(sql: (sim: Sim) => string): Promise<Sim> {
  const folder = mkdtempSync(join(tmpdir(), 'tupu-sim-at-rest-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const data = join(folder, 'sim.db')
  const first = await startSim({ data })
  await first.sim.close()
  const sqlite = new Sqlite(data)
  sqlite.exec(sql(first))
  sqlite.close()
  return startSim({ data, world: { if_exists: 'reuse' } })
}
