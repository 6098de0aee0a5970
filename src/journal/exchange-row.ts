import { hash } from 'node:crypto'
import type { Cut, CutBody, NewExchange } from '../../db/exchange.ts'
import type { Call } from '../core/call.ts'
import type { Answer } from '../core/surface.ts'

const nothing = Buffer.alloc(0)
/** Of a longer body only the beginning is kept. */
const body_bytes_max = 65_536

/** One HTTP request and its answer as the journal keeps them, with the decision between them. */
export function exchangeOf(call: Call, answer: Answer, trace: string): NewExchange {
  const { surface, endpoint, world, steps } = call
  const request = surface.forJournal?.(call.request) ?? call.request
  // A page follows from what its decision says, and shows personal data: the journal does not keep it.
  const isForgotten = forgets(call)
  const isPage = answer.headers['Content-Type']?.startsWith('text/html') === true
  return {
    epoch: world.epoch,
    trace,
    direction: 'in',
    surface: surface.name,
    endpoint: endpoint?.id ?? '',
    method: request.method,
    url: request.url,
    isPlain: request.url === surface.prefix + endpoint?.path,
    request_headers: request.headers,
    request_body: isForgotten ? nothing : request.body,
    status: answer.status,
    response_headers: answer.headers,
    response_body: isPage ? nothing : answer.body,
    decision: steps,
    texts: isForgotten ? undefined : call.members,
    at: world.now,
    real_at: world.real_now,
  }
}

function forgets({ endpoint, fields }: Call): boolean {
  const rule = endpoint?.forgets ?? false
  return typeof rule === 'boolean' ? rule : rule(fields)
}

/** The same with no body that is longer than is kept. */
export function withShortBodies(exchange: NewExchange): NewExchange {
  const { request_body, response_body } = exchange
  if (request_body.length <= body_bytes_max && response_body.length <= body_bytes_max)
    return exchange
  const [request, response] = [cutOf(request_body), cutOf(response_body)]
  const cut: Cut = { ...(request && { request }), ...(response && { response }) }
  return {
    ...exchange,
    // What lies behind the cut could not be found again.
    texts: undefined,
    request_body: request_body.subarray(0, body_bytes_max),
    response_body: response_body.subarray(0, body_bytes_max),
    cut,
  }
}

function cutOf(body: Buffer): CutBody | undefined {
  if (body.length <= body_bytes_max) return undefined
  return { length: body.length, sha256: hash('sha256', body, 'hex') }
}
