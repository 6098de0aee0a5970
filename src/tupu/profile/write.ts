import type { Endpoint } from '../../core/endpoint.ts'
import type { WrittenCall } from '../../core/surface.ts'
import { readMobile } from '../mobile.ts'
import { readPlace } from './place.ts'
import { putAt } from './put.ts'
import { type Profile, type Spelled, spelledField } from './spelled.ts'

type Fields = Readonly<Record<string, unknown>>
type Mounted = Pick<Endpoint<never>, 'id' | 'methods' | 'path' | 'from'>

/** A call with canonical fields as a caller of the profile writes it. `endpoint`: as the profile mounts it. */
export function writeCall(profile: Profile, endpoint: Mounted, input: Fields): WrittenCall {
  const { id } = endpoint
  const call = { path: {}, query: {}, header: {}, body: {} }
  for (const [place, value] of Object.entries(profile.endpoints[id]?.constants ?? {}))
    put(call, endpoint, place, value)
  const keywords = spelledField(profile, id, 'keywords')
  const taken = Object.values(keywords?.take ?? {})
  for (const [name, value] of Object.entries(input)) {
    const how = spelledField(profile, id, name)
    if (value === undefined || name === 'keywords' || (taken.includes(name) && !how)) continue
    put(call, endpoint, how?.at ?? defaultPlace(endpoint, name), written(how, value))
  }
  const values = keywords ? valuesOf(keywords, input) : input['keywords']
  if (values !== undefined) put(call, endpoint, keywords?.at ?? '/keywords', values)
  return call
}

function defaultPlace({ methods, path, from }: Mounted, name: string): string {
  return !hasBody({ methods, from }) && !path.includes(`{${name}}`) ? `query:${name}` : `/${name}`
}

function hasBody({ methods, from }: Pick<Mounted, 'methods' | 'from'>): boolean {
  return methods[0] !== 'GET' && from.some((one) => one !== 'path' && one !== 'query')
}

type Draft = { path: object; query: object; header: object; body: object; user?: string }

function put(call: Draft, endpoint: Mounted, at: string, value: unknown): void {
  const { path } = endpoint
  const place = readPlace(at)
  if (place.in === 'query') call.query = { ...call.query, [place.name]: text(value) }
  else if (place.in === 'header') call.header = { ...call.header, [at.slice(7)]: text(value) }
  else if (place.in === 'user') call.user = text(value)
  else if (place.in === 'body') {
    const [name = ''] = place.parts
    if (place.parts.length === 1 && path.includes(`{${name}}`))
      call.path = { ...call.path, [name]: text(value) }
    else if (!hasBody(endpoint)) call.query = { ...call.query, [name]: text(value) }
    else call.body = putAt(call.body, place.parts, value) as object
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

/** A mobile as the profile wants it; anything else as it is. */
function written(how: Spelled | undefined, value: unknown): unknown {
  const e164 = how?.format && typeof value === 'string' ? readMobile(value) : undefined
  if (e164 === undefined || how?.format === 'any' || how?.format === 'openid') return value
  if (how?.format === 'e164') return e164
  return how?.format === 'digits' ? e164.slice(1) : e164.replace(/^\+86/, '')
}

/** The template's values, with the fields that stand among them; undefined: there are none. */
function valuesOf(how: Spelled, input: Fields): unknown {
  const taken = Object.entries(how.take ?? {}).flatMap(([name, field]): [string, unknown][] => {
    const value = input[field]
    return value === undefined ? [] : [[name, value]]
  })
  const keywords = Object.entries((input['keywords'] ?? {}) as Fields)
  const entries = [...taken, ...keywords]
  if (entries.length === 0) return undefined
  const { form, name = 'name', value = 'value' } = how
  if (form === 'pairs') return entries.map(([key, one]) => ({ [name]: key, [value]: one }))
  return Object.fromEntries(
    entries.map(([key, one]) => [key, form === 'wechat' ? { value: one } : one]),
  )
}
