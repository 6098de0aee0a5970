/** One call to an address that somebody configured; header values as they go out. */
export interface OutgoingRequest {
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array | string
  /** For the whole call, from the look-up of the name to the last byte of the answer. */
  readonly timeoutMs: number
  /** Of the answer's body; 1 MB unless told. */
  readonly maxBytes?: number
  readonly signal?: AbortSignal
}

/** Why there is no answer: what a callback's attempt or a send through a remote gateway records. */
export type OutgoingFailure =
  | 'forbidden_address'
  | 'dns'
  | 'connect'
  | 'timeout'
  | 'too_large'
  | 'reset'
  | 'not_http'
  | 'aborted'

/** An answer of any status, redirects too, or the reason why there is none; header names in lower case. */
export type OutgoingAnswer = OutgoingOutcome & { readonly elapsedMs: number }

/** The door, open: makes one call; what goes wrong outside is a value and never an exception. */
export type Outgoing = (request: OutgoingRequest) => Promise<OutgoingAnswer>

/** What came of it. */
export type OutgoingOutcome =
  | {
      readonly ok: true
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: Uint8Array
    }
  | { readonly ok: false; readonly failure: OutgoingFailure; readonly detail: string }

/** Whether a host can be reached: its name is looked up, and each address found is connected to once, without a word. */
export type Probe = (
  request: Pick<OutgoingRequest, 'url' | 'timeoutMs' | 'signal'>,
) => Promise<Probed>

export interface Probed {
  readonly addresses: readonly {
    readonly ip: string
    /** Until it was connected; undefined: it was not. */
    readonly elapsedMs: number | undefined
  }[]
  /** What kept it from being asked at all, or the first reason why an address was not reached. */
  readonly fault: string | undefined
}
