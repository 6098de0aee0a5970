import type { Engine } from '../sim/engine.ts'
import { type GuardRefusal, guard } from './guard.ts'
import { forwardedHost } from './origin.ts'
import type { Answer, Surface } from './surface.ts'
import { type AppContext, type Facts, first, readFacts, write } from './wire.ts'

/** The answer of a guarded place to a request that may not come in. */
export function guardAnswer(
  engine: Engine,
  place: Exclude<Surface['place'], 'open'>,
  facts: Facts,
): Answer | undefined {
  const { settings } = engine
  const header = (name: string) => first(facts.headers[name])
  const no = guard(
    {
      method: facts.method,
      place,
      host: header('host') ?? new URL(facts.origin).host,
      origin: header('origin'),
      secFetchSite: header('sec-fetch-site'),
      secFetchMode: header('sec-fetch-mode'),
      secFetchDest: header('sec-fetch-dest'),
      authorization: header('authorization'),
      forwardedHost: forwardedHost({
        trustProxy: settings.trustProxy,
        headers: { get: (name) => header(name.toLowerCase()) ?? null },
      }),
    },
    {
      exposed: settings.exposed,
      controlToken: settings.controlToken,
      allowedHosts: [...settings.allowedHosts],
      publicHost: settings.publicUrl ? new URL(settings.publicUrl).host : undefined,
    },
  )
  if (!no) return undefined
  engine.log('warn', 'guard.refused', { place, field: no.field, reason: no.reason })
  return problemOf(no)
}

function problemOf({ status, field, reason, fix }: GuardRefusal): Answer {
  const title = status === 401 ? 'Not allowed without the control token' : 'Not allowed from there'
  const problem = { type: 'about:blank', title, status, field, reason, fix }
  return {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      ...(status === 401 ? { 'WWW-Authenticate': 'Bearer realm="tupu-sim"' } : {}),
    },
    body: Buffer.from(JSON.stringify(problem)),
    code: status,
  }
}

/** Guards a route that is no surface's. Returns the refusal to send, if any. */
export function guardRoute(
  c: AppContext,
  place: Exclude<Surface['place'], 'open'>,
): Response | undefined {
  const answer = guardAnswer(c.env.engine, place, readFacts(c))
  return answer && write(c, answer)
}
