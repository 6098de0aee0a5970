import type { Fidelity } from '../../src/core/refusal.ts'
import type { Site } from '../site/props.ts'
import type { Words } from '../words/en.ts'

/** What every page of the documentation needs besides what it shows. */
export interface DocsContext {
  /** What links begin with, so that they stay in the world: `/w/ci-7`, or nothing. */
  readonly basePath: string
  /** `lang=en`, where the address asks for it; else nothing. */
  readonly langQuery: string
  /** This page again. */
  readonly returnTo: string
  /** The frame of the page. */
  readonly site: Site
  /** What was searched for last. */
  readonly query: string
  readonly script: string
  readonly surfaces: readonly NavSurface[]
  readonly facts: ExampleFacts
}

/** Whose examples they are: values of samples by their name in braces. */
export interface ExampleFacts {
  readonly fill: Readonly<
    Record<'origin' | 'base' | 'world' | 'eid' | 'appid' | 'mobile' | 'auth', string>
  >
  /** The account that can send; undefined: there is none. */
  readonly sender: { readonly company: string; readonly signed: boolean } | undefined
  readonly needsToken: boolean
}

/** A surface as the ways to its pages. */
export interface NavSurface {
  /** Unique: the surface's name, with that of a partner's own profile. */
  readonly tag: string
  readonly name: 'tupu' | 'wechat' | 'sink' | 'control'
  /** The partner profile, if it is not the default one. */
  readonly profile: string | undefined
  readonly nouns: readonly { readonly noun: string; readonly endpoints: readonly NavEndpoint[] }[]
}

export interface NavEndpoint {
  readonly id: string
  readonly methods: readonly string[]
  /** With the surface's prefix. */
  readonly path: string
  readonly summary: string
}

export interface EndpointDoc extends NavEndpoint {
  readonly source: string
  /** Undefined where the API is ours. */
  readonly fidelity: Fidelity | undefined
  readonly fields: readonly (FieldRow & { readonly place: FieldPlace })[]
  readonly refusals: readonly RefusalDoc[]
  /** Instead of codes, where refusals are problems. */
  readonly statuses: readonly number[]
  readonly examples: readonly { readonly language: string; readonly code: string }[]
  /** The calls that the examples make first, by their ids. */
  readonly earlier: readonly string[]
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

/** A profile that comes with the package. */
export interface PartnerDoc {
  readonly name: string
  readonly base: string
  /** Where its facts are from. */
  readonly source: string
  readonly assumptions: readonly string[]
  /** The profile itself, as JSON. */
  readonly data: string
}

/** What topics show besides their words. */
export interface TopicData {
  readonly outcomes: readonly OutcomeDoc[]
  readonly drills: readonly DrillDoc[]
  readonly settings: readonly SettingDoc[]
  readonly codes: Readonly<Record<'tupu' | 'wechat' | 'sink' | 'problems', readonly RefusalDoc[]>>
  readonly partners: readonly PartnerDoc[]
  readonly profile: { readonly fields: readonly FieldRow[]; readonly example: string }
}

export interface DrillDoc {
  readonly name: string
  readonly title: string
  readonly advice: string
  readonly lasts: string
}

export interface OutcomeDoc {
  readonly id: string
  readonly errcode: number | null
  readonly meets: string
  readonly act: keyof Words['docs']['outcomes']['acts']
  readonly does: string
  readonly mobile: string | null
  /** JSON to post. */
  readonly fault: string | null
}

export interface SettingDoc {
  readonly id: string
  /** Its spellings: flag, variable. */
  readonly names: readonly string[]
  /** Its key in the configuration file. */
  readonly key: string | undefined
  readonly usual: string
  readonly commands: string
  readonly meaning: string
}

/** Something that a search has found. */
export interface Found {
  readonly kind: keyof Words['docs']['kinds']
  /** Below `/docs`. */
  readonly path: string
  readonly title: string
  readonly text: string
  /** Where else it is, by the name there. */
  readonly links: readonly { readonly title: string; readonly path: string }[]
}
