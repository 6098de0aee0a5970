import { z } from 'zod'
import {
  type Exchange,
  findExchange,
  listExchanges as listExchangeRows,
  listTrace,
} from '../../db/exchange.ts'
import type { Db } from '../../db/unit.ts'
import { endpoint } from '../core/control-endpoint.ts'
import { words } from '../core/field.ts'
import { problem } from '../core/problem.ts'
import { maskBody, maskHeaders, maskUrl } from '../journal/mask.ts'
import { toIso } from '../world/clock.ts'
import { cleanText } from './field.ts'

const page_max = 100
const scan_rows = 200
const scan_rows_max = 5000

const messageShape = z.object({
  headers: z.record(z.string(), z.unknown()),
  body: z.string(),
  length: z
    .int()
    .optional()
    .meta(
      words(
        'There when the body is longer than the 64 kB of it that are kept: its bytes.',
        '正文超过所保留的 64 kB 时给出：其字节数。',
      ),
    ),
  sha256: z
    .string()
    .optional()
    .meta(words('Of the whole body, beside `length`.', '与 length 一起给出：完整正文的摘要。')),
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
  request: messageShape,
  status: z.int().meta(words('0: no answer came.', '0：没有应答。')),
  answer: messageShape,
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
    en: 'The journal, newest first, with decisions; secrets and personal data masked',
    zh: '日志，最新的在前，带判定；密钥和个人信息已遮盖',
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
      .enum(['tupu', 'wechat', 'register', 'phone', 'control', 'gateway', 'callback', 'console'])
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
    if (input.trace !== undefined) {
      const rows = listTrace(db, epoch, input.trace)
      const items = rows
        .filter((row) => !input.surface || row.surface === input.surface)
        .map((row) => exchangeResponse(row, false))
      return { items, next_cursor: null, dropped }
    }
    const before = input.after === undefined ? undefined : Number(input.after)
    const { rows, next } = walk(db, epoch, before, input.surface)
    return {
      items: rows.map((row) => exchangeResponse(row, false)),
      next_cursor: next === null ? null : String(next),
      dropped,
    }
  },
})

/** Newest first, until a page is full, everything was seen, or enough was walked for one call. */
function walk(
  db: Db,
  epoch: number,
  start: number | undefined,
  surface: string | undefined,
): { rows: Exchange[]; next: number | null } {
  const rows: Exchange[] = []
  let before = start
  for (let walked = 0; walked < scan_rows_max; ) {
    const batch = listExchangeRows(db, { epoch, before, after: 0, limit: scan_rows })
    for (const row of batch) {
      before = row.seq
      if (surface === undefined || row.surface === surface) rows.push(row)
      if (rows.length >= page_max) return { rows, next: before }
    }
    walked += batch.length
    if (batch.length < scan_rows) return { rows, next: null }
  }
  return { rows, next: before ?? null }
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
  handle({ db, world, input }) {
    const row = findExchange(db, world.epoch, Number(input.seq))
    if (!row) {
      return problem('not_found', {
        field: 'seq',
        reason: `the world has no exchange ${input.seq}`,
        fix: 'use a seq of exchange.list',
      })
    }
    return exchangeResponse(row, input.reveal === 'true')
  },
})

function exchangeResponse(row: Exchange, reveal: boolean) {
  const options = { reveal }
  const body = (bytes: Buffer) => maskBody(bytes.toString('utf8'), options)
  const headers = (sent: Exchange['request_headers']) => maskHeaders(sent, options)
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
      headers: headers(row.request_headers),
      body: body(row.request_body),
      ...row.cut?.request,
    },
    status: row.status,
    answer: {
      headers: headers(row.response_headers),
      body: body(row.response_body),
      ...row.cut?.response,
    },
    decision: JSON.parse(maskBody(JSON.stringify(row.decision), options)) as unknown[],
  }
}
