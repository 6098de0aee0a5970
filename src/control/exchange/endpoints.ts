import { z } from 'zod'
import { type Exchange, findExchange, listExchangeKeys } from '../../../db/exchange.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { pending, type Reply, reply } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { useOneOf } from '../../core/nearest.ts'
import { unknownName } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { duration } from '../field.ts'
import { exchangeResponse, exchangeShape, listed_bytes_max } from './exchange.ts'
import { exchangeFilters, readFilter } from './filter.ts'
import { curlOf } from './format/curl.ts'
import { harOf } from './format/har.ts'
import { httpOf } from './format/http.ts'
import { beginPage, makePage, type Page, type PageBounds, type Paging } from './page.ts'

const page_usual = 100
const page_max = 500
const wait_ms_max = 60_000

/** A file for other tools has all that is kept. */
const bounds: Readonly<Record<'json' | 'har', PageBounds>> = {
  json: { body_bytes_max: listed_bytes_max, page_bytes_max: 512 * 1024 },
  har: { body_bytes_max: 65_536, page_bytes_max: 2 * 1024 * 1024 },
}

const reveal = z
  .enum(['true', 'false'])
  .default('false')
  .meta(
    words(
      'true: shows personal data, but never secrets.',
      'true：也显示个人信息；密钥始终不显示。',
    ),
  )

const listInput = z.strictObject({
  world: z
    .string()
    .meta(
      words(
        '_unattributed: calls that belong to no world.',
        '_unattributed：不属于任何世界的调用。',
      ),
    ),
  ...exchangeFilters,
  limit: z
    .union([z.int(), z.string().regex(/^\d{1,9}$/, 'a number')])
    .transform(Number)
    .refine((n) => n >= 1 && n <= page_max, 'a number from 1 to 500')
    .default(page_usual)
    .meta(words('At most 500.', '最多 500。')),
  after: z
    .string()
    .regex(/^\d{1,16}$/, 'a next_cursor of this list')
    .optional()
    .meta(words('A next_cursor: returns what is older.', '一个 next_cursor：列更早的。')),
  wait: duration
    .refine((ms) => ms <= wait_ms_max, 'a duration of at most PT60S')
    .optional()
    .meta(
      words(
        'At most PT60S of real time: answers as soon as there is an item. Only items newer than the cursor count.',
        '最多真实时间 PT60S：一有符合的就应答。不等待早于游标的调用。',
      ),
    ),
  format: z
    .enum(['json', 'har'])
    .default('json')
    .meta(
      words(
        'har: HAR 1.2, oldest first, for browser developer tools; _next_cursor is in its log.',
        'har：HAR 1.2，最早的在前，供浏览器工具使用；_next_cursor 在其 log 中。',
      ),
    ),
})

type ListCall = Call<unknown, z.output<typeof listInput>>

export const listExchanges = endpoint({
  id: 'exchange.list',
  methods: ['GET'],
  path: '/worlds/{world}/exchanges',
  from: ['path', 'query'],
  summary: {
    en: 'The journal, newest first, with decisions; secrets and personal data are masked, long bodies cut. Items match all given filters',
    zh: '日志，最新的在前，带判定；密钥和个人信息已遮盖，过长的正文只显示开头。给出的筛选条件须全部符合',
  },
  input: listInput,
  answer: z.object({
    items: z.array(exchangeShape),
    next_cursor: z
      .string()
      .nullable()
      .meta(words('Null: the search is complete.', 'null：已全部查看。')),
    dropped: z.int(),
    scanned: z
      .int()
      .meta(words('How many exchanges were searched for this page.', '本页查看了多少次调用。')),
    more: z
      .boolean()
      .meta(
        words(
          'true: older matches may follow after the cursor; a long search may end a page early, even without any item.',
          'true：游标之后可能还有更早的；查找时间过长时会提前结束一页，甚至没有任何条目。',
        ),
      ),
  }),
  example: { input: { surface: 'tupu' } },
  before(call) {
    const { input } = call
    const filter = readFilter(call, input)
    if (isRefusal(filter)) return filter
    const from = input.after === undefined ? undefined : Number(input.after)
    const wait = from === undefined ? (input.wait ?? 0) : 0
    const of = { filter, from, wanted: input.limit, bounds: bounds[input.format] }
    return pending<Paging>(beginPage(call, of, wait))
  },
  outside: (paging: Paging, engine, hungUp) => makePage(paging, engine, hungUp),
  after: (call, _, page) => pageResponse(call, page),
})

function pageResponse({ world, input, request }: ListCall, { items, scanned, last }: Page) {
  const next_cursor = last === undefined ? null : String(last)
  if (input.format === 'har') {
    return harOf(items.toReversed(), { origin: request.origin, next_cursor })
  }
  return { items, next_cursor, dropped: world.dropped, scanned, more: next_cursor !== null }
}

/** Which exchange is wanted, and how. */
export const oneInput = z.strictObject({
  world: z.string(),
  seq: z.string().regex(/^\d{1,16}$/, 'a number'),
  reveal,
  format: z.enum(['json', 'curl', 'http']).default('json'),
})

export const getExchange = endpoint({
  id: 'exchange.get',
  methods: ['GET'],
  path: '/worlds/{world}/exchanges/{seq}',
  from: ['path', 'query'],
  summary: {
    en: 'One exchange, as JSON, as the curl command that makes the call again, or as HTTP; reveal shows personal data, but never secrets',
    zh: '一次调用；带 reveal 时显示个人信息，密钥始终不显示。可为 JSON、可再次发起该调用的 curl 命令，或 HTTP 原文',
  },
  input: oneInput,
  formats: ['text/plain'],
  answer: exchangeShape,
  example: {
    input: { seq: '{seq}' },
    after: [{ call: 'exchange.list', take: { seq: 'items.0.seq' } }],
  },
  handle(call) {
    const { db, world, input } = call
    const row = findExchange(db, world.epoch, Number(input.seq))
    return row ? wholeExchange(call, row) : unknownExchange(call)
  },
})

/** An exchange, whole, in the format that is asked for. */
export function wholeExchange(call: Call<unknown, z.output<typeof oneInput>>, row: Exchange) {
  const { input, request } = call
  const shown = exchangeResponse(row, { reveal: input.reveal === 'true' })
  if (input.format === 'json') return shown
  const { origin } = request
  return text(input.format === 'curl' ? curlOf(shown, origin) : httpOf(shown, origin))
}

function text(body: string): Reply {
  return { ...reply(200, body), type: 'text/plain; charset=utf-8' }
}

function unknownExchange(call: Call<unknown, { seq: string }>): Refusal {
  const { db, world, input } = call
  const newest = { epoch: world.epoch, before: undefined, after: 0, limit: page_usual }
  const known = listExchangeKeys(db, newest).map(({ seq }) => String(seq))
  return unknownName(call, {
    field: 'seq',
    reason: `the world has no exchange ${input.seq}`,
    fix: known.length > 0 ? useOneOf(undefined, known) : 'make a call first',
  })
}
