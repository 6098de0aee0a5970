import type { Message as PhoneMessage } from '../../phone/props.ts'
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

export interface MessageInfo extends Omit<InboxMessage, 'meaning' | 'reason' | 'isFault'> {
  readonly trace: string
  /** On whose phone it is, or would be. */
  readonly person: string | null
}

/** Everything of one message. */
export interface MessageFacts {
  readonly message: MessageInfo
  /** As it stands in the conversation on the phone; null: it does not, or is erased. */
  readonly shown: {
    readonly from: { readonly name: string; readonly appid: string }
    readonly message: PhoneMessage
  } | null
  readonly explained: ExplainedFacts
  /** Null: the journal has dropped it. */
  readonly story: Story | null
  readonly exchange: ExchangeFacts | null
}
