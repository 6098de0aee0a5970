import type { CallAnswer, CallInput, Calling, CallingInWorld, ItemOf } from './call-types.ts'
import type { WorldBody } from './control/world/body.ts'
import {
  type Audit,
  AuditError,
  type Checked,
  type CheckInput,
  type Contact,
  Drill,
  type DrillName,
  type DrillOptions,
  type Explained,
  Fault,
  type FaultInput,
  type Snapshot,
} from './handles.ts'
import { CallError, inner_origin } from './in-process.ts'

/** What world.create takes. */
export type WorldInput = WorldBody & {
  readonly name?: string
  readonly if_exists?: 'fail' | 'reuse' | 'replace'
}

/** A world as it was made, or stands now. */
type WorldInfo = CallAnswer<'world.get'>

/** An account of a world. */
export type AccountInfo = WorldInfo['accounts'][number]

/** A person of a world. */
export type PersonInfo = WorldInfo['people'][number]

/** What TUPU got, and what stands on the phone. */
export type MessageInfo = ItemOf<'message.list'>

/** Whose mobile is registered at which account. */
export type AssociationInfo = CallAnswer<'association.create'>

/** What a platform is told of a message. */
export type CallbackInfo = ItemOf<'callback.list'>

/** What WeChat pushes to an account's server. */
export type PushInfo = ItemOf<'push.list'>

/** A call with its answer, as the journal keeps it. */
export type ExchangeInfo = ItemOf<'exchange.list'>

/** A step of an account's checklist. */
export type StepInfo = CallAnswer<'account.get'>['checklist'][number]

/** What happened while a clock was advanced. */
export type Advanced = CallAnswer<'clock.advance'>

/** Which messages are wanted. */
export type MessageFilter = Omit<CallInput<'message.list'>, 'world' | 'wait' | 'after'>

/** What can be waited for, each with the filters of its list. */
type Conditions = Required<CallInput<'wait.run'>['for']>

/** What is found of each. */
interface Found {
  readonly message: MessageInfo
  readonly exchange: ExchangeInfo
  readonly registration: AssociationInfo
  readonly step: StepInfo
  readonly callback: CallbackInfo
  readonly push: PushInfo
  readonly contact: Contact
}

/** How a wait has ended: what was found, and how far the clock went for it. */
export type Waited<K extends keyof Conditions = keyof Conditions> = Omit<
  CallAnswer<'wait.run'>,
  'found'
> & { readonly found: Found[K] }

export interface WaitOptions {
  /** Of real time; PT5S unless told, at most PT60S. */
  readonly timeout?: string
  /** The clock jumps from one due thing to the next, at most so far. */
  readonly autoAdvance?: string
}

/** What is expected of the journal. */
export type Expectation = Omit<CallInput<'verify.run'>, 'world'>

const message_wait_default = 'PT3S'

/** Which contacts are wanted, besides whose. */
export type ContactFilter = Omit<CallInput<'contact.list'>, 'world' | 'mobile' | 'after'>

/** Calls that change what a handle shows of its world. */
const showing =
  /^(account|official_account|eid|person|template|drill)\.(?!list$|get$)|^(snapshot\.restore|world\.reset)$/

/** What makes control calls by their ids: a simulator. */
interface Caller {
  readonly call: Calling
}

/** One world in the hands of a test. Every verb is a control call. */
export class WorldHandle {
  readonly name: string
  readonly seed: string
  readonly #simulator: Caller
  #info: WorldInfo

  constructor(simulator: Caller, info: WorldInfo) {
    this.#simulator = simulator
    this.#info = info
    this.name = info.world
    this.seed = info.seed
  }

  /** Where the world's surfaces are: every path of the documents below it. */
  get baseUrl(): string {
    return this.#info.base_url
  }

  get accounts(): readonly AccountInfo[] {
    return this.#info.accounts
  }

  get people(): readonly PersonInfo[] {
    return this.#info.people
  }

  /** What a platform under test is started with: addresses, so that there is none before the simulator listens. */
  get env(): Readonly<Record<string, string>> {
    return reachableEnv(this.#info.env)
  }

  /** Reads anew what may have changed behind the handle's back: addresses, accounts, people. */
  async refresh(): Promise<this> {
    this.#info = await this.call('world.get')
    return this
  }

  /** Any control call, in this world. */
  readonly call = (async (id: string, input: object = {}): Promise<unknown> => {
    const answer = await this.#simulator.call(id, { world: this.name, ...input })
    if (showing.test(id)) await this.refresh()
    return answer
  }) as unknown as CallingInWorld

  /** Somebody follows the account and has registered this mobile. */
  register(
    mobile: string,
    more: Omit<CallInput<'association.create'>, 'world' | 'mobile'> = {},
  ): Promise<AssociationInfo> {
    return this.call('association.create', { mobile, ...more })
  }

  /** The newest message that fits; waits for one, three seconds unless told. Throws when none comes, and says why. */
  async message(filter: MessageFilter & { readonly wait?: string } = {}): Promise<MessageInfo> {
    const { wait = message_wait_default, ...wanted } = filter
    try {
      return (await this.waitFor({ message: wanted }, { timeout: wait })).found
    } catch (error) {
      if (!(error instanceof CallError) || error.problem['type'] !== 'not_met') throw error
      const why = (await this.#explain(wanted)) ?? 'exchange.list shows what came'
      const what = JSON.stringify(filter)
      const text = `no message ${what} in the world ${this.name} within ${wait}; ${why}`
      throw new Error(text, { cause: error })
    }
  }

  /** The sentence that says what became of the latest send to a mobile; undefined where none can be told. */
  async #explain({ mobile }: MessageFilter): Promise<string | undefined> {
    if (mobile === undefined) return undefined
    const told = await this.call('explain.get', { mobile }).catch(() => undefined)
    return told?.sentence
  }

  /** All messages that fit, oldest first. */
  async messages(filter: MessageFilter & { readonly wait?: string } = {}): Promise<MessageInfo[]> {
    const all: MessageInfo[] = []
    let page = await this.call('message.list', filter)
    while (page.items.length > 0) {
      all.push(...page.items)
      const { wait: _, ...rest } = filter
      page = await this.call('message.list', { ...rest, after: page.next_cursor })
    }
    return all
  }

  /** Waits until there is one: `w.waitFor({ message: { state: 'failed' } }, { autoAdvance: 'P30D' })`. Throws when there is none in time. */
  async waitFor<K extends keyof Conditions>(
    what: Pick<Conditions, K>,
    { timeout, autoAdvance }: WaitOptions = {},
  ): Promise<Waited<K>> {
    const how = { timeout, auto_advance: autoAdvance }
    return (await this.call('wait.run', { for: what, ...how })) as Waited<K>
  }

  /** Throws, and says why, unless the journal has the calls that are expected: so many, or in this order. */
  async verify(expected: Expectation): Promise<void> {
    await this.call('verify.run', expected)
  }

  /** Makes matching calls fail, slow down or break, until it is removed or spent. */
  async fault(what: FaultInput): Promise<Fault> {
    return new Fault(this.call, await this.call('fault.create', what))
  }

  /** What became of the latest send to a mobile, or of one send, and what mends it. */
  explain(what: Omit<CallInput<'explain.get'>, 'world'>): Promise<Explained> {
    return this.call('explain.get', what)
  }

  /** What the real services would make of a message, which is not sent. */
  check({ keywords, ...what }: CheckInput): Promise<Checked> {
    const values = keywords && { keywords: JSON.stringify(keywords) }
    return this.call('message.check', { ...what, ...values })
  }

  /** What was tried to reach a mobile, by WeChat, SMS and e-mail, oldest first. */
  async contacts(mobile: string, filter: ContactFilter = {}): Promise<Contact[]> {
    const all: Contact[] = []
    let page = await this.call('contact.list', { mobile, ...filter })
    while (page.items.length > 0) {
      all.push(...page.items)
      const { wait: _, ...rest } = filter
      page = await this.call('contact.list', { mobile, ...rest, after: page.next_cursor })
    }
    return all
  }

  /** Throws, and says who was lost, told twice or told too late, unless the platform has fallen back as it must. */
  async audit(how: Omit<CallInput<'audit.get'>, 'world'> = {}): Promise<Audit> {
    const audit = await this.call('audit.get', how)
    if (!audit.ok) throw new AuditError(this.name, audit)
    return audit
  }

  /** Begins a bad day; `audit` judges how the platform did. */
  async drill(name: DrillName, how: DrillOptions = {}): Promise<Drill> {
    return new Drill(this.call, await this.call('drill.start', { name, ...how }))
  }

  /** Keeps the world's present state under a name. */
  snapshot(name: string): Promise<Snapshot> {
    return this.call('snapshot.create', { name })
  }

  /** Leads the world back to a snapshot, its clock too. */
  async restore(name: string): Promise<void> {
    await this.call('snapshot.restore', { name })
  }

  /** Moves the world's clock by a duration; answers when everything that fell due has happened. */
  advance(by: string): Promise<Advanced> {
    return this.call('clock.advance', { by })
  }

  /** Makes the world anew: same ids and secrets, no messages, new tokens. */
  async reset(): Promise<void> {
    await this.call('world.reset')
  }

  /** Ends the world. */
  async close(): Promise<void> {
    await this.call('world.delete')
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

/** An environment block that leads somewhere. Throws where nobody listens: whoever is started with it would reach nothing. */
export function reachableEnv<E extends Readonly<Record<string, string>>>(env: E): E {
  if (env['TUPU_SIM_URL'] !== inner_origin) return env
  throw new Error(
    'The simulator does not listen, and env would lead nowhere: call await sim.listen({ port: 0 }) first, or stay in process with sim.fetch.',
  )
}
