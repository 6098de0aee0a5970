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
import { toIso } from '../../world/clock.ts'
import type { Step } from '../../world/step.ts'

const half = z.object({
  headers: z.record(z.string(), z.unknown()),
  body: z.string(),
  length: z
    .int()
    .optional()
    .meta(
      words(
        'Only where the body is not whole: how many bytes it has. exchange.get shows up to 64 kB of it, which is what is kept.',
        '仅当正文不完整时才有：正文的字节数。exchange.get 最多显示 64 kB，即所保留的部分。',
      ),
    ),
  sha256: z
    .string()
    .optional()
    .meta(
      words(
        'Of the whole body, where not all of it is kept.',
        '未保留完整正文时，完整正文的摘要。',
      ),
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
  status: z.int().meta(words('0: no answer came.', '0：没有应答。')),
  answer: half,
  decision: z
    .array(z.unknown())
    .meta(
      words(
        'The steps, in order; a passed step with nothing to show is its rule alone.',
        '按顺序的步骤；通过且无可说明的步骤只有规则名。',
      ),
    ),
})

/** What a page of exchanges shows: of a body the beginning, and no more of them than together are so long. */
export interface PageBounds {
  readonly body_bytes_max: number
  readonly page_bytes_max: number
}

/** The first rows, as many as a page shows at once; one in any case. */
export function firstOf(
  rows: Exchange[],
  { body_bytes_max, page_bytes_max }: PageBounds,
): Exchange[] {
  let bytes = 0
  const over = rows.findIndex((row) => {
    const bodies = [row.request_body, row.response_body]
    const shown = bodies.map(({ length }) => Math.min(length, body_bytes_max))
    bytes += row.bytes + shown.reduce((sum, length) => sum + length, 0)
    bytes -= row.request_body.length + row.response_body.length
    return bytes > page_bytes_max
  })
  return over < 0 ? rows : rows.slice(0, Math.max(1, over))
}

export type Shown = MaskOptions & { readonly body_bytes_max?: number }

/** An exchange as it may be shown. */
export type ExchangeInfo = z.output<typeof exchangeShape>

/** An exchange as the control API shows one. */
/** In a list a body shows its beginning. */
export const listed_bytes_max = 2048

/** An exchange as a list shows it. */
export function listedExchange(row: Exchange): ExchangeInfo {
  return exchangeResponse(row, { reveal: false, body_bytes_max: listed_bytes_max })
}

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
  const steps = decision as readonly Step[]
  // Most rows of a page have nothing in them that could be masked.
  if (steps.every((step) => typeof step === 'string')) return [...steps]
  const text = JSON.stringify(steps.map((step) => maskActual(step, options)))
  const shown = readSteps(escapeInvisible(maskBody(text, options), '\\\\u'))
  if (!steps.some((step) => typeof step === 'object' && step.fix)) return shown
  const whole = readSteps(maskBody(text, { reveal: true }))
  return shown.map((step, n) => {
    const found = whole[n]
    const fix = typeof found === 'object' ? found.fix : undefined
    return typeof step === 'object' && fix ? { ...step, fix } : step
  })
}

/** Of a step about a personal field, only the rule says which field that is: `mobile.valid`. */
function maskActual(step: Step, options: Shown): Step {
  if (typeof step === 'string') return step
  const [field = ''] = step.rule.split('.')
  if (!isMobileKey(field) && !isEmailKey(field)) return step
  return { ...step, actual: maskField(field, step.actual, options) }
}

function readSteps(text: string): Step[] {
  return JSON.parse(text) as Step[]
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
