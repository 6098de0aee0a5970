import { z } from 'zod'
import type { CutBody, Exchange } from '../../../db/exchange.ts'
import { words } from '../../core/field.ts'
import { escapeInvisible } from '../../core/spelling.ts'
import {
  type MaskOptions,
  maskBody,
  maskBodyStart,
  maskField,
  maskHeaders,
  maskUrl,
} from '../../journal/mask.ts'
import { isEmailKey, isMobileKey } from '../../journal/mask-key.ts'
import { valuesOf } from '../../journal/values.ts'
import { toIso } from '../../world/clock.ts'
import type { Fix, Step, StepFacts } from '../../world/step.ts'

const half = z.object({
  headers: z.record(z.string(), z.unknown()),
  body: z.string(),
  length: z
    .int()
    .optional()
    .meta(
      words(
        'Only if the body is cut: its size in bytes. exchange.get shows up to 64 kB of it, which is what is kept.',
        '仅当正文不完整时才有：正文的字节数。exchange.get 最多显示 64 kB，即所保留的部分。',
      ),
    ),
  sha256: z
    .string()
    .optional()
    .meta(
      words('Of the whole body, if not all of it is kept.', '未保留完整正文时，完整正文的摘要。'),
    ),
})

/** An exchange as the control API shows one. */
export const exchangeShape = z.object({
  seq: z.int(),
  trace: z.string(),
  direction: z.enum(['in', 'out']),
  surface: z.string(),
  endpoint: z.string(),
  at: z.iso.datetime(),
  real_at: z.iso.datetime(),
  method: z.string(),
  url: z.string(),
  request: half,
  status: z.int().meta(words('0: there was no answer.', '0：没有应答。')),
  answer: half,
  decision: z
    .array(z.unknown())
    .meta(
      words(
        'The steps, in order; a passed step without details is just the name of its rule.',
        '按顺序的步骤；通过且无可说明的步骤只有规则名。',
      ),
    ),
})

export type Shown = MaskOptions & { readonly body_bytes_max?: number }

/** An exchange as it may be shown. */
export type ExchangeInfo = z.output<typeof exchangeShape>

/** In a list a body shows its beginning. */
export const listed_bytes_max = 2048

/** An exchange as a list shows it. */
export function listedExchange(row: Exchange): ExchangeInfo {
  return exchangeResponse(row, { reveal: false, body_bytes_max: listed_bytes_max })
}

/** An exchange as the control API shows one. */
export function exchangeResponse(row: Exchange, options: Shown): ExchangeInfo {
  return {
    seq: row.seq,
    trace: row.trace,
    direction: row.direction,
    surface: row.surface,
    endpoint: row.endpoint,
    at: toIso(row.at),
    real_at: toIso(row.real_at),
    method: row.method,
    url: maskUrl(row.url, options),
    request: {
      headers: maskHeaders(row.request_headers, options),
      ...bodyResponse(row.request_body, row.cut?.request, options),
    },
    status: row.status,
    answer: {
      headers: maskHeaders(row.response_headers, options),
      ...bodyResponse(row.response_body, row.cut?.response, options),
    },
    decision: shownDecision(row.decision, options),
  }
}

/**
 * Decisions are read by eye: a sign that nobody sees stands there as it stands in the body. But what a `fix` says is to be
 * sent as it is, and stands there whole.
 */
export function shownDecision(decision: readonly unknown[], options: Shown): Step[] {
  return (decision as readonly Step[]).map((step) =>
    typeof step === 'string' ? step : shownStep(step, options),
  )
}

function shownStep(step: StepFacts, options: Shown): StepFacts {
  const shown = escapeTexts(maskField('', maskActual(step, options), options)) as StepFacts
  if (!step.fix) return shown
  return { ...shown, fix: maskField('fix', step.fix, { reveal: true }) as Fix }
}

/** Of a step about a personal field, only the rule says which field that is: `mobile.valid`. */
function maskActual(step: StepFacts, options: Shown): StepFacts {
  const [field = ''] = step.rule.split('.')
  if (!isMobileKey(field) && !isEmailKey(field)) return step
  return { ...step, actual: maskField(field, step.actual, options) }
}

/** A value of JSON with what nobody sees escaped in its texts and names. */
function escapeTexts(value: unknown): unknown {
  if (typeof value === 'string') return escapeInvisible(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(escapeTexts)
  const members = Object.entries(value)
  return Object.fromEntries(
    members.map(([key, member]) => [escapeInvisible(key), escapeTexts(member)]),
  )
}

/** A body, or its beginning and how long it is. */
function bodyResponse(body: Buffer, cut: CutBody | undefined, options: Shown) {
  const shown = body.subarray(0, options.body_bytes_max)
  const length = cut?.length ?? body.length
  const text = shown.toString('utf8')
  if (length <= shown.length) return { body: escapeInvisible(maskBody(text, options)) }
  const start = escapeInvisible(maskBodyStart(text, options))
  return { body: start, length, ...(cut?.sha256 && { sha256: cut.sha256 }) }
}

/** What a call was made with: the mobile, masked as it is shown, and all values. */
export function readSent({ request }: ExchangeInfo) {
  const values = valuesOf(request.body)
  const mobile = values.find(({ name, isTop }) => isTop && isMobileKey(name))?.value
  return { mobile, values: values.map(({ value }) => value) }
}
