/**
 * The kinds of placeholder whose values WeChat checks: what a name says before its number.
 * Source: the platform's table of class-template parameters, and reports of others.
 */
export const valueTypes = [
  'thing',
  'short_thing',
  'character_string',
  'time',
  'date',
  'amount',
  'phone_number',
  'car_number',
  'const',
  'phrase',
  'name',
  'number',
  'letter',
  'symbol',
  'remark',
] as const

/** One of the kinds of placeholder whose values WeChat checks. */
export type ValueType = (typeof valueTypes)[number]

/** One placeholder of a template. */
interface TemplateField {
  /** `keyword1`, `thing2`: the key under which a sender gives its value. */
  readonly name: string
  /** The fixed text before it on its line, without the colon; empty where there is none. */
  readonly label: string
  /** Null: its values are never checked (`first`, `keyword1`, `pay`). */
  readonly type: ValueType | null
}

/** A template's placeholders in the order of its content. */
interface Template {
  /** `class`: has numbered typed placeholders and no `first`. */
  readonly style: 'old' | 'class'
  readonly fields: readonly TemplateField[]
}

/** What the phone shows of templates: everything, or what is left of it since 4 May 2023. */
export type TemplateRules = '2014' | '2023'

/** One labelled line of a message on the phone. */
export interface ShownKeyword {
  readonly name: string
  readonly label: string
  readonly value: string
}

/** A message as the phone shows it, below its title. */
interface ShownMessage {
  /** Null when nothing of the message itself is shown. */
  readonly line: string | null
  /** Everything shown other than the line, in the order of the template. */
  readonly keywords: readonly ShownKeyword[]
}

/**
 * Reads a template's content, `label：{{name.DATA}}` by line. A name may occur more than once.
 * Fixed text behind a line's last placeholder, or on a line of its own, belongs to no field.
 */
export function readTemplate(content: string): Template {
  const known = readBefore.get(content)
  if (known) return known
  const template = parse(content)
  if (readBefore.size >= read_before_max) readBefore.clear()
  readBefore.set(content, template)
  return template
}

/** Every send reads its template two or three times, always the same few: a content reads the same for ever. */
const readBefore = new Map<string, Template>()
const read_before_max = 1000

function parse(content: string): Template {
  const placeholders = [...content.matchAll(/\{\{([^{}.\s]+)\.DATA\}\}/g)].map((match, at, all) => {
    const before = all[at - 1]
    const from = before === undefined ? 0 : before.index + before[0].length
    return { name: match[1] ?? '', label: labelIn(content.slice(from, match.index)) }
  })
  const names = placeholders.map(({ name }) => name)
  const isClass = !names.includes('first') && names.some((name) => findValueType(name) !== null)
  return {
    style: isClass ? 'class' : 'old',
    fields: placeholders.map(({ name, label }) => ({
      name,
      label,
      // A bare remark belongs to the old style; among class keywords it is one more keyword.
      type: name === 'remark' && isClass ? 'remark' : findValueType(name),
    })),
  }
}

/**
 * The value type that a placeholder's name says. Class keywords always have a number (their place
 * in the library entry), so that the `name` and `time` of free old templates are no types.
 */
export function findValueType(name: string): ValueType | null {
  const type = valueTypes.find((each) => name.startsWith(each) && isNumber(name.slice(each.length)))
  return type ?? null
}

/**
 * What the phone shows of a message. The line is the value of `first`, and in a template without
 * one the value of its first placeholder. A value that is missing prints as nothing; where there is
 * no label either, nothing is shown. Values of no placeholder are ignored.
 *
 * Rules 2014: every value as sent. Rules 2023: `first` and `remark` are not shown (the line of a
 * template with `first` is null), and each value is folded to one line of 20 characters.
 */
export function renderTemplate(message: {
  content: string
  data: ReadonlyMap<string, string>
  rules: TemplateRules
}): ShownMessage {
  const { content, data, rules } = message
  const { fields } = readTemplate(content)
  const keywords = fields
    .filter(({ name }) => rules === '2014' || (name !== 'first' && name !== 'remark'))
    .map((field) => ({
      name: field.name,
      label: field.label,
      value: foldValue(field, data.get(field.name) ?? '', rules),
    }))
  const lineName = fields.some(({ name }) => name === 'first') ? 'first' : keywords[0]?.name
  return {
    line: keywords.find(({ name }) => name === lineName)?.value ?? null,
    keywords: keywords.filter(
      ({ name, label, value }) => name !== lineName && (label !== '' || value !== ''),
    ),
  }
}

/** The values of a shown message by the template's keyword names. */
export function keywordsByName(keywords: readonly ShownKeyword[]): Record<string, string> {
  return Object.fromEntries(keywords.map(({ name, value }) => [name, value]))
}

function labelIn(text: string): string {
  const line = text.slice(text.lastIndexOf('\n') + 1)
  return line
    .trim()
    .replace(/[:：]$/, '')
    .trimEnd()
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text)
}

const foldedCharactersMax = 20

/** Types whose own rule admits more characters than the fold leaves: those are shown whole. */
const longTypes: ReadonlySet<ValueType | null> = new Set([
  'character_string',
  'time',
  'date',
  'number',
  'letter',
])

function foldValue(field: TemplateField, value: string, rules: TemplateRules): string {
  if (rules === '2014') return value
  // What follows a line break is lost without a sign of it.
  const line = value.replace(/[\r\n].*$/s, '')
  const characters = [...line]
  if (characters.length <= foldedCharactersMax || longTypes.has(field.type)) return line
  return `${characters.slice(0, foldedCharactersMax).join('')}…`
}
