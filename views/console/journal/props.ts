import type { ConsoleWords } from '../../words/console/en.ts'
import type { ExplainedFacts } from '../message/props.ts'

/** One half of an exchange. */
export interface HalfFacts {
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** To be read by eye: JSON with its lines. */
  readonly body: string
  /** Of how many bytes it is the beginning; undefined: it is whole. */
  readonly length: number | undefined
}

/** One check of a decision. */
export interface CheckFacts {
  readonly rule: string
  readonly passed: boolean
  /** Who checked it: a surface. */
  readonly of: string
  readonly actual?: unknown
  readonly expected?: unknown
  readonly fix?: unknown
}

/** One exchange, whole. */
export interface ExchangeFacts {
  readonly seq: number
  readonly trace: string
  readonly direction: 'in' | 'out'
  readonly surface: string
  readonly endpoint: string
  readonly at: string
  readonly real_at: string
  readonly method: string
  readonly url: string
  /** 0: no answer came. */
  readonly status: number
  readonly errcode: number | null
  readonly request: HalfFacts
  readonly answer: HalfFacts
  readonly checks: readonly CheckFacts[]
  /** The command that makes the call again. */
  readonly curl: string
}

/** Everything of an exchange's page. */
export interface ExchangePageFacts {
  readonly exchange: ExchangeFacts
  /** Request and answer as they look on the wire. */
  readonly http: string
  /** No world has claimed it. */
  readonly isNobodys: boolean
  /** Personal data are shown. */
  readonly isRevealed: boolean
  /** Of a call that came in: what became of it, in one sentence. */
  readonly explained: ExplainedFacts | undefined
}

/** A call as the journal lists it. */
export interface ListedCall
  extends Pick<
    ExchangeFacts,
    | 'seq'
    | 'direction'
    | 'surface'
    | 'endpoint'
    | 'at'
    | 'method'
    | 'url'
    | 'status'
    | 'errcode'
    | 'trace'
  > {
  /** What its endpoint does; nothing where there is none. */
  readonly summary: string
  /** Of a send that was accepted: to which mobile, masked, and of whose account. */
  readonly sent: { readonly mobile: string; readonly company: string } | null
  /** The rule that refused it; null: none did. */
  readonly rule: string | null
  /** Why it refused, in words; nothing where there is nothing to say. */
  readonly why: string
  /** A fault has met it. */
  readonly isFault: boolean
}

/** A call that nobody claimed. */
export interface StrayFacts
  extends Pick<ListedCall, 'seq' | 'trace' | 'at' | 'method' | 'url' | 'status' | 'errcode'> {
  readonly sentence: string
  /** No world has claimed it. */
  readonly isNobodys: boolean
}

/** By what the journal is narrowed, as it was typed; a field that is not given is left out. */
export type JournalQuery = Readonly<
  Partial<Record<keyof ConsoleWords['journal']['fields'], string>>
>

/** What is shown where nothing else is asked for, and all that there is. */
export const platform_calls: JournalQuery = { platform: 'true' }
export const all_calls: JournalQuery = { platform: 'false' }

export function isSameQuery(one: JournalQuery, other: JournalQuery): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** Of a list, one file has so many calls. */
export const har_max = 500

/** What the journal shows. */
export interface JournalFacts {
  readonly query: JournalQuery
  /** The same as an address holds it: what names a person, or what a person wrote, is sealed there. */
  readonly filters: Readonly<Record<string, string>>
  readonly isOlder: boolean
  /** Where an older page begins. */
  readonly after: string | undefined
  readonly calls: readonly ListedCall[]
  /** From where the list goes on; null: there is no more. */
  readonly older: string | null
  /** Nothing was looked for: the page only says what a form of its frame did not do. */
  readonly isUnread: boolean
  /** Why the filters cannot be used, as the control call says it. */
  readonly refused: string | null
  readonly strays: readonly StrayFacts[]
  readonly accounts: readonly { readonly key: string; readonly company: string }[]
  readonly surfaces: readonly string[]
}
