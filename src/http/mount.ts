import { Hono } from 'hono'
import { guardAnswer } from '../auth/guard-request.ts'
import { bugAnswer } from '../core/bug.ts'
import { Call } from '../core/call.ts'
import type { Endpoint } from '../core/endpoint.ts'
import { locate, pathOf } from '../core/locate.ts'
import { outageAnswer } from '../core/outage.ts'
import { run } from '../core/run.ts'
import type { Surface, TransportFault } from '../core/surface.ts'
import { refuse } from './admit.ts'
import { type App, type AppContext, type Bindings, readBody, readHead, write } from './wire.ts'

/** An app whose routes see canonical paths, without `/w/{world}` and played hosts. */
export function makeApp(): App {
  const app = new Hono<{ Bindings: Bindings }>({
    getPath: (request, options) => {
      const url = options?.env?.incoming?.url
      return locate(pathOf(url ?? new URL(request.url).pathname)).path
    },
  })
  // Outside a unit: the caller hung up in the middle of its body, say. Nothing to keep, but nothing to print either.
  app.onError((error, c) => {
    const outage = c.env.engine.outages.note(error)
    if (outage) return write(c, outageAnswer(outage), true)
    c.env.engine.log('warn', 'request.failed', { error: error.message })
    return write(c, bugAnswer(error, ''), true)
  })
  return app
}

/** Mounts a surface: its endpoints, wrong methods on their paths, and unknown paths below its bases. */
export function mountSurface<C>(app: App, surface: Surface<C>): void {
  const paths = new Map<string, Endpoint<C>>()
  for (const endpoint of surface.endpoints) {
    const path = (surface.prefix + endpoint.path).replace(/\{(\w+)\}/g, ':$1')
    app.on([...endpoint.methods], path, (c) => pass(c, surface, endpoint))
    if (!paths.has(path)) paths.set(path, endpoint)
  }
  for (const [path, endpoint] of paths)
    app.all(path, (c) => pass(c, surface, endpoint, 'wrong_method'))
  for (const base of surface.bases) {
    app.all(base, (c) => pass(c, surface, undefined, 'unknown_path'))
    app.all(`${base}/*`, (c) => pass(c, surface, undefined, 'unknown_path'))
  }
}

/** Reads the request, guards the surface, carries the call, writes the answer. */
async function pass<C>(
  c: AppContext,
  surface: Surface<C>,
  endpoint: Endpoint<C> | undefined,
  fault?: TransportFault,
): Promise<Response> {
  const { engine } = c.env
  const head = readHead(c)
  const no = surface.area === 'open' ? undefined : guardAnswer(engine, surface.area, head)
  if (no) return refuse(c, head, no)
  if (surface.load) await surface.load()
  const read = await readBody(c)
  const isUnread = typeof read === 'string'
  const call = new Call({
    engine,
    surface,
    endpoint,
    request: { ...head, body: isUnread ? Buffer.alloc(0) : read },
    address: locate(pathOf(head.url)),
    pathFields: c.req.param() as Record<string, string>,
    transportFault: isUnread ? read : fault,
  })
  const answer = await run(call)
  return write(c, answer, isUnread)
}
