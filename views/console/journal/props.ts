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
