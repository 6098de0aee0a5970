import type { ConsoleWords } from '../../words/console/en.ts'
import type { Words } from '../../words/en.ts'

export type MessageState = keyof ConsoleWords['messages']['states']

/** A message as the inbox shows it. */
export interface InboxMessage {
  readonly message: string
  readonly state: MessageState
  readonly answer: { readonly errcode: number | null; readonly errmsg: string | null }
  /** What became of it later: user_block and such. */
  readonly reason: keyof ConsoleWords['messages']['reasons'] | null
  readonly mobile: string
  readonly name: string
  readonly company: string | null
  readonly title: string | null
  readonly text: string
  readonly at: string
  /** What its errcode means. */
  readonly meaning: string | undefined
  readonly fall_backs: readonly {
    readonly channel: 'wechat' | 'sms' | 'email'
    readonly at: string
  }[]
  /** Whether the platform did right by it; null: there is nothing to judge. */
  readonly judged: keyof ConsoleWords['message']['judged'] | null
  /** A fault has decided what it was answered. */
  readonly isFault: boolean
}

/** What a list of messages is narrowed to. */
export interface InboxQuery {
  readonly q: string
  /** The same as an address holds it. */
  readonly asked?: string
  readonly state: MessageState | undefined
  /** Key of an account. */
  readonly account: string | undefined
  /** The span of time in which they were sent. */
  readonly since: string | undefined
  readonly until: string | undefined
  /** It is not the newest part. */
  readonly isOlder: boolean
}

/** How the sends of a span of time have ended. */
export interface OutcomeSpan {
  readonly at: string
  readonly until: string
  readonly reached: number
  readonly refused: number
  readonly failed: number
  readonly pending: number
}

/** How the latest sends have ended. */
export interface Outcomes {
  /** How long each span is, as a duration. */
  readonly step: string
  readonly counted: number
  /** Older ones are not counted. */
  readonly more: boolean
  /** Those with sends, oldest first. */
  readonly spans: readonly OutcomeSpan[]
}

/** What came of the test message that was sent last. */
export interface SentFacts {
  /** As it was sent; undefined: that was erased since. */
  readonly asked:
    | { readonly eid: string; readonly mobile: string; readonly message: string }
    | undefined
  /** Null: a fault has broken the answer. */
  readonly errcode: number | null
  readonly meaning: string | undefined
  /** What a good platform does about it; undefined: nothing is to be done. */
  readonly advice: string | undefined
  /** Null: the call has left no message. */
  readonly message: string | null
  /** As it went over the wire. */
  readonly answer: string
}

/** Something that a check of a message has found, in the reader's language. */
export interface CheckItem {
  readonly rule: string
  readonly severity: keyof Words['check']['severities']
  readonly channel: keyof Words['check']['channels']
  /** Null: under the rules of either time. */
  readonly rules: '2014' | '2023' | null
  readonly sentence: string
  readonly source: string
  readonly fidelity: keyof Words['fidelity']
}

/** What the real services would make of a message. */
export interface CheckFacts {
  readonly ok: boolean
  /** Of the official account; null: it is at another WeChat. */
  readonly rules: '2014' | '2023' | null
  /** How many SMS the same text takes. */
  readonly parts: number
  readonly items: readonly CheckItem[]
}

/** Whom a message is for; without a name, the mobile as it was typed. */
export interface Whom {
  readonly name: string
  readonly mobile: string
}

/** What the form for a test message shows. */
export interface SendFacts {
  readonly accounts: readonly {
    readonly key: string
    readonly company: string
    readonly eid: string
  }[]
  readonly people: readonly Whom[]
  /** What stands in the form. */
  readonly draft: {
    readonly account: string
    readonly to: Whom
    readonly message: string
    readonly keywords: string
  }
  /** The same call as a command; null: it must be signed. */
  readonly curl: string | null
  readonly sent: SentFacts | undefined
  /** Null: what stands in the form cannot be checked. */
  readonly check: CheckFacts | null
}

/** What the inbox shows. */
export interface InboxFacts {
  /** Null: the list is narrowed by more than a span of time. */
  readonly outcomes: Outcomes | null
  /** Undefined: the world has no account to send by. */
  readonly send: SendFacts | undefined
  readonly query: InboxQuery
  readonly messages: readonly InboxMessage[]
  /** From where the list goes on; null: there is no more. */
  readonly older: string | null
  readonly accounts: readonly { readonly key: string; readonly company: string }[]
}
