import type { Site } from '../views/site/props.ts'
import type { Engine } from './core/engine.ts'
import type { RequestHead } from './core/request.ts'
import type { PageAddress } from './page/address.ts'
import { readContext } from './page/context.ts'
import { siteOf } from './page/site/site.ts'
import { namedWorld } from './world/world.ts'

/** The frame of a page that no call answers, and the cookies that go with it. */
export interface ReadSite {
  readonly site: Site
  readonly cookies: readonly (string | undefined)[]
}

/** Reads the frame of a page of the program itself; undefined where there is no such world. */
export async function readSiteOf(
  engine: Engine,
  request: RequestHead,
  { world: name, address }: { readonly world: string; readonly address: PageAddress },
): Promise<ReadSite | undefined> {
  const real_now = engine.realNow()
  const { context, cookies } = readContext({ request }, address, { home: '' })
  const site = await engine.store.unit('site', ({ db }) => {
    const world = namedWorld(db, name, real_now)
    return world && siteOf({ db, world, engine, request, real_now }, context)
  })
  return site && { site, cookies }
}
