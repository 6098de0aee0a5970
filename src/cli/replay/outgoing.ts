import type { BundledExchange } from '../../control/bundle/format.ts'
import type { Outgoing } from '../../core/outgoing.ts'

/** Answers what leaves the simulator as it was answered then, call by call; what was never called reaches nobody. */
export function recordedOutgoing(exchanges: readonly BundledExchange[]): Outgoing {
  const out = exchanges.filter(({ direction }) => direction === 'out')
  const queues = Map.groupBy(out, nameOf)
  return async (request) => {
    const answer = queues.get(nameOf(request))?.shift()
    const elapsedMs = 0
    if (!answer || answer.status === 0) {
      return { ok: false, failure: failureOf(answer), detail: 'as in the bundle', elapsedMs }
    }
    const headers = Object.entries(answer.answer.headers).map(([name, value]) => [
      name.toLowerCase(),
      String(value),
    ])
    const body = Buffer.from(answer.answer.body ?? '')
    return {
      ok: true,
      status: answer.status,
      headers: Object.fromEntries(headers),
      body,
      elapsedMs,
    }
  }
}

/** Tokens stand in the query. */
function nameOf({ method, url }: { readonly method: string; readonly url: string }): string {
  return `${method} ${url.split('?', 1)[0]}`
}

const failures = [
  'forbidden_address',
  'dns',
  'connect',
  'timeout',
  'too_large',
  'reset',
  'not_http',
  'aborted',
] as const

/** Why no answer came, as the decision says it. */
function failureOf(exchange: BundledExchange | undefined): (typeof failures)[number] {
  const said = JSON.stringify(exchange?.decision ?? '')
  return failures.find((one) => said.includes(one)) ?? 'connect'
}
