import { onTestFinished } from 'vitest'
import { createSimulator, type Simulator } from '../../src/simulator.ts'
import { WorldHandle } from '../../src/world-handle.ts'
import { freshDatabase } from '../database.ts'
import { Platform } from '../platform.ts'
import { type Http, httpOf, type Sim, startSim } from '../sim.ts'
import { type Beside, beside } from './place.ts'

/** Another simulator on the same database. */
export interface Replica {
  readonly sim: Simulator
  readonly http: Http
  /** The same world, in the hands of the replica. */
  readonly world: WorldHandle
  readonly platform: Platform
}

/** Two simulators on one PostgreSQL database, and a world that the first has made. */
export async function startReplicas(): Promise<{ one: Sim; two: Replica; other: Beside }> {
  const data = await freshDatabase('postgres')
  const one = await startSim({ data })
  const sim = await createSimulator({ data })
  onTestFinished(() => sim.close())
  const http = httpOf(sim)
  const world = new WorldHandle(sim, await sim.call('world.get', { world: one.world.name }))
  const two = { sim, http, world, platform: new Platform(http, world) }
  return { one, two, other: await beside(data) }
}
