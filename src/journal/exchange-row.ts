import type { NewExchange } from '../../db/schema.ts'
import type { Call } from '../core/call.ts'
import type { Answer } from '../core/surface.ts'

const nothing = Buffer.alloc(0)

/** One HTTP request and its answer as the journal keeps them: whole, with the decision between them. */
export function exchangeRow(call: Call, answer: Answer, trace: string): NewExchange {
  const { request, surface, endpoint, world, steps } = call
  const request_headers = JSON.stringify(request.headers)
  const response_headers = JSON.stringify(answer.headers)
  const decision = JSON.stringify(steps)
  const request_body = endpoint?.forgets ? nothing : request.body
  // A page follows from what its decision says, and shows personal data: the journal does not keep it.
  const isPage = answer.headers['Content-Type']?.startsWith('text/html') === true
  const response_body = isPage ? nothing : answer.body
  return {
    epoch: world.epoch,
    trace,
    direction: 'in',
    surface: surface.name,
    endpoint: endpoint?.id ?? '',
    method: request.method,
    url: request.url,
    request_headers,
    request_body,
    status: answer.status,
    response_headers,
    response_body,
    decision,
    at: world.now,
    real_at: world.real_now,
    bytes:
      request_headers.length +
      response_headers.length +
      decision.length +
      request.url.length +
      request_body.length +
      response_body.length,
  }
}
