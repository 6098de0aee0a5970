import type { Store } from '../db/unit.ts'
import { jobKinds, listeners, maintenanceTasks } from './app.ts'
import { RecentGuesses } from './auth/guesses.ts'
import { outcomeOf } from './control/coverage/catalogue.ts'
import { controlSurface } from './control/surface.ts'
import { Call } from './core/call.ts'
import { Coverage } from './core/coverage.ts'
import type { Engine } from './core/engine.ts'
import { limits } from './core/limits.ts'
import { Outages } from './core/outage.ts'
import { Outcomes } from './core/outcomes.ts'
import { run } from './core/run.ts'
import type { Answer } from './core/surface.ts'
import { Turns } from './core/turns.ts'
import { createOutgoing } from './http/outgoing.ts'
import { createProbe } from './http/probe.ts'
import { BoundedJournal, journal_bounds } from './journal/journal.ts'
import type { SimulatorOptions } from './options.ts'
import type { Profile } from './tupu/profile/spelled.ts'
import { WorldCache } from './world/cache.ts'
import { realNow } from './world/clock.ts'
import { InFlight } from './world/in-flight.ts'
import { randomToken } from './world/seed.ts'
import { Signal } from './world/signal.ts'

/** Worlds that name no seed on a server that nobody else can reach have the same ids everywhere. */
const open_seed = '1'

interface Parts {
  readonly store: Store
  readonly endpoints: Engine['endpoints']
  readonly routes: Engine['routes']
  readonly profiles: readonly Profile[]
  readonly closing: AbortSignal
  /** Real time, which never goes back. */
  readonly clock: () => number
}

/** One simulator's engine, at rest: nothing of it waits or listens yet. */
export function makeEngine(
  options: SimulatorOptions,
  { store, profiles, closing, clock, ...built }: Parts,
): Engine {
  const log = options.log ?? (() => {})
  const outages = new Outages(log, clock)
  const engine: Engine = {
    store,
    settings: settingsOf(options),
    limits: { ...limits, ...options.limits },
    cache: new WorldCache(),
    coverage: new Coverage(),
    outcomes: outcomesOf(store, log, outages),
    journal: new BoundedJournal(store, { ...journal_bounds, ...options.journal }),
    signal: new Signal(),
    inFlight: new InFlight(),
    looks: new Turns(),
    guesses: new RecentGuesses(),
    ...doorsOf(clock, options.outgoing),
    remoteTokens: new Map(),
    profiles: new Map(profiles.map((profile) => [profile.name, profile])),
    givenProfiles: options.profiles ?? [],
    ...built,
    control: (id, input, how) => callControl(engine, id, input, how),
    ...{ jobKinds, maintenanceTasks, listeners },
    realNow: clock,
    machineNow: realNow,
    log,
    onCall: options.onCall,
    outages,
    closing,
  }
  return engine
}

function outcomesOf(store: Store, log: Engine['log'], outages: Outages): Outcomes {
  return new Outcomes(store, {
    outcomeOf,
    failed(error) {
      if (!outages.note(error)) log('error', 'outcomes.failed', { error: String(error) })
    },
  })
}

/** What leaves the simulator. */
function doorsOf(
  realNow: () => number,
  outgoing = createOutgoing({ realNow }),
): Pick<Engine, 'outgoing' | 'probe'> {
  return { outgoing, probe: createProbe({ realNow }) }
}

/** Makes a control call as if it had come in: in units of its own, and kept in the journal unless that keeps it already. */
function callControl(
  engine: Engine,
  id: string,
  input: Readonly<Record<string, string | number>>,
  how: { readonly journalled?: boolean } = {},
): Promise<Answer> {
  const known = controlSurface.endpoints.find((one) => one.id === id)
  if (!known) throw new Error(`there is no control call ${id}`)
  const endpoint = { ...known, ...how }
  const pathFields: Record<string, string> = {}
  const rest: Record<string, unknown> = { ...input }
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    pathFields[name] = String(input[name] ?? '')
    delete rest[name]
    return encodeURIComponent(pathFields[name])
  })
  const url = controlSurface.prefix + path
  const body = Buffer.from(JSON.stringify(rest))
  const origin = engine.settings.publicUrl ?? 'http://sim.localhost'
  const request = { method: endpoint.methods[0], url, headers: {}, body, ip: '', origin }
  const address = { world: undefined, person: undefined, path: url }
  return run(new Call({ engine, surface: controlSurface, endpoint, request, address, pathFields }))
}

function settingsOf(options: SimulatorOptions): Engine['settings'] {
  const exposed = options.exposed ?? false
  return {
    publicUrl: options.publicUrl,
    trustProxy: options.trustProxy ?? false,
    allowedHosts: options.allowedHosts ?? [],
    controlToken: options.controlToken ?? (exposed ? randomToken() : undefined),
    exposed,
    partnerOpen: options.partnerOpen ?? false,
    // Whoever can guess a seed can derive the secrets: exposed, a new server has one of its own.
    seed: options.seed ?? (exposed ? randomToken() : open_seed),
  }
}

/** From now on others can reach it: what only the token or a secret seed may open is closed. */
export function expose(engine: Engine, options: SimulatorOptions): void {
  const { settings } = engine
  if (settings.exposed) return
  engine.settings = {
    ...settings,
    exposed: true,
    controlToken: settings.controlToken ?? randomToken(),
    seed: options.seed ?? randomToken(),
  }
}
