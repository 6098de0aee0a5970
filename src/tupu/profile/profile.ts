import type { z } from 'zod'
import type { Call } from '../../core/call.ts'
import { type Endpoint, isReply, type Method, type Outcome } from '../../core/endpoint.ts'
import { isRefusal } from '../../core/refusal.ts'
import { headerOf } from '../../core/request.ts'
import type { Spelling } from '../../core/surface.ts'
import { profileData } from './data.ts'

interface Place {
  readonly method?: Method | undefined
  readonly path?: string | undefined
  readonly fields: Readonly<Record<string, string | undefined>>
}
/** A profile that may be used; `endpoints` by canonical id. */
export type Profile = Omit<z.output<typeof profileData>, 'endpoints'> & {
  readonly endpoints: Readonly<Record<string, Place | undefined>>
}

/** Our own contract, as it stands. */
export const default_profile: Profile = profileData.parse({ name: 'default', base: '/tupu/v1' })

/** Method and path under which a profile offers a canonical endpoint, and where that reads its fields. */
export function placeOf(
  profile: Profile,
  endpoint: Pick<Endpoint<never>, 'id' | 'methods' | 'path' | 'from'>,
): Pick<Endpoint<never>, 'methods' | 'path' | 'from'> {
  const own = profile.endpoints[endpoint.id]
  const methods = own?.method ? ([own.method] as const) : endpoint.methods
  const inBody = Object.values(own?.fields ?? {}).some((pointer) => pointer?.startsWith('/'))
  const hasBody = methods[0] !== 'GET' && inBody && !endpoint.from.includes('json')
  return {
    methods,
    path: own?.path ?? endpoint.path,
    from: hasBody ? [...endpoint.from, 'json'] : endpoint.from,
  }
}

/** The canonical fields of a request that spells them as its profile says. */
export function canonicalFields(
  profile: Profile,
  call: Pick<Call, 'request' | 'endpoint' | 'query' | 'fields'>,
): Readonly<Record<string, unknown>> {
  const own = call.endpoint && profile.endpoints[call.endpoint.id]?.fields
  if (!own || Object.keys(own).length === 0) return call.fields
  const fields: Record<string, unknown> = { ...call.fields }
  for (const name in own) {
    const value = lookUp(own[name] ?? '', call)
    if (value === undefined) delete fields[name]
    else fields[name] = value
  }
  return fields
}

function lookUp(
  where: string,
  call: Pick<Call, 'request' | 'endpoint' | 'query' | 'fields'>,
): unknown {
  if (where.startsWith('query:')) return call.query[where.slice(6)]
  if (where.startsWith('header:')) return headerOf(call.request, where.slice(7).toLowerCase())
  let value: unknown = call.fields
  for (const part of where.slice(1).split('/')) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}

/** Puts a canonical answer into the profile's words. `status` is the canonical one. */
export function spellAnswer(
  profile: Profile,
  outcome: Outcome,
  canonical: { status: number; body: Readonly<Record<string, unknown>> },
): { status: number; body: unknown } {
  const { success, refusal, by_errcode } = profile.answers
  const own = isRefusal(outcome)
    ? (by_errcode[String(outcome.code)] ?? refusal)
    : isReply(outcome)
      ? undefined
      : success
  if (!own) return canonical
  return {
    status: own.status ?? canonical.status,
    body: own.body === undefined ? canonical.body : fill(own.body, canonical.body),
  }
}

function fill(shape: unknown, values: Readonly<Record<string, unknown>>): unknown {
  if (typeof shape === 'string') {
    const whole = /^\{(\w+)\}$/.exec(shape)
    if (whole) return values[whole[1] ?? ''] ?? null
    return shape.replace(/\{(\w+)\}/g, (_, name: string) => textOf(values[name]))
  }
  if (Array.isArray(shape)) return shape.map((item) => fill(item, values))
  if (typeof shape !== 'object' || shape === null) return shape
  return Object.fromEntries(Object.entries(shape).map(([key, value]) => [key, fill(value, values)]))
}

/** A value inside a longer text: text as it is, anything else as JSON writes it. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value ?? null) ?? '')
}

/** A profile as the documents need it. */
export function spellingOf(profile: Profile): Spelling {
  return {
    name: profile.name,
    headers: headersOf(profile),
    placeOf: (endpoint, field) => profile.endpoints[endpoint]?.fields[field],
    success(answer) {
      if (!profile.answers.success) return undefined
      return spellAnswer(profile, answer, { status: 200, body: answer })
    },
  }
}

function headersOf({ authentication }: Profile): readonly string[] {
  switch (authentication.kind) {
    case 'signature':
      return ['X-Tupu-Timestamp', 'X-Tupu-Nonce', 'X-Tupu-Signature']
    case 'key':
      return [authentication.header]
    case 'none':
      return []
  }
}
