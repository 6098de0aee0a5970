import type { OfficialAccountRow, TemplateRow } from '../../../db/schema.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import {
  findValueType,
  lossesOf,
  readTemplate,
  renderTemplate,
} from '../../wechat/template/content.ts'
import { constValuesOf } from '../../wechat/template/template.ts'
import { templateDataFaults, unprintable } from '../../wechat/template/value-type.ts'
import { type Finding, finding, refusalFinding } from './finding.ts'
import type { RuleName } from './rules.ts'
import { personalFindings } from './text.ts'

/** A send as it goes to WeChat. */
export interface Composed {
  /** Undefined: the account's is at another WeChat. */
  readonly official: OfficialAccountRow | undefined
  readonly template: TemplateRow | Refusal | undefined
  readonly data: ReadonlyMap<string, string>
  /** Keywords whose values are the name of whoever it is for, which is not known. */
  readonly unknown: readonly string[]
  /** The send is not decided by these rules: of a sandbox, of another WeChat, or to a magic mobile. */
  readonly isElsewhere: boolean
  fieldOf(name: string): string
}

/** What WeChat makes of a send by its template: what it refuses, does not show, and what others read. */
export function templateFindings(composed: Composed): Finding[] {
  const { template } = composed
  if (isRefusal(template)) return composed.isElsewhere ? [] : [refusalFinding(template, 'account')]
  const content =
    template?.content ?? [...composed.data.keys()].map((name) => `{{${name}.DATA}}`).join('\n')
  const at = { ...composed, content, labels: labelsOf(content) }
  return [...dataFindings(at), ...(template ? shownFindings(at) : []), ...privateFindings(at)]
}

interface At extends Composed {
  readonly content: string
  /** How a sentence calls each keyword. */
  readonly labels: ReadonlyMap<string, string>
}

function labelsOf(content: string): ReadonlyMap<string, string> {
  const { fields } = readTemplate(content)
  return new Map(
    fields.map(({ name, label }) => [name, label === '' ? `“${name}”` : `${label} (${name})`]),
  )
}

/** Length, form and line breaks of each typed value. */
function dataFindings(at: At): Finding[] {
  const { content, data, template, unknown, isElsewhere } = at
  const constValues = isRefusal(template) || !template ? new Map() : constValuesOf(template)
  const faults = [...templateDataFaults({ content, data, constValues })]
  return faults
    .filter(({ name }) => !unknown.includes(name))
    .map(({ name, fault }) => {
      const value = data.get(name) ?? ''
      const broken = value.search(unprintable)
      const type = findValueType(name) ?? 'remark'
      const rule: RuleName =
        fault === 'is empty'
          ? 'value.empty'
          : broken < 0 || type === 'remark'
            ? `value.${type}`
            : 'value.control'
      const found = {
        field: at.fieldOf(name),
        errcode: 47003,
        isElsewhere,
        values: { name: at.labels.get(name), value },
      }
      return finding(
        rule,
        rule === 'value.control'
          ? { ...found, position: [...value.slice(0, broken)].length }
          : found,
      )
    })
}

const loss_rules = {
  line: 'line.hidden',
  folded: 'value.folded',
  line_break: 'value.line_break',
  emoji: 'value.emoji',
} as const
/** Longer ones were seen cut. */
const total_length_max = 200

/** What the phone does not show, under the rules of each time. */
function shownFindings({ content, data, labels, unknown, fieldOf }: At): Finding[] {
  const losses = lossesOf({ content, data, rules: '2023' }).map(({ name, kind, at }) => {
    const position = kind === 'line' ? {} : { position: at }
    return finding(loss_rules[kind], {
      field: fieldOf(name),
      ...position,
      rules: '2023',
      values: { name: labels.get(name) },
    })
  })
  const { line, keywords } = renderTemplate({ content, data, rules: '2014' })
  const blank = keywords.filter(
    ({ name, value, label }) => value === '' && label !== '' && findValueType(name) === null,
  )
  const total = [...[line ?? '', ...keywords.map(({ label, value }) => label + value)].join('')]
    .length
  return [
    ...losses,
    ...blank
      .filter(({ name }) => !unknown.includes(name))
      .map(({ name, label }) =>
        finding('value.blank', { field: fieldOf(name), values: { label } }),
      ),
    ...(total > total_length_max
      ? [finding('message.total', { field: 'message', rules: '2014', values: { value: total } })]
      : []),
  ]
}

/** What everybody reads who looks at the phone; of what TUPU fills in, nobody is to blame. */
function privateFindings({ data, labels, fieldOf }: At): Finding[] {
  return [...data].flatMap(([key, text]) => {
    const field = fieldOf(key)
    const isOurs = field.startsWith('template.')
    const isNumber = findValueType(key) === 'phone_number'
    return isOurs
      ? []
      : personalFindings({ field, name: labels.get(key) ?? `“${key}”`, text, isNumber })
  })
}
