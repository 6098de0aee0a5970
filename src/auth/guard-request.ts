import type { Engine } from '../core/engine.ts'
import { locate, pathOf } from '../core/locate.ts'
import { headerOf, type RequestHead } from '../core/request.ts'
import type { Answer } from '../core/surface.ts'
import { operatorProof } from './control-token.ts'
import {
  type Area,
  type GuardedRequest,
  type GuardRefusal,
  type GuardSettings,
  guard,
  refuseOrigin,
} from './guard.ts'
import { guess_window_ms } from './guesses.ts'
import { forwardedHost } from './origin.ts'

/** The answer of an area to a request that may not come in. */
export function guardAnswer(engine: Engine, area: Area, facts: RequestHead): Answer | undefined {
  return answerOf(engine, area, guard(guardRequestOf(engine, area, facts), guardSettings(engine)))
}

/** The answer to a form that another site's page sent; whose it is, the form itself will show. */
export function foreignFormAnswer(engine: Engine, facts: RequestHead): Answer | undefined {
  return answerOf(
    engine,
    'pages',
    refuseOrigin(guardRequestOf(engine, 'pages', facts), guardSettings(engine)),
  )
}

function guardRequestOf(engine: Engine, area: Area, facts: RequestHead): GuardedRequest {
  const { trustProxy } = engine.settings
  const header = (name: string) => headerOf(facts, name)
  return {
    method: facts.method,
    path: locate(pathOf(facts.url)).path,
    area,
    host: header('host') ?? new URL(facts.origin).host,
    origin: header('origin'),
    secFetchSite: header('sec-fetch-site'),
    secFetchMode: header('sec-fetch-mode'),
    secFetchDest: header('sec-fetch-dest'),
    proof: () => operatorProof(facts, engine, engine.realNow()),
    forwardedHost: forwardedHost({
      trustProxy,
      headers: { get: (name) => header(name.toLowerCase()) ?? null },
    }),
  }
}

/** What the guard goes by on this server. */
export function guardSettings({ settings }: Engine): GuardSettings {
  return {
    exposed: settings.exposed,
    allowedHosts: [...settings.allowedHosts],
    publicHost: settings.publicUrl ? new URL(settings.publicUrl).host : undefined,
  }
}

function answerOf(engine: Engine, area: Area, no: GuardRefusal | undefined): Answer | undefined {
  if (!no) return undefined
  const { status, field, reason, fix } = no
  engine.log('warn', 'guard.refused', { area, field, reason })
  const title =
    field === 'authorization' ? 'Not allowed without the control token' : 'Not allowed from there'
  const problem = { type: 'about:blank', title, status, field, reason, fix }
  return {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      ...(status === 401 ? { 'WWW-Authenticate': 'Bearer realm="tupu-sim"' } : {}),
      ...(status === 429 ? { 'Retry-After': String(guess_window_ms / 1000) } : {}),
    },
    body: Buffer.from(JSON.stringify(problem)),
    code: status,
  }
}
