import type { Application, CallbackLine, Life, LifeStep } from '../../../src/console/facts.ts'
import type { Lost } from '../../../src/console/lost.ts'
import type { RefusedCode } from '../../../src/console/refused.ts'
import type { Verb } from '../../../src/console/verb.ts'

/** What the operator's pages say. Names in braces are filled. */
export interface ConsoleWords {
  readonly accounts: {
    readonly title: string
    readonly lead: string
    readonly none: string
    readonly live: string
    readonly missing: string
    readonly make: string
    readonly makeHint: string
    readonly key: string
    readonly keyHint: string
    readonly company: string
    readonly all: string
  }
  readonly clock: {
    readonly title: string
    readonly today: string
    readonly since: string
    readonly ahead: string
    readonly behind: string
    readonly modes: Readonly<Record<'frozen' | 'running', string>>
    readonly next: string
    readonly nothing: string
    readonly advance: string
    readonly days: string
    readonly day: string
    readonly toNext: string
    readonly freeze: string
    readonly run: string
  }
  readonly kinds: Readonly<Record<'template_review' | 'receipt' | 'callback' | 'retention', string>>
  readonly notice: {
    readonly refused: string
    readonly says: string
    readonly done: Readonly<Record<Verb, string>>
    readonly ran: string
    readonly ranNothing: string
    readonly more: string
    readonly lost: string
  }
  readonly refusals: Readonly<Record<RefusedCode, string>>
  /** What buttons say, by what they call. */
  readonly buttons: Readonly<Record<Verb, string>>
  readonly live: { readonly yes: string; readonly no: string; readonly missing: string }
  readonly facts: {
    readonly eid: string
    readonly appid: string
    readonly official: string
    readonly noOfficial: string
    readonly elsewhere: string
  }
  readonly checklist: {
    readonly title: string
    readonly states: Readonly<Record<LifeStep['state'], string>>
    readonly at: string
    readonly unknown: string
    readonly reason: string
    readonly existing: string
    readonly existingNew: string
    readonly existingTrue: string
    readonly rules: string
    readonly rulesNames: Readonly<Record<'2014' | '2023', string>>
    readonly toIndustries: string
    readonly toApplications: string
    readonly toEid: string
    readonly waits: string
    readonly platform: string
    readonly mobile: string
    readonly mobileHint: string
    readonly vendorReason: string
  }
  readonly industries: {
    readonly title: string
    readonly none: string
    readonly primary: string
    readonly secondary: string
    readonly choose: string
    readonly since: string
    readonly changedIn: string
    readonly warning: string
  }
  readonly applications: {
    readonly title: string
    readonly none: string
    readonly states: Readonly<Record<Application['state'], string>>
    readonly submitted: string
    readonly due: string
    readonly decided: string
    readonly readsLeft: string
    readonly byHand: string
    readonly reason: string
    readonly reasonHint: string
    readonly change: string
    readonly changeHint: string
    readonly field: Readonly<Record<'title' | 'content' | 'example', string>>
    readonly preview: string
    readonly another: string
    readonly anotherHint: string
  }
  readonly templates: {
    readonly title: string
    readonly none: string
    readonly states: Readonly<Record<'active' | 'disabled', string>>
    readonly filed: string
    readonly disableHint: string
  }
  readonly eid: {
    readonly title: string
    readonly states: Readonly<Record<Life['state'], string>>
    readonly now: string
    readonly ends: string
    readonly ended: string
    readonly overlap: string
    readonly overlaps: Readonly<Record<'PT0S' | 'P1D' | 'P7D' | 'P30D', string>>
    readonly revoke: string
    readonly ask: string
    readonly askText: string
    readonly no: string
  }
  readonly registration: {
    readonly title: string
    readonly none: string
    readonly link: string
    readonly qr: string
    readonly png: string
    readonly svg: string
  }
  readonly settings: {
    readonly title: string
    readonly review: string
    readonly reviews: Readonly<Record<'immediate' | 'time' | 'manual' | 'after_reads', string>>
    readonly reads: string
    readonly quotas: string
    readonly quotasNames: Readonly<Record<'off' | 'documented', string>>
    readonly rules: string
    readonly retention: string
    readonly limit: string
    readonly empty: string
    readonly wechat: string
    readonly tupu: string
  }
  readonly callbacks: {
    readonly title: string
    readonly url: string
    readonly urlHint: string
    readonly secret: string
    readonly secretHint: string
    readonly last: string
    readonly none: string
    readonly states: Readonly<Record<CallbackLine['state'], string>>
    readonly tries: string
    readonly nextTry: string
    readonly answered: string
    readonly event: string
  }
  readonly events: {
    readonly title: string
    readonly verbs: Readonly<Record<Life['events'][number]['verb'], string>>
  }
  readonly lost: Readonly<Record<Lost, string>> & {
    readonly title: string
    readonly lead: string
  }
}
