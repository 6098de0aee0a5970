import { z } from 'zod'
import type { ListedContact } from '../../../db/contact.ts'
import type { Exchange } from '../../../db/exchange.ts'
import type { CallbackRow, TemplateMessageRow } from '../../../db/schema.ts'
import { decidingStep, ruleOf } from '../../core/deciding.ts'
import { words } from '../../core/field.ts'
import { mapShown, readShown } from '../../core/shown.ts'
import { maskText, maskUrl } from '../../journal/mask.ts'
import { toIso } from '../../world/clock.ts'
import { shownDecision } from '../exchange/exchange.ts'
import { errcodeOf } from '../exchange/match.ts'
import type { RealTime } from './real-time.ts'

const moment = {
  at: z.iso.datetime().meta(words('On the world’s clock.', '世界时钟。')),
  real_ms: z
    .int()
    .nullable()
    .meta(
      words(
        'Milliseconds of real time since the first call; null: unknown, or still to come.',
        '自开始起的真实毫秒；null：无从得知，或尚未发生。',
      ),
    ),
}

const exchangeItemShape = z.object({
  kind: z.literal('exchange'),
  seq: z.int(),
  direction: z.enum(['in', 'out']),
  surface: z.string(),
  endpoint: z.string(),
  method: z.string(),
  url: z.string(),
  status: z.int(),
  errcode: z.int().nullable(),
  errmsg: z.string().nullable(),
  ...moment,
})

const stepItemShape = z.object({
  kind: z.literal('step'),
  of: z
    .string()
    .meta(
      words('Who checked it: tupu, wechat or another surface.', '由谁检查：tupu、wechat 或其他。'),
    ),
  rule: z.string(),
  passed: z.boolean(),
  row: z.unknown().optional(),
  actual: z.unknown().optional(),
  expected: z.unknown().optional(),
  fix: z.unknown().optional(),
  request: z.unknown().optional(),
  answer: z.unknown().optional(),
  ...moment,
})

const phoneItemShape = z.object({
  kind: z.literal('phone'),
  on_phone: z.boolean(),
  openid: z.string(),
  title: z.string().nullable(),
  line: z.string().nullable(),
  keywords: z.record(z.string(), z.string()),
  ...moment,
})

const messageItemShape = z.object({
  kind: z.literal('message'),
  message: z.string(),
  msgid_str: z.string().nullable(),
  state: z.string(),
  reason: z.string().nullable(),
  errcode: z.int().nullable(),
  errmsg: z.string().nullable(),
  ...moment,
})

const receiptItemShape = z.object({
  kind: z.literal('receipt'),
  status: z.string().nullable().meta(words('Null: it is due then.', 'null：届时给出。')),
  ...moment,
})

const callbackItemShape = z.object({
  kind: z.literal('callback'),
  callback: z.string(),
  event: z.string(),
  state: z.string(),
  tries: z.int(),
  due_at: z.iso.datetime().nullable(),
  last_status: z.int().nullable(),
  ...moment,
})

const fallBackItemShape = z.object({
  kind: z.literal('fall_back'),
  channel: z.enum(['sms', 'email']),
  contact: z.string(),
  state: z.literal('delivered'),
  text: z.string(),
  trace: z.string().meta(words('Of the call that brought it.', '带来它的那次调用。')),
  seq: z
    .int()
    .nullable()
    .meta(
      words(
        'The same call; null: the journal no longer has it.',
        '同一次调用；null：日志已不再保留。',
      ),
    ),
  ...moment,
})

export const storyShape = z.object({
  trace: z.string(),
  at: z.iso.datetime(),
  real_at: z.iso.datetime().nullable().meta(words('When it began.', '开始的真实时间。')),
  account: z.string().nullable(),
  mobile: z.string().nullable(),
  client_msg_id: z.string().nullable(),
  state: z
    .string()
    .nullable()
    .meta(words('The state of the message; null: there is none.', '消息的状态；null：没有消息。')),
  text: z.string().nullable(),
  items: z.array(
    z.discriminatedUnion('kind', [
      exchangeItemShape,
      stepItemShape,
      phoneItemShape,
      messageItemShape,
      receiptItemShape,
      callbackItemShape,
      fallBackItemShape,
    ]),
  ),
})

export type Story = z.output<typeof storyShape>
export type StoryItem = Story['items'][number]

export function exchangeItem(row: Exchange, real: RealTime): z.output<typeof exchangeItemShape> {
  const { seq, direction, surface, endpoint, method, status } = row
  const url = maskUrl(row.url, { reveal: false })
  const errcode = errcodeOf(row, row.response_body) ?? null
  const errmsg = errmsgOf(row.response_body)
  const facts = { seq, direction, surface, endpoint, method, url, status, errcode, errmsg }
  return { kind: 'exchange', ...facts, ...real.ofExchange(row) }
}

function errmsgOf(body: Buffer): string | null {
  try {
    const { errmsg } = Object(JSON.parse(body.toString('utf8')))
    return typeof errmsg === 'string' ? maskText(errmsg) : null
  } catch {
    return null
  }
}

/** The last step of TUPU's before WeChat is asked. */
const last_own = 'association.known'

/** The steps of a call; of a send, those behind the look-up of the association are WeChat's. */
export function stepItems(row: Exchange, real: RealTime): z.output<typeof stepItemShape>[] {
  const steps = shownDecision(row.decision, { reveal: false })
  const deciding = decidingStep(steps)
  const isGood = row.status < 400 && (errcodeOf(row, row.response_body) ?? 0) === 0
  const own = steps.findIndex((step) => ruleOf(step) === last_own)
  const isSend = row.surface === 'tupu' && own >= 0
  return steps.map((step, n) => {
    const facts = typeof step === 'object' ? step : { rule: ruleOf(step) }
    const of = isSend && n > own ? 'wechat' : row.surface
    const passed = isGood || (step !== deciding && facts.rule !== 'wechat.accepted')
    return { kind: 'step', of, passed, ...facts, ...real.ofExchange(row) }
  })
}

/** What stands on the phone. Of what was erased it says no more than that there was something. */
export function phoneItems(
  sent: TemplateMessageRow,
  { isErased, real }: { readonly isErased: boolean; readonly real: RealTime },
): z.output<typeof phoneItemShape>[] {
  const { line, keywords } = mapShown(readShown(sent.shown), (text) => maskText(text))
  const isShown = sent.on_phone === 1 && !isErased
  return [
    {
      kind: 'phone',
      on_phone: sent.on_phone === 1,
      openid: sent.openid,
      title: isShown ? sent.title : null,
      line: isShown ? line : null,
      keywords: isShown ? keywords : {},
      ...real.moment(sent.accepted_at),
    },
  ]
}

/** What WeChat has told of it, or when it will. */
export function receiptItems(
  { receipt, receipt_at, due_at }: TemplateMessageRow,
  real: RealTime,
): z.output<typeof receiptItemShape>[] {
  const at = receipt_at ?? due_at
  return at === null ? [] : [{ kind: 'receipt', status: receipt, ...real.moment(at) }]
}

/** What the platform is told; each try of it is an exchange. */
export function callbackItems(
  rows: readonly CallbackRow[],
  real: RealTime,
): z.output<typeof callbackItemShape>[] {
  return rows.map(({ callback, body, state, tries, due_at, first_at, last_at, last_status }) => ({
    kind: 'callback',
    callback,
    event: String(Object(JSON.parse(body)).event ?? ''),
    state,
    tries,
    due_at: due_at === null ? null : toIso(due_at),
    last_status,
    ...real.moment(last_at ?? due_at ?? first_at),
  }))
}

/** What the platform sent by SMS and e-mail because of it. */
export function fallBackItems(
  rows: readonly ListedContact[],
  { real, seqOf }: { readonly real: RealTime; seqOf(trace: string): number | undefined },
): z.output<typeof fallBackItemShape>[] {
  return rows.map(({ channel, contact, text, trace, at }) => {
    const seq = seqOf(trace) ?? null
    const shown = maskText(text)
    const facts = { channel, contact, state: 'delivered', text: shown, trace, seq } as const
    return { kind: 'fall_back', ...facts, ...real.moment(at) }
  })
}
