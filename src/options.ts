import type { Log } from './core/engine.ts'
import { type Limits, limits } from './core/limits.ts'
import { useOneOf } from './core/nearest.ts'
import type { Outgoing } from './core/outgoing.ts'
import type { CallListener } from './core/seen-call.ts'
import { type JournalBounds, journal_bounds } from './journal/journal.ts'
import { StartError } from './start-error.ts'

/** How a simulator is made. In process it is silent, in memory, and without the demo, unless told. */
export interface SimulatorOptions {
  /** `:memory:` (default), the path of a SQLite file, or a `postgres://` URL. */
  readonly data?: string
  /** Fill the world `default` with the demo when it is new. */
  readonly demo?: boolean
  readonly publicUrl?: string
  readonly trustProxy?: boolean
  readonly allowedHosts?: readonly string[]
  /** At least 16 characters. */
  readonly controlToken?: string
  /** It will be reachable from other machines: pages and the control API need the token. `listen` notices by itself. */
  readonly exposed?: boolean
  /** Exposed, but new accounts get no partner secret. */
  readonly partnerOpen?: boolean
  /** Seed of worlds that name none. */
  readonly seed?: string
  /** Partner profiles besides the default one. */
  readonly profiles?: readonly unknown[]
  /** Worlds to make when they are not there yet, each as `world.create` takes it, with a name. One called `default` stands instead of the demo. */
  readonly worlds?: readonly unknown[]
  readonly log?: Log
  /** Makes the calls that leave the simulator, in place of the network: callbacks, pushes, a remote WeChat. */
  readonly outgoing?: Outgoing
  /** Hears of every call that was answered, and of every callback that went out. */
  readonly onCall?: CallListener | undefined
  readonly journal?: Partial<JournalBounds>
  /** Those that are not given stay as they are documented. */
  readonly limits?: Partial<Limits>
}

/** Where to listen. Of ports 0 is a free one; those that are left out, but for `port`, are not opened. */
export interface ListenInput {
  readonly port?: number
  readonly host?: string
  /** Takes mails there. */
  readonly smtpPort?: number | undefined
  /** HTTPS, by a certificate of an authority of our own. */
  readonly httpsPort?: number | undefined
  /** A proxy for clients that have WeChat's hosts in their code: it answers for these, and for no others. */
  readonly proxyPort?: number | undefined
}

const listen_names: Readonly<Record<keyof ListenInput, true>> = {
  port: true,
  host: true,
  smtpPort: true,
  httpsPort: true,
  proxyPort: true,
}

const option_names: Readonly<Record<keyof SimulatorOptions, true>> = {
  data: true,
  demo: true,
  publicUrl: true,
  trustProxy: true,
  allowedHosts: true,
  controlToken: true,
  exposed: true,
  partnerOpen: true,
  seed: true,
  profiles: true,
  worlds: true,
  log: true,
  outgoing: true,
  journal: true,
  limits: true,
  onCall: true,
}

/** Throws for the first option that there is not: a misspelt one would be as if it had not been given. */
export function refuseUnknownOptions(options: SimulatorOptions): void {
  refuseOthers('createSimulator', options, option_names)
  refuseOthers('createSimulator', options.journal, journal_bounds, 'journal.')
  refuseOthers('createSimulator', options.limits, limits, 'limits.')
}

/** The same for `listen`. */
export function refuseUnknownListening(options: ListenInput): void {
  refuseOthers('listen', options, listen_names)
}

function refuseOthers(by: string, given: object | undefined, known: object, prefix = ''): void {
  const names = Object.keys(known)
  const other = Object.keys(given ?? {}).find((name) => !names.includes(name))
  if (other === undefined) return
  throw new StartError(`${by} has no option ${prefix}${other}; ${useOneOf(other, names)}.`, {
    field: prefix + other,
    fix: `Leave it out, or ${useOneOf(other, names)}.`,
  })
}
