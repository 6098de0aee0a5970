import { describe, expect, it } from 'vitest'
import type { WorldHandle } from '../../src/world-handle.ts'
import { onEither } from '../database.ts'
import { Account } from '../platform.ts'
import { type Http, startSim } from '../sim.ts'
import { codeOf } from '../wechat/oauth/visitor.ts'

/** Two worlds with the same cast; the calls of `a` carry a's credentials, wherever they go. */
async function twoWorlds(database: 'sqlite' | 'postgres' = 'sqlite') {
  const { sim, http, world: a } = await startSim({ database, world: { name: 'a' } })
  const b = await sim.world({ name: 'b', seed: 'test', accounts: [{ key: 'acme' }] })
  const token = async (world: WorldHandle, prefix = '') => {
    const [{ appid = null, app_secret: secret = null } = {}] = world.accounts
    const query = `grant_type=client_credential&appid=${appid}&secret=${secret}`
    return String((await http('GET', `${prefix}/cgi-bin/token?${query}`)).json['access_token'])
  }
  return { sim, http, a, b, token }
}

/** What a world's journal holds of a surface, newest first. */
async function journalOf(http: Http, world: string, surface: 'tupu' | 'wechat') {
  const { json } = await http('GET', `/_sim/v1/worlds/${world}/exchanges?surface=${surface}`)
  return json['items'] as unknown as { endpoint: string; url: string; trace: string }[]
}

/** What a call that goes astray may carry, all of world a. */
interface Foreign {
  readonly a: WorldHandle
  readonly b: WorldHandle
  readonly own: { readonly a: string; readonly b: string }
  readonly openid: string
  readonly code: string
}

const foreign = [
  {
    what: 'an EID',
    surface: 'tupu',
    kind: 'eid',
    errcode: 100001,
    call: (http: Http, { a }: Foreign) =>
      http('POST', '/w/b/tupu/v1/messages', {
        eid: a.accounts[0]?.eid,
        mobile: '13800138000',
        message: 'x',
      }),
  },
  {
    what: 'an appid',
    surface: 'wechat',
    kind: 'appid',
    errcode: 40013,
    call: (http: Http, { a }: Foreign) =>
      http(
        'GET',
        `/w/b/cgi-bin/token?grant_type=client_credential&appid=${a.accounts[0]?.appid}&secret=${a.accounts[0]?.app_secret}`,
      ),
  },
  {
    what: 'a token',
    surface: 'wechat',
    kind: 'access_token',
    errcode: 40001,
    call: (http: Http, { own }: Foreign) =>
      http('GET', `/w/b/cgi-bin/user/get?access_token=${own.a}`),
  },
  {
    what: 'a code',
    surface: 'wechat',
    kind: 'oauth_code',
    errcode: 40029,
    call: (http: Http, { b, code }: Foreign) =>
      http(
        'GET',
        `/w/b/sns/oauth2/access_token?grant_type=authorization_code&appid=${b.accounts[0]?.appid}&secret=${b.accounts[0]?.app_secret}&code=${code}`,
      ),
  },
  {
    what: 'an openid',
    surface: 'wechat',
    kind: 'openid_prefix',
    errcode: 40003,
    call: (http: Http, { own, openid }: Foreign) =>
      http('GET', `/w/b/cgi-bin/user/info?access_token=${own.b}&openid=${openid}`),
  },
] as const

onEither('a call with a credential', (database) => {
  it('needs no header and no path: its EID, appid, token or openid names the world', async () => {
    const { http, a, token } = await twoWorlds(database)
    const { openid } = await a.register('13800138000')
    const send = { eid: a.accounts[0]?.eid, mobile: '13800138000', message: 'x' }
    await http('POST', '/tupu/v1/messages', send)
    await http('POST', '/tupu/v1/messages', { ...send, mobile: 'nonsense' })
    await http('GET', `/cgi-bin/user/info?access_token=${await token(a)}&openid=${openid}`)
    await http('GET', `/cgi-bin/user/info?access_token=gone&openid=${openid}`)
    expect(await journalOf(http, 'a', 'tupu')).toHaveLength(2)
    expect(await journalOf(http, 'a', 'wechat')).toMatchObject([
      { endpoint: 'user.info' },
      { endpoint: 'user.info' },
      { endpoint: 'token.get' },
    ])
    expect(await journalOf(http, '_unattributed', 'tupu')).toEqual([])
    expect(await journalOf(http, '_unattributed', 'wechat')).toEqual([])
  })

  it.each(foreign)('is unknown under the path of another world: $errcode for $what', async (of) => {
    const { http, a, b, token } = await twoWorlds(database)
    const { openid } = await a.register('13800138000')
    const own = { a: await token(a), b: await token(b) }
    const code = await codeOf(http, new Account(a.accounts[0]))
    const before = (await journalOf(http, 'a', of.surface)).length
    const answer = await of.call(http, { a, b, own, openid, code })
    expect(answer.json).toMatchObject({ errcode: of.errcode })
    expect(await journalOf(http, 'a', of.surface)).toHaveLength(before)
    expect((await journalOf(http, 'b', of.surface))[0]).toMatchObject({
      trace: answer.headers.get('x-sim-trace'),
      decision: expect.arrayContaining([
        {
          rule: 'credential.of_this_world',
          actual: { kind: of.kind, world: 'a' },
          expected: { world: 'b' },
        },
      ]),
    })
    expect(await a.messages()).toEqual([])
  })

  it('is unknown under the path of a world that does not exist', async () => {
    const { http, a } = await twoWorlds(database)
    const send = { eid: a.accounts[0]?.eid, mobile: '13800138000', message: 'x' }
    const { json } = await http('POST', '/w/gone/tupu/v1/messages', send)
    expect(json).toMatchObject({ errcode: 100001 })
    expect(await journalOf(http, '_unattributed', 'tupu')).toMatchObject([
      { decision: [{ rule: 'credential.of_this_world', actual: { kind: 'eid', world: 'a' } }] },
    ])
  })
})

describe('a call with no credential that anybody knows', () => {
  const calls = [
    { what: 'an unknown EID', method: 'POST', path: '/tupu/v1/messages', body: { eid: 'nobody' } },
    { what: 'no EID', method: 'POST', path: '/tupu/v1/messages', body: {} },
    { what: 'a broken body', method: 'POST', path: '/tupu/v1/messages', body: '{' },
    { what: 'an unknown path', method: 'GET', path: '/tupu/v1/nothing' },
    { what: 'an unknown token', method: 'GET', path: '/cgi-bin/user/get?access_token=x' },
    { what: 'no token', method: 'GET', path: '/cgi-bin/user/get' },
    { what: 'an unknown appid', method: 'GET', path: '/cgi-bin/token?appid=wx0000000000000000' },
  ] as const
  const shown = (path: string) => path.replace('access_token=x', 'access_token=***')
  const surfaceOf = (path: string) => (path.startsWith('/tupu') ? 'tupu' : 'wechat')

  it.each(calls)('belongs to the world of its path: $what', async (call) => {
    const { http } = await twoWorlds()
    const body = 'body' in call ? call.body : undefined
    const { headers } = await http(call.method, `/w/b${call.path}`, body)
    expect(await journalOf(http, 'b', surfaceOf(call.path))).toMatchObject([
      { url: `/w/b${shown(call.path)}`, trace: headers.get('x-sim-trace') },
    ])
  })

  it.each(calls)('else to nobody, where it is listed: $what', async (call) => {
    const { http } = await twoWorlds()
    const body = 'body' in call ? call.body : undefined
    const answer = await http(call.method, call.path, body)
    const [kept] = await journalOf(http, '_unattributed', surfaceOf(call.path))
    expect(kept).toMatchObject({ url: shown(call.path), trace: answer.headers.get('x-sim-trace') })
    // A world that does not exist claims nothing either, and the real thing would not answer otherwise.
    const elsewhere = await http(call.method, `/w/gone${call.path}`, body)
    expect(elsewhere.status).toBe(answer.status)
    expect(await journalOf(http, '_unattributed', surfaceOf(call.path))).toHaveLength(2)
  })

  it('finds nothing but a journal at _unattributed, which can be emptied', async () => {
    const { http } = await twoWorlds()
    const control = '/_sim/v1/worlds/_unattributed'
    await http('GET', '/tupu/v1/nothing')
    expect(await http('POST', `${control}/accounts`, { key: 'acme' })).toMatchObject({
      status: 409,
      json: { field: 'world', reason: expect.stringContaining('no world claims') },
    })
    expect(await http('POST', `${control}/reset`)).toMatchObject({
      status: 200,
      json: { accounts: [], people: [] },
    })
    expect(await journalOf(http, '_unattributed', 'tupu')).toEqual([])
    const { json } = await http('GET', '/_sim/v1/worlds')
    expect(JSON.stringify(json)).not.toContain('_unattributed')
  })
})

describe('a control call', () => {
  it('concerns the world that it names, under whatever path it is made', async () => {
    const { http } = await twoWorlds()
    const here = await http('POST', '/w/b/_sim/v1/worlds/a/associations', { mobile: '13800138000' })
    expect(here).toMatchObject({ status: 201, json: { account: 'acme' } })
    const { json } = await http('GET', '/_sim/v1/worlds/a/exchanges?surface=control')
    expect(json['items']).toMatchObject([
      { endpoint: 'association.create' },
      { endpoint: 'world.create' },
    ])
  })

  it.each([
    { method: 'GET', path: '' },
    { method: 'POST', path: '/reset' },
    { method: 'GET', path: '/export' },
    { method: 'POST', path: '/associations' },
    { method: 'GET', path: '/messages' },
    { method: 'POST', path: '/messages/1/receipt' },
    { method: 'POST', path: '/people' },
    { method: 'POST', path: '/people/li/follow' },
    { method: 'POST', path: '/accounts' },
    { method: 'PATCH', path: '/accounts/acme' },
    { method: 'PATCH', path: '/official-accounts/wx0' },
    { method: 'POST', path: '/official-accounts/wx0/templates' },
    { method: 'GET', path: '/exchanges' },
    { method: 'GET', path: '/exchanges/1' },
    { method: 'GET', path: '/clock' },
    { method: 'PUT', path: '/clock' },
    { method: 'POST', path: '/clock/advance' },
    { method: 'GET', path: '/clock/timeline' },
  ])('answers 404 for a world that does not exist: $method $path', async ({ method, path }) => {
    const { http } = await startSim()
    for (const name of ['gone', '%00', 'Default', '%ED%A0%80'])
      expect(await http(method, `/_sim/v1/worlds/${name}${path}`)).toMatchObject({
        status: 404,
        json: { type: 'not_found', field: 'world' },
      })
  })
})
