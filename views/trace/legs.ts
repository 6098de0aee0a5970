import type { Words } from '../words/en.ts'
import type { Story, StoryItem } from './props.ts'

/** Who may take part, from the left to the right. */
const all_lanes = ['operator', 'platform', 'tupu', 'wechat', 'simulator', 'sink', 'phone'] as const
export type Lane = (typeof all_lanes)[number]
/** Who takes part in a send. */
const usual_lanes: readonly Lane[] = ['platform', 'tupu', 'wechat', 'phone']

/** Who takes part in a story: those of a send, unless somebody else does. */
export function lanesOf(legs: readonly Leg[]): readonly Lane[] {
  const used = new Set(legs.flatMap(({ from, to }) => [from, to]))
  if ([...used].every((lane) => usual_lanes.includes(lane))) return usual_lanes
  return all_lanes.filter((lane) => used.has(lane))
}

/** One thing that goes from one to another, or happens at one. */
export interface Leg {
  readonly from: Lane
  readonly to: Lane
  readonly tone: 'plain' | 'good' | 'bad' | 'later'
  /** What may happen again and again, by one name for each. */
  readonly again?: string
  readonly title: string
  readonly detail: string
  readonly at: string
  readonly real_ms: number | null
  /** The exchange that it is of; undefined: it is of none. */
  readonly seq?: number | undefined
}

type Of<K extends StoryItem['kind']> = Extract<StoryItem, { kind: K }>
type Line = Omit<Leg, 'at' | 'real_ms' | 'seq'>

/** A story as what goes between those who take part. Steps that were passed one after the other are one. */
export function legsOf({ items, text }: Story, words: Words): Leg[] {
  const legs: Leg[] = []
  /** The answer to the call goes out when all that it waited for has happened. */
  let answer: Leg | undefined
  let passed: Of<'step'>[] = []
  /** What is checked, is checked in the call that came last. */
  let call: number | undefined
  const timed = (item: StoryItem, line: Line): Leg => timedLeg(item, line, call)
  const tellPassed = () => {
    const [first] = passed
    if (first) legs.push(timed(first, stepsLine(passed, words)))
    passed = []
  }
  for (const item of items) {
    if (item.kind === 'step' && item.passed && item.rule !== 'wechat.accepted') {
      if (passed[0] && passed[0].of !== item.of) tellPassed()
      passed.push(item)
      if (item.of === 'wechat') enter(legs, timed(item, askingLine(words)))
      continue
    }
    tellPassed()
    if (item.kind === 'exchange') call = item.seq
    if (item.kind === 'step' && item.of === 'wechat' && item.rule !== 'wechat.accepted') {
      enter(legs, timed(item, askingLine(words)))
    }
    if (answer && isAfterwards(item)) {
      legs.push(answer)
      answer = undefined
    }
    legs.push(...linesOf(item, words, text).map((line) => timed(item, line)))
    if (item.kind === 'exchange' && item.direction === 'in') answer = timed(item, answerLine(item))
  }
  tellPassed()
  return answer ? [...legs, answer] : legs
}

const isAfterwards = ({ kind }: StoryItem) =>
  kind === 'message' || kind === 'receipt' || kind === 'callback' || kind === 'fall_back'

/** The way from TUPU to WeChat, before the first thing that WeChat checks. */
function enter(legs: Leg[], asking: Leg): void {
  if (!legs.some(({ to }) => to === 'wechat')) legs.push(asking)
}

function askingLine({ trace }: Words): Line {
  const title = 'template.send'
  return { from: 'tupu', to: 'wechat', tone: 'plain', title, detail: trace.inProcess }
}

/** What comes of no call has none: a receipt, what is still to come. */
function timedLeg(item: StoryItem, line: Line, call: number | undefined): Leg {
  const { at, real_ms } = item
  const isOfCall = item.kind === 'exchange' || item.kind === 'step' || item.kind === 'phone'
  const seq = item.kind === 'fall_back' ? (item.seq ?? undefined) : isOfCall ? call : undefined
  return { ...line, at, real_ms, seq }
}

function linesOf(item: StoryItem, words: Words, text: string | null): Line[] {
  switch (item.kind) {
    case 'exchange':
      return exchangeLines(item, text)
    case 'step':
      return item.rule === 'wechat.accepted' ? [acceptedLine(item)] : [refusedLine(item, words)]
    case 'phone':
      return [phoneLine(item, words)]
    case 'message':
      return []
    case 'receipt':
      return [receiptLine(item, words)]
    case 'callback':
      return callbackLines(item, words)
    case 'fall_back':
      return [
        {
          from: 'platform',
          to: 'phone',
          tone: 'later',
          again: item.kind,
          title: words.trace.fallBack.replace(
            '{channel}',
            words.console.messages.channels[item.channel],
          ),
          detail: item.text,
        },
      ]
  }
}

/** Whose calls come in where. */
const callers: Readonly<Record<string, readonly [Lane, Lane]>> = {
  tupu: ['platform', 'tupu'],
  wechat: ['platform', 'wechat'],
  register: ['phone', 'tupu'],
  phone: ['phone', 'wechat'],
  gateway: ['tupu', 'wechat'],
  callback: ['tupu', 'platform'],
  push: ['wechat', 'platform'],
  sink: ['platform', 'sink'],
  control: ['operator', 'simulator'],
  console: ['operator', 'simulator'],
}
/** Of a call that came to no surface. */
const no_surface = ['platform', 'simulator'] as const

function laneOf(surface: string): Lane {
  return (callers[surface] ?? no_surface)[surface === 'gateway' ? 0 : 1]
}

/** Who calls whom. What WeChat pushes comes the other way through the gateway. */
function sidesOf({ surface, direction }: Of<'exchange'>): readonly [Lane, Lane] {
  if (surface === 'gateway' && direction === 'in') return ['wechat', 'tupu']
  return callers[surface] ?? no_surface
}

function exchangeLines(item: Of<'exchange'>, text: string | null): Line[] {
  const { surface, direction, method, url, status } = item
  const [from, to] = sidesOf(item)
  const title = `${method} ${pathOf(url)}`
  if (direction === 'in') return [{ from, to, tone: 'plain', title, detail: text ?? '' }]
  const isGood = status >= 200 && status < 300 && !(item.errcode ?? 0)
  const again = `${surface} ${title}`
  return [{ from, to, tone: isGood ? 'good' : 'bad', again, title, detail: resultOf(item) }]
}

function answerLine(item: Of<'exchange'>): Line {
  const [to, from] = sidesOf(item)
  const isGood = item.status < 400 && (item.errcode ?? 0) === 0
  const { status, errcode, errmsg } = item
  const title = resultOf({ status, errcode, errmsg: null })
  return { from, to, tone: isGood ? 'good' : 'bad', title, detail: errmsg ?? '' }
}

function resultOf({
  status,
  errcode,
  errmsg,
}: Pick<Of<'exchange'>, 'status' | 'errcode' | 'errmsg'>): string {
  if (status === 0) return '—'
  const parts = [String(status), errcode === null ? '' : `errcode ${errcode}`, errmsg ?? '']
  return parts.filter((part) => part !== '').join(' · ')
}

/** Without the origin, the world and the question. */
function pathOf(url: string): string {
  return (
    url
      .replace(/^https?:\/\/[^/]+/, '')
      .replace(/^\/w\/[^/]+/, '')
      .replace(/[?#].*$/s, '') || '/'
  )
}

function stepsLine(steps: readonly Of<'step'>[], { trace }: Words): Line {
  const lane = laneOf(steps[0]?.of ?? '')
  const { passed, passedOne } = trace
  const title = steps.length === 1 ? passedOne : passed.replace('{count}', String(steps.length))
  return { from: lane, to: lane, tone: 'good', title: `✓ ${title}`, detail: '' }
}

function refusedLine({ of, rule, actual, expected }: Of<'step'>, words: Words): Line {
  const lane = laneOf(of)
  const sides = [sideOf(actual), sideOf(expected)].filter((side) => side !== '')
  const detail = [sides.join(' → '), words.rules[rule] ?? ''].filter((part) => part !== '')
  return { from: lane, to: lane, tone: 'bad', title: `✕ ${rule}`, detail: detail.join(' · ') }
}

function sideOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function acceptedLine({ answer }: Of<'step'>): Line {
  const { errcode, errmsg } = Object(answer)
  const tone = errcode === 0 ? 'good' : 'bad'
  const title = errcode === undefined ? '—' : `errcode ${errcode}`
  return { from: 'wechat', to: 'tupu', tone, title, detail: String(errmsg ?? '') }
}

function phoneLine({ on_phone, title, line }: Of<'phone'>, { trace }: Words): Line {
  if (!on_phone)
    return { from: 'wechat', to: 'wechat', tone: 'bad', title: `✕ ${trace.notShown}`, detail: '' }
  return { from: 'wechat', to: 'phone', tone: 'good', title: line ?? '', detail: title ?? '' }
}

function receiptLine({ status }: Of<'receipt'>, { trace }: Words): Line {
  const tone = status === null ? 'later' : status === 'success' ? 'good' : 'bad'
  const title = status === null ? trace.receiptDue : trace.receipt.replace('{status}', status)
  return { from: 'wechat', to: 'tupu', tone, title, detail: '' }
}

/** Its tries stand in the journal; what is still to come stands only here. */
function callbackLines({ event, due_at, tries }: Of<'callback'>, { trace }: Words): Line[] {
  if (due_at === null) return []
  const detail = trace.tries.replace('{tries}', String(tries))
  return [{ from: 'tupu', to: 'platform', tone: 'later', title: `${event} ${trace.due}`, detail }]
}
