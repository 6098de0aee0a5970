import { onTestFinished } from 'vitest'
import { createSimulator, type Simulator, type SimulatorOptions } from '../src/simulator.ts'
import type { WorldHandle, WorldInput } from '../src/world-handle.ts'
import { type DatabaseName, freshDatabase } from './database.ts'
import { Person } from './people.ts'
import { Account, Platform } from './platform.ts'

/** Calls by any id with any fields: tests also send what the compiler would refuse. Its own tests know the types. */
interface AnyCall {
  call(id: string, input?: object): Promise<unknown>
}

/** A test's own world: a simulator, the cast, and the platform that sends. */
export interface Sim {
  readonly sim: AnyCall & Simulator
  readonly world: AnyCall & WorldHandle
  /** Any HTTP call to the simulator; without a port of its own unless `listen` was asked for. */
  readonly http: Http
  readonly acme: Account
  readonly globex: Account
  readonly wang: Person
  readonly li: Person
  readonly han: Person
  readonly fang: Person
  readonly platform: Platform
}

export type Http = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The text as JSON; fails when it is none. */
  readonly json: Record<string, never>
}

export interface StartOptions extends SimulatorOptions {
  readonly database?: DatabaseName
  /** Listen on a real port: for SDKs and broken transport. */
  readonly listen?: boolean
  /** Frozen unless told: a test's instants are its own. */
  readonly world?: WorldInput
}

/** The instant at which test worlds begin: a Monday, nine in the morning in Beijing. */
export const first_instant = '2026-01-05T01:00:00.000Z'

/** The demo's cast: Wang is registered, Li follows, Han never did, Fang applied directly; Acme is live, Globex is new. */
export const cast: WorldInput = {
  name: 'test',
  seed: 'test',
  clock: { mode: 'frozen', now: first_instant },
  accounts: [
    { key: 'acme', company: '晨光科技' },
    { key: 'globex', company: '环球制造', stage: 'new' },
  ],
  people: [
    { key: 'wang', name: '王小雨', mobile: '13800138002', registered_with: ['acme'] },
    { key: 'li', name: '李雷', mobile: '13800138001', follows: ['acme'] },
    { key: 'han', name: '韩梅梅', mobile: '13800138003' },
    {
      key: 'fang',
      name: '方芳',
      mobile: '13800138004',
      registered_with: ['acme'],
      source: 'direct_application',
    },
  ],
}

/** Starts a simulator of the test's own and closes it when the test is over. */
export async function startSim(options: StartOptions = {}): Promise<Sim> {
  const { database = 'sqlite', listen = false, world: wanted, ...rest } = options
  const data = rest.data ?? (await freshDatabase(database))
  const sim = await createSimulator({ ...rest, data })
  onTestFinished(() => sim.close())
  if (listen) await sim.listen({ port: 0 })
  const world = await sim.world({ ...cast, ...wanted })
  const http = httpOf(sim)
  const person = (key: string) => new Person({ key, world, people: world.people })
  const account = (key: string) => new Account(world.accounts.find((row) => row.key === key))
  return {
    sim,
    world,
    http,
    acme: account('acme'),
    globex: account('globex'),
    wang: person('wang'),
    li: person('li'),
    han: person('han'),
    fang: person('fang'),
    platform: new Platform(http, world),
  }
}

/** Calls a simulator over its port if it has one, else in process: the same routes either way. */
export function httpOf(sim: Simulator): Http {
  return async (method, path, body, headers = {}) => {
    const origin = sim.url ?? 'http://sim.localhost'
    const sent =
      body === undefined || typeof body === 'string' || body instanceof Uint8Array
        ? body
        : JSON.stringify(body)
    const request = new Request(new URL(path, origin), {
      method,
      headers,
      redirect: 'manual',
      ...(sent === undefined ? {} : { body: sent as string }),
    })
    const response = sim.url === undefined ? await sim.fetch(request) : await fetch(request)
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      text,
      get json() {
        return JSON.parse(text)
      },
    }
  }
}
