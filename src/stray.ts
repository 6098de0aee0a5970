import { notFound, views } from './console/views.ts'
import type { Call } from './core/call.ts'
import { pathOf } from './core/locate.ts'
import { problem } from './core/problem.ts'
import type { Refusal } from './core/refusal.ts'
import { isCleanText, type RawRequest } from './core/request.ts'
import type { Answer, Surface } from './core/surface.ts'
import { guardRoute } from './http/admit.ts'
import { passTo } from './http/mount.ts'
import { type App, readHead } from './http/wire.ts'
import { encodePage } from './page/refusal.ts'
import { attribute, textField } from './wechat/attribute.ts'
import { claimedWorld, unattributed, type World } from './world/world.ts'

/** What browsers ask for by themselves, of any server: nobody's call. */
const noise =
  /^\/(?:favicon\.ico|robots\.txt|sitemap\.xml|apple-touch-icon[\w-]*\.png|browserconfig\.xml|\.well-known\/.*|assets\/.*)$/

const problem_headers = { 'Content-Type': 'application/problem+json' }

/**
 * Calls to a path of no surface. They are kept in the journal like others, because a wrong base URL is what most often keeps a
 * platform's calls away: in the world that the path or a credential names, else in `_unattributed`.
 */
const straySurface: Surface<undefined> = {
  name: 'none',
  bases: [],
  prefix: '',
  area: 'open',
  endpoints: [],
  authenticate(call) {
    call.enter(worldOf(call), { key: '' })
    return undefined
  },
  refuseTransport(fault, { request, call }) {
    if (call && isBrowser(request)) return notFound(call, 'unknown_path')
    const { method, url } = request
    if (fault === 'body_too_large')
      return problem(fault, { reason: 'it has more than 1,048,576 bytes', fix: 'send less' })
    const actual = `${method} ${pathOf(url)}`
    return { ...refuseServed(actual), step: { rule: 'path.served', actual } }
  },
  encode(outcome, at): Answer {
    if ('pageOf' in (outcome as Refusal)) return encodePage(outcome, at)
    const { status = 404, extra } = outcome as Refusal
    return {
      status,
      headers: problem_headers,
      body: Buffer.from(JSON.stringify(extra)),
      code: status,
    }
  },
}

/** Somebody looks for a page: what platforms are written in says that it takes anything, or lists no XHTML. */
function isBrowser({ method, headers }: Pick<RawRequest, 'method' | 'headers'>): boolean {
  const isLooking = method === 'GET' || method === 'HEAD'
  return isLooking && /^text\/html,application\/xhtml\+xml/u.test(String(headers['accept'] ?? ''))
}

function refuseServed(actual: string): Refusal {
  const reason = `${actual} belongs to no surface`
  return problem('unknown_path', { reason, fix: 'see / for the available paths' })
}

/** An EID names a world as a token or an appid does. */
function worldOf(call: Call<undefined>): World {
  const { db, real_now, address, query } = call
  const { world } = attribute(call, query['access_token'] ?? '')
  const eid = textField(call, 'eid')
  if (world.world !== unattributed || address.world !== undefined) return world
  const isEid = eid !== undefined && isCleanText(eid)
  return (isEid && claimedWorld(db, 'eid', eid, real_now)) || world
}

const stray = { surface: straySurface, endpoint: undefined, fault: 'unknown_path' } as const

/** Answers what nothing else does. */
export function mountStray(app: App): void {
  app.notFound(async (c) => {
    if (!noise.test(c.req.path)) {
      if (isBrowser(readHead(c))) await views.load()
      return passTo(c, stray)
    }
    const no = await guardRoute(c, 'open')
    const { extra } = refuseServed(`${c.req.method} ${c.req.path}`)
    return no ?? c.body(JSON.stringify(extra), 404, problem_headers)
  })
}
