import type { FaultFace } from '../core/apply-fault.ts'
import type { Call } from '../core/call.ts'
import { type Endpoint, pagesOf } from '../core/endpoint.ts'
import { fieldProblem } from '../core/problem.ts'
import type { Refusal } from '../core/refusal.ts'
import type { Surface } from '../core/surface.ts'
import { default_world, namedWorld, unattributed } from '../world/world.ts'
import type { LazyViews } from './lazy-views.ts'
import type { NotFound } from './not-found.ts'
import { encodePage } from './refusal.ts'

/** Makes pages of a world for people at the simulator, and forms of them. `faults`: how they meet them, if at all. */
export const worldPages = (faults?: FaultFace<undefined>) =>
  pagesOf<undefined>({ refuseField: fieldProblem, ...(faults && { faults }) })

/** One that no fault meets. */
export const worldPage = worldPages()

/** What a page says of itself that is looked at: looking changes nothing, and would crowd out what the journal is for. */
export const looking = { methods: ['GET'], from: ['path'], journalled: false } as const

/** A surface of such pages, in the world that their path names. */
export function pageSurface(of: {
  readonly name: string
  readonly home: string
  /** Below which a path that is none is a page that is lost; left out: below home. */
  readonly bases?: readonly string[]
  readonly endpoints: readonly Endpoint<undefined>[]
  readonly views: LazyViews<unknown>
  readonly notFound: NotFound<never>
}): Surface<undefined> {
  const { name, home, bases = [home], endpoints, views, notFound } = of
  return {
    name,
    bases,
    prefix: '',
    area: 'pages',
    endpoints,
    load: views.load,
    authenticate: (call) => enterWorld(call, name, () => notFound(call, 'unknown_world')),
    refuseTransport: (fault, { request, call }) => notFound(call ?? { request }, fault),
    encode: encodePage,
  }
}

/** Enters the world of the path; where there is none, the default world, and the page that says so. */
function enterWorld(call: Call, key: string, refuse: () => Refusal): Refusal | undefined {
  const { db, real_now: real, address } = call
  const name = address.world ?? default_world
  const found = name === unattributed ? undefined : namedWorld(db, name, real)
  const world = found ?? namedWorld(db, default_world, real)
  if (!world) throw new Error('the default world is missing')
  call.enter(world, { key })
  return found ? undefined : refuse()
}
