import type { NewExchange } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'

/** One call over HTTP as the journal keeps it; the rest of the row is the keeper's. */
export type OutwardCall = Pick<
  NewExchange,
  | 'method'
  | 'url'
  | 'request_headers'
  | 'request_body'
  | 'status'
  | 'response_headers'
  | 'response_body'
  | 'decision'
>

/** Calls that went out on behalf of an exchange stand in the journal under its trace. */
export async function keepCalls(
  call: Pick<Call, 'db' | 'world' | 'engine' | 'trace'>,
  calls: readonly OutwardCall[],
): Promise<void> {
  const { db, world, engine } = call
  if (calls.length === 0) return
  const trace = await call.trace()
  for (const outward of calls) {
    await engine.journal.append(db, world.world, {
      ...outward,
      epoch: world.epoch,
      trace,
      direction: 'out',
      surface: 'gateway',
      endpoint: '',
      at: world.now,
      real_at: world.real_now,
      bytes: bytesOf(outward),
    })
  }
}

function bytesOf(outward: OutwardCall): number {
  const { url, request_headers, request_body, response_headers, response_body, decision } = outward
  const parts = [url, request_headers, request_body, response_headers, response_body, decision]
  return parts.reduce((bytes, part) => bytes + part.length, 0)
}
