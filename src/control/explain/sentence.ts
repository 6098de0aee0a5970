import type { enExplain } from '../../../views/words/explain/en.ts'
import { nearestCall } from '../../core/near-call.ts'
import { escapeInvisible } from '../../core/spelling.ts'
import { toIso } from '../../world/clock.ts'
import type { StepFacts } from '../../world/step.ts'

/** The words of one language, and what each rule says there. */
export interface ExplainWords {
  readonly explain: typeof enExplain
  readonly rules: Readonly<Record<string, string>>
  /** What decisions say in English, where the language is another one. */
  readonly phrases?: Readonly<Record<string, string>>
}

type Values = Readonly<Record<string, unknown>>

/** What is to be told, in no language yet. */
export interface Telling {
  readonly verdict: keyof ExplainWords['explain']['verdicts']
  readonly values: Values
  /** The step that decided, where the sentence says why. */
  readonly why?: StepFacts | undefined
  /** Of a call that never came: what came instead. */
  readonly instead?: {
    readonly kind: keyof ExplainWords['explain']['instead']
    readonly values: Values
  }
}

/** A whole sentence, which names what was found and what was expected. */
export function sentenceOf(words: ExplainWords, telling: Telling): string {
  const { explain } = words
  const why = telling.why && whyOf(words, telling.why)
  const { instead } = telling
  const told = instead && fill(words, explain.instead[instead.kind], { ...instead.values, why })
  return fill(words, explain.verdicts[telling.verdict], { ...telling.values, why, instead: told })
}

/** Why a rule refused, as the beginning of a sentence. */
export function whyOf(words: ExplainWords, step: StepFacts): string {
  const { because, otherwise } = words.explain
  const { rule } = step
  const field = /^(\w+)\.valid$/.exec(rule)?.[1]
  const said = words.rules[field === undefined ? rule : '{field}.valid'] ?? rule
  const statement = said.replace(/[.。]$/, '')
  return fill(
    words,
    because[rule] ?? (field === undefined ? otherwise : because['{field}.valid']) ?? otherwise,
    { ...step, field, statement, nearest: nearestCall(step) },
  )
}

/** Puts values in the place of their names; a part in square brackets goes where it has nothing to say. */
export function fill(words: ExplainWords, template: string, values: Values): string {
  const kept = template.replace(/\[([^\][]*)\]/g, (_, part: string) => {
    const names = [...part.matchAll(/\{([\w.]+)\}/g)].map(([, name = '']) => name)
    return names.every((name) => !isNothing(valueAt(values, name))) ? part : ''
  })
  return kept.replace(/\{([\w.]+)\}/g, (_, name: string) => {
    return say(words, valueAt(values, name), name)
  })
}

const isNothing = (value: unknown) => value === undefined || value === null || value === ''

function valueAt(values: Values, path: string): unknown {
  let value: unknown = values
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Values)[name]
  }
  return value
}

/** A sentence is to be read: it repeats no more of a value than this. */
const text_length_max = 400
const items_max = 20

function say(words: ExplainWords, value: unknown, name: string): string {
  const { nothing, yes, no, between } = words.explain
  if (isNothing(value)) return nothing
  if (typeof value === 'boolean') return value ? yes : no
  if (name.endsWith('_at') && isInstant(value)) return toIso(value)
  if (typeof value !== 'object' || value === null) return clip(phraseOf(words, String(value)))
  const items = Array.isArray(value)
    ? value.map((item) => say(words, item, name))
    : Object.entries(value).map(([key, member]) => `${key}: ${say(words, member, key)}`)
  return clip(items.length === 0 ? nothing : items.slice(0, items_max).join(between))
}

/** What a decision says in English, in this language: a phrase stands there with `#` for each number, if they vary. */
function phraseOf({ phrases }: ExplainWords, text: string): string {
  if (!phrases || Object.hasOwn(phrases, text)) return phrases?.[text] ?? text
  const numbers = text.match(/\d+/g) ?? []
  const phrase = phrases[text.replaceAll(/\d+/g, '#')]
  return numbers.reduce((told, number) => told.replace('#', number), phrase ?? text)
}

const instant_ms_max = 8.64e15

function isInstant(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= instant_ms_max
}

function clip(text: string): string {
  const short = text.length > text_length_max ? `${text.slice(0, text_length_max)}…` : text
  return escapeInvisible(short.toWellFormed().replace(/\s+/g, ' '))
}
