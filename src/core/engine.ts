import type { Store } from '../../db/unit.ts'
import type { Endpoint } from './endpoint.ts'
import type { Outgoing } from '../http/outgoing.ts'
import type { WorldCache } from '../world/cache.ts'
import type { Coverage } from './coverage.ts'
import type { JobKind } from './job.ts'
import type { Journal } from '../journal/journal.ts'
import type { Signal } from '../world/signal.ts'
import type { Underway } from '../world/in-flight.ts'
import type { EventListener } from '../world/world.ts'

export type Log = (
  level: 'info' | 'warn' | 'error',
  event: string,
  fields?: Readonly<Record<string, unknown>>,
) => void

/** What is fixed for the life of a simulator. */
export interface Settings {
  readonly publicUrl: string | undefined
  readonly trustProxy: boolean
  readonly allowedHosts: readonly string[]
  readonly controlToken: string | undefined
  readonly exposed: boolean
  readonly partnerOpen: boolean
  /** Seed of worlds that name none. */
  readonly seed: string
}

/** One simulator at work: what every call, job and chore needs. Nothing of it is module state. */
export interface Engine {
  readonly store: Store
  settings: Settings
  readonly cache: WorldCache
  readonly coverage: Coverage
  readonly journal: Journal
  readonly signal: Signal
  /** What due work waits for outside of units. */
  readonly underway: Underway
  readonly outgoing: Outgoing
  /** Stable tokens of remote gateways: any replica may fetch the same one again. */
  readonly remoteTokens: Map<string, string>
  /** The partner profiles that it was started with: name → base path. */
  readonly profileBases: ReadonlyMap<string, string>
  readonly endpoints: ReadonlyMap<string, Endpoint>
  readonly jobKinds: readonly JobKind[]
  /** What a context does now and then besides; each call is short. */
  readonly chores: readonly ((engine: Engine) => Promise<void>)[]
  readonly listeners: readonly EventListener[]
  readonly realNow: () => number
  readonly log: Log
  /** Aborts when the simulator closes: waits end with it. */
  readonly closing: AbortSignal
  /** Due work of a running world has changed: look at it again. */
  wake(world: string, due_at: number): void
}
