import { fieldsXml } from '../../core/xml.ts'
import { signWith } from '../signing.ts'
import type { Answers, WireAnswer } from './answer-data.ts'
import { readPlace } from './place.ts'
import { putAt } from './put.ts'
import type { Profile } from './spelled.ts'
import { timeText } from './time.ts'

type Values = Readonly<Record<string, unknown>>

/** A canonical answer, and what a profile may say besides. */
export interface CanonicalAnswer {
  /** Undefined where the call reached none. */
  readonly endpoint: string | undefined
  /** The canonical one. */
  readonly status: number
  readonly body: Values
  /** The canonical fields that were sent. */
  readonly sent?: Values | undefined
  /** Values that the canonical answer does not have. */
  readonly more?: object | undefined
  readonly trace?: string
  readonly now?: number
  /** By which the answer is signed. */
  readonly secret?: string | undefined
}

/** An answer in the words of a profile. */
export interface SpelledAnswer {
  readonly status: number
  readonly type: WireAnswer['type']
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

/** Puts a canonical answer into the profile's words. */
export function spellAnswer(profile: Profile, answer: CanonicalAnswer): SpelledAnswer {
  const { status, body } = answer
  const { own, answers } = answerOf(profile, answer.endpoint, body['errcode'])
  if (!own) return { status, type: 'json', headers: {}, body }
  const values = valuesOf(answer, answers)
  const spelled = {
    status: own.status ?? status,
    type: own.type,
    headers: Object.fromEntries(
      // A value that there is not makes no header.
      Object.entries(own.headers).flatMap(([name, text]) => {
        const value = fill(text, values)
        return value === null ? [] : [[name, textOf(value)]]
      }),
    ),
    body: own.body === undefined ? body : fill(own.body, values),
  }
  return answers.signature ? signed(spelled, answers.signature, answer) : spelled
}

/** Whether a profile says anything of answers. */
export function hasAnswers({
  answers,
  endpoints,
}: Pick<Profile, 'answers' | 'endpoints'>): boolean {
  const all = [answers, ...Object.values(endpoints).map((own) => own?.answers)]
  return all.some(
    (one) =>
      one &&
      (one.success ?? one.refusal ?? one.signature ?? Object.keys(one.by_errcode)[0]) !== undefined,
  )
}

/** The template of an answer: an endpoint's own before that of all; of a code before that of any. */
export function answerOf(
  profile: Pick<Profile, 'answers' | 'endpoints'>,
  endpoint: string | undefined,
  errcode: unknown,
): { own: WireAnswer | undefined; answers: Answers } {
  const usual = profile.answers
  const special = endpoint === undefined ? undefined : profile.endpoints[endpoint]?.answers
  const answers = special
    ? { ...usual, ...special, by_errcode: { ...usual.by_errcode, ...special.by_errcode } }
    : usual
  const own =
    errcode === 0 ? answers.success : (answers.by_errcode[String(errcode)] ?? answers.refusal)
  return { own, answers }
}

/** Codes of WeChat's; what is TUPU's own begins behind them. */
const wechat_codes_max = 99_999

function valuesOf(answer: CanonicalAnswer, { rows: row }: Answers): Values {
  const { body, more, sent = {}, trace = '', now = 0 } = answer
  const { errcode, errmsg, msgid } = body
  const isWechats = typeof errcode === 'number' && errcode <= wechat_codes_max
  const rows = (body['rows'] as Values[] | undefined) ?? [{ ...body, sent }]
  const fillRow = (values: Values) => {
    const shape = values['errcode'] === 0 ? row?.success : row?.refusal
    return shape === undefined ? values : fill(shape, { ...values, trace, now })
  }
  return {
    accepted: rows.filter((one) => one['errcode'] === 0).length,
    refused: rows.filter((one) => one['errcode'] !== 0).length,
    ...more,
    wechat: isWechats ? { errcode, errmsg, ...(msgid === undefined ? {} : { msgid }) } : null,
    ...body,
    rows: rows.map(fillRow),
    sent,
    now,
    request_id: trace,
  }
}

/** Fills a template: a text that is one placeholder becomes the value, in a longer text it is written out. */
export function fill(shape: unknown, values: Values): unknown {
  if (typeof shape === 'string') {
    const whole = PLACEHOLDER_ALONE.exec(shape)
    if (whole) return placeholderValue(whole[1] ?? '', values)
    return shape.replace(PLACEHOLDER, (_, name: string) => textOf(placeholderValue(name, values)))
  }
  if (Array.isArray(shape)) return shape.map((item) => fill(item, values))
  if (typeof shape !== 'object' || shape === null || 'rawJSON' in shape) return shape
  return Object.fromEntries(Object.entries(shape).map(([key, value]) => [key, fill(value, values)]))
}

export const PLACEHOLDER = /\{(\w+(?:[.:]\w+)?)\}/g
export const PLACEHOLDER_ALONE = /^\{(\w+(?:[.:]\w+)?)\}$/

function placeholderValue(name: string, values: Values): unknown {
  const [first = '', rest] = name.split(/[.:]/)
  const value = values[first]
  if (first === 'now') return timeText(Number(value), rest ?? 'iso')
  if (rest === 'uuid') return uuidOf(String(value))
  if (rest === 'text') return JSON.stringify(value)
  if (rest === undefined) return value ?? null
  return (value as Values | undefined)?.[rest] ?? null
}

function uuidOf(hex: string): string {
  return hex.padEnd(32, '0').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
}

/** A value inside a longer text: text as it is, anything else as JSON writes it. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value ?? null) ?? '')
}

function signed(
  answer: SpelledAnswer,
  signature: NonNullable<Answers['signature']>,
  { secret = '' }: CanonicalAnswer,
): SpelledAnswer {
  const fields = answer.body as Values
  const text = signWith(signature, { secret, at: signature.at, fields, body: bodyText(answer) })
  const place = readPlace(signature.at)
  if (place.in === 'header')
    return { ...answer, headers: { ...answer.headers, [place.name]: text.value } }
  return place.in === 'body' ? { ...answer, body: putAt(fields, place.parts, text.value) } : answer
}

const types = {
  json: 'application/json; charset=utf-8',
  xml: 'text/xml; charset=utf-8',
  form: 'application/x-www-form-urlencoded',
  text: 'text/plain; charset=utf-8',
  html: 'text/html; charset=utf-8',
} as const

/** The media type of an answer. */
export function typeOf({ type }: Pick<SpelledAnswer, 'type'>): string {
  return types[type]
}

/** The body of an answer as it goes on the wire. */
export function bodyText({ type, body }: Pick<SpelledAnswer, 'type' | 'body'>): string {
  if (type === 'json') return JSON.stringify(body)
  if (type === 'xml' && typeof body === 'object' && body !== null) return fieldsXml(body)
  if (type === 'form' && typeof body === 'object' && body !== null)
    return new URLSearchParams(
      Object.entries(body).map(([name, value]): [string, string] => [name, textOf(value)]),
    ).toString()
  return textOf(body)
}
