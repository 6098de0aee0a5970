import type { NewExchange } from '../../db/exchange.ts'
import type { Db, Store } from '../../db/unit.ts'
import type { WorldCache } from '../world/cache.ts'
import type { InFlight } from '../world/in-flight.ts'
import type { Signal } from '../world/signal.ts'
import type { Call } from './call.ts'
import type { Coverage } from './coverage.ts'
import type { DocumentedEndpoint } from './endpoint.ts'
import type { EventListener } from './event.ts'
import type { JobKind } from './job.ts'
import type { Limits } from './limits.ts'
import type { Route } from './near-call.ts'
import type { Outages } from './outage.ts'
import type { Outcomes } from './outcomes.ts'
import type { Outgoing, Probe } from './outgoing.ts'
import type { CallListener } from './seen-call.ts'
import type { Answer } from './surface.ts'
import type { Turns } from './turns.ts'

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
  /** Where mails are taken; undefined: nowhere. */
  readonly smtpPort?: number
  /** The ways in for clients that speak HTTPS only, or to WeChat's hosts only. */
  readonly secure?: SecureWays
}

/** Where HTTPS is spoken, and by whose word. */
export interface SecureWays {
  readonly httpsPort?: number
  readonly proxyPort?: number
  /** The certificate of our own authority, as PEM, and the file that holds it. */
  readonly ca: string
  readonly caFile: string
}

/** Keeps every exchange, up to a bound per world. */
export interface Journal {
  /** Keeps a call that came in, with its answer. */
  record(call: Call, answer: Answer, trace: string): void
  /** Writes down whom a call concerns, which `record` does besides; a second time is no harm. */
  keepSubjects(call: Call, trace: string): void
  /** Keeps an exchange as it is. */
  append(db: Db, world: string, row: NewExchange): void
  /** Whether some world has outgrown its bound, or was not counted yet. */
  readonly isDue: boolean
  /** Drops what is over the bounds, in small units. One at a time. */
  trim(): Promise<void>
  /** An epoch has ended: its tally is not needed any more. */
  forget(epoch: number): void
}

/** Wrong control tokens of late, so that nobody tries one after the other. */
export interface Guesses {
  /** Whether a token from this address is looked at. */
  mayTry(address: string, real_now: number): boolean
  note(address: string, given: string, real_now: number): void
}

/** One simulator at work: what every call, job and task of maintenance needs. Nothing of it is module state. */
export interface Engine {
  readonly store: Store
  settings: Settings
  readonly limits: Limits
  readonly cache: WorldCache
  readonly coverage: Coverage
  /** What platforms have met, by world. */
  readonly outcomes: Outcomes
  readonly journal: Journal
  readonly signal: Signal
  /** What due work waits for outside of units. */
  readonly inFlight: InFlight
  /** Looks of those who wait: hundreds at once must not keep everybody else from the database. */
  readonly looks: Turns
  readonly guesses: Guesses
  readonly outgoing: Outgoing
  readonly probe: Probe
  /** Stable tokens of remote gateways: any replica may fetch the same one again. */
  readonly remoteTokens: Map<string, string>
  /** The partner profiles that it was started with, by name. */
  readonly profiles: ReadonlyMap<string, { readonly base: string }>
  /** The same as they were given, but for the default one. */
  readonly givenProfiles: readonly unknown[]
  readonly endpoints: ReadonlyMap<string, DocumentedEndpoint>
  /** Where the documented ones are mounted. */
  readonly routes: readonly Route[]
  /** Makes a control call as if it had come in: in units of its own, and kept in the journal unless told otherwise. */
  readonly control: (
    id: string,
    input: Readonly<Record<string, string | number>>,
    how?: { readonly journalled?: boolean },
  ) => Promise<Answer>
  readonly jobKinds: readonly JobKind[]
  /** What a context does now and then besides; each call is short. */
  readonly maintenanceTasks: readonly ((engine: Engine) => Promise<void>)[]
  readonly listeners: readonly EventListener[]
  /** Real time, which never goes back while worlds go by it. */
  readonly realNow: () => number
  /** What the machine says of the time: for signatures, which are compared with clocks elsewhere. */
  readonly machineNow: () => number
  readonly log: Log
  /** Who reads along; mostly nobody, and then nothing is done for it. */
  readonly onCall: CallListener | undefined
  readonly outages: Outages
  /** Aborts when the simulator closes: waits end with it. */
  readonly closing: AbortSignal
}
