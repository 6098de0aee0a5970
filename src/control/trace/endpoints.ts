import { hash } from 'node:crypto'
import { z } from 'zod'
import { listExchangeKeys } from '../../../db/exchange.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { pending, type Reply, reply } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { useOneOf } from '../../core/nearest.ts'
import { unknownName } from '../../core/problem.ts'
import type { Refusal } from '../../core/refusal.ts'
import { headerOf } from '../../core/request.ts'
import { chooseLang, type Lang, langs } from '../../page/language.ts'
import { cleanText } from '../field.ts'
import { type Story, storyShape } from './item.ts'
import { storyOf } from './story.ts'

const formats = z.enum(['json', 'text', 'svg'])

/** The story of one send. What people read is made outside of the unit, because its words are loaded when they are needed. */
export const getTrace = endpoint({
  id: 'trace.get',
  methods: ['GET'],
  path: '/worlds/{world}/traces/{trace}',
  from: ['path', 'query'],
  summary: {
    en: 'The story of one call: exchanges, steps, message, what the phone shows, receipt and callbacks; as JSON, as text for a terminal, or as a picture',
    zh: '一次调用的经过：调用、步骤、消息、手机上的显示、送达结果和回调；可为 JSON、终端用的几行文字，或图片',
  },
  input: z.strictObject({
    world: z.string(),
    trace: cleanText.max(64).meta(words('As given in X-Sim-Trace.', '见 X-Sim-Trace。')),
    format: formats.default('json'),
    lang: z
      .enum(langs)
      .optional()
      .meta(words('The language of text and picture.', '文字和图片的语言。')),
  }),
  formats: ['text/plain', 'image/svg+xml'],
  answer: storyShape,
  example: {
    input: { trace: '{trace}' },
    after: [
      { call: 'message.send', input: { mobile: '{wang.mobile}', message: '欢迎加入' } },
      { call: 'exchange.list', input: { surface: 'tupu' }, take: { trace: 'items.0.trace' } },
    ],
  },
  before(call) {
    const { input } = call
    const story = storyOf(call, input.trace)
    if (!story) return unknownTrace(call)
    return input.format === 'json' ? story : pending<Story>(story)
  },
  outside: async (story: Story) => ({ story, draw: await import('./draw.ts') }),
  after({ input, request }, _, { story, draw }) {
    const lang = chooseLang({
      asked: input.lang,
      acceptLanguage: headerOf(request, 'accept-language'),
    })
    return input.format === 'svg' ? picture(draw, story, lang) : lines(draw, story, lang)
  },
})

type Draw = typeof import('./draw.ts')

function lines(draw: Draw, story: Story, lang: Lang): Reply {
  return { ...reply(200, draw.text(story, lang)), type: 'text/plain; charset=utf-8' }
}

function picture(draw: Draw, story: Story, lang: Lang): Reply {
  const { svg, style } = draw.picture(story, lang)
  const policy = `default-src 'none'; style-src 'sha256-${hash('sha256', style, 'base64')}'; frame-ancestors 'self'`
  const headers = { 'Content-Security-Policy': policy, 'X-Content-Type-Options': 'nosniff' }
  return { ...reply(200, svg, headers), type: 'image/svg+xml; charset=utf-8' }
}

const known_max = 100

function unknownTrace(call: Call<unknown, { trace: string }>): Refusal {
  const { db, world, input } = call
  const newest = { epoch: world.epoch, before: undefined, after: 0, limit: known_max }
  const known = [...new Set(listExchangeKeys(db, newest).map(({ trace }) => trace))]
  return unknownName(call, {
    field: 'trace',
    reason: `the world has no trace ${input.trace}`,
    fix: known.length > 0 ? useOneOf(input.trace, known) : 'make a call first',
  })
}
