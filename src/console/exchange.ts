import type { z } from 'zod'
import type { ExchangeFacts, HalfFacts } from '../../views/console/journal/props.ts'
import { exchangeShape } from '../control/exchange/exchange.ts'
import { errcodeOf } from '../control/exchange/match.ts'
import type { Call } from '../core/call.ts'
import { decidingStep, ruleOf } from '../core/deciding.ts'
import { isReply } from '../core/endpoint.ts'
import { invoke } from '../core/invoke.ts'
import { isRefusal } from '../core/refusal.ts'
import type { Step } from '../world/step.ts'
import { prettyBody } from './pretty.ts'

type Exchange = z.output<typeof exchangeShape>

/** One exchange as pages show it, by exchange.get or stray.get; undefined: there is none. */
export function readExchange(
  call: Call,
  seq: string | number,
  { id = 'exchange.get', reveal = false }: { id?: string; reveal?: boolean } = {},
): ExchangeFacts | undefined {
  const given = { seq: String(seq), reveal: String(reveal) }
  const answer = invoke(call, id, given)
  if (isRefusal(answer)) return undefined
  const curl = textOf(call, id, { ...given, format: 'curl' })
  return { ...exchangeFacts(exchangeShape.parse(answer)), curl }
}

/** The same in a format that is text. */
export function textOf(call: Call, id: string, given: Readonly<Record<string, string>>): string {
  const answer = invoke(call, id, given)
  return isReply(answer) && typeof answer.body === 'string' ? answer.body.trimEnd() : ''
}

function exchangeFacts(exchange: Exchange): Omit<ExchangeFacts, 'curl'> {
  const { request, answer, decision: _, ...facts } = exchange
  return {
    ...facts,
    errcode: codeOf(exchange),
    request: halfOf(request),
    answer: halfOf(answer),
    checks: checksOf(exchange),
  }
}

/** The errcode of an answer; null: it has none. What a control call answers about a code is none of its own. */
export function codeOf({ surface, status, answer }: Exchange): number | null {
  if (surface === 'control') return null
  return errcodeOf({ surface, status }, Buffer.from(answer.body)) ?? null
}

function halfOf({ headers, body, length }: Exchange['request']): HalfFacts {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => [name, String(one)] as const),
  )
  return { headers: lines, body: prettyBody(body), length }
}

function checksOf(exchange: Exchange): ExchangeFacts['checks'] {
  const steps = exchange.decision as readonly Step[]
  const deciding = decidingStep(steps)
  const isGood = exchange.status < 400 && (codeOf(exchange) ?? 0) === 0
  return steps.map((step) => {
    const facts = typeof step === 'object' ? step : { rule: ruleOf(step) }
    return { ...facts, of: exchange.surface, passed: isGood || step !== deciding }
  })
}
