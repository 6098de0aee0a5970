import type { z } from 'zod'
import type { shownLife } from '../control/account/life.ts'
import type { listedAccount } from '../control/account/list.ts'
import type { shownApplication } from '../control/application/show.ts'
import type { shownWholeOfficial } from '../control/official-account-get.ts'
import type { TemplatePreview } from '../control/template-preview.ts'
import type { PlainVisit } from '../page/context.ts'
import type { callbackLine, dueItem, industryRow, worldClock } from './asked.ts'
import type { RefusedCode } from './refused.ts'
import type { Verb } from './verb.ts'

export type Listed = z.output<typeof listedAccount>
export type Life = z.output<typeof shownLife>
export type LifeStep = Life['checklist'][number]
export type Official = z.output<typeof shownWholeOfficial>
export type IndustryRow = z.output<typeof industryRow>
export type CallbackLine = z.output<typeof callbackLine>

/** An application or a template, and what a message by it looks like. */
export type Application = z.output<typeof shownApplication> & { readonly preview: TemplatePreview }
export type Template = Official['templates'][number] & { readonly preview: TemplatePreview }

/** What every page of the console needs to make its links and forms. */
export interface Visit extends PlainVisit {
  readonly notice: Notice | undefined
  /** What was typed into a form that was refused, and into which one. */
  readonly typed: { readonly form: string; readonly fields: Readonly<Record<string, string>> }
}

/** So many jobs of a kind that ended alike while the clock was advanced. */
export interface RanGroup {
  readonly count: number
  readonly kind: string
  readonly outcome: string
}

/** What a page has to say of what was done last. */
export type Notice =
  | {
      readonly kind: 'done'
      readonly verb: Verb
      readonly ran: readonly RanGroup[]
      /** There was more to do than one advance does. */
      readonly more: boolean
      /** Templates that went with an industry. */
      readonly lost: number
    }
  | {
      readonly kind: 'refused'
      readonly code: RefusedCode
      readonly form: string
      readonly field: string | null
      readonly reason: string
    }

/** The world's clock as the bar on every page shows it. */
export interface ClockFacts extends z.output<typeof worldClock> {
  /** When the first customer asked; null: there is none. */
  readonly began: string | null
  readonly next: z.output<typeof dueItem> | null
}

/** What all pages of the console show. */
export interface Console {
  readonly world: string
  readonly clock: ClockFacts
  readonly accounts: readonly Listed[]
}

/** Everything of one account. */
export interface AccountFacts {
  readonly life: Life
  /** Null: there is none yet, or it is another WeChat's. */
  readonly official: Official | null
  readonly applications: readonly Application[]
  readonly templates: readonly Template[]
  readonly industries: readonly IndustryRow[]
  readonly callbacks: readonly CallbackLine[]
  /** The registration link as a picture; null: there is no link yet. */
  readonly qr: string | null
  /** Somebody asks to revoke the EID, and is asked back. */
  readonly isRevoking: boolean
}
