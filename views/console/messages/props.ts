import type { ConsoleWords } from '../../words/console/en.ts'

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
  /** A fall-back was due, and none came in time. */
  readonly isLost: boolean
}

/** What a list of messages is narrowed to. */
export interface InboxQuery {
  readonly q: string
  readonly state: MessageState | undefined
  /** Key of an account. */
  readonly account: string | undefined
  /** It is not the newest part. */
  readonly isOlder: boolean
}

/** What the inbox shows. */
export interface InboxFacts {
  readonly query: InboxQuery
  readonly messages: readonly InboxMessage[]
  /** From where the list goes on; null: there is no more. */
  readonly older: string | null
  readonly accounts: readonly { readonly key: string; readonly company: string }[]
}
