import type { Site } from '../../../views/site/props.ts'
import type { Call } from '../../core/call.ts'
import { queryOf } from '../../core/request.ts'
import { default_world, namedWorld, unattributed } from '../../world/world.ts'
import { readContext } from '../context.ts'
import { siteOf } from './site.ts'

/** The frame of a page that is not there, and the cookies that go with it. */
export interface LostSite {
  /** Undefined: the page was not even in a world. */
  readonly site: Site | undefined
  readonly cookies: readonly (string | undefined)[]
}

const nowhere: LostSite = { site: undefined, cookies: [] }

/** The frame of a page that is not there; around what is nobody's, the default world's. */
export function lostSiteOf(call: Call | undefined, basePath: string): LostSite {
  if (!call?.isInWorld) return nowhere
  const { db, engine, request, real_now } = call
  const isNobodys = call.world.world === unattributed
  const world = isNobodys ? namedWorld(db, default_world, real_now) : call.world
  if (!world) return nowhere
  const isDefault = world.world === default_world
  const at = { basePath: isDefault ? '' : basePath, returnTo: isDefault ? '/' : `${basePath}/` }
  const address = { parts: [], query: queryOf(request.url), ...at }
  const { context, cookies } = readContext(call, address, { home: '' })
  return { site: siteOf({ db, engine, world, request, real_now }, context), cookies }
}
