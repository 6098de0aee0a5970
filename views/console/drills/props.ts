import type { DrillWords } from '../../words/faults/en.ts'
import type { InboxMessage } from '../messages/props.ts'

/** A drill as drill.list answers it. */
export interface ListedDrill {
  readonly name: string
  readonly title: string
  /** What a good platform does. */
  readonly advice: string
  readonly lasts: string
  readonly state: keyof DrillWords['states']
  /** Key of the drilled account. */
  readonly account: string | null
  readonly ends_at: string | null
  readonly acts: readonly {
    readonly after: string
    readonly call: string
    readonly input: Readonly<Record<string, unknown>>
  }[]
  /** Of its faults. */
  readonly hits: number
}

export interface DrillsFacts {
  readonly drills: readonly ListedDrill[]
  readonly accounts: readonly { readonly key: string; readonly company: string }[]
  /** Key of the account that is drilled next; undefined: there is none. */
  readonly account: string | undefined
}

export type AuditList = keyof DrillWords['audit']['lists']

/** A message as audit.get judges it. */
export interface AuditItem extends Pick<InboxMessage, 'message' | 'state' | 'mobile' | 'at'> {
  readonly errcode: number | null
  readonly name: string
  readonly text: string
  readonly client_msg_id: string | null
  readonly contacts: readonly {
    readonly channel: 'wechat' | 'sms' | 'email'
    readonly at: string
  }[]
}

export interface AuditFacts {
  /** How soon a fall-back must come. */
  readonly within: string
  /** Undefined: it was not asked for. */
  readonly found:
    | ({
        readonly totals: Readonly<Record<AuditList, number>>
        readonly from: string | null
      } & Readonly<Record<AuditList, readonly AuditItem[]>>)
    | undefined
  /** The platform has sent something. */
  readonly hasMessages: boolean
}
