import { namedWorld, type World } from '../sim/world.ts'
import { isCleanText } from './request.ts'
import type { Address, Arrival } from './surface.ts'

/** Hosts whose surfaces we play: each is also a path prefix, for clients whose base URL can have one. */
const played_hosts = ['api.weixin.qq.com', 'open.weixin.qq.com', 'mp.weixin.qq.com']

/** Takes the ways in off a path: `/w/{world}`, then the name of a host that we play. */
export function locate(path: string): Address {
  let rest = path
  let world: string | undefined
  if (rest.startsWith('/w/')) {
    const end = rest.indexOf('/', 3)
    world = decode(end < 0 ? rest.slice(3) : rest.slice(3, end))
    rest = end < 0 ? '/' : rest.slice(end)
  }
  for (const host of played_hosts) {
    if (rest.startsWith(`/${host}/`)) return { world, path: rest.slice(host.length + 1) }
  }
  return { world, path: rest }
}

/** What cannot be decoded, or held by a database, stays as it was sent: it is no world's name either way. */
function decode(text: string): string {
  try {
    const decoded = decodeURIComponent(text)
    return isCleanText(decoded) ? decoded : text
  } catch {
    return text
  }
}

/** The path of a URL as sent, without its query. */
export function pathOf(url: string): string {
  const mark = url.indexOf('?')
  return mark < 0 ? url : url.slice(0, mark)
}

/** A world that a surface opens when nothing else claims the call. */
export async function worldOrElse(
  arrival: Pick<Arrival<unknown>, 'db' | 'engine' | 'address'>,
  fallback: string,
): Promise<World> {
  const real = arrival.engine.realNow()
  const named = arrival.address.world && (await namedWorld(arrival.db, arrival.address.world, real))
  const world = named || (await namedWorld(arrival.db, fallback, real))
  if (!world) throw new Error(`the world ${fallback} is missing`)
  return world
}
