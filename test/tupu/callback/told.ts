import { type CallbackReceiver, type Manner, startReceiver } from '../../callback-receiver.ts'
import { type Sim, type StartOptions, startSim } from '../../sim.ts'

/** A callback as callback.list shows it. */
export interface CallbackInfo {
  readonly callback: string
  readonly account: string
  readonly message: string
  readonly state: 'pending' | 'delivered' | 'failed'
  readonly body: Readonly<Record<string, unknown>>
  readonly tries: number
  readonly tries_left: number
  readonly due_at: string | null
  readonly last_at: string | null
  readonly last_status: number | null
  readonly last_error: string | null
  readonly trace: string
}

/** A world whose account Acme tells a platform what became of messages. */
export interface Told extends Sim {
  readonly receiver: CallbackReceiver
  /** Wang gets a message. */
  send(body?: Record<string, unknown>): Promise<unknown>
  callbacks(filter?: object): Promise<readonly CallbackInfo[]>
  /** The only one there is. */
  callback(): Promise<CallbackInfo>
}

export const secret = 'whisper-of-acme'

/** Starts one, and its platform. `manner`: what that does with a callback. */
export async function startTold({
  manner = 204,
  ...options
}: StartOptions & { readonly manner?: Manner } = {}): Promise<Told> {
  const receiver = await startReceiver(manner)
  const callback = { url: receiver.url, secret }
  const accounts = [{ key: 'acme', company: '晨光科技', callback }]
  const sim = await startSim({ ...options, world: { accounts, ...options.world } })
  return { ...sim, ...hands(sim), receiver }
}

/** What a test does with such a world. */
export function hands({ acme, wang, platform, world }: Sim) {
  const callbacks = async (filter: object = {}) =>
    ((await world.call('callback.list', filter)) as { items: CallbackInfo[] }).items
  return {
    callbacks,
    send: (body: Record<string, unknown> = {}) =>
      platform.sends(acme, { mobile: wang.mobile, ...body }),
    async callback() {
      const [first, ...more] = await callbacks()
      if (!first || more.length > 0) throw new Error(`${more.length + (first ? 1 : 0)} callbacks`)
      return first
    },
  }
}
