/** One screen's headline and what stands below it. */
interface Told {
  readonly title: string
  readonly text: readonly string[]
}

/** What a form is called, and what its button says. */
interface FormWords {
  readonly title: string
  readonly lead: string
  /** Which mobile it should be. */
  readonly hint: string
  readonly submit: string
}

interface FieldWords {
  readonly label: string
  readonly placeholder: string
}

/** What the pages of an account say to a candidate. `{company}` is the customer, `{name}` its official account. */
export interface RegisterWords {
  readonly form: {
    readonly first: FormWords
    readonly change: FormWords
    readonly apply: FormWords
    readonly name: FieldWords
    readonly region: { readonly label: string; readonly common: string; readonly all: string }
    readonly mobile: FieldWords
    readonly email: FieldWords
    readonly consent: { readonly label: string; readonly notice: string; readonly page: string }
    readonly cancel: string
    /** Before the title of a page with errors, as a screen reader says it first. */
    readonly wrong: string
    readonly summary: string
    /** The form had grown old: a screen was left open too long. */
    readonly stale: string
    readonly errors: {
      readonly name_missing: string
      readonly name_long: string
      readonly name_illegal: string
      readonly mobile_missing: string
      readonly mobile_invalid: string
      readonly mobile_unusable: string
      readonly email_missing: string
      readonly email_long: string
      readonly email_invalid: string
      readonly consent_missing: string
      readonly notice_changed: string
    }
  }
  readonly information: {
    readonly title: string
    readonly lead: string
    readonly name: string
    readonly mobile: string
    readonly email: string
    readonly noEmail: string
    readonly source: string
    readonly sources: { readonly form: string; readonly direct_application: string }
    readonly since: string
    readonly changed: string
    readonly notice: string
    readonly agreed: string
    readonly notAsked: string
    readonly show: string
    readonly hide: string
    readonly change: string
    readonly withdraw: string
    readonly following: string
    readonly done: {
      readonly registered: Told
      readonly changed: Told
    }
  }
  /** How to follow. */
  readonly follow: Told & {
    readonly steps: readonly string[]
    readonly code: string
    readonly codeLabel: string
  }
  readonly withdraw: Told & {
    readonly erased: readonly string[]
    readonly kept: string
    readonly submit: string
    readonly back: string
    readonly done: Told
    readonly again: string
  }
  readonly notice: {
    readonly title: string
    readonly version: string
    /** The standing text, which is version 1. */
    readonly text: readonly string[]
    readonly back: string
  }
  readonly applied: {
    readonly direct_application: Told
    readonly form: Told
    readonly see: string
  }
  readonly outside: Told & { readonly codeLabel: string; readonly who: string }
  readonly snapshot: Told & { readonly open: string }
  /** Pages that say why there is nothing else. */
  readonly messages: {
    readonly unknown: Told
    readonly suspended: Told
    readonly revoked: Told
    readonly not_ready: Told
    readonly stuck: Told
    readonly denied: Told
    readonly no_answer: Told
    readonly no_page: Told
    readonly wrong_method: Told
    readonly too_large: Told
    readonly was_reset: Told
    readonly again: string
  }
}
