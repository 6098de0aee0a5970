/** When something in a story was: on the world's clock, and how many real milliseconds after its beginning; null: nobody knows. */
interface Moment {
  readonly at: string
  readonly real_ms: number | null
}

/** Everything that stands in the story of one call, in the order in which it happened. */
export type StoryItem = Moment &
  (
    | {
        readonly kind: 'exchange'
        readonly seq: number
        readonly direction: 'in' | 'out'
        readonly surface: string
        readonly endpoint: string
        readonly method: string
        readonly url: string
        /** 0: no answer came. */
        readonly status: number
        readonly errcode: number | null
        readonly errmsg: string | null
      }
    | {
        readonly kind: 'step'
        /** Who checked it: a surface. */
        readonly of: string
        readonly rule: string
        readonly passed: boolean
        readonly actual?: unknown
        readonly expected?: unknown
        readonly answer?: unknown
      }
    | {
        readonly kind: 'phone'
        readonly on_phone: boolean
        readonly title: string | null
        readonly line: string | null
      }
    | {
        readonly kind: 'message'
        readonly message: string
        readonly msgid_str: string | null
        readonly state: string
        readonly reason: string | null
        readonly errcode: number | null
        readonly errmsg: string | null
      }
    | {
        readonly kind: 'receipt'
        /** Null: it is due at this instant. */
        readonly status: string | null
      }
    | {
        readonly kind: 'callback'
        readonly callback: string
        readonly event: string
        readonly state: string
        readonly tries: number
        readonly due_at: string | null
        readonly last_status: number | null
      }
    | {
        readonly kind: 'fall_back'
        /** The call that brought it; null: the journal has dropped it. */
        readonly seq: number | null
        readonly channel: 'sms' | 'email'
        readonly state: string
        readonly text: string
      }
  )

/** The story of one call, and of everything that followed from it. */
export interface Story {
  readonly trace: string
  readonly at: string
  /** Key of the account; null: it was nobody's. */
  readonly account: string | null
  readonly mobile: string | null
  /** How the message stands; null: there is none. */
  readonly state: string | null
  readonly text: string | null
  readonly items: readonly StoryItem[]
}
