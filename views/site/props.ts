import type { PageContext } from '../page-context.ts'
import type { Words } from '../words/en.ts'

/** A row of the navigation, by its words. */
export type PlaceName = keyof Words['site']['places']

/** Where the navigation leads. */
export interface Place {
  readonly name: PlaceName
  /** Within the world. */
  readonly path: string
  /** How many there are, or nothing. */
  readonly count: string
  /** For those who build a platform: stands below a line. */
  readonly isSecond?: boolean
}

/** The world's clock. */
export interface ClockFacts {
  readonly mode: keyof Words['site']['clock']['modes']
  readonly now: string
  readonly real_now: string
  /** When the first customer asked; null: there is none. */
  readonly began: string | null
  /** What happens by itself next, the first first; left out: it was not looked for. */
  readonly due?: readonly { readonly at: string; readonly kind: string }[]
}

/** What the frame of every page shows of its world. */
export interface SiteFacts {
  readonly world: string
  /** Names of worlds, the default one first; not all, where there are many. */
  readonly worlds: readonly string[]
  readonly hasMoreWorlds: boolean
  readonly clock: ClockFacts
  readonly places: readonly Place[]
  /** This browser has given the control token: it can sign out. */
  readonly signedIn: boolean
}

/** What the frame needs to make its links and forms. */
export type SiteContext = Pick<
  PageContext,
  'basePath' | 'langQuery' | 'returnTo' | 'csrfToken' | 'typed' | 'flash'
>

/** A page in its frame. */
export interface Site {
  readonly facts: SiteFacts
  readonly context: SiteContext
}
