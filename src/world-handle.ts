import type { WorldBody } from './control/world/body.ts'

/** What world.create takes. */
export type WorldInput = WorldBody & {
  readonly name?: string
  readonly if_exists?: 'fail' | 'reuse' | 'replace'
}

/** An account of a world. */
export interface AccountInfo {
  readonly key: string
  readonly company: string
  readonly eid: string
  readonly appid: string | null
  readonly app_secret: string | null
  readonly token: string | null
  readonly aes_key: string | null
  readonly partner_secret: string | null
  readonly template_id: string | null
  readonly register_url: string | null
  readonly rebind: 'reject' | 'replace'
  readonly oauth_scope: 'snsapi_base' | 'snsapi_userinfo'
  readonly callback: { readonly url: string; readonly secret: string | null } | null
  readonly retention_days: number | null
  readonly minute_limit: number | null
  readonly gateway_timeout: string
}

/** A person of a world. */
export interface PersonInfo {
  readonly key: string
  readonly person: string
  readonly name: string
  readonly mobile: string | null
  readonly unionid: string
  readonly openids: Readonly<Record<string, string>>
  readonly phone_url: string
}

/** What TUPU got, and what stands on the phone. */
export interface MessageInfo {
  readonly message: string
  readonly msgid_str: string | null
  readonly eid: string
  readonly state: 'sending' | 'refused' | 'accepted' | 'delivered' | 'failed' | 'unknown'
  readonly reason: string | null
  readonly answer: { readonly errcode: number | null; readonly errmsg: string | null }
  readonly mobile: string
  readonly text: string
  readonly title: string | null
  readonly line: string | null
  readonly keywords: Readonly<Record<string, string>>
  readonly url: string
  readonly on_phone: boolean
  readonly client_msg_id: string | null
  readonly trace: string
  readonly at: string
}

export interface AssociationInfo {
  readonly mobile: string
  readonly account: string
  readonly eid: string
  readonly appid: string
  readonly openid: string
  readonly person: string
  readonly phone_url: string
  readonly source: 'form' | 'direct_application'
  readonly state: 'following' | 'unfollowed' | 'blocking' | 'muted' | 'never'
  readonly name: string
  readonly email: string
}

/** What happened while a clock was advanced. */
export interface Advanced {
  readonly from: string
  readonly now: string
  readonly settled: boolean
  readonly ran: readonly {
    readonly kind: string
    readonly subject: string
    readonly due_at: string
    readonly outcome: string
  }[]
  readonly due_next: string | null
}

export interface MessageFilter {
  readonly mobile?: string
  readonly account?: string
  readonly state?: MessageInfo['state']
}

interface Made {
  readonly world: string
  readonly seed: string
  readonly base_url: string
  readonly env: Readonly<Record<string, string>>
  readonly accounts: readonly AccountInfo[]
  readonly people: readonly PersonInfo[]
}

const wait_default = 'PT5S'

/** What makes control calls by their ids: a simulator. */
interface Caller {
  call(id: string, input?: object): Promise<unknown>
}

/** One world in the hands of a test. Every verb is a control call. */
export class WorldHandle {
  readonly name: string
  readonly seed: string
  readonly baseUrl: string
  readonly env: Readonly<Record<string, string>>
  readonly accounts: readonly AccountInfo[]
  readonly people: readonly PersonInfo[]
  readonly #simulator: Caller

  constructor(simulator: Caller, made: unknown) {
    const { world, seed, base_url, env, accounts, people } = made as Made
    this.#simulator = simulator
    this.name = world
    this.seed = seed
    this.baseUrl = base_url
    this.env = env
    this.accounts = accounts
    this.people = people
  }

  /** Any control call, in this world. */
  call(id: string, input: object = {}): Promise<unknown> {
    return this.#simulator.call(id, { world: this.name, ...input })
  }

  /** Somebody follows the account and has registered this mobile. */
  async register(
    mobile: string,
    more: Partial<Omit<AssociationInfo, 'mobile'>> = {},
  ): Promise<AssociationInfo> {
    return (await this.call('association.create', { mobile, ...more })) as AssociationInfo
  }

  /** The newest message that fits; waits for one, five seconds unless told. Throws when none comes. */
  async message(filter: MessageFilter & { readonly wait?: string } = {}): Promise<MessageInfo> {
    const messages = await this.messages({ wait: wait_default, ...filter })
    const newest = messages.at(-1)
    if (newest) return newest
    const said = JSON.stringify(filter)
    throw new Error(
      `no message ${said} in the world ${this.name} within ${filter.wait ?? wait_default}; exchange.list shows what came`,
    )
  }

  /** All messages that fit, oldest first. */
  async messages(filter: MessageFilter & { readonly wait?: string } = {}): Promise<MessageInfo[]> {
    const all: MessageInfo[] = []
    let page = await this.#page(filter)
    while (page.items.length > 0) {
      all.push(...page.items)
      const { wait: _, ...rest } = filter
      page = await this.#page({ ...rest, after: page.next_cursor })
    }
    return all
  }

  async #page(query: object): Promise<{ items: MessageInfo[]; next_cursor: string }> {
    return (await this.call('message.list', query)) as { items: MessageInfo[]; next_cursor: string }
  }

  /** Moves the world's clock by a duration; answers when everything that fell due has happened. */
  async advance(by: string): Promise<Advanced> {
    return (await this.call('clock.advance', { by })) as Advanced
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
