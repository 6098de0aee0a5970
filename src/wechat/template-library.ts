import type { TemplateRow } from '../../db/schema.ts'
import { findIndustry, type IndustryName } from './industry.ts'
import type { NewTemplate } from './template.ts'
import { classTemplates } from './template-library-class.ts'
import { oldTemplates } from './template-library-old.ts'

/** A template of the old library: whole as it is, filed under an industry. */
export interface OldTemplate {
  readonly style: 'old'
  readonly template_id_short: string
  readonly title: string
  /** Code of its industry. */
  readonly industry: number
  readonly content: string
  readonly example: string
}

/** A keyword of a class template. */
export interface ClassKeyword {
  /** What a caller chooses it by, and what the phone shows before its value. */
  readonly name: string
  /** Its type and its number in the template: `thing1`. */
  readonly key: string
  readonly example: string
  /** The values that were approved for it; of a `const` only. */
  readonly values?: readonly string[]
}

/** A template of the library of today: a caller chooses among its keywords. */
export interface ClassTemplate {
  readonly style: 'class'
  readonly template_id_short: string
  readonly title: string
  readonly category: IndustryName
  readonly keywords: readonly ClassKeyword[]
}

export type LibraryTemplate = OldTemplate | ClassTemplate

/** Everything that can be added. Numbers and texts are made up after the kind of those of HR programs. */
export const templateLibrary: readonly LibraryTemplate[] = [...oldTemplates, ...classTemplates]

const byNumber: ReadonlyMap<string, LibraryTemplate> = new Map(
  templateLibrary.map((entry) => [entry.template_id_short, entry]),
)

/** The template of a number, if the library has it. */
export function findLibraryTemplate(template_id_short: string): LibraryTemplate | undefined {
  return byNumber.get(template_id_short)
}

/** Whether a number has the form of the old library's: `TM00015`, `OPENTM204040862`. */
export function isOldNumber(template_id_short: string): boolean {
  return /^(OPEN)?TM\d+$/.test(template_id_short)
}

/** A template of the old library as an account gets it. */
export function takeOld(entry: OldTemplate): NewTemplate {
  const { title, content, example, template_id_short } = entry
  const filed = findIndustry(entry.industry)?.live
  return { title, content, example, template_id_short, ...(filed ? { filed } : {}) }
}

/** A class template with the keywords that somebody chose, in their order; undefined: it has not all of them, or one twice. */
export function takeClass(entry: ClassTemplate, names: readonly string[]): NewTemplate | undefined {
  const chosen = names
    .map((name) => entry.keywords.find((keyword) => keyword.name === name))
    .filter((keyword) => keyword !== undefined)
  if (chosen.length < names.length || new Set(names).size < names.length) return undefined
  const lines = (say: (keyword: ClassKeyword) => string) =>
    chosen.map((keyword) => `${keyword.name}:${say(keyword)}\n`).join('')
  return {
    title: entry.title,
    content: lines(({ key }) => `{{${key}.DATA}}`),
    example: lines(({ example }) => example),
    filed: entry.category,
    template_id_short: entry.template_id_short,
  }
}

/** The approved values of a template's `const` keywords, by their keys. */
export function constValuesOf(
  template: Pick<TemplateRow, 'template_id_short'>,
): ReadonlyMap<string, readonly string[]> {
  const { template_id_short } = template
  const entry = template_id_short === null ? undefined : findLibraryTemplate(template_id_short)
  if (entry?.style !== 'class') return none
  return new Map(entry.keywords.flatMap(({ key, values }) => (values ? [[key, values]] : [])))
}

const none: ReadonlyMap<string, readonly string[]> = new Map()
