import type { z } from 'zod'
import { buildApp } from '../src/app.ts'
import type { DocumentedEndpoint } from '../src/core/endpoint.ts'
import { default_profile } from '../src/tupu/profile.ts'
import { type Answer, type Sim, type StartOptions, startSim } from './sim.ts'

export type Fields = Readonly<Record<string, unknown>>

/** Every endpoint of every surface, by id. */
export const endpoints = buildApp([default_profile]).endpoints

/** A world in which every endpoint can be called with success. */
export interface Scene extends Sim {
  readonly token: string
  /** Of web OAuth, for Li with the scope snsapi_userinfo. */
  readonly web: { readonly access_token: string; readonly refresh_token: string }
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
  const { access_token, refresh_token } = await exchange(sim)
  const web = { access_token: String(access_token), refresh_token: String(refresh_token) }
  return { ...sim, token: String(token), web, msgid }
}

/** A fresh code of web OAuth for Li, who follows and is not asked, with everything that its exchange wants. */
async function codeOf({ http, acme }: Sim): Promise<Fields> {
  const { appid, info } = acme
  const redirect_uri = 'https://hr.example.com/'
  const link = { appid, redirect_uri, response_type: 'code', scope: 'snsapi_userinfo' }
  const path = `/as/li/connect/oauth2/authorize?${new URLSearchParams(link)}`
  const { headers } = await http('GET', path)
  // None, when an odd call before has closed this way.
  const code = /[?&]code=(\w+)/.exec(headers.get('location') ?? '')?.[1] ?? ''
  return { appid, secret: info.app_secret, code, grant_type: 'authorization_code' }
}

async function exchange(sim: Sim) {
  const query = new URLSearchParams((await codeOf(sim)) as Record<string, string>)
  return (await sim.http('GET', `/sns/oauth2/access_token?${query}`)).json
}

function secretOf({ acme }: Sim): Fields {
  const { appid, info } = acme
  return { grant_type: 'client_credential', appid, secret: info.app_secret }
}

/** A person's button, for a person who follows. */
const button = () => ({ person: 'li', account: 'acme' })

/** A template of its own, which nothing else needs. */
async function addsTemplate({ world, acme: { appid } }: Scene): Promise<Fields> {
  const wanted = { appid, title: '通知', content: '{{first.DATA}}' }
  const { template_id } = (await world.call('template.create', wanted)) as { template_id: string }
  return { appid, template_id }
}

/** A fresh application for a template. */
async function drafts({ world, acme: { appid } }: Scene): Promise<{ application: string }> {
  const { application } = (await world.call('application.create', { appid })) as {
    application: string
  }
  return { application }
}

/** One that waits for a hand. */
async function applies(scene: Scene): Promise<Fields> {
  const { world, acme } = scene
  await world.call('official_account.update', { appid: acme.appid, review: 'manual' })
  const which = await drafts(scene)
  await world.call('application.submit', which)
  return which
}

/** The account in its first hour. */
const globex = () => ({ eid: 'globex' })

/** Its customer has an official account, whose vendor has been asked. */
async function asksVendor({ world }: Scene): Promise<Fields> {
  await world.call('vendor.ask', globex())
  return globex()
}

/** One good call of each endpoint: its fields, path fields included. What ends a world comes last. */
export const goodCalls: Readonly<Record<string, (scene: Scene) => Fields | Promise<Fields>>> = {
  'token.get': secretOf,
  'stable_token.get': secretOf,
  // What holds already: a change is counted.
  'industry.choose': () => ({ industry_id1: '2', industry_id2: '34' }),
  'industry.get': () => ({}),
  'template.add': () => ({ template_id_short: 'OPENTM410000101' }),
  'template.list': () => ({}),
  'template.delete': addsTemplate,
  'template.send': ({ li, acme }) => {
    return { touser: li.openidAt(acme), template_id: acme.info.template_id }
  },
  'user.info': ({ li, acme }) => ({ openid: li.openidAt(acme) }),
  'user.list': () => ({}),
  'user.batch': ({ li, acme }) => ({ user_list: [{ openid: li.openidAt(acme) }] }),
  'remark.update': ({ li, acme }) => ({ openid: li.openidAt(acme), remark: '李雷' }),
  'menu.create': () => ({ button: [{ type: 'click', name: '联系我们', key: 'contact' }] }),
  'menu.get': () => ({}),
  // While there is a menu.
  'phone.tap': () => ({ ...button(), button: '0' }),
  'menu.delete': () => ({}),
  'selfmenu.get': () => ({}),
  'qrcode.create': () => {
    return { action_name: 'QR_SCENE', action_info: { scene: { scene_id: 7 } } }
  },
  'quota.clear': ({ acme: { appid } }) => ({ appid }),
  'quota.clear_by_secret': ({ acme: { appid, info } }) => ({ appid, appsecret: info.app_secret }),
  'quota.get': () => ({ cgi_path: '/cgi-bin/message/template/send' }),
  'rid.get': async ({ http, token }) => {
    const refused = await http('GET', `/cgi-bin/user/info?access_token=${token}`)
    return { rid: /[\w-]{26}$/.exec(String(refused.json['errmsg']))?.[0] }
  },
  'oauth.exchange': codeOf,
  'oauth.refresh': ({ acme: { appid }, web: { refresh_token } }) => {
    return { appid, grant_type: 'refresh_token', refresh_token }
  },
  'oauth.user': ({ li, acme }) => ({ openid: li.openidAt(acme) }),
  'oauth.check': ({ li, acme }) => ({ openid: li.openidAt(acme) }),
  'message.send': ({ wang }) => ({ mobile: wang.mobile, message: '欢迎加入' }),
  'message.find': () => ({ client_msg_id: 'order-17' }),
  'message.get': ({ msgid }) => ({ msgid }),
  'registration.query': ({ wang }) => ({ mobile: wang.mobile }),
  'tupu_account.get': () => ({}),
  'tupu_account.confirm': () => ({}),
  'world.create': () => ({ name: 'another' }),
  'world.list': () => ({}),
  'world.get': () => ({}),
  'world.export': () => ({}),
  'association.create': () => ({ mobile: '13800138009' }),
  'association.history': () => ({}),
  'association.release': async ({ world }) => {
    await world.register('13800138010')
    return { mobile: '13800138010' }
  },
  'association.withdraw': async ({ world }) => {
    await world.register('13800138011')
    return { mobile: '13800138011' }
  },
  'message.list': () => ({}),
  'message.receipt': ({ msgid }) => ({ message: msgid, status: 'success' }),
  'callback.list': () => ({}),
  'callback.redeliver': async ({ acme, platform, world }) => {
    await world.call('account.update', { eid: 'acme', callback: { url: 'http://localhost:9/' } })
    await platform.sends(acme, { mobile: '19900000000' })
    const { items } = (await world.call('callback.list')) as { items: { callback: string }[] }
    return { callback: items[0]?.callback }
  },
  'person.create': () => ({ key: 'zhao' }),
  'phone.block': button,
  'phone.unblock': button,
  'phone.mute': button,
  'phone.unmute': button,
  'phone.unfollow': button,
  'phone.follow': button,
  'phone.get': () => ({ person: 'li' }),
  'phone.chat': button,
  'phone.read': button,
  'phone.open': () => ({ person: 'li', url: 'https://hr.example.com/' }),
  'phone.allow': button,
  'phone.deny': button,
  'phone.scan': ({ acme }) => ({ person: 'li', content: acme.info.register_url }),
  'phone.snapshot': () => ({ person: 'li', on: true }),
  'account.create': () => ({ key: 'initech' }),
  'account.update': () => ({ eid: 'acme', company: '晨光' }),
  'account.get': globex,
  'vendor.ask': globex,
  'vendor.refuse': async (scene) => ({ ...(await asksVendor(scene)), reason: '合同未到期' }),
  'vendor.grant': asksVendor,
  'account.connect': globex,
  'registration_page.publish': () => ({ eid: 'acme' }),
  'registration_qr.get': () => ({ eid: 'acme', format: 'png' }),
  'eid.issue': globex,
  'eid.confirm': globex,
  'eid.suspend': globex,
  'eid.resume': globex,
  'eid.rotate': async ({ world }) => {
    await world.call('eid.issue', globex())
    return { ...globex(), overlap: 'P7D' }
  },
  'eid.revoke': globex,
  'privacy_notice.publish': () => ({ eid: 'acme', zh: '我们的说明', en: 'Our notice' }),
  'privacy_notice.list': () => ({ eid: 'acme' }),
  'official_account.update': ({ acme }) => ({ appid: acme.appid, rules: '2023' }),
  'template.create': ({ acme }) => {
    return { appid: acme.appid, title: '通知', content: '{{first.DATA}}' }
  },
  'template.disable': addsTemplate,
  'template_library.list': () => ({}),
  'account.list': () => ({}),
  'official_account.get': ({ acme }) => ({ appid: acme.appid }),
  'industry.list': () => ({}),
  'industry.set': ({ acme }) => ({ appid: acme.appid, primary: 2, secondary: 34 }),
  'application.create': ({ acme }) => ({ appid: acme.appid }),
  'application.list': ({ acme }) => ({ appid: acme.appid }),
  'application.get': drafts,
  'application.update': drafts,
  'application.submit': drafts,
  'application.approve': applies,
  'application.reject': async (scene) => ({ ...(await applies(scene)), reason: '标题不合规范' }),
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
export function surfaceOf({ credential }: DocumentedEndpoint): SurfaceName {
  if (credential === undefined) return 'control'
  return credential.startsWith('eid') ? 'tupu' : 'wechat'
}

const prefixes = { wechat: '', tupu: default_profile.base, control: '/_sim/v1' }

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
  const sent = readsBody(endpoint) ? (body ?? JSON.stringify(rest)) : body
  const isBare = method === 'GET' || method === 'HEAD'
  return http(method, `${path}?${query}`, isBare ? undefined : sent, headers)
}

/** All fields of a good call but those that say who calls. */
export async function goodFields(scene: Scene, { id }: DocumentedEndpoint): Promise<Fields> {
  const good = goodCalls[id]
  if (!good) throw new Error(`test/endpoint-calls.ts has no good call of ${id}`)
  return good(scene)
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
