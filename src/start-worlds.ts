import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Unit } from '../db/unit.ts'
import { countWorlds, findWorld } from '../db/world.ts'
import { readDocument } from './config/document.ts'
import { controlSurface } from './control/surface.ts'
import type { WorldBody } from './control/world/body.ts'
import { makeWorld } from './control/world/world.ts'
import { Call } from './core/call.ts'
import type { Engine } from './core/engine.ts'
import { isRefusal } from './core/refusal.ts'
import { type Fault, faultError } from './start-error.ts'
import { asWorld, beginWorld, default_world, unattributed, type World } from './world/world.ts'
import { type ListedWorld, readWorlds } from './world-list.ts'

const bare = { accounts: [], people: [] }

/** What a refusal of the control API says. */
const Facts = z.object({ field: z.string().nullable(), reason: z.string(), fix: z.string() })

interface Start {
  /** Whether the world `default` is the demo, when the list has none. */
  readonly demo: boolean
  readonly worlds: readonly ListedWorld[]
  /** Where links are built from. */
  readonly origin: string
}

/** Makes the two worlds that every simulator has, and those of the list, when they are not there yet: all or none. */
export async function ensureWorlds(engine: Engine, start: Start): Promise<void> {
  const worlds = await worldsToHave(engine, start)
  const real = engine.realNow()
  await engine.store.unit('start', (unit) => {
    const { db } = unit
    const existing = findWorld(db, unattributed)
    const nobody = existing ? asWorld(existing, real) : beginUnattributed(unit, real)
    const faults: Fault[] = []
    for (const world of worlds) {
      if (findWorld(db, world.name)) continue
      const call = systemCall(engine, unit, nobody, start.origin)
      const fault = makeListed(call, world)
      if (fault) faults.push(fault)
    }
    if (faults.length > 0) throw faultError(faults)
  })
}

/** The list, and before it the world `default` when the list has none. */
async function worldsToHave(
  engine: Engine,
  { demo, worlds }: Start,
): Promise<readonly ListedWorld[]> {
  if (worlds.some(({ name }) => name === default_world)) return worlds
  const there = await engine.store.unit('start', ({ db }) => findWorld(db, default_world))
  if (there) return worlds
  const body = demo ? await demoBody() : bare
  return [{ name: default_world, body, field: default_world }, ...worlds]
}

/** Makes a world of the list. Returns why it cannot be made, if so. */
function makeListed(call: Call, { name, body, field }: ListedWorld): Fault | undefined {
  const { worlds_max } = call.engine.limits
  if (countWorlds(call.db) - 1 >= worlds_max) {
    return { field, reason: `the server has ${worlds_max} worlds`, fix: 'delete one' }
  }
  // What somebody wrote down stays, unless it was written otherwise.
  const refused = makeWorld(call, name, body, {
    people_max: Number.POSITIVE_INFINITY,
    ...(body.idle_ttl === undefined && { idle_ttl_ms: null }),
  })
  if (!isRefusal(refused)) return undefined
  const { field: below, reason, fix } = Facts.parse(refused.extra)
  return { field: [field, below].filter(Boolean).join('.'), reason, fix }
}

function beginUnattributed({ db }: Unit, real: number): World {
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
function systemCall(engine: Engine, unit: Unit, world: World, origin: string): Call {
  const request = { method: 'POST', url: '', headers: {}, body: Buffer.alloc(0), ip: '', origin }
  const address = { world: undefined, person: undefined, path: '' }
  const to = { surface: controlSurface, endpoint: undefined, pathFields: {} }
  const call = new Call({ engine, request, address, ...to }).begin(unit, world.real_now)
  call.enter(world, { key: 'start' })
  return call
}

/** The demo is a configuration file like any other; the release has it beside the program. */
const file = 'demo.config.yaml'

let body: Promise<WorldBody> | undefined

/** What the demo world is made of. Read when a world is to be made of it: most starts find one. */
export function demoBody(): Promise<WorldBody> {
  body ??= readDemo()
  return body
}

async function readDemo(): Promise<WorldBody> {
  const path = fileURLToPath(new URL(file, import.meta.url))
  const { content } = await readDocument(readFileSync(path, 'utf8'), file)
  const demo = readWorlds(content['worlds']).find(({ name }) => name === default_world)
  if (!demo) throw new Error(`${file} has no world ${default_world}`)
  return demo.body
}
