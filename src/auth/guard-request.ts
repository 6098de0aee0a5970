import type { Engine } from '../core/engine.ts'
import { headerOf, type RequestHead } from '../core/request.ts'
import type { Answer, Surface } from '../core/surface.ts'
import { isSignedIn } from './control-token.ts'
import {
  type GuardedRequest,
  type GuardRefusal,
  type GuardSettings,
  guard,
  refuseOrigin,
} from './guard.ts'
import { forwardedHost } from './origin.ts'

/** Areas that not everybody may enter. */
export type GuardedArea = Exclude<Surface['area'], 'open'>

/** The answer of a guarded area to a request that may not come in. */
export function guardAnswer(
  engine: Engine,
  area: GuardedArea,
  facts: RequestHead,
): Answer | undefined {
  return answerOf(engine, area, guard(guardRequestOf(engine, area, facts), settingsOf(engine)))
}

/** The answer to a form that another site's page sent; whose it is, the form itself will show. */
export function foreignFormAnswer(engine: Engine, facts: RequestHead): Answer | undefined {
  return answerOf(
    engine,
    'pages',
    refuseOrigin(guardRequestOf(engine, 'pages', facts), settingsOf(engine)),
  )
}

function guardRequestOf(engine: Engine, area: GuardedArea, facts: RequestHead): GuardedRequest {
  const { controlToken, trustProxy } = engine.settings
  const header = (name: string) => headerOf(facts, name)
  return {
    method: facts.method,
    area,
    host: header('host') ?? new URL(facts.origin).host,
    origin: header('origin'),
    secFetchSite: header('sec-fetch-site'),
    secFetchMode: header('sec-fetch-mode'),
    secFetchDest: header('sec-fetch-dest'),
    authorization: header('authorization'),
    signedIn: isSignedIn(facts, { controlToken, real_now: engine.realNow() }),
    forwardedHost: forwardedHost({
      trustProxy,
      headers: { get: (name) => header(name.toLowerCase()) ?? null },
    }),
  }
}

function settingsOf({ settings }: Engine): GuardSettings {
  return {
    exposed: settings.exposed,
    controlToken: settings.controlToken,
    allowedHosts: [...settings.allowedHosts],
    publicHost: settings.publicUrl ? new URL(settings.publicUrl).host : undefined,
  }
}

function answerOf(
  engine: Engine,
  area: GuardedArea,
  no: GuardRefusal | undefined,
): Answer | undefined {
  if (!no) return undefined
  const { status, field, reason, fix } = no
  engine.log('warn', 'guard.refused', { area, field, reason })
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
