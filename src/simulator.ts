import { BadDatabaseError } from '../db/bad-database.ts'
import { openStore } from '../db/open.ts'
import { OutageError } from '../db/outage.ts'
import { type Announcement, topics } from '../db/topic.ts'
import type { Store } from '../db/unit.ts'
import { endAdvances } from '../db/world.ts'
import { buildApp } from './app.ts'
import { token_length_min } from './auth/control-token.ts'
import { isLoopbackHost } from './auth/guard.ts'
import type { Calling } from './call-types.ts'
import type { Engine } from './core/engine.ts'
import { Maintenance } from './core/maintenance.ts'
import { Scheduler } from './core/scheduler.ts'
import { exactAnswer } from './http/exact.ts'
import type { Answers, Listening } from './http/listen.ts'
import type { App } from './http/wire.ts'
import { CallError, callEndpoint, inner_origin } from './in-process.ts'
import { expose, makeEngine } from './make-engine.ts'
import {
  type ListenInput,
  refuseUnknownListening,
  refuseUnknownOptions,
  type SimulatorOptions,
} from './options.ts'
import type { OpenWays } from './secure-ways.ts'
import type { Mailbox } from './sink/smtp.ts'
import { StartError } from './start-error.ts'
import { ensureWorlds } from './start-worlds.ts'
import { giveUpStranded } from './tupu/message/remote.ts'
import type { ProfileData } from './tupu/profile/data.ts'
import { readProfiles } from './tupu/profile/list.ts'
import { clockAfter, default_world } from './world/world.ts'
import { reachableEnv, WorldHandle, type WorldInput } from './world-handle.ts'
import { readWorlds } from './world-list.ts'

export type { ListenInput, ProfileData, SimulatorOptions, WorldInput }
export { CallError, WorldHandle }

export interface Simulator {
  /** Where it listens; undefined before `listen`. */
  readonly url: string | undefined
  /** The token of control calls, when there is one. */
  readonly controlToken: string | undefined
  fetch(request: Request): Promise<Response>
  listen(options?: ListenInput): Promise<ListenOutput>
  /** The environment block of the world `default`. Throws where nobody listens. */
  env(): Promise<Record<string, string>>
  /** Makes a world and hands it to you. */
  world(input?: WorldInput): Promise<WorldHandle>
  /** Calls a control endpoint by its id. Path, query and body fields in one object. Throws `CallError`. */
  readonly call: Calling
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Where it listens. */
export interface ListenOutput {
  readonly url: string
  readonly port: number
  readonly host: string
  readonly httpsUrl?: string
  readonly proxyUrl?: string
  /** PEM of the authority by which HTTPS is spoken: what clients are to trust. */
  readonly ca?: string
}

/** Starts a simulator. Two in one process do not see each other. */
export async function createSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  refuseUnknownOptions(options)
  const profiles = readProfiles(options.profiles ?? [])
  const worlds = readWorlds(options.worlds ?? [])
  refuseShortToken(options.controlToken)
  const { app, ...built } = buildApp(profiles)
  const store = await open(options.data ?? ':memory:')
  const closing = new AbortController()
  try {
    const clock = await store.unit('start', ({ db }) => clockAfter(db))
    const signal = closing.signal
    const engine = makeEngine(options, { store, ...built, profiles, closing: signal, clock })
    const scheduler = new Scheduler(engine)
    store.listen((announced) => {
      engine.signal.tell(announced)
      scheduler.hear(announced)
      forgetEnded(engine, announced)
    })
    await ensureWorlds(engine, { demo: options.demo ?? false, worlds, origin: inner_origin })
    await endUnfinished(engine)
    return new Running({ app, engine, scheduler, closing, options })
  } catch (error) {
    await store.close()
    if (!(error instanceof OutageError)) throw error
    const { reason, fix } = error.outage
    throw new StartError(`${store.address}: ${reason}.`, { field: 'data', fix, cause: error })
  }
}

/** Whichever replica ended an epoch and will sweep it. */
function forgetEnded({ journal }: Engine, announced: readonly Announcement[] | undefined): void {
  for (const { epoch, topic } of announced ?? []) {
    if (topic === topics.ended.topic) journal.forget(epoch)
  }
}

/** Ends what a process left undone. One process owns a file: whoever began anything there is dead. Replicas may be at it. */
async function endUnfinished(engine: Engine): Promise<void> {
  const isOurs = engine.store.dialect === 'sqlite'
  if (isOurs) await engine.store.unit('start', ({ db }) => endAdvances(db))
  await giveUpStranded(engine, isOurs ? Number.MAX_SAFE_INTEGER : engine.realNow())
}

interface RunningParts {
  readonly app: App
  readonly engine: Engine
  readonly scheduler: Scheduler
  readonly closing: AbortController
  readonly options: SimulatorOptions
}

/** A simulator at work, until it is closed. */
class Running implements Simulator {
  readonly #parts: RunningParts
  readonly #maintenance: Maintenance
  #listening: Listening | undefined
  #mailbox: Mailbox | undefined
  #secure: OpenWays | undefined
  #closed: Promise<void> | undefined
  #isOver = false
  /** Worlds that were handed out before there was a port. */
  readonly #early = new Set<WorldHandle>()
  /** Calls in process that have no answer yet. */
  readonly #answering = new Set<Promise<Response>>()

  constructor(parts: RunningParts) {
    this.#parts = parts
    this.#maintenance = new Maintenance(parts.engine)
    parts.scheduler.start()
    this.#maintenance.start()
  }

  get url() {
    return this.#listening?.url
  }

  get controlToken() {
    return this.#parts.engine.settings.controlToken
  }

  // Values and not methods: both are handed on without their simulator.
  readonly fetch = async (request: Request) => {
    if (this.#isOver) throw new Error('This simulator is closed.')
    const answer = Promise.resolve(this.#pass(request))
    this.#answering.add(answer)
    return answer.finally(() => this.#answering.delete(answer))
  }
  readonly call = ((id: string, input: object = {}) =>
    callEndpoint(id, input, {
      endpoints: this.#parts.engine.endpoints,
      origin: this.url ?? inner_origin,
      token: this.controlToken,
      fetch: this.fetch,
    })) as unknown as Calling

  async listen(options: ListenInput = {}): Promise<ListenOutput> {
    const { port = 0, host = 'localhost', smtpPort } = options
    refuseUnknownListening(options)
    if (this.url) throw new StartError(`This simulator listens already, at ${this.url}.`)
    const { app, engine } = this.#parts
    if (!isLoopbackHost(host)) expose(engine, this.#parts.options)
    const { listenBoth } = await import('./http/listen.ts')
    const pass = (request: Request, bindings: object) => this.#pass(request, bindings)
    const answer = exactAnswer(engine, app)
    this.#listening = await listenBoth({ answer, fetch: pass, port, host })
    const { url, port: taken, host: bound } = this.#listening
    if (smtpPort !== undefined) await this.#takeMails({ port: smtpPort, host })
    const secure = await this.#openSecureWays({ ...options, host, url, answer, fetch: pass })
    // What these showed of addresses led nowhere; a world that is gone needs none.
    const refreshed = [...this.#early].map((world) => world.refresh().catch(() => undefined))
    this.#early.clear()
    await Promise.all(refreshed)
    return { url, port: taken, host: bound, ...secure }
  }

  async #openSecureWays({ httpsPort, proxyPort, ...of }: ListenInput & { url: string } & Answers) {
    if (httpsPort === undefined && proxyPort === undefined) return {}
    const { engine, options } = this.#parts
    const { openSecureWays } = await import('./secure-ways.ts')
    const data = options.data ?? ':memory:'
    const { host = 'localhost', url, ...answers } = of
    const open = await openSecureWays(engine, { ...answers, host, url, httpsPort, proxyPort, data })
    this.#secure = open
    engine.settings = { ...engine.settings, secure: open.ways }
    const { httpsUrl, proxyUrl, ways } = open
    return { ...(httpsUrl && { httpsUrl }), ...(proxyUrl && { proxyUrl }), ca: ways.ca }
  }

  async #takeMails(where: { port: number; host: string }) {
    const { engine } = this.#parts
    const { listenSmtp } = await import('./sink/smtp.ts')
    this.#mailbox = await listenSmtp(engine, where)
    engine.settings = { ...engine.settings, smtpPort: this.#mailbox.port }
  }

  async env() {
    const { env } = await this.call('world.get', { world: default_world })
    return reachableEnv(env)
  }

  async world(input: WorldInput = {}) {
    const world = new WorldHandle(this, await this.call('world.create', input))
    if (!this.url) this.#early.add(world)
    return world
  }

  close() {
    this.#closed ??= this.#end()
    return this.#closed
  }

  [Symbol.asyncDispose]() {
    return this.close()
  }

  #pass(request: Request, bindings: object = {}) {
    const { app, engine } = this.#parts
    return app.fetch(request, { engine, ...bindings })
  }

  async #end() {
    const { engine, scheduler, closing } = this.#parts
    closing.abort()
    await Promise.all([this.#listening, this.#mailbox, this.#secure].map((one) => one?.close()))
    this.#isOver = true
    await Promise.allSettled(this.#answering)
    await scheduler.close()
    await this.#maintenance.close()
    await engine.outcomes.close()
    await engine.store.close()
  }
}

function refuseShortToken(token: string | undefined): void {
  if (token === undefined || token.length >= token_length_min) return
  throw new StartError(`The control token has ${token.length} characters and can be guessed.`, {
    field: 'control_token',
    fix: `Give one of at least ${token_length_min} characters, or none: one is then generated where it is needed.`,
  })
}

async function open(data: string): Promise<Store> {
  try {
    return await openStore(data)
  } catch (error) {
    if (!(error instanceof BadDatabaseError)) throw error
    throw new StartError(`${error.reason}.`, { field: 'data', fix: error.fix, cause: error })
  }
}
