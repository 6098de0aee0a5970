import type { AssociationInfo, MessageInfo, PersonInfo, WorldHandle } from '../src/world-handle.ts'
import type { Account } from './platform.ts'

/** A candidate with a phone, and what candidates do. */
export class Person {
  readonly key: string
  readonly #world: WorldHandle
  readonly #info: PersonInfo | undefined

  constructor(of: { key: string; world: WorldHandle; people: readonly PersonInfo[] }) {
    this.key = of.key
    this.#world = of.world
    this.#info = of.people.find((row) => row.key === of.key)
  }

  /** E.164, as the world knows it. */
  get mobile(): string {
    return this.#info?.mobile ?? ''
  }

  get id(): string {
    return this.#info?.person ?? ''
  }

  openidAt(account: Account): string {
    return this.#info?.openids[account.key] ?? ''
  }

  registers(
    account: Account,
    more: { mobile?: string } & Partial<AssociationInfo> = {},
  ): Promise<AssociationInfo> {
    const { mobile = this.mobile, ...rest } = more
    return this.#world.register(mobile, { account: account.key, ...rest })
  }

  follows(account: Account): Promise<unknown> {
    return this.#does('follow', account)
  }

  unfollows(account: Account): Promise<unknown> {
    return this.#does('unfollow', account)
  }

  blocks(account: Account): Promise<unknown> {
    return this.#does('block', account)
  }

  unblocks(account: Account): Promise<unknown> {
    return this.#does('unblock', account)
  }

  mutes(account: Account): Promise<unknown> {
    return this.#does('mute', account)
  }

  unmutes(account: Account): Promise<unknown> {
    return this.#does('unmute', account)
  }

  /** What stands on this person's phone, oldest first. */
  async inbox(mobile = this.mobile): Promise<MessageInfo[]> {
    const messages = await this.#world.messages({ mobile })
    return messages.filter((message) => message.on_phone)
  }

  #does(verb: string, account: Account): Promise<unknown> {
    return this.#world.call(`phone.${verb}`, { person: this.key, account: account.key })
  }
}
