import { elementFields, list_bounds, readXml } from '../../core/xml.ts'
import { answerOf, PLACEHOLDER, PLACEHOLDER_ALONE } from './answer.ts'
import type { WireAnswer } from './answer-data.ts'
import { readPlace, rowsAt, valueAt } from './place.ts'
import type { Profile } from './spelled.ts'

type Values = Readonly<Record<string, unknown>>

/** An answer as it came. */
export interface CameAnswer {
  readonly status: number
  readonly text: string
}

/** What an answer says in canonical words, as far as the profile's templates tell. */
export interface ReadAnswer {
  /** 0 is a success; undefined: it is a refusal, and no template tells which. */
  readonly errcode: number | undefined
  readonly values: Values
}

/** Reads an answer by the profile; undefined: it looks like none of its answers. */
export function readAnswer(
  profile: Profile,
  endpoint: string,
  came: CameAnswer,
): ReadAnswer | undefined {
  const { own, answers } = answerOf(profile, endpoint, 0)
  const success = matches(answers.success ?? own, came, answers.success?.when)
  if (success && isGood(success, answers.success)) return { errcode: 0, values: success }
  for (const [code, template] of Object.entries(answers.by_errcode)) {
    const values = matches(template, came)
    if (values) return { errcode: numberOf(values['errcode']) ?? Number(code), values }
  }
  const values = matches(answers.refusal, came)
  return values && { errcode: numberOf(values['errcode']), values }
}

/** Whether an answer is the one that the profile has for a canonical code, 0 being a success. */
export function fitsAnswer(
  profile: Profile,
  endpoint: string,
  errcode: number,
  came: CameAnswer,
): boolean {
  const { own, answers } = answerOf(profile, endpoint, errcode)
  if (errcode !== 0 && readAnswer(profile, endpoint, came)?.errcode === 0) return false
  const values = matches(own, came, errcode === 0 ? answers.success?.when : undefined)
  if (!values) return false
  // Of our own words, without a template, `contract run` asks for the status itself.
  const usual = statuses_of[errcode] ?? [200]
  if (own?.body !== undefined && own.status === undefined && !usual.includes(came.status))
    return false
  const told = numberOf(values['errcode'])
  return own?.body === undefined ? told === errcode : told === undefined || told === errcode
}

/** Canonical statuses of calls that reach no endpoint; all others are 200. */
const statuses_of: Readonly<Record<number, readonly number[]>> = {
  100019: [404, 405],
  100020: [413],
}
const canonical_statuses = [200, ...Object.values(statuses_of).flat()]

/** Without a template of its own a success is known by its errcode. */
function isGood(values: Values, template: WireAnswer | undefined): boolean {
  return template?.body !== undefined || numberOf(values['errcode']) === 0
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined
}

/** The values that a template finds in an answer; undefined: the answer is none of its kind. */
function matches(
  template: WireAnswer | undefined,
  came: CameAnswer,
  when?: Readonly<Record<string, readonly unknown[]>>,
): Values | undefined {
  const body = parseAs(template?.type ?? 'json', came.text)
  if (body === undefined) return undefined
  if (template?.body === undefined) {
    const isStatus = template?.status === undefined || template.status === came.status
    return isStatus && isObject(body) ? body : undefined
  }
  const values: Record<string, unknown> = {}
  const isTexts = template.type === 'xml' || template.type === 'form'
  const isAlike = unify(isTexts ? asTexts(template.body) : template.body, body, values)
  if (when) return isWhen(when, came.status, body) ? values : undefined
  const statuses = template.status === undefined ? canonical_statuses : [template.status]
  return isAlike && statuses.includes(came.status) ? values : undefined
}

/** Whether an answer has, at each place, one of the values wanted there; `text` is all of it. */
export function answersBy(
  wanted: Readonly<Record<string, readonly unknown[]>>,
  { status, text }: CameAnswer,
): boolean {
  const { text: texts = [text.trim()], ...rest } = wanted
  const type = /^\s*</.test(text) ? 'xml' : 'json'
  return texts.includes(text.trim()) && isWhen(rest, status, parseAs(type, text))
}

function isWhen(
  when: Readonly<Record<string, readonly unknown[]>>,
  status: number,
  body: unknown,
): boolean {
  return Object.entries(when).every(([at, wanted]) => {
    if (at === 'status') return wanted.includes(status)
    const place = readPlace(at)
    const parts = place.in === 'body' ? place.parts : []
    const sent = { request: { headers: {} }, query: {}, fields: body } as Parameters<
      typeof valueAt
    >[0]
    return rowsAt(body, parts, 1000).some((row) =>
      wanted.includes(valueAt(sent, place, row) ?? null),
    )
  })
}

/** Compares a template with what came: constants must be there, placeholders tell what stands in their place. */
function unify(template: unknown, came: unknown, values: Record<string, unknown>): boolean {
  if (typeof template === 'string') return unifyText(template, came, values)
  if (Array.isArray(template)) {
    const items: readonly unknown[] = Array.isArray(came) ? came : []
    return template.map((item, i) => unify(item, items[i], values)).every(Boolean)
  }
  if (typeof template !== 'object' || template === null) return Object.is(template, came ?? null)
  const entries = Object.entries(template)
  // Every part is looked at, also behind one that differs: a rule of success may overrule it.
  return entries
    .map(([name, inner]) => unify(inner, isObject(came) ? came[name] : undefined, values))
    .every(Boolean)
}

function unifyText(template: string, came: unknown, values: Record<string, unknown>): boolean {
  const whole = PLACEHOLDER_ALONE.exec(template)
  if (whole) {
    if (came !== undefined) values[whole[1] ?? ''] = came
    return true
  }
  if (!template.includes('{')) return template === came || template === ''
  if (typeof came !== 'string') return false
  const names: string[] = []
  const pattern = template
    .split(PLACEHOLDER)
    .map((part, i) => {
      if (i % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      names.push(part)
      return '(.*)'
    })
    .join('')
  const found = new RegExp(`^${pattern}$`, 's').exec(came)
  for (const [i, name] of names.entries()) values[name] = found?.[i + 1]
  return found !== null
}

/** Where all that comes is text, constants are texts, too. */
function asTexts(template: unknown): unknown {
  if (Array.isArray(template)) return template.map(asTexts)
  if (!isObject(template)) return template === null ? '' : String(template)
  return Object.fromEntries(Object.entries(template).map(([name, one]) => [name, asTexts(one)]))
}

function parseAs(type: WireAnswer['type'], text: string): unknown {
  if (type === 'text' || type === 'html') return text
  if (type === 'form') return Object.fromEntries(new URLSearchParams(text))
  if (type === 'xml') {
    const root = readXml(text, list_bounds)
    return 'fault' in root ? undefined : { [root.name]: elementFields(root) }
  }
  return parseExact(text)
}

/** JSON whose numbers beyond 2^53 stay texts, with all their digits. */
export function parseExact(text: string): unknown {
  try {
    return JSON.parse(text, (_, value: unknown, at?: { readonly source?: string }) =>
      typeof value === 'number' && !Number.isSafeInteger(value) && /^\d+$/.test(at?.source ?? '')
        ? at?.source
        : value,
    )
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
