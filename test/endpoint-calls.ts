import type { z } from 'zod'
import { buildApp } from '../src/app.ts'
import type { Endpoint } from '../src/http/endpoint.ts'
import { default_profile } from '../src/tupu/profile.ts'
import { type Answer, type Sim, type StartOptions, startSim } from './sim.ts'

export type Fields = Readonly<Record<string, unknown>>

/** Every endpoint of every surface, by id. */
export const endpoints = buildApp([default_profile]).endpoints

/** A world in which every endpoint can be called with success. */
export interface Scene extends Sim {
  readonly token: string
  /** Of a message of TUPU whose receipt has not come. */
  readonly msgid: string
}

export async function startScene(options: StartOptions = {}): Promise<Scene> {
  const sim = await startSim(options)
  const { world, acme, wang, http, platform } = sim
  await world.call('official_account.update', { appid: acme.appid, delivery: 'manual' })
  const { mobile } = wang
  const { msgid_str: msgid = '' } = await platform.sends(acme, {
    mobile,
    client_msg_id: 'order-17',
  })
  const { access_token: token } = (await http('POST', '/cgi-bin/stable_token', secretOf(sim))).json
  return { ...sim, token: String(token), msgid }
}

function secretOf({ acme }: Sim): Fields {
  const { appid, info } = acme
  return { grant_type: 'client_credential', appid, secret: info.app_secret }
}

/** A person's button, for a person who follows. */
const button = () => ({ person: 'li', account: 'acme' })

/** One good call of each endpoint: its fields, path fields included. What ends a world comes last. */
export const goodCalls: Readonly<Record<string, (scene: Scene) => Fields | Promise<Fields>>> = {
  'token.get': secretOf,
  'stable_token.get': secretOf,
  'industry.get': () => ({}),
  'template.list': () => ({}),
  'template.send': ({ li, acme }) => {
    return { touser: li.openidAt(acme), template_id: acme.info.template_id }
  },
  'user.info': ({ li, acme }) => ({ openid: li.openidAt(acme) }),
  'user.list': () => ({}),
  'message.send': ({ wang }) => ({ mobile: wang.mobile, message: '欢迎加入' }),
  'message.find': () => ({ client_msg_id: 'order-17' }),
  'message.get': ({ msgid }) => ({ msgid }),
  'registration.query': ({ wang }) => ({ mobile: wang.mobile }),
  'tupu_account.get': () => ({}),
  'world.create': () => ({ name: 'another' }),
  'world.list': () => ({}),
  'world.get': () => ({}),
  'world.export': () => ({}),
  'association.create': () => ({ mobile: '13800138009' }),
  'message.list': () => ({}),
  'message.receipt': ({ msgid }) => ({ message: msgid, status: 'success' }),
  'person.create': () => ({ key: 'zhao' }),
  'phone.block': button,
  'phone.unblock': button,
  'phone.mute': button,
  'phone.unmute': button,
  'phone.unfollow': button,
  'phone.follow': button,
  'account.create': () => ({ key: 'initech' }),
  'account.update': () => ({ eid: 'acme', company: '晨光' }),
  'official_account.update': ({ acme }) => ({ appid: acme.appid, rules: '2023' }),
  'template.create': ({ acme }) => {
    return { appid: acme.appid, title: '通知', content: '{{first.DATA}}' }
  },
  'exchange.list': () => ({}),
  'exchange.get': async ({ world }) => {
    const { items } = (await world.call('exchange.list')) as { items: { seq: number }[] }
    return { seq: String(items[0]?.seq) }
  },
  'clock.get': () => ({}),
  'clock.set': () => ({ mode: 'frozen' }),
  'clock.advance': () => ({ by: 'PT1S' }),
  'clock.timeline': () => ({}),
  'magic.list': () => ({}),
  'world.reset': () => ({}),
  'world.delete': () => ({}),
}

export type SurfaceName = 'wechat' | 'tupu' | 'control'

/** Whose endpoint it is: by what it asks of its caller. */
export function surfaceOf({ credential }: Endpoint): SurfaceName {
  if (credential === undefined) return 'control'
  return credential.startsWith('eid') ? 'tupu' : 'wechat'
}

const prefixes = { wechat: '', tupu: default_profile.base, control: '/_sim/v1' }

/** The path as it is mounted, with its fields still in braces. */
export function mountedPath(endpoint: Endpoint): string {
  return prefixes[surfaceOf(endpoint)] + endpoint.path
}

export function readsBody(endpoint: Endpoint): boolean {
  return endpoint.methods[0] !== 'GET' && endpoint.from.includes('json')
}

/** The credential of a good call, where the surface wants it among the fields. */
export function credentialOf(endpoint: Endpoint, scene: Scene): Fields {
  const surface = surfaceOf(endpoint)
  if (surface === 'control')
    return endpoint.path.includes('{world}') ? { world: scene.world.name } : {}
  if (surface === 'tupu') return { eid: scene.acme.eid }
  return endpoint.credential === 'secret' ? {} : { access_token: scene.token }
}

export interface CallOptions {
  readonly method?: string
  /** Instead of the fields that go into the body. */
  readonly body?: string | Uint8Array
  readonly headers?: Record<string, string>
  /** Path fields as they stand in the URL. */
  readonly rawPath?: Readonly<Record<string, string>>
}

/** Calls an endpoint with fields, each where the endpoint reads it. */
export function callWith(
  { http }: Pick<Sim, 'http'>,
  endpoint: Endpoint,
  fields: Fields,
  { method = endpoint.methods[0], body, headers, rawPath = {} }: CallOptions = {},
): Promise<Answer> {
  const rest: Record<string, unknown> = { ...fields }
  const path = mountedPath(endpoint).replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name]
    delete rest[name]
    return rawPath[name] ?? encodeURIComponent(String(value ?? ''))
  })
  const inQuery = readsBody(endpoint) ? ['access_token'] : Object.keys(rest)
  const query = new URLSearchParams()
  for (const name of inQuery) {
    if (rest[name] !== undefined) query.set(name, String(rest[name]))
    delete rest[name]
  }
  const sent = readsBody(endpoint) ? (body ?? JSON.stringify(rest)) : body
  const isBare = method === 'GET' || method === 'HEAD'
  return http(method, `${path}?${query}`, isBare ? undefined : sent, headers)
}

/** All fields of a good call but those that say who calls. */
export async function goodFields(scene: Scene, { id }: Endpoint): Promise<Fields> {
  const good = goodCalls[id]
  if (!good) throw new Error(`test/endpoint-calls.ts has no good call of ${id}`)
  return good(scene)
}

/** All fields of a good call. */
export async function allFields(scene: Scene, endpoint: Endpoint): Promise<Fields> {
  return { ...credentialOf(endpoint, scene), ...(await goodFields(scene, endpoint)) }
}

/** All fields that an endpoint knows, path fields left out. */
export function fieldNames({ input, later, path }: Endpoint): string[] {
  const shapes: z.ZodObject[] = later ? [input, later] : [input]
  const names = shapes.flatMap((shape) => Object.keys(shape.shape))
  return names.filter((name) => !path.includes(`{${name}}`))
}

export function pathFields({ path }: Endpoint): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
}
