import type { CallAnswer, CallInput, CallingInWorld, ItemOf } from './call-types.ts'

/** What makes some calls of a world fail, slow down or break. */
export type FaultInput = Omit<CallInput<'fault.create'>, 'world'>

/** A fault as it stands: hits, fits, what is left of it. */
export type FaultInfo = CallAnswer<'fault.get'>

/** How a drill is begun: for which account, and how late slow answers come. */
export type DrillOptions = Omit<CallInput<'drill.start'>, 'world' | 'name'>

/** The name of a bad day. */
export type DrillName = DrillInfo['name']

/** A drill as it stands. */
export type DrillInfo = CallAnswer<'drill.start'>

/** What was tried to reach somebody: by WeChat, SMS or e-mail. */
export type Contact = ItemOf<'contact.list'>

/** What became of a send, in a sentence, with the rule that decided and the call that mends it. */
export type Explained = CallAnswer<'explain.get'>

/** A message as a platform would send it. */
export type CheckInput = Omit<CallInput<'message.check'>, 'world' | 'keywords'> & {
  readonly keywords?: Readonly<Record<string, string>>
}

/** What would be refused, cut or not shown of a message. */
export type Checked = CallAnswer<'message.check'>

/** Whether the platform has fallen back wherever it must, and nowhere else. */
export type Audit = CallAnswer<'audit.get'>

/** A state of a world that was kept. */
export type Snapshot = CallAnswer<'snapshot.create'>

/** A fault of a world, in the hands of whoever made it. */
export class Fault {
  /** Its id. */
  readonly fault: string
  readonly #call: CallingInWorld

  constructor(call: CallingInWorld, { fault }: Pick<FaultInfo, 'fault'>) {
    this.fault = fault
    this.#call = call
  }

  /** How it stands now. */
  info(): Promise<FaultInfo> {
    return this.#call('fault.get', { fault: this.fault })
  }

  /** How many calls it was applied to. */
  async hits(): Promise<number> {
    return (await this.info()).hits
  }

  /** Ends it; also when it is gone already. */
  async remove(): Promise<void> {
    await this.#call('fault.delete', { fault: this.fault })
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.remove()
  }
}

/** A bad day that has begun. */
export class Drill {
  /** As it began: what it does, when it ends, and what a good platform does meanwhile. */
  readonly info: DrillInfo
  readonly #call: CallingInWorld

  constructor(call: CallingInWorld, info: DrillInfo) {
    this.info = info
    this.#call = call
  }

  get name(): DrillName {
    return this.info.name
  }

  /** Ends it at once, and makes good again what it did; also when it is over already. */
  stop(): Promise<DrillInfo> {
    return this.#call('drill.stop', { name: this.name })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }
}

const lists = ['lost', 'double', 'late'] as const
type Audited = Audit[(typeof lists)[number]][number]

/** Of each list the text names so many, the latest. */
const told_max = 10

/** A platform that has not fallen back as it must: who was lost, told twice, or told too late. */
export class AuditError extends Error {
  readonly audit: Audit

  constructor(world: string, audit: Audit) {
    const found = lists.filter((list) => audit.totals[list] > 0)
    const totals = found.map((list) => `${audit.totals[list]} ${list}`).join(', ')
    const lines = found.flatMap((list) => linesOf(list, audit[list], audit.totals[list]))
    super([`audit of the world ${world}: ${totals}`, ...lines].join('\n'))
    this.name = 'AuditError'
    this.audit = audit
  }
}

function linesOf(list: (typeof lists)[number], items: readonly Audited[], total: number): string[] {
  const told = items.slice(-told_max)
  const lines = told.map((item) => `  ${list}: ${lineOf(item)}`)
  const left = total - told.length
  return left > 0 ? [...lines, `  ${list}: and ${left} more before`] : lines
}

function lineOf({ mobile, errcode, state, client_msg_id, trace, at, contacts }: Audited): string {
  const id = client_msg_id === null ? '' : `, client_msg_id ${client_msg_id}`
  const came = contacts.map((one) => `${one.channel} at ${one.at}`).join(', ')
  const sent = `${mobile} at ${at}: errcode ${errcode}, ${state}${id}, trace ${trace}`
  return `${sent}; ${came === '' ? 'nothing came' : `came: ${came}`}`
}
