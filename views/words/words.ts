import type { Fidelity } from '../../src/core/refusal.ts'
import type { StepName } from '../../src/tupu/checklist/step.ts'
import type { ConsoleWords } from './console/words.ts'
import type { PhoneWords } from './phone/words.ts'
import type { RegisterWords } from './register/words.ts'
import type { WechatWords } from './wechat/words.ts'

/** A heading with what stands below it. In any text, what is between backticks is code. */
export interface Section {
  readonly title: string
  readonly text: readonly string[]
}

/** Something that can be opened, and what is there. */
export interface Place {
  readonly name: string
  readonly text: string
}

/** Everything that pages say, in one language. */
export interface Words {
  /** For `lang` attributes. */
  readonly tag: string
  /** The language in its own words. */
  readonly language: string
  readonly site: {
    readonly name: string
    readonly watermark: string
    readonly skip: string
    readonly pages: string
    readonly languages: string
    readonly home: string
    readonly phones: string
    readonly accounts: string
    readonly docs: string
    readonly version: string
  }
  readonly home: {
    readonly lead: string
    readonly flow: string
    readonly steps: readonly (Place & { readonly played: boolean })[]
    readonly played: string
    readonly send: {
      readonly title: string
      readonly ready: string
      readonly nobody: string
      readonly signed: string
      readonly none: string
      readonly register: string
      readonly send: string
      readonly answer: string
      readonly meaning: readonly string[]
      readonly message: string
    }
    readonly clicks: {
      readonly title: string
      readonly steps: readonly string[]
      readonly open: string
    }
    /** What the operator's pages are. */
    readonly operate: Place
    readonly surfaces: Section
    readonly caller: string
    readonly partner: Place & { readonly caller: string }
    readonly wechat: Place & { readonly caller: string }
    readonly control: Place & { readonly caller: string }
    readonly look: Section
    readonly worlds: Place
    readonly world: Place
    readonly messages: Place
    readonly exchanges: Place
    readonly timeline: Place
    readonly magic: Place
    readonly more: Section
    readonly docs: Place
    readonly openapi: Place
    readonly livez: Place
    readonly readyz: Place
    readonly metrics: Place
  }
  readonly docs: {
    readonly lead: string
    readonly contents: string
    readonly start: Section
    readonly worlds: Section
    readonly pages: Section
    readonly fidelity: Section
    readonly signature: Section
    readonly magic: Section
    readonly profiles: Section
    readonly decisions: Section
    readonly tupu: Section
    readonly wechat: Section
    readonly control: Section
    /** `{profile}` is its name. */
    readonly variant: string
    readonly endpoints: string
    readonly fields: string
    readonly noFields: string
    readonly required: string
    readonly inBody: string
    readonly inQuery: string
    readonly inPath: string
    readonly inHeader: string
    readonly length: string
    readonly usual: string
    readonly refusals: string
    readonly refuses: string
    readonly always: string
    readonly codes: string
    readonly problems: string
    /** `{count}` is how many there are. */
    readonly allCodes: string
    readonly magicMobile: string
    readonly example: string
    readonly call: string
    readonly answer: string
    readonly status: string
    readonly answerFields: string
    readonly source: string
    readonly rules: string
  }
  /** How a browser gives the control token of a server that other machines reach. */
  readonly signIn: {
    readonly title: string
    readonly asked: string
    readonly needed: string
    readonly token: string
    readonly hint: string
    readonly wrong: string
    readonly enter: string
    readonly signedIn: string
    readonly goOn: string
    readonly leave: string
  }
  readonly register: RegisterWords
  readonly phone: PhoneWords
  readonly wechat: WechatWords
  readonly console: ConsoleWords
  readonly fidelity: Readonly<Record<Fidelity, { readonly label: string; readonly means: string }>>
  /** The steps of an account's checklist. */
  readonly steps: Readonly<Record<StepName, string>>
  /** Every rule of a decision by its name: what holds where the step is passed. */
  readonly rules: Readonly<Record<string, string>>
}
