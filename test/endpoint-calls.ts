import type { z } from 'zod'
import { multipartOf } from '../src/apidoc/example/multipart.ts'
import { buildApp } from '../src/app.ts'
import type { DocumentedEndpoint, EarlierCall } from '../src/core/endpoint.ts'
import { default_profile } from '../src/tupu/profile/profile.ts'
import type { WorldInput } from '../src/world-handle.ts'
import { type Answer, cast, type Sim, type StartOptions, startSim } from './sim.ts'

export type Fields = Readonly<Record<string, unknown>>

/** Every endpoint of every surface, by id. */
export const endpoints = buildApp([default_profile]).endpoints

/** The standard scene: a world in which every endpoint can be called with success. */
export interface Scene extends Sim {
  readonly token: string
  /** Of web OAuth, for Li with the scope snsapi_userinfo. */
  readonly web: { readonly access_token: string; readonly refresh_token: string }
  /** What the placeholders of examples stand for: `acme.appid`, and what earlier calls have told. */
  readonly known: Map<string, () => unknown>
}

/** What the documents show looks like this. */
const world = {
  ...cast,
  name: 'default',
  accounts: [
    { key: 'acme', company: '晨光科技', eid: 'acme-7f3k2m9q', appid: 'wx1234567890abcdef' },
    { key: 'globex', company: '环球制造', stage: 'new' },
  ],
}

export async function startScene(options: StartOptions = {}): Promise<Scene> {
  const reuse: WorldInput = { name: 'default', if_exists: 'reuse' }
  return setScene(await startSim({ ...options, worlds: [world], world: reuse }))
}

/** The scene as if nothing had been called yet: cheaper than a database of its own, but its tokens are others. */
export async function resetScene(scene: Scene): Promise<Scene> {
  await scene.world.call('world.reset')
  return setScene(scene)
}

async function setScene(sim: Sim): Promise<Scene> {
  const { acme, wang, http, platform } = sim
  const { appid, info } = acme
  await sim.world.call('official_account.update', { appid, delivery: 'manual' })
  await platform.sends(acme, { mobile: wang.mobile, url: 'https://hr.example.com/t/1' })
  const grant = { grant_type: 'client_credential', appid, secret: info.app_secret }
  const { access_token: token } = (await http('POST', '/cgi-bin/stable_token', grant)).json
  const { access_token, refresh_token } = await exchange(sim)
  const web = { access_token: String(access_token), refresh_token: String(refresh_token) }
  const known = new Map<string, () => unknown>([
    ...Object.entries(info).map(([name, value]) => [`acme.${name}`, () => value] as const),
    ...[sim.wang, sim.li].flatMap((one) => [
      [`${one.key}.openid`, () => one.openidAt(acme)] as const,
      [`${one.key}.mobile`, () => one.mobile] as const,
    ]),
    ['clock.tomorrow', () => '2026-01-06T01:00:00Z'],
    ['oauth.code', () => codeOf(sim)],
    ['oauth.refresh_token', () => web.refresh_token],
  ])
  return { ...sim, token: String(token), web, known }
}

/** A fresh code of web OAuth for Li, who follows and is not asked. */
async function codeOf({ http, acme: { appid } }: Sim): Promise<string> {
  const redirect_uri = 'https://hr.example.com/'
  const link = { appid, redirect_uri, response_type: 'code', scope: 'snsapi_userinfo' }
  const path = `/as/li/connect/oauth2/authorize?${new URLSearchParams(link)}`
  const { headers } = await http('GET', path)
  return /[?&]code=(\w+)/.exec(headers.get('location') ?? '')?.[1] ?? ''
}

async function exchange(sim: Sim) {
  const { appid, info } = sim.acme
  const query = new URLSearchParams({
    appid,
    secret: info.app_secret ?? '',
    code: await codeOf(sim),
    grant_type: 'authorization_code',
  })
  return (await sim.http('GET', `/sns/oauth2/access_token?${query}`)).json
}

/** Fields with what their placeholders stand for. */
async function fill({ known }: Scene, fields: Fields): Promise<Fields> {
  const names = [...JSON.stringify(fields).matchAll(placeholder)].map(([, name = '']) => name)
  const values = new Map<string, string>()
  for (const name of names) {
    const value = known.get(name)
    if (!value) throw new Error(`no scene knows {${name}}`)
    values.set(name, String(await value()))
  }
  return JSON.parse(JSON.stringify(fields), (_, value: unknown) =>
    typeof value === 'string'
      ? value.replace(placeholder, (_whole, name: string) => values.get(name) ?? '')
      : value,
  )
}

/** A lower-case name in braces; a template's own placeholders end in DATA. */
const placeholder = /\{([a-z_]+(?:\.[a-z_]+)?)\}/gu

/** Makes a call that another one needs, and keeps what its answer tells. */
async function callBefore(scene: Scene, { call, input = {}, take = {} }: EarlierCall) {
  const endpoint = endpoints.get(call)
  if (!endpoint) throw new Error(`there is no call ${call}`)
  const fields = { ...credentialOf(endpoint, scene), ...(await fill(scene, input)) }
  const answer = await callWith(scene, endpoint, fields)
  for (const [name, from] of Object.entries(take)) {
    const { at, match } = typeof from === 'string' ? { at: from, match: /.*/su } : from
    const text = String(at.split('.').reduce((value, key) => value?.[key] as never, answer.json))
    const taken = match.exec(text)?.[0]
    scene.known.set(name, () => taken)
  }
}

export type SurfaceName = 'wechat' | 'tupu' | 'sink' | 'control'

/** Whose endpoint it is: by what it asks of its caller. */
export function surfaceOf({ credential }: DocumentedEndpoint): SurfaceName {
  if (credential === undefined) return 'control'
  if (credential.startsWith('sink')) return 'sink'
  return credential.startsWith('eid') ? 'tupu' : 'wechat'
}

const prefixes = { wechat: '', tupu: default_profile.base, sink: '', control: '/_sim/v1' }

/** The path as it is mounted, with its fields still in braces. */
export function mountedPath(endpoint: DocumentedEndpoint): string {
  return prefixes[surfaceOf(endpoint)] + endpoint.path
}

export function readsBody(endpoint: DocumentedEndpoint): boolean {
  return endpoint.methods[0] !== 'GET' && endpoint.from.includes('json')
}

/** The credential of a good call, where the surface wants it among the fields. */
export function credentialOf(endpoint: DocumentedEndpoint, scene: Scene): Fields {
  const surface = surfaceOf(endpoint)
  if (surface === 'control')
    return endpoint.path.includes('{world}') ? { world: scene.world.name } : {}
  if (surface === 'tupu') return { eid: scene.acme.eid }
  if (surface === 'sink') return {}
  if (endpoint.credential === 'web_token') return { access_token: scene.web.access_token }
  return namesAppid(endpoint) ? {} : { access_token: scene.token }
}

/** The endpoint checks an appid by itself, and what comes with it. */
export function namesAppid({ credential }: DocumentedEndpoint): boolean {
  return credential === 'secret' || credential === 'refresh_token'
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
  endpoint: DocumentedEndpoint,
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
  const isForm = endpoint.from.includes('form') && !endpoint.from.includes('query')
  const form = isForm ? String(query) : body
  const { file } = endpoint.example
  const upload = file && body === undefined ? multipartOf(file) : undefined
  const sent = readsBody(endpoint) ? (body ?? JSON.stringify(rest)) : (upload?.body ?? form)
  const isBare = method === 'GET' || method === 'HEAD'
  const form_type = isForm ? 'application/x-www-form-urlencoded' : upload?.type
  const type = form_type === undefined ? {} : { 'content-type': form_type }
  return http(method, `${path}?${isForm ? '' : query}`, isBare ? undefined : sent, {
    ...type,
    ...headers,
  })
}

/** All fields of a good call but those that say who calls; what must come before it is called. */
export async function goodFields(scene: Scene, { example }: DocumentedEndpoint): Promise<Fields> {
  for (const earlier of example.after ?? []) await callBefore(scene, earlier)
  return fill(scene, example.input)
}

/** All fields of a good call. */
export async function allFields(scene: Scene, endpoint: DocumentedEndpoint): Promise<Fields> {
  return { ...credentialOf(endpoint, scene), ...(await goodFields(scene, endpoint)) }
}

/** All fields that an endpoint knows, path fields left out. */
export function fieldNames({ input, later, path }: DocumentedEndpoint): string[] {
  const shapes: z.ZodObject[] = later ? [input, later] : [input]
  const names = shapes.flatMap((shape) => Object.keys(shape.shape))
  return names.filter((name) => !path.includes(`{${name}}`))
}

export function pathFields({ path }: DocumentedEndpoint): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
}
