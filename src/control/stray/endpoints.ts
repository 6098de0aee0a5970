import { z } from 'zod'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { words } from '../../core/field.ts'
import { useOneOf } from '../../core/nearest.ts'
import { unknownName } from '../../core/problem.ts'
import { maskUrl } from '../../journal/mask.ts'
import { langs } from '../../page/language.ts'
import { toIso } from '../../world/clock.ts'
import { oneInput, wholeExchange } from '../exchange/endpoints.ts'
import { exchangeShape } from '../exchange/exchange.ts'
import { errcodeOf } from '../exchange/match.ts'
import { languages } from '../explain/endpoints.ts'
import { whyOf } from '../explain/sentence.ts'
import { factsOf, toldStep } from '../explain/verdict.ts'
import { findNobodys, findStrays, type Stray, strays_max } from './find.ts'

const strayShape = z.object({
  seq: z.int(),
  world: z
    .string()
    .meta(words('_unattributed: it belongs to no world.', '_unattributed：没有世界认领。')),
  trace: z.string(),
  at: z.iso.datetime(),
  surface: z.string(),
  endpoint: z.string(),
  method: z.string(),
  url: z.string(),
  status: z.int(),
  errcode: z.int().nullable(),
  rule: z.string().nullable(),
  sentence: z.string().meta(words('Why it was not claimed.', '没有受理的原因。')),
})

/** What a platform sent that reached nobody. */
export const listStrays = endpoint({
  id: 'stray.list',
  methods: ['GET'],
  path: '/worlds/{world}/strays',
  from: ['path', 'query'],
  summary: {
    en: 'Unclaimed calls: to no endpoint, or naming no account that exists; in this world and outside all worlds, each with its reason',
    zh: '无人认领的调用：没有对应接口，或没有指明存在的账号；包括不属于任何世界的调用，并说明原因',
  },
  input: z.strictObject({
    world: z.string(),
    lang: z
      .enum(langs)
      .optional()
      .meta(words('The language of the sentences.', '句子所用的语言。')),
  }),
  answer: z.object({
    items: z
      .array(strayShape)
      .meta(
        words(
          `Newest first; for each world, at most ${strays_max} among its newest 2000 calls.`,
          `最新的在前；每个世界最近 2000 次调用中最多 ${strays_max} 条。`,
        ),
      ),
  }),
  example: { input: {} },
  handle(call) {
    const lang = call.input.lang ?? 'en'
    const items = findStrays(call).map((stray) => strayResponse(stray, languages[lang]))
    return { items: items.toSorted((a, b) => b.seq - a.seq) }
  },
})

function strayResponse(
  { exchange, of }: Stray,
  said: Parameters<typeof whyOf>[0],
): z.output<typeof strayShape> {
  const { seq, trace, at, surface, endpoint, method, url, status, response_body } = exchange
  const step = toldStep(exchange.decision)
  const rule = (step && factsOf(step).rule) ?? null
  return {
    seq,
    world: of.world,
    trace,
    at: toIso(at),
    surface,
    endpoint,
    method,
    url: maskUrl(url, { reveal: false }),
    status,
    errcode: errcodeOf({ surface, status }, response_body) ?? null,
    rule,
    sentence: step ? whyOf(said, step) : '',
  }
}

/** One that no world has claimed. */
export const getStray = endpoint({
  id: 'stray.get',
  methods: ['GET'],
  path: '/worlds/{world}/strays/{seq}',
  from: ['path', 'query'],
  summary: {
    en: 'One call outside all worlds, in the form of exchange.get',
    zh: '一次没有世界认领的调用，内容同 exchange.get',
  },
  input: oneInput,
  formats: ['text/plain'],
  answer: exchangeShape,
  example: {
    input: { seq: '{seq}' },
    after: [
      { call: 'message.send', input: { eid: 'nobody-1', mobile: '{wang.mobile}', message: 'x' } },
      { call: 'stray.list', take: { seq: 'items.0.seq' } },
    ],
  },
  handle(call) {
    const row = findNobodys(call, Number(call.input.seq))
    return row ? wholeExchange(call, row) : unknownStray(call)
  },
})

function unknownStray(call: Call<unknown, { seq: string }>) {
  const strays = findStrays(call).filter(({ of }) => of.epoch !== call.world.epoch)
  const known = strays.map(({ exchange }) => String(exchange.seq))
  return unknownName(call, {
    field: 'seq',
    reason: `there is no unclaimed call ${call.input.seq}`,
    fix: known.length > 0 ? useOneOf(undefined, known) : 'every call has been claimed',
  })
}
