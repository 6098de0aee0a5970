import type { Fidelity } from '../../src/core/refusal.ts'

/** What the documentation shows, in one language. */
export interface Docs {
  readonly surfaces: readonly SurfaceDoc[]
  readonly profile: { readonly fields: readonly FieldRow[]; readonly example: string }
}

export interface SurfaceDoc {
  /** Unique on the page. */
  readonly tag: string
  readonly name: 'tupu' | 'wechat' | 'sink' | 'control'
  /** The partner profile, if it is not the default one. */
  readonly profile: string | undefined
  readonly prefix: string
  readonly endpoints: readonly EndpointDoc[]
  /** What is refused before any endpoint is reached. */
  readonly always: readonly RefusalDoc[]
  /** Every code there is. */
  readonly codes: readonly RefusalDoc[]
}

export interface EndpointDoc {
  readonly id: string
  readonly methods: readonly string[]
  /** With the surface's prefix. */
  readonly path: string
  readonly summary: string
  readonly source: string
  /** Undefined where the API is ours. */
  readonly fidelity: Fidelity | undefined
  readonly fields: readonly (FieldRow & { readonly place: FieldPlace })[]
  readonly refusals: readonly RefusalDoc[]
  /** Instead of codes, where refusals are problems. */
  readonly statuses: readonly number[]
  readonly curl: string
  readonly status: number
  readonly answer: string
  readonly answerFields: readonly FieldRow[]
}

export interface RefusalDoc {
  readonly code: string
  readonly text: string
  readonly meaning: string
  /** Undefined where the API is ours. */
  readonly fidelity: Fidelity | undefined
  /** The magic mobile that answers with it. */
  readonly mobile: string | undefined
}

/** Where a field stands in a call. */
export type FieldPlace = 'path' | 'header' | 'query' | 'body'

/** One line of a list of fields, for people. Fields below others have the whole way as their name. */
export interface FieldRow {
  readonly name: string
  /** As a programmer writes it: `string | null`, `"on" | "off"`, `object[]`. */
  readonly type: string
  readonly required: boolean
  readonly description: string
  /** From where to where it goes: characters of a text, items of a list, the value of a number. */
  readonly limits: { readonly of: 'characters' | 'items' | 'value'; readonly text: string } | null
  readonly pattern: string
  readonly default: string
}
