import type { Unit } from '../db/unit.ts'
import { findWorld } from '../db/world.ts'
import { demo_body } from './control/world/body.ts'
import { makeWorld } from './control/world/make.ts'
import type { Call } from './http/endpoint.ts'
import { isRefusal } from './http/refusal.ts'
import type { Engine } from './sim/engine.ts'
import { asWorld, beginWorld, default_world, unattributed, type World } from './sim/world.ts'

const bare = { accounts: [], people: [] }

/** Makes the two worlds that every simulator has, when they are not there yet. */
export async function ensureWorlds(
  engine: Engine,
  at: { demo: boolean; origin: string },
): Promise<void> {
  await engine.store.unit('start', async (unit) => {
    const real = engine.realNow()
    const { db } = unit
    const existing = await findWorld(db, unattributed)
    const nobody = existing ? asWorld(existing, real) : await beginUnattributed(unit, real)
    if (await findWorld(db, default_world)) return
    const call = systemCall(engine, unit, nobody, at.origin)
    const refused = await makeWorld(call, default_world, at.demo ? demo_body : bare, {
      idle_ttl_ms: null,
    })
    if (isRefusal(refused)) throw new Error(`the default world cannot be made: ${refused.text}`)
  })
}

function beginUnattributed({ db }: Unit, real: number): Promise<World> {
  const clock = { clock_mode: 'running', clock_ms: 0 } as const
  const world = {
    world: unattributed,
    seed: '',
    magic: 'on',
    idle_ttl_ms: null,
    body: JSON.stringify(bare),
    ...clock,
  } as const
  return beginWorld(db, world, real)
}

/** A call that nobody made: what the simulator does by itself at the start. */
function systemCall(engine: Engine, { db }: Unit, world: World, origin: string): Call {
  const nothing = () => Promise.reject(new Error('the start is no exchange'))
  const request = { method: 'POST', url: '', headers: {}, body: Buffer.alloc(0), ip: '', origin }
  return {
    engine,
    db,
    world,
    caller: undefined,
    input: {},
    fields: {},
    request,
    steps: [],
    events: [],
    ordinal: nothing,
    trace: nothing,
  }
}
