import type { DatabaseName } from '../database.ts'
import { beside, emptyPlace } from '../db/place.ts'
import { type Sim, startSim } from '../sim.ts'
import { acmesClient, type Json, tablesOf, WechatClient } from './client.ts'

/** A world whose Acme has WeChat's documented quotas. */
export interface Counted extends Sim {
  readonly client: WechatClient
  /** How often a path was called, as its counter has it. */
  count(path: string, per?: string): Promise<unknown>
}

/** That a path was called so often already: this first day, unless told. */
export interface Used {
  readonly path: string
  readonly used: number
  readonly per?: 'minute'
}

/** The day in Beijing and the minute at which test worlds begin. */
const spans = { day: '2026-01-05', minute: '2026-01-05T01:00' }

/**
 * Starts it; Acme's client has a token, which was fetched before anything was counted. With counts, they are written by SQL
 * into the rows of a simulator that was stopped meanwhile: as many calls would take minutes.
 */
export async function startCounted(
  database: DatabaseName,
  { used, change = {} }: { used?: readonly Used[]; change?: Json } = {},
): Promise<Counted> {
  const data = used ? await emptyPlace(database) : undefined
  const first = await startSim({ database, ...(data === undefined ? {} : { data }) })
  const { token } = await acmesClient(first)
  const { appid } = first.acme
  await first.world.call('official_account.update', { appid, quotas: 'documented', ...change })
  if (data === undefined || !used) return counted(first, token)
  await first.sim.close()
  const other = await beside(data)
  for (const row of used) await other.rows(insertOf(appid, row))
  return counted(await startSim({ data, world: { if_exists: 'reuse' } }), token)
}

function counted(sim: Sim, token: string): Counted {
  const client = new WechatClient(sim.http, sim.acme)
  client.token = token
  return {
    ...sim,
    client,
    async count(path, per = 'day') {
      const { quota_count = [] } = await tablesOf(sim.world)
      return quota_count.find((row) => row['path'] === path && row['per'] === per)?.['used'] ?? 0
    },
  }
}

function insertOf(appid: string, { path, used, per }: Used): string {
  const span = spans[per ?? 'day']
  return `insert into quota_count (epoch, appid, path, per, span, used)
    select epoch, '${appid}', '${path}', '${per ?? 'day'}', '${span}', ${used} from world where world = 'test'`
}
