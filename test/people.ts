import type { ChatResponse } from '../src/phone/chat.ts'
import type { PhoneResponse } from '../src/phone/phone.ts'
import type { ScanResponse } from '../src/phone/scan.ts'
import type { TapResponse } from '../src/phone/tap.ts'
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

  /** `by`: how the person came upon it. */
  follows(account: Account, by?: string): Promise<unknown> {
    return this.#does('follow', account, by === undefined ? {} : { by })
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

  /** Taps a button of the account's menu, by name or position. */
  taps(account: Account, button: string, details: object = {}): Promise<TapResponse> {
    return this.#does('tap', account, { button, ...details }) as Promise<TapResponse>
  }

  /** Writes a text into the conversation. */
  writes(account: Account, content: string): Promise<unknown> {
    return this.#does('text', account, { content })
  }

  /** Lets the account see nickname and avatar, or no longer. */
  allows(account: Account): Promise<unknown> {
    return this.#does('allow', account)
  }

  denies(account: Account): Promise<unknown> {
    return this.#does('deny', account)
  }

  reads(account: Account): Promise<unknown> {
    return this.#does('read', account)
  }

  /** Opens a message's link, or any: answers where it leads. */
  async opens(what: { msgid: string } | { url: string }): Promise<string> {
    const { url } = (await this.#calls('phone.open', what)) as { url: string }
    return url
  }

  scans(content: string): Promise<ScanResponse> {
    return this.#calls('phone.scan', { content }) as Promise<ScanResponse>
  }

  snapshots(on: boolean): Promise<unknown> {
    return this.#calls('phone.snapshot', { on })
  }

  /** The phone itself: its conversations, and who owns it. */
  phone(): Promise<PhoneResponse> {
    return this.#calls('phone.get') as Promise<PhoneResponse>
  }

  /** A conversation as the phone draws it; `before`: what is older than that. */
  chat(account: Account, before?: string): Promise<ChatResponse> {
    const more = before === undefined ? {} : { before }
    return this.#does('chat', account, more) as Promise<ChatResponse>
  }

  /** What stands on this person's phone, oldest first. */
  async inbox(mobile = this.mobile): Promise<MessageInfo[]> {
    const messages = await this.#world.messages({ mobile })
    return messages.filter((message) => message.on_phone)
  }

  #does(verb: string, account: Account, more: object = {}): Promise<unknown> {
    return this.#calls(`phone.${verb}`, { account: account.key || account.appid, ...more })
  }

  #calls(id: string, input: object = {}): Promise<unknown> {
    return this.#world.call(id, { person: this.key, ...input })
  }
}
