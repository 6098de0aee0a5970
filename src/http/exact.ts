import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Area, type GuardSettings, open_areas, reachOf, readHost } from '../auth/guard.ts'
import { guardSettings } from '../auth/guard-request.ts'
import type { Engine } from '../core/engine.ts'
import { locate, pathOf } from '../core/locate.ts'
import type { Address, Answer } from '../core/surface.ts'
import { isDisturbed, writeDisturbedNode } from './disturb.ts'
import { answerFailure, carry, type Mounted, mountedBy } from './mount.ts'
import {
  type App,
  type BodyTransportFault,
  closeOf,
  readNodeBody,
  readNodeHead,
  writeNode,
} from './wire.ts'

/** Answers a request on node's own objects, or leaves it as it is and says false. */
export type NodeAnswer = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean

/**
 * The short way of open surfaces, past hono's request, context and response: of calls whose path has no name in it and is
 * spelled exactly, with a method of the endpoint's. What it leaves goes the app's way, and is answered alike there.
 */
export function exactAnswer(engine: Engine, app: App): NodeAnswer {
  const routes = exactRoutes(app)
  const isKnown = knownHosts(guardSettings(engine))
  return (incoming, outgoing) => {
    const { method = '', url = '' } = incoming
    if (url.includes('\\')) return false
    const address = locate(pathOf(url))
    const mounted = routes.get(address.path)?.get(method)
    if (!mounted || !isKnown(incoming.headers, mounted.surface.area)) return false
    pass({ engine, mounted, address }, incoming, outgoing)
    return true
  }
}

type Routes = ReadonlyMap<string, ReadonlyMap<string, Mounted>>

/** Simulators of one process share an app, and an app gets no routes once it answers. */
const routesOf = new WeakMap<App, Routes>()

function exactRoutes(app: App): Routes {
  const routes = routesOf.get(app) ?? findRoutes(app)
  routesOf.set(app, routes)
  return routes
}

/** By path and method. Hono is asked whether it would go there: another route may lie over the path. */
function findRoutes(app: App): Routes {
  const routes = new Map<string, Map<string, Mounted>>()
  for (const { path, method, handler } of app.routes) {
    const mounted = mountedBy(handler)
    if (!mounted || path.includes(':') || mounted.endpoint?.takes) continue
    const { area, load } = mounted.surface
    const [[first]] = app.router.match(method, path)
    if (!open_areas.includes(area) || load || first?.[0][0] !== handler) continue
    const methods = routes.get(path) ?? new Map<string, Mounted>()
    routes.set(path, methods.set(method, mounted))
  }
  return routes
}

/** Of so many spellings of a host it is remembered where they lead. */
const hosts_max = 100

/**
 * Whether nothing speaks against a request, by its headers alone: what the guard would have to look at, as what a browser
 * adds, goes the app's way.
 */
function knownHosts(
  settings: GuardSettings,
): (headers: IncomingMessage['headers'], area: Area) => boolean {
  const reaches = new Map<string, ReturnType<typeof reachOf>>()
  const reachOfText = (text: string) => {
    const host = isHost(text) ? readHost(text) : undefined
    const reach = host ? reachOf(host, settings) : 'none'
    if (reaches.size >= hosts_max) reaches.clear()
    reaches.set(text, reach)
    return reach
  }
  return (headers, area) => {
    const { host } = headers
    if (host === undefined) return false
    const reach = reaches.get(host) ?? reachOfText(host)
    if (reach !== 'all' && reach !== area) return false
    return settings.exposed || !isForGuard(headers)
  }
}

/** Whether a browser or a proxy has added something that the guard looks at. */
function isForGuard(headers: IncomingMessage['headers']): boolean {
  const { origin, 'sec-fetch-site': site, 'x-forwarded-host': forwarded } = headers
  return origin !== undefined || site !== undefined || forwarded !== undefined
}

/** As hono's server reads a `Host`: what is none gets a 400 there. */
function isHost(host: string): boolean {
  return URL.parse(`http://${host}`)?.hostname === host.replace(/:\d+$/, '').toLowerCase()
}

/** Reads the request, carries the call, writes the answer. */
function pass(
  at: { readonly engine: Engine; readonly mounted: Mounted; readonly address: Address },
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void {
  const { engine } = at
  const fail = (error: unknown) => {
    const answer = answerFailure(engine, error)
    // An answer that failed on its way cannot be begun again.
    if (outgoing.headersSent) outgoing.destroy()
    else writeNode(outgoing, answer, true)
  }
  const goOn = (body: Buffer | BodyTransportFault) => {
    try {
      const head = readNodeHead(engine, incoming)
      const answered = (answer: Answer) => {
        if (isDisturbed(answer)) {
          writeDisturbedNode(engine, outgoing, answer).catch(fail)
          return
        }
        try {
          writeNode(outgoing, answer, typeof body === 'string')
        } catch (error) {
          fail(error)
        }
      }
      carry({ ...at, head, body, hungUp: () => closeOf(outgoing) }).then(answered, fail)
    } catch (error) {
      fail(error)
    }
  }
  readNodeBody(incoming, goOn, fail, at.mounted.endpoint?.body_bytes_max)
}
