import type { NewExchange } from '../../db/schema.ts'
import type { Step } from '../world/step.ts'
import type { World } from '../world/world.ts'
import type { Carried } from '../core/carried.ts'
import type { Answer } from '../core/surface.ts'

const nothing = Buffer.alloc(0)

/** One HTTP request and its answer as the journal keeps them: whole, with the decision between them. */
export function exchangeRow<C>(
  { request, surface, endpoint }: Carried<C>,
  of: { answer: Answer; trace: string; world: World; steps: readonly Step[] },
): NewExchange {
  const { answer, trace, world } = of
  const request_headers = JSON.stringify(request.headers)
  const response_headers = JSON.stringify(answer.headers)
  const decision = JSON.stringify(of.steps)
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
