import { isSignedIn } from '../auth/control-token.ts'
import {
  type GuardedRequest,
  type GuardRefusal,
  type GuardSettings,
  guard,
  refuseOrigin,
} from '../auth/guard.ts'
import type { Engine } from '../core/engine.ts'
import type { Answer, Surface } from '../core/surface.ts'
import { forwardedHost } from './origin.ts'
import { type AppContext, type Facts, first, readFacts, write } from './wire.ts'

type GuardedArea = Exclude<Surface['area'], 'open'>

/** The answer of a guarded area to a request that may not come in. */
export function guardAnswer(engine: Engine, area: GuardedArea, facts: Facts): Answer | undefined {
  return answerOf(engine, area, guard(guarded(engine, area, facts), settingsOf(engine)))
}

/** The answer to a form that another site's page sent; whose it is, the form itself will show. */
export function foreignFormAnswer(engine: Engine, facts: Facts): Answer | undefined {
  return answerOf(
    engine,
    'pages',
    refuseOrigin(guarded(engine, 'pages', facts), settingsOf(engine)),
  )
}

/** Guards a route that is no surface's. Returns the refusal to send, if any. */
export function guardRoute(
  c: AppContext,
  area: GuardedArea,
): Response | Promise<Response> | undefined {
  const facts = readFacts(c)
  const answer = guardAnswer(c.env.engine, area, facts)
  return answer && refuse(c, facts, answer)
}

/** Sends a guard's refusal; a person at a browser who has not given the control token is asked for it. */
export function refuse(c: AppContext, facts: Facts, answer: Answer): Response | Promise<Response> {
  if (answer.status !== 401 || !isLooking(facts)) return write(c, answer)
  return askToSignIn(c, facts, answer)
}

async function askToSignIn(c: AppContext, facts: Facts, answer: Answer): Promise<Response> {
  const { pageOfRefusal } = await import('./sign-in.ts')
  return write(c, await pageOfRefusal(facts, answer))
}

/** A person opens a page: the browser's own window, or a frame in it, wants HTML. */
function isLooking({ method, headers }: Facts): boolean {
  const mode = first(headers['sec-fetch-mode'])
  const wantsPage = first(headers['accept'])?.includes('text/html') === true
  return method === 'GET' && wantsPage && (mode === undefined || mode === 'navigate')
}

function guarded(engine: Engine, area: GuardedArea, facts: Facts): GuardedRequest {
  const { controlToken, trustProxy } = engine.settings
  const header = (name: string) => first(facts.headers[name])
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
