import type { Call } from '../core/call.ts'
import { type Endpoint, isReply } from '../core/endpoint.ts'
import { locate, pathOf } from '../core/locate.ts'
import { problem, unknownName } from '../core/problem.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import { body_encodings, isCleanText, packedBy } from '../core/request.ts'
import type { Answer, Surface } from '../core/surface.ts'
import { unknownWorld } from '../core/unknown-world.ts'
import { default_world, namedWorld, unattributed, type World } from '../world/world.ts'
import { controlEndpoints } from './endpoints.ts'

/** The universe's own remote control. Errors are RFC 9457 problems that name field, reason and fix. */
export const controlSurface: Surface<undefined> = {
  name: 'control',
  bases: ['/_sim'],
  prefix: '/_sim/v1',
  area: 'control',
  endpoints: controlEndpoints,
  authenticate,
  refuseTransport(fault, { request, endpoint, gone }) {
    if (fault === 'world_was_reset' && gone !== undefined)
      return problem('not_found', {
        field: 'world',
        reason: `the world ${gone} was deleted while the call was waiting`,
        fix: 'create it again with world.create',
      })
    if (fault === 'world_was_reset')
      return problem(fault, {
        reason: 'it was reset while the call was waiting',
        fix: 'call again',
      })
    if (fault === 'unknown_encoding')
      return problem(fault, { reason: packedBy(request), fix: `send ${body_encodings}` })
    if (fault === 'body_too_large')
      return problem(fault, {
        reason: `it has more than ${mostOf(endpoint)} bytes`,
        fix: 'send less',
      })
    const actual = `${request.method} ${request.url}`
    if (fault === 'unknown_path') {
      const hole = holeIn(locate(pathOf(request.url)).path)
      if (hole !== undefined)
        return problem('not_found', {
          field: hole,
          reason: 'it is missing',
          fix: `give ${hole} in the path`,
        })
      return problem(fault, {
        reason: `${actual} is not part of the control API`,
        fix: 'see /docs',
      })
    }
    return problem(fault, {
      reason: `${actual} is not offered`,
      fix: `use ${endpoint?.methods.join(' or ')}`,
    })
  },
  encode(outcome): Answer {
    if (isRefusal(outcome)) {
      const { status = 500, extra } = outcome
      return json(status, { ...extra }, 'application/problem+json', status)
    }
    if (!isReply(outcome)) return json(200, outcome)
    const { status, body, type, headers, stream } = outcome
    if (typeof body === 'string' || Buffer.isBuffer(body))
      return {
        status,
        headers: { 'Content-Type': type ?? 'text/plain', ...headers },
        body: Buffer.from(body),
        ...(stream ? { stream } : {}),
        code: 0,
      }
    if (body === undefined) return { status, headers: {}, body: Buffer.alloc(0), code: 0 }
    return json(status, body)
  },
}

function mostOf(endpoint: Pick<Endpoint, 'body_bytes_max'> | undefined): string {
  return (endpoint?.body_bytes_max ?? 1_048_576).toLocaleString('en')
}

/** The field for which a path has an empty place. */
function holeIn(path: string): string | undefined {
  const sent = path.split('/')
  for (const endpoint of controlSurface.endpoints) {
    const parts = (controlSurface.prefix + endpoint.path).split('/')
    const fits = (part: string, i: number) => part.startsWith('{') || part === sent[i]
    const hole = parts.find((part, i) => part.startsWith('{') && sent[i] === '')
    if (hole && parts.length === sent.length && parts.every(fits)) return hole.slice(1, -1)
  }
  return undefined
}

function json(status: number, body: unknown, type = 'application/json', code = 0): Answer {
  return {
    status,
    headers: { 'Content-Type': `${type}; charset=utf-8` },
    body: Buffer.from(JSON.stringify(body)),
    code,
  }
}

function authenticate(call: Call<undefined>): Refusal | undefined {
  const { db, real_now: real, fields, address } = call
  const name =
    typeof fields['world'] === 'string' ? fields['world'] : (address.world ?? default_world)
  const found = isCleanText(name) ? namedWorld(db, name, real) : undefined
  const world = found ?? namedWorld(db, default_world, real)
  if (!world) throw new Error('the default world is missing')
  call.enter(world, { key: 'control' })
  return refuseWorld(call, name, found)
}

/** Deleting a world that is gone is no mistake; making and listing worlds needs none. */
function refuseWorld(
  call: Pick<Call<undefined>, 'db' | 'endpoint'>,
  name: string,
  found: World | undefined,
): Refusal | undefined {
  const { endpoint } = call
  if (!endpoint?.path.includes('{world}') || endpoint.id === 'world.delete') return undefined
  if (!found) {
    return unknownName(call, unknownWorld(call.db, name))
  }
  const isLook = endpoint.methods[0] === 'GET' || endpoint.id === 'world.reset'
  if (name !== unattributed || isLook) return undefined
  const reason = `${name} keeps the calls that no world claims, and has nothing else`
  return problem('conflict', { field: 'world', reason, fix: 'use another world' })
}
