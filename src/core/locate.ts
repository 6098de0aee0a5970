import { type ClaimKind, findClaimedWorld } from '../../db/claim.ts'
import type { StepFacts } from '../world/step.ts'
import { namedWorld, type Scope, unattributed, type World } from '../world/world.ts'
import type { Call } from './call.ts'
import { isCleanText } from './request.ts'
import type { Address } from './surface.ts'

/**
 * Hosts whose surfaces we play: each is also a path prefix, for clients whose base URL can have one. WeChat has some of them for
 * emergencies and by region, one for files, and one for the script of its pages.
 */
export const played_hosts: readonly string[] = [
  'api.weixin.qq.com',
  'open.weixin.qq.com',
  'mp.weixin.qq.com',
  'api2.weixin.qq.com',
  'sh.api.weixin.qq.com',
  'sz.api.weixin.qq.com',
  'hk.api.weixin.qq.com',
  'file.api.weixin.qq.com',
  'res.wx.qq.com',
  'res2.wx.qq.com',
]
const played_prefixes = played_hosts.map((host) => `/${host}/`)

/** Takes the ways in off a path: `/w/{world}`, `/as/{person}`, then the name of a host that we play. */
export function locate(path: string): Address {
  const inWorld = takeName(path, '/w/')
  const asPerson = takeName(inWorld.rest, '/as/')
  const { rest } = asPerson
  const at = { world: inWorld.name, person: asPerson.name }
  for (const prefix of played_prefixes) {
    if (rest.startsWith(prefix)) return { ...at, path: rest.slice(prefix.length - 1) }
  }
  return { ...at, path: rest }
}

/** The name behind a prefix, and what comes after both. */
function takeName(path: string, prefix: string): { name: string | undefined; rest: string } {
  if (!path.startsWith(prefix)) return { name: undefined, rest: path }
  const end = path.indexOf('/', prefix.length)
  const name = decode(end < 0 ? path.slice(prefix.length) : path.slice(prefix.length, end))
  return { name, rest: end < 0 ? '/' : path.slice(end) }
}

/** What links to our own pages begin with, so that they stay in the world and with the person that a call came by. */
export function wayOf({ world, person }: Pick<Address, 'world' | 'person'>): string {
  const inWorld = world === undefined ? '' : `/w/${encodeURIComponent(world)}`
  return person === undefined ? inWorld : `${inWorld}/as/${encodeURIComponent(person)}`
}

/** Where a world is reached from outside, on the origin that the call came to. */
export function baseUrl(call: {
  readonly world: Pick<World, 'world'>
  readonly request: { readonly origin: string }
}): string {
  return `${call.request.origin}${wayOf({ world: call.world.world, person: undefined })}`
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

/** A path of our own as it was wished; anything that would lead a browser elsewhere is the first page. */
export function ownPath(wished: string | undefined): string {
  const base = 'http://own.invalid'
  if (!wished?.startsWith('/') || !URL.canParse(wished, base)) return '/'
  const { origin, pathname, search, hash } = new URL(wished, base)
  const path = pathname + search + hash
  // `/.//host` is a path here, but what is left of it would be none.
  return origin === base && !path.startsWith('//') ? path : '/'
}

/** A world that a surface opens when nothing else claims the call. */
export function worldOrElse(
  call: Pick<Call, 'db' | 'real_now' | 'address'>,
  fallback: string,
): World {
  const real = call.real_now
  const named = call.address.world && namedWorld(call.db, call.address.world, real)
  const world = named || namedWorld(call.db, fallback, real)
  if (!world) throw new Error(`the world ${fallback} is missing`)
  return world
}

/**
 * The world of `/w/{world}`, where a call's credentials are looked for and nowhere else; one that is not there knows none.
 * Undefined: the path names no world, and the credential does.
 */
export function worldOfPath(call: Pick<Call, 'db' | 'real_now' | 'address'>): World | undefined {
  return call.address.world === undefined ? undefined : worldOrElse(call, unattributed)
}

/** Why a credential is unknown here, when another world has it. */
export function credentialElsewhere(
  { db, world }: Scope,
  kind: ClaimKind,
  value: string,
): StepFacts | undefined {
  const holder = isCleanText(value) ? findClaimedWorld(db, kind, value) : undefined
  if (!holder || holder.world === world.world) return undefined
  return {
    rule: 'credential.of_this_world',
    actual: { kind, world: holder.world },
    expected: { world: world.world },
  }
}
