import type { Story } from '../../trace/props.ts'
import type { ConsoleWords } from '../../words/console/en.ts'
import type { ExchangeFacts } from '../journal/props.ts'
import type { InboxMessage } from '../messages/props.ts'

export type Verdict = keyof ConsoleWords['message']['verdicts']

/** The control call that mends something. */
export interface FixFacts {
  readonly call: string
  readonly input: Readonly<Record<string, unknown>>
  /** Whether a form may send it. */
  readonly hasButton: boolean
}

/** Why a message came or did not come. */
export interface ExplainedFacts {
  readonly verdict: Verdict
  readonly sentence: string
  readonly rule: string | null
  readonly actual: string | null
  readonly expected: string | null
  readonly fix: FixFacts | null
  /** Whether what decided is so no more. */
  readonly resolved: boolean
  /** Whether the message can be sent again now. */
  readonly hasAgain: boolean
  readonly trace: string | null
  /** Key of the message; null: there is none. */
  readonly message: string | null
}

export interface MessageInfo extends Omit<InboxMessage, 'meaning' | 'reason' | 'isLost'> {
  readonly trace: string
  readonly on_phone: boolean
  readonly line: string | null
  readonly keywords: Readonly<Record<string, string>>
  readonly account: string | null
  /** On whose phone it is, or would be. */
  readonly person: string | null
  readonly judged: keyof ConsoleWords['message']['judged'] | null
}

/** Everything of one message. */
export interface MessageFacts {
  readonly message: MessageInfo
  readonly explained: ExplainedFacts
  /** Null: the journal has dropped it. */
  readonly story: Story | null
  readonly exchange: ExchangeFacts | null
}
