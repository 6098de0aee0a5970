import type { StepFacts } from '../world/step.ts'
import type { Method } from './endpoint.ts'
import { editDistance } from './nearest.ts'

/** Where an endpoint is mounted. */
export interface Route {
  readonly endpoint: string
  readonly methods: readonly Method[]
  /** With what its surface puts before it; `{name}` stands for any part. */
  readonly path: string
  /** Without that. */
  readonly own: string
}

/** In what a call differs from one to an endpoint. */
type Difference = 'method' | 'path' | 'prefix' | 'world'

/** An endpoint that was probably meant, and what to change. */
export interface NearEndpoint {
  readonly endpoint: string
  readonly method: Method
  readonly path: string
  readonly differs: readonly Difference[]
}

/** What a step says that was probably meant, as a method and a path. */
export function nearestCall({ nearest }: Pick<StepFacts, 'nearest'>): string | undefined {
  const [near] = (Array.isArray(nearest) ? nearest : []) as NearEndpoint[]
  return near && `${near.method} ${near.path}`
}

interface SentCall {
  readonly method: string
  /** Canonical, without `/w/{world}`. */
  readonly path: string
  /** Whether the world of its path is there, or it names none. */
  readonly isInWorld: boolean
}

const nearest_max = 3
/** What is longer is no slip, and dear to compare. */
const path_length_max = 200
/** How far a path is away by its beginning alone, and by its method. */
const prefix_distance = 1.5
const method_distance = 0.5

/** So many calls are remembered: whoever has a wrong base URL makes the same one again and again. */
const calls_max = 200
const remembered = new WeakMap<readonly Route[], Map<string, readonly NearEndpoint[]>>()

/** The endpoints nearest to a call that reached none, the nearest first. */
export function nearEndpoints(routes: readonly Route[], sent: SentCall): readonly NearEndpoint[] {
  if (sent.path.length > path_length_max) return []
  const known = remembered.get(routes) ?? new Map<string, readonly NearEndpoint[]>()
  remembered.set(routes, known)
  const key = `${sent.method} ${sent.isInWorld} ${sent.path}`
  const near = known.get(key) ?? findNearest(routes, sent)
  if (known.size >= calls_max) known.clear()
  known.set(key, near)
  return near
}

function findNearest(routes: readonly Route[], sent: SentCall): readonly NearEndpoint[] {
  const ranked = routes.flatMap((route) => {
    const found = distanceOf(route, sent.path)
    return found ? [rank(route, sent, found)] : []
  })
  const best = ranked.sort((a, b) => a.distance - b.distance).slice(0, nearest_max)
  return best.map(({ near }) => near)
}

interface Found {
  readonly distance: number
  readonly differs: readonly Difference[]
}

function rank({ endpoint, methods, path }: Route, sent: SentCall, found: Found) {
  const method = methods.find((one) => one === sent.method)
  const differs: Difference[] = [...found.differs]
  if (!method) differs.unshift('method')
  if (!sent.isInWorld) differs.push('world')
  const near: NearEndpoint = { endpoint, method: method ?? methods[0] ?? 'GET', path, differs }
  return { near, distance: found.distance + (method ? 0 : method_distance) }
}

/** How far a path is from the one that was sent; undefined: nobody meant it. */
function distanceOf({ path, own }: Route, sent: string): Found | undefined {
  const spelled = spell(path, sent)
  if (spelled === sent) return { distance: 0, differs: [] }
  if (isTail(own, sent) || isTail(sent, path))
    return { distance: prefix_distance, differs: ['prefix'] }
  const slips_max = Math.max(2, Math.floor(spelled.length / 4))
  if (Math.abs(spelled.length - sent.length) > slips_max) return undefined
  const distance = editDistance(...unlikeParts(spelled, sent))
  return distance <= slips_max ? { distance, differs: ['path'] } : undefined
}

/** What two texts have between what they begin and end with alike: it is as far apart as they are. */
function unlikeParts(a: string, b: string): [string, string] {
  const shorter = Math.min(a.length, b.length)
  let start = 0
  while (start < shorter && a[start] === b[start]) start++
  let end = 0
  while (end < shorter - start && a.at(-1 - end) === b.at(-1 - end)) end++
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)]
}

/** A path with what was sent in the places of its names. */
function spell(path: string, sent: string): string {
  if (!path.includes('{')) return path
  const parts = sent.split('/')
  return path
    .split('/')
    .map((part, n) => (part.startsWith('{') && parts[n] ? parts[n] : part))
    .join('/')
}

/** Whether a path ends as another one is, part by part, with at least one part that is no name. */
function isTail(tail: string, whole: string): boolean {
  const [ends, parts] = [tail.split('/').slice(1), whole.split('/').slice(1)]
  const rest = parts.slice(-ends.length)
  if (ends.length > parts.length) return false
  const isName = (part: string | undefined) => part?.startsWith('{') === true
  const fits = ends.every((part, n) => part === rest[n] || isName(part) || isName(rest[n]))
  return fits && ends.some((part, n) => part !== '' && part === rest[n])
}
