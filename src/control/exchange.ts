import { z } from 'zod'
import {
  type CutBody,
  type Exchange,
  type ExchangeKey,
  findExchange,
  listExchangeKeys,
  listExchangesBy,
  listTraceKeys,
} from '../../db/exchange.ts'
import type { Db } from '../../db/unit.ts'
import type { Call } from '../core/call.ts'
import { endpoint } from '../core/control-endpoint.ts'
import { words } from '../core/field.ts'
import { useOneOf } from '../core/nearest.ts'
import { unknownName } from '../core/problem.ts'
import type { Refusal } from '../core/refusal.ts'
import { escapeInvisible } from '../core/spelling.ts'
import {
  type MaskOptions,
  maskBody,
  maskBodyStart,
  maskField,
  maskHeaders,
  maskUrl,
} from '../journal/mask.ts'
import { isEmailKey, isMobileKey } from '../journal/mask-key.ts'
import { toIso } from '../world/clock.ts'
import type { Step } from '../world/step.ts'
import { cleanText } from './field.ts'

const page_max = 100
/** A page ends early when what it shows is so long. */
const page_bytes_max = 512 * 1024
/** Of a body, a list shows the beginning. */
const body_bytes_max = 2048
const scan_rows = 200
const scan_rows_max = 5000

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

const exchangeShape = z.object({
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

export const listExchanges = endpoint({
  id: 'exchange.list',
  methods: ['GET'],
  path: '/worlds/{world}/exchanges',
  from: ['path', 'query'],
  summary: {
    en: 'The journal, newest first, with decisions; secrets and personal data masked, long bodies cut',
    zh: '日志，最新的在前，带判定；密钥和个人信息已遮盖，过长的正文只显示开头',
  },
  input: z.strictObject({
    world: z
      .string()
      .meta(
        words(
          '_unattributed: calls that no world claims.',
          '_unattributed：不属于任何世界的调用。',
        ),
      ),
    after: z
      .string()
      .regex(/^\d{1,16}$/, 'a next_cursor of this list')
      .optional()
      .meta(words('A next_cursor: what is older.', '一个 next_cursor：列更早的。')),
    trace: cleanText.max(64).optional(),
    surface: z
      .enum(['tupu', 'wechat', 'register', 'phone', 'control', 'gateway', 'callback', 'console', 'sink'])
      .optional(),
  }),
  answer: z.object({
    items: z.array(exchangeShape),
    next_cursor: z.string().nullable(),
    dropped: z.int(),
  }),
  example: { input: { surface: 'tupu' } },
  handle({ db, world, input }) {
    const { dropped, epoch } = world
    const before = input.after === undefined ? undefined : Number(input.after)
    const { keys, next } = walk(db, { ...input, epoch, before })
    const rows = listExchangesBy(db, { epoch, seqs: keys.map(({ seq }) => seq) })
    const shown = firstOf(rows)
    const rest = shown.length < rows.length ? shown.at(-1)?.seq : next
    return {
      items: shown.map((row) => exchangeResponse(row, { reveal: false, body_bytes_max })),
      next_cursor: rest === undefined ? null : String(rest),
      dropped,
    }
  },
})

interface Filter {
  readonly epoch: number
  readonly before: number | undefined
  readonly trace?: string | undefined
  readonly surface?: string | undefined
}

/** Newest first, until a page is full, everything was seen, or enough was walked for one call. `next`: what was seen last. */
function walk(db: Db, filter: Filter): { keys: ExchangeKey[]; next: number | undefined } {
  const { epoch, trace, surface } = filter
  const keys: ExchangeKey[] = []
  let { before } = filter
  for (let walked = 0; walked < scan_rows_max; ) {
    const at = { epoch, before, after: 0, limit: scan_rows }
    const batch =
      trace === undefined
        ? listExchangeKeys(db, at)
        : listTraceKeys(db, epoch, trace).filter(({ seq }) => seq < (before ?? Infinity))
    for (const key of batch) {
      before = key.seq
      if (surface === undefined || key.surface === surface) keys.push(key)
      if (keys.length >= page_max) return { keys, next: before }
    }
    walked += batch.length
    if (trace !== undefined || batch.length < scan_rows) return { keys, next: undefined }
  }
  return { keys, next: before }
}

/** The first rows, as many as a page shows at once; one in any case. */
function firstOf(rows: Exchange[]): Exchange[] {
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

export const getExchange = endpoint({
  id: 'exchange.get',
  methods: ['GET'],
  path: '/worlds/{world}/exchanges/{seq}',
  from: ['path', 'query'],
  summary: {
    en: 'One exchange; with reveal its personal data too, secrets never',
    zh: '一次调用；带 reveal 时显示个人信息，密钥始终不显示',
  },
  input: z.strictObject({
    world: z.string(),
    seq: z.string().regex(/^\d{1,16}$/, 'a number'),
    reveal: z.enum(['true', 'false']).default('false'),
  }),
  answer: exchangeShape,
  example: {
    input: { seq: '{seq}' },
    after: [{ call: 'exchange.list', take: { seq: 'items.0.seq' } }],
  },
  handle(call) {
    const { db, world, input } = call
    const row = findExchange(db, world.epoch, Number(input.seq))
    if (!row) {
      return unknownExchange(call)
    }
    return exchangeResponse(row, { reveal: input.reveal === 'true' })
  },
})

function unknownExchange(call: Call<unknown, { seq: string }>): Refusal {
  const { db, world, input } = call
  const newest = { epoch: world.epoch, before: undefined, after: 0, limit: page_max }
  const known = listExchangeKeys(db, newest).map(({ seq }) => String(seq))
  return unknownName(call, {
    field: 'seq',
    reason: `the world has no exchange ${input.seq}`,
    fix: known.length > 0 ? useOneOf(undefined, known) : 'make a call first',
  })
}

type Shown = MaskOptions & { readonly body_bytes_max?: number }

function exchangeResponse(row: Exchange, options: Shown) {
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
function shownDecision(decision: readonly unknown[], options: Shown): unknown[] {
  const text = JSON.stringify(decision.map((step) => maskActual(step as Step, options)))
  const whole = readSteps(maskBody(text, { reveal: true }))
  return readSteps(escapeInvisible(maskBody(text, options), '\\\\u')).map((step, n) => {
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
