import type { DrawnLine } from '../../core/shown.ts'
import { dropEmojis, foldValue, lossesIn, type ValueLoss } from './fold.ts'

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

/** A value that a message shows, and what its placeholder is called. */
export interface ShownKeyword {
  readonly name: string
  readonly label: string
  readonly value: string
}

/** A message as the phone shows it, below its title. */
interface ShownMessage {
  /** The template's first line; null when the rules show none. */
  readonly line: string | null
  /** The values in the lines below it, in the order of the template. */
  readonly keywords: readonly ShownKeyword[]
  /** Those lines themselves; left out where each of them is one of `keywords` and nothing else. */
  readonly drawn?: readonly DrawnLine[]
}

/** One line of a template. */
interface TemplateLine {
  /** What stands before its first placeholder and ends in a colon, without it; empty: nothing does. */
  readonly label: string
  readonly fields: readonly TemplateField[]
  /** The text before each of `fields`, and behind the last one. */
  readonly fixed: readonly string[]
}

/** The lines of a template that are shown under some rules. */
interface Layout {
  /** Null: the first one is not shown. */
  readonly first: TemplateLine | null
  readonly below: readonly TemplateLine[]
  /** The placeholders of the lines below. */
  readonly shown: readonly TemplateField[]
  /** Whether each line below is a label and a value, or a value alone. */
  readonly isPlain: boolean
}

interface Parsed extends Template {
  readonly layouts: Readonly<Record<TemplateRules, Layout>>
}

/**
 * Reads a template's content, `label：{{name.DATA}}` by line. A name may occur more than once.
 * Fixed text behind a line's last placeholder, or on a line of its own, belongs to no field.
 */
export function readTemplate(content: string): Template {
  const { style, fields } = parsedOf(content)
  return { style, fields }
}

function parsedOf(content: string): Parsed {
  const known = readBefore.get(content)
  if (known) return known
  const template = parse(content)
  if (readBefore.size >= read_before_max) readBefore.clear()
  readBefore.set(content, template)
  return template
}

/** Every send reads its template two or three times, always the same few: a content reads the same for ever. */
const readBefore = new Map<string, Parsed>()
const read_before_max = 1000

function parse(content: string): Parsed {
  const names = [...content.matchAll(placeholder)].map(([, name = '']) => name)
  const isClass = !names.includes('first') && names.some((name) => findValueType(name) !== null)
  const lines = linesIn(content, isClass)
  const fields = lines.flatMap((line) => line.fields)
  return {
    style: isClass ? 'class' : 'old',
    fields,
    layouts: {
      '2014': layOut(lines, fields),
      '2023': layOut(mainLines(linesIn(content, isClass, dropEmojis)), fields),
    },
  }
}

const placeholder = /\{\{([^{}.\s]+)\.DATA\}\}/g

/** Lines that are empty are no lines. `clean`: what becomes of their fixed text. */
function linesIn(
  content: string,
  isClass: boolean,
  clean = (text: string) => text,
): TemplateLine[] {
  const lines = content.split(/\r\n|[\r\n]/)
  return lines
    .map((line) => readLine(line, isClass, clean))
    .filter(({ fields, fixed }) => fields.length > 0 || fixed[0] !== '')
}

function readLine(line: string, isClass: boolean, clean: (text: string) => string): TemplateLine {
  const fields: TemplateField[] = []
  const fixed: string[] = []
  for (const [at, part] of line.split(placeholder).entries()) {
    if (at % 2 === 0) fixed.push(clean(part))
    else
      fields.push({ name: part, label: labelIn(fixed.at(-1) ?? ''), type: typeOf(part, isClass) })
  }
  fixed[0] = fixed[0]?.trimStart() ?? ''
  fixed.push(fixed.pop()?.trimEnd() ?? '')
  const isLabelled = fields.length > 0 && /[:：]\s*$/.test(fixed[0])
  return { label: isLabelled ? labelIn(fixed[0]) : '', fields, fixed }
}

/** A bare remark belongs to the old style; among class keywords it is one more keyword. */
function typeOf(name: string, isClass: boolean): ValueType | null {
  return name === 'remark' && isClass ? 'remark' : findValueType(name)
}

/**
 * What is left of a template since 4 May 2023: neither a first line that is a bare placeholder, whatever its name, nor a tail,
 * which is a last line that is one or has none. Source: the platform's notice (首行内容, 尾部/备注内容), and senders whose
 * value came back when they put a text before it.
 */
function mainLines(lines: readonly TemplateLine[]): (TemplateLine | null)[] {
  return lines.flatMap((line, at) => {
    if (at === 0) return [isBare(line) ? null : line]
    const isTail = at === lines.length - 1 && (isBare(line) || line.fields.length === 0)
    return isTail ? [] : [line]
  })
}

function isBare({ fields, fixed }: TemplateLine): boolean {
  return fields.length === 1 && fixed.every((text) => text === '')
}

function layOut(
  [first = null, ...rest]: readonly (TemplateLine | null)[],
  fields: readonly TemplateField[],
): Layout {
  const below = rest.filter((line) => line !== null)
  const isDistinct = new Set(fields.map(({ name }) => name)).size === fields.length
  const isPlain = isDistinct && below.every((line) => isPlainLine(line, fields))
  return { first, below, shown: below.flatMap((line) => line.fields), isPlain }
}

/** A label and a value, both as they are read of the template. */
function isPlainLine(line: TemplateLine, fields: readonly TemplateField[]): boolean {
  const [field, ...others] = line.fields
  if (field === undefined || others.length > 0 || line.fixed[1] !== '') return false
  const hasLabelOnly = line.fixed[0] === '' || line.label !== ''
  return (
    hasLabelOnly && fields.some(({ name, label }) => name === field.name && label === line.label)
  )
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
 * What the phone shows of a message: the template's text with the values in it, which are not read again for placeholders. A
 * value that is missing prints as nothing; a line of which nothing is left is not shown, but for the first one. Values of no
 * placeholder are ignored.
 *
 * Rules 2014: every line, and every value as sent. Rules 2023: neither a bare first line nor a tail, no emojis, and each value
 * is folded to one line of 20 characters.
 */
export function renderTemplate(message: {
  content: string
  data: ReadonlyMap<string, string>
  rules: TemplateRules
}): ShownMessage {
  const { content, data, rules } = message
  const { first, below, shown, isPlain } = parsedOf(content).layouts[rules]
  const fill = (field: TemplateField) => valueUnder(rules, field, data)
  const keywords: ShownKeyword[] = []
  for (const field of shown) {
    const keyword = { name: field.name, label: field.label, value: fill(field) }
    if (isSaying(keyword)) keywords.push(keyword)
  }
  const line = first && textOf(first, fill)
  if (isPlain) return { line, keywords }
  return { line, keywords, drawn: below.map((each) => drawLine(each, fill)).filter(isSaying) }
}

/** What a value is under some rules: those of 2014 show it as it was sent. */
function valueUnder(
  rules: TemplateRules,
  { name, type }: TemplateField,
  data: ReadonlyMap<string, string>,
): string {
  const value = data.get(name) ?? ''
  return rules === '2014' ? value : foldValue(type, value)
}

/** Something that was sent, and that the phone does not show: a value on a line that it leaves out, or a part of one. */
interface Loss {
  readonly name: string
  readonly kind: 'line' | ValueLoss['kind']
  /** Where in the value, in characters from 0. */
  readonly at: number
}

/** What `renderTemplate` does not show of a message's values, in the order of the template. */
export function lossesOf(message: Parameters<typeof renderTemplate>[0]): Loss[] {
  const { content, data, rules } = message
  const { fields, layouts } = parsedOf(content)
  const { first, shown } = layouts[rules]
  const kept = new Set([...(first?.fields ?? []), ...shown].map(({ name }) => name))
  return fields.flatMap(({ name, type }): Loss[] => {
    const value = data.get(name) ?? ''
    if (value === '') return []
    if (!kept.has(name)) return [{ name, kind: 'line', at: 0 }]
    return rules === '2014' ? [] : lossesIn(type, value).map((loss) => ({ name, ...loss }))
  })
}

type Fill = (field: TemplateField) => string

/** `from`: the fixed text at its beginning that counts. */
function textOf({ fields, fixed }: TemplateLine, fill: Fill, from = fixed[0] ?? ''): string {
  let text = from
  for (let at = 0; at < fields.length; at++) {
    const field = fields[at]
    if (field) text += fill(field) + fixed[at + 1]
  }
  return text
}

function drawLine(line: TemplateLine, fill: Fill): DrawnLine {
  return { label: line.label, value: textOf(line, fill, line.label === '' ? undefined : '') }
}

function isSaying({ label, value }: DrawnLine): boolean {
  return label !== '' || value !== ''
}

/** The values of a shown message by the template's keyword names. */
export function keywordsByName(keywords: readonly ShownKeyword[]): Record<string, string> {
  return Object.fromEntries(keywords.map(({ name, value }) => [name, value]))
}

function labelIn(text: string): string {
  return text
    .trim()
    .replace(/[:：]$/, '')
    .trimEnd()
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text)
}
