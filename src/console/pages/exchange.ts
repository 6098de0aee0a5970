import { type ExchangePageFacts, har_max } from '../../../views/console/journal/props.ts'
import type { Call } from '../../core/call.ts'
import { isPending, isReply, type Outcome, type Reply, reply } from '../../core/endpoint.ts'
import { beginInvoke } from '../../core/invoke.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { readExchange, textOf } from '../exchange.ts'
import { readExplained } from '../explained.ts'
import { type ConsoleAddress, type ConsolePage, pageResponse } from '../page.ts'
import { notFound, views } from '../views.ts'

/** One exchange; with `of=nobody` one that no world has claimed. */
export const exchangePage: ConsolePage = {
  name: 'exchange',
  path: '/journal/{seq}',
  show(call, address, state = {}) {
    const facts = readFacts(call, address)
    if (!facts) return notFound(call, 'unknown_exchange')
    return pageResponse(call, address, state, (of) => views().ExchangePage({ ...of, facts }))
  },
}

function readFacts(call: Call, { names, query }: ConsoleAddress): ExchangePageFacts | undefined {
  const isNobodys = query['of'] === 'nobody'
  const isRevealed = query['reveal'] === 'true'
  const id = isNobodys ? 'stray.get' : 'exchange.get'
  const { seq = '' } = names
  const exchange = readExchange(call, seq, { id, reveal: isRevealed })
  if (!exchange) return undefined
  const http = textOf(call, id, { seq, reveal: String(isRevealed), format: 'http' })
  const isToldOf = exchange.direction === 'in' && !isNobodys
  const explained = isToldOf ? readExplained(call, { trace: exchange.trace }) : undefined
  return { exchange, http, isNobodys, isRevealed, explained }
}

/** All exchanges of the same trace as a file for browsers’ tools. */
export const harPage: ConsolePage = {
  name: 'har',
  path: '/journal/{seq}/har',
  begin(call, address) {
    const exchange = readExchange(call, address.names['seq'] ?? '')
    if (!exchange) return notFound(call, 'unknown_exchange')
    const { trace } = exchange
    const outcome = beginInvoke(call, 'exchange.list', { trace, format: 'har', limit: har_max })
    return isPending(outcome) ? outcome : harResponse(call, address, outcome)
  },
  end: harResponse,
  show: (call) => notFound(call, 'unknown_path'),
}

/** The world as one file for a bug report. */
export const bundlePage: ConsolePage = {
  name: 'bundle',
  path: '/bundle',
  begin(call) {
    const outcome = beginInvoke(call, 'bundle.get', {})
    return isPending(outcome) ? outcome : bundleResponse(call, outcome)
  },
  end: (call, _, outcome) => bundleResponse(call, outcome),
  show: (call) => notFound(call, 'unknown_path'),
}

function bundleResponse(call: Call, outcome: Outcome): Reply | Refusal {
  if (!isReply(outcome)) return notFound(call, 'unknown_path')
  return { ...outcome, headers: downloadAs(`tupu-sim-${call.world.world}.bundle.json`) }
}

function downloadAs(file: string): Record<string, string> {
  return { 'Content-Disposition': `attachment; filename="${file}"`, 'Cache-Control': 'no-store' }
}

function harResponse(call: Call, { names }: ConsoleAddress, outcome: Outcome): Reply | Refusal {
  if (isRefusal(outcome)) return notFound(call, 'unknown_exchange')
  return harReply(outcome, `tupu-${names['seq']}.har`)
}

/** An archive as a file. */
export function harReply(har: unknown, file: string): Reply {
  const text = JSON.stringify(har, undefined, 2)
  return { ...reply(200, text, downloadAs(file)), type: 'application/json; charset=utf-8' }
}
