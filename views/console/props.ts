import type { PageContext, RefusedFlash } from '../page-context.ts'
import type { ConsoleWords } from '../words/console/en.ts'
import type { Words } from '../words/en.ts'
import type { CheckFacts, SentFacts } from './messages/props.ts'
import type { RegistrationsFacts } from './people/props.ts'

/** A control call that the console has a form for. */
export type Verb = keyof ConsoleWords['buttons']

/** What was done last: a control call, or whatever an explanation said would mend something. */
export type DoneVerb = keyof ConsoleWords['flash']['done']

/** Why a form did nothing. `form`: it was not made for this browser. `other`: there are no words for it. */
export type RefusalCode = keyof ConsoleWords['refusals']

/** Why there is no page. */
export type MissingPage = Exclude<keyof ConsoleWords['notFound'], 'title' | 'text' | 'lead'>

/** The way of an account from first interest to the first message. */
export type StepName = keyof Words['steps']

export type EidState = keyof ConsoleWords['eid']['states']

/** So many jobs of a kind that ended alike while the clock was advanced. */
export interface RanGroup {
  readonly count: number
  readonly kind: string
  readonly outcome: string
}

/** What a page has to say of what was done last. */
export type Flash =
  | {
      readonly kind: 'done'
      readonly verb: DoneVerb
      readonly ran: readonly RanGroup[]
      /** There was more to do than one advance does. */
      readonly more: boolean
      /** Templates that went with an industry. */
      readonly lost: number
    }
  | RefusedFlash<RefusalCode>
  /** What was asked for is sealed for another browser, or for a session that is over. */
  | { readonly kind: 'forgotten' }

export type ConsoleContext = PageContext<Flash>

export interface ListedAccount {
  readonly key: string
  readonly company: string
  readonly eid: string
  readonly appid: string | null
  readonly state: EidState
  /** Whether a send is let through, and what it gets. */
  readonly sendable: { readonly ok: boolean; readonly errcode: number; readonly errmsg: string }
  /** Of the template that it sends by; null: there is none yet, or it is another WeChat's. */
  readonly template_state: keyof ConsoleWords['templates']['states'] | null
  /** Names of the steps without which it is not live. */
  readonly missing: readonly string[]
}

export interface LifeStep {
  readonly step: StepName
  readonly done: boolean
  readonly at: string | null
  readonly state: keyof ConsoleWords['checklist']['states']
  readonly reason: string | null
  /** The call that takes the step; null: there is none now. */
  readonly next: { readonly call: string; readonly input: Readonly<Record<string, unknown>> } | null
}

/** What an account has gone through, and where it stands. */
export interface Life extends ListedAccount {
  readonly register_url: string | null
  readonly template_id: string | null
  readonly token: string | null
  readonly aes_key: string | null
  readonly callback: { readonly url: string; readonly secret: string | null } | null
  readonly retention_days: number | null
  readonly minute_limit: number | null
  readonly eids: readonly { readonly eid: string; readonly ends_at: string | null }[]
  readonly checklist: readonly LifeStep[]
  readonly events: readonly { readonly at: string; readonly verb: LifeEvent }[]
}

/** What may happen to an account. */
export type LifeEvent = keyof ConsoleWords['events']['verbs']

interface Industry {
  readonly code: number
  readonly first_class: string
  readonly second_class: string
}

/** An industry of WeChat's list. */
export interface IndustryRow extends Industry {
  readonly en: { readonly first_class: string; readonly second_class: string }
}

/** Where WeChat pushes what happens at an official account. */
interface Server {
  readonly url: string
  readonly mode: keyof ConsoleWords['server']['modes']
  readonly verified: boolean
}

export interface Official {
  readonly appid: string
  readonly name: string
  readonly rules: string
  readonly quotas: string
  readonly review: 'immediate' | 'time' | 'manual' | { readonly after_reads: number }
  readonly server: Server | null
  readonly industries: {
    readonly primary: Industry | null
    readonly secondary: Industry | null
    readonly since: string | null
    readonly changed_in: string | null
  }
}

/** What a message by a template looks like. */
interface Preview {
  readonly line: string | null
  readonly keywords: readonly { readonly label: string; readonly value: string }[]
}

export interface Application {
  readonly application: string
  readonly appid: string
  readonly title: string
  readonly content: string
  readonly example: string
  readonly state: keyof ConsoleWords['applications']['states']
  readonly reason: string | null
  readonly submitted_at: string | null
  readonly due_at: string | null
  readonly decided_at: string | null
  readonly reads_left: number | null
  readonly preview: Preview
}

export interface Template {
  readonly template_id: string
  readonly title: string
  readonly filed: string
  readonly state: keyof ConsoleWords['templates']['states']
  readonly preview: Preview
}

/** The parts of an account's page, in their order. */
export const account_tabs = [
  'onboarding',
  'templates',
  'eid',
  'registrations',
  'callbacks',
  'settings',
  'history',
] as const

export type AccountTab = (typeof account_tabs)[number]

/** How the delivery of something to a server stands. */
export interface Delivery {
  readonly state: keyof ConsoleWords['callbacks']['states']
  readonly tries: number
  readonly due_at: string | null
  readonly last_at: string | null
  readonly last_status: number | null
  readonly last_error: string | null
}

export interface CallbackLine extends Delivery {
  readonly callback: string
  readonly body: { readonly event: string }
}

export interface PushLine extends Delivery {
  readonly push: string
  readonly event: string
}

/** What a tab of one account shows; what other tabs show is not asked for. */
export interface AccountFacts {
  readonly tab: AccountTab
  readonly life: Life
  /** Null: there is none yet, or it is another WeChat's. */
  readonly official: Official | null
  readonly applications: readonly Application[]
  readonly templates: readonly Template[]
  readonly industries: readonly IndustryRow[]
  readonly callbacks: readonly CallbackLine[]
  readonly pushes: readonly PushLine[]
  /** What came of the message that was sent here last. */
  readonly sent: SentFacts | undefined
  /** Of the first message, where that is the next step. */
  readonly check: CheckFacts | null
  /** The registration link as a picture; null: there is no link yet. */
  readonly qr: string | null
  /** Who is registered; null: another tab is shown, or nobody can be registered yet. */
  readonly registrations: RegistrationsFacts | null
}
