import type { ConsoleWords } from '../../words/console/en.ts'
import type { CheckFacts, InboxMessage, SentFacts } from '../messages/props.ts'

export type FollowerState = keyof ConsoleWords['people']['states']

/** A person in the list of people. */
export interface ListedPerson {
  readonly person: string
  readonly key: string
  readonly name: string
  readonly mobile: string | null
  readonly accounts: readonly {
    readonly account: string
    readonly company: string
    readonly state: FollowerState
    readonly registered: boolean
  }[]
}

/** Part of a list that is searched: what for, and where it goes on. */
export interface Searched {
  readonly q: string
  /** The same as an address holds it. */
  readonly asked?: string
  /** It is not the first part. */
  readonly isLater: boolean
  /** Null: there is no more. */
  readonly next: string | null
}

export interface PeopleFacts extends Searched {
  readonly people: readonly ListedPerson[]
  /** Accounts that can be followed. */
  readonly accounts: readonly { readonly key: string; readonly company: string }[]
}

/** A registration of somebody at an account. */
export interface Registration {
  readonly account: string
  readonly openid: string
  /** Null: somebody of another WeChat. */
  readonly person: string | null
  readonly name: string
  readonly mobile: string
  readonly email: string
  readonly source: keyof ConsoleWords['person']['sources']
  readonly state: FollowerState | null
  readonly registered_at: string
}

export interface RegistrationsFacts extends Searched {
  readonly rows: readonly Registration[]
}

/** What has become of a registration. */
export interface RegistrationChange {
  readonly at: string
  readonly company: string
  readonly verb: keyof ConsoleWords['person']['verbs']
  readonly who: keyof ConsoleWords['person']['by']
}

/** How a person stands to one account. */
export interface PersonAtAccount {
  readonly account: string
  readonly company: string
  readonly openid: string | null
  readonly state: FollowerState
  readonly registration: Registration | null
}

export interface PersonFacts {
  readonly person: string
  readonly key: string
  readonly name: string
  readonly mobile: string | null
  readonly accounts: readonly PersonAtAccount[]
  /** What stands in the form for a send. */
  readonly draft: { readonly account: string | undefined; readonly message: string }
  readonly sent: SentFacts | undefined
  /** Of the message that stands in the form; null: there is no form. */
  readonly check: CheckFacts | null
  /** The latest to their mobile, the newest first. */
  readonly messages: { readonly rows: readonly InboxMessage[]; readonly isMore: boolean }
  /** The latest first. */
  readonly history: readonly RegistrationChange[]
}
