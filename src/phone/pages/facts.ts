import type { ShownChat } from '../chat.ts'
import type { DrawnButton, Need } from '../menu.ts'
import type { PhoneMessage } from '../message.ts'
import type { PhoneChat } from '../phone.ts'
import type { Moment } from './moment.ts'
import type { RefusedCode } from './refused.ts'

/** What every page of phones needs to make its links and forms. */
export interface Visit {
  /** What links begin with, so that they stay in the world: `/w/ci-7`, or nothing. */
  readonly way: string
  /** `lang=en`, where the address asks for it; else nothing. */
  readonly wish: string
  /** This page again. */
  readonly here: string
  /** The proof of forms that this browser was given them. */
  readonly token: string
  readonly notice: Notice | undefined
  /** What was typed into a form that was refused. */
  readonly typed: Readonly<Record<string, string>>
}

/** What a page has to say of what was done last. */
export type Notice =
  | { readonly kind: 'refused'; readonly code: RefusedCode; readonly reason: string }
  | { readonly kind: 'followed' | 'scanned' }
  | {
      readonly kind: 'tapped'
      readonly button: string
      readonly event: string
      readonly event_key: string
      readonly needs: Need | null
    }

/** One person's phone, whatever it shows. */
export interface Phone {
  readonly person: string
  readonly key: string
  readonly name: string
  /** Of all conversations together. */
  readonly unread: number
  /** The world's present instant. */
  readonly now: Moment
  /** Changes with anything that the phone shows. */
  readonly digest: string
}

export interface PersonLine {
  readonly person: string
  readonly key: string
  readonly name: string
  readonly mobile: string | null
  readonly unread: number
  /** Names of the official accounts that the person follows. */
  readonly follows: readonly string[]
}

export interface PeopleFacts {
  readonly screen: 'people'
  readonly world: string
  readonly people: readonly PersonLine[]
  /** There are more than are listed. */
  readonly hasMore: boolean
  readonly q: string
  readonly accounts: readonly { readonly key: string; readonly company: string }[]
}

/** Several phones at once. */
export interface SideFacts {
  readonly screen: 'side'
  readonly phones: readonly Pick<PersonLine, 'person' | 'key' | 'name'>[]
}

export type ChatLine = PhoneChat & { readonly when: Moment | null }

export interface ChatsFacts {
  readonly screen: 'chats'
  readonly chats: readonly ChatLine[]
}

export interface FindFacts {
  readonly screen: 'find'
  readonly q: string
  readonly found: readonly PhoneChat[]
}

export interface ScanFacts {
  readonly screen: 'scan'
}

export interface MeFacts {
  readonly screen: 'me'
  readonly mobile: string | null
  readonly unionid: string
  readonly snapshot: boolean
}

export type ShownMessage = PhoneMessage & {
  /** Null: shortly after the one before. */
  readonly when: Moment | null
}

export interface ChatFacts {
  readonly screen: 'chat'
  readonly chat: Omit<ShownChat, 'messages'>
  readonly messages: readonly ShownMessage[]
  /** Older messages are shown, not the newest. */
  readonly isOlder: boolean
}

export interface AccountFacts {
  readonly screen: 'account'
  readonly chat: Omit<ShownChat, 'messages'>
  readonly kind: 'service' | 'subscription' | 'sandbox'
  readonly original_id: string
}

export interface WebFacts {
  readonly screen: 'web'
  /** Null: it is no link that WeChat opens. */
  readonly url: string | null
  readonly isOurs: boolean
  readonly back: string
}

export type ScreenFacts =
  | ChatsFacts
  | FindFacts
  | ScanFacts
  | MeFacts
  | ChatFacts
  | AccountFacts
  | WebFacts

export type { DrawnButton }
