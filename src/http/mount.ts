import { Hono, type Next } from 'hono'
import { guardAnswer } from '../auth/guard-request.ts'
import { bugAnswer } from '../core/bug.ts'
import { Call } from '../core/call.ts'
import type { Endpoint } from '../core/endpoint.ts'
import type { Engine } from '../core/engine.ts'
import { locate, pathOf } from '../core/locate.ts'
import { outageAnswer } from '../core/outage.ts'
import type { RequestHead } from '../core/request.ts'
import { run } from '../core/run.ts'
import type { Address, Answer, Surface, TransportFault } from '../core/surface.ts'
import { refuse } from './admit.ts'
import { BrokenConnection, isDisturbed, writeDisturbed } from './disturb.ts'
import {
  type App,
  type AppContext,
  type Bindings,
  type BodyTransportFault,
  hangUpOf,
  readBody,
  readHead,
  write,
} from './wire.ts'

/** Where a request leads. */
export interface Mounted<C = never> {
  readonly surface: Surface<C>
  /** Undefined: none has this path. */
  readonly endpoint: Endpoint<C> | undefined
  readonly fault?: TransportFault
}

/** What the routes of endpoints lead to, by their handler. */
const endpointRoutes = new WeakMap<object, Mounted>()

/** An app whose routes see canonical paths, without `/w/{world}` and played hosts. */
export function makeApp(): App {
  const app = new Hono<{ Bindings: Bindings }>({
    getPath: (request, options) => {
      const url = options?.env?.incoming?.url
      return locate(pathOf(url ?? new URL(request.url).pathname)).path
    },
  })
  app.onError((error, c) => {
    // Nobody is there to be answered: a fault has broken the connection, or who has called in process gave up.
    const isGone = !c.env.outgoing && c.req.raw.signal.aborted
    if (isGone || error instanceof BrokenConnection) throw error
    return write(c, answerFailure(c.env.engine, error), true)
  })
  return app
}

/** Outside a unit: the caller hung up in the middle of its body, say. Nothing to keep, but nothing to print either. */
export function answerFailure(engine: Engine, error: unknown): Answer {
  const outage = engine.outages.note(error)
  if (outage) return outageAnswer(outage)
  const message = error instanceof Error ? error.message : String(error)
  engine.log('warn', 'request.failed', { error: message })
  return bugAnswer(error, '')
}

/** Mounts a surface: its endpoints, wrong methods on their paths, and unknown paths below its bases. */
export function mountSurface<C>(app: App, surface: Surface<C>): void {
  const paths = new Map<string, Endpoint<C>>()
  for (const endpoint of surface.endpoints) {
    const path = (surface.prefix + endpoint.path).replace(/\{(\w+)\}/g, ':$1')
    const handler = (c: AppContext, next: Next) => pass(c, { surface, endpoint }, next)
    endpointRoutes.set(handler, { surface, endpoint })
    app.on([...endpoint.methods], path, handler)
    if (!paths.has(path)) paths.set(path, endpoint)
  }
  for (const [path, endpoint] of paths)
    app.all(path, (c, next) => pass(c, { surface, endpoint, fault: 'wrong_method' }, next))
  const unknown = { surface, endpoint: undefined, fault: 'unknown_path' } as const
  for (const base of surface.bases) {
    app.all(base, (c) => passTo(c, unknown))
    app.all(`${base}/*`, (c) => passTo(c, unknown))
  }
}

/** Where a route of the app leads, when it is that of an endpoint. */
export function mountedBy(handler: object): Mounted | undefined {
  return endpointRoutes.get(handler)
}

/** Takes a request, or leaves it to whoever has its path besides. */
async function pass<C>(
  c: AppContext,
  mounted: Mounted<C>,
  next: Next,
): Promise<Response | undefined> {
  const { takes } = mounted.endpoint ?? {}
  if (takes) {
    const body = await bodyOf(c, mounted)
    const isTaken = takes({ ...readHead(c), body: Buffer.isBuffer(body) ? body : empty })
    if (!isTaken) {
      await next()
      return undefined
    }
  }
  return passTo(c, mounted)
}

/** Reads the request, guards the surface, carries the call, writes the answer. */
export async function passTo<C>(c: AppContext, mounted: Mounted<C>): Promise<Response> {
  const { engine } = c.env
  const { area, load } = mounted.surface
  const head = readHead(c)
  const no = guardAnswer(engine, area, head)
  if (no) return refuse(c, head, no)
  if (load) await load()
  const body = await bodyOf(c, mounted)
  const address = locate(pathOf(head.url))
  const pathFields = c.req.param() as Record<string, string>
  const hungUp = () => hangUpOf(c)
  const answer = await carry({ engine, mounted, head, body, address, pathFields, hungUp })
  return isDisturbed(answer)
    ? writeDisturbed(c, answer)
    : write(c, answer, typeof body === 'string')
}

const empty = Buffer.alloc(0)
/** Bodies that were read to see whose request it is. */
const bodies = new WeakMap<AppContext, Promise<Buffer | BodyTransportFault>>()

function bodyOf<C>(c: AppContext, { endpoint }: Mounted<C>): Promise<Buffer | BodyTransportFault> {
  const read = bodies.get(c) ?? readBody(c, endpoint?.body_bytes_max)
  if (endpoint?.takes) bodies.set(c, read)
  return read
}

const no_fields = {}

/** Makes the call of a request that was read, and carries it to its answer. */
export function carry<C>(of: {
  readonly engine: Engine
  readonly mounted: Mounted<C>
  readonly head: RequestHead
  /** Or why it could not be read. */
  readonly body: Buffer | BodyTransportFault
  readonly address: Address
  readonly pathFields?: Readonly<Record<string, string>>
  /** Asked by calls that wait. */
  readonly hungUp: () => AbortSignal
}): Promise<Answer> {
  const { engine, address, head, body, pathFields = no_fields, hungUp } = of
  const { surface, endpoint, fault } = of.mounted
  const isUnread = typeof body === 'string'
  const request = { ...head, body: isUnread ? empty : body }
  const transportFault = isUnread ? body : fault
  return run(
    new Call({ engine, surface, endpoint, request, address, pathFields, transportFault, hungUp }),
  )
}
