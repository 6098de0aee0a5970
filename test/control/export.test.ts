import { describe, expect, it } from 'vitest'
import { onBoth, onEither } from '../database.ts'
import { startSim } from '../sim.ts'
import { acmesClient } from '../wechat/client.ts'
import { codeOf, exchange } from '../wechat/oauth/visitor.ts'

interface Export {
  readonly world: Record<string, unknown>
  readonly tables: Record<string, Record<string, unknown>[]>
}

/** The same with the keys of all objects in order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, below]) => [key, inOrder(below)]))
}

onBoth('GET /_sim/v1/worlds/{world}/export', (database) => {
  it('is canonical JSON of all tables, in the order of their keys', async () => {
    const { http, acme, wang, platform } = await startSim({ database })
    for (const mobile of [wang.mobile, '13900139000', wang.mobile])
      await platform.sends(acme, { mobile })
    const { status, text, headers } = await http('GET', '/_sim/v1/worlds/test/export')
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('application/json')
    const { world, tables } = JSON.parse(text) as Export
    expect(text).toBe(JSON.stringify(inOrder({ world, tables })))
    expect(world).toEqual({
      world: 'test',
      seed: 'test',
      clock_mode: 'frozen',
      clock_ms: Date.parse('2026-01-05T01:00:00.000Z'),
      magic: 'on',
    })
    expect(Object.keys(tables)).toEqual([
      'account',
      'account_event',
      'application',
      'association',
      'association_change',
      'callback',
      'chat_message',
      'conditional_menu',
      'contact',
      'counter',
      'drill',
      'eid',
      'fault',
      'follower',
      'interaction',
      'menu',
      'message',
      'official_account',
      'person',
      'privacy_notice',
      'push',
      'quota_count',
      'send_count',
      'subscription',
      'subscription_template',
      'tag',
      'tagging',
      'template',
      'template_message',
      'website_app',
    ])
    expect(tables['message']).toMatchObject([
      { errcode: 0, created_at: world['clock_ms'] },
      { errcode: 100011 },
      { errcode: 0 },
    ])
    for (const [table, key] of [
      ['follower', 'openid'],
      ['person', 'person'],
      ['message', 'message'],
      ['account', 'eid'],
    ] as const) {
      const keys = tables[table]?.map((row) => String(row[key])) ?? []
      expect(keys.length).toBeGreaterThan(1)
      expect(keys).toEqual(keys.toSorted())
    }
  })
})

onEither('an export', (database) => {
  it('has neither epochs, nor the journal, nor anything of real time', async () => {
    const { http, sim, world, acme, wang, platform } = await startSim({ database })
    const text = async () => (await http('GET', '/_sim/v1/worlds/test/export')).text
    await platform.sends(acme, { mobile: wang.mobile })
    const before = await text()
    await sim.world({ name: 'another' })
    for (let i = 0; i < 3; i++) await world.call('clock.set', { mode: 'frozen' })
    await http('POST', '/_sim/v1/worlds/test/people', { key: 'Bad' })
    expect(await text()).toBe(before)
    expect(before).not.toMatch(/"(epoch|seq|real_at|called_at|version|advance_until)"/)
  })

  it('is the same after a reset and the same calls', async () => {
    const { http, world, acme, wang, platform } = await startSim({ database })
    const live = async () => {
      await platform.sends(acme, { mobile: wang.mobile, message: '一', client_msg_id: 'order-1' })
      await platform.sends(acme, { mobile: '13900139000', message: '二' })
      return (await http('GET', '/_sim/v1/worlds/test/export')).text
    }
    const before = await live()
    await world.reset()
    expect(await live()).toBe(before)
  })

  it('knows nothing of who has looked, and neither does what comes later', async () => {
    const looks = [0, 3].map(async (times) => {
      const { http, acme, wang, platform } = await startSim({ database })
      await platform.sends(acme, { mobile: wang.mobile, message: '一', client_msg_id: 'order-1' })
      for (let i = 0; i < times; i++) {
        await http('GET', `/tupu/v1/messages?eid=${acme.eid}&client_msg_id=order-1`)
        await http('GET', `/tupu/v1/accounts/${acme.eid}`)
      }
      const { headers } = await http('POST', '/tupu/v1/messages', {
        eid: acme.eid,
        mobile: wang.mobile,
        message: '二',
      })
      const { text } = await http('GET', '/_sim/v1/worlds/test/export')
      return { trace: headers.get('x-sim-trace'), text }
    })
    const [none, some] = await Promise.all(looks)
    expect(some).toEqual(none)
  })
})

type Secrets = Record<'app_secret' | 'token' | 'aes_key' | 'partner_secret', string>

const callback = { url: 'http://127.0.0.1:9/hook', secret: 'secretOfTheCallback' }
const gateway = {
  kind: 'remote',
  base_url: 'http://127.0.0.1:9',
  appid: 'wx0000000000000001',
  app_secret: 'secretOfTheRealOne',
  access_token_url: 'http://127.0.0.1:9/token?key=secretOfTheTokens',
}

describe('what an export says of secrets', () => {
  /** An account with every secret, and one token, code and ticket of each kind. */
  async function withSecrets() {
    const acmes = {
      key: 'acme',
      company: '晨光科技',
      partner_secret: 'generated',
      callback,
    } as const
    const sim = await startSim({ world: { accounts: [acmes] } })
    const { http, acme, world } = sim
    await world.call('account.create', { key: 'far', stage: 'new' })
    await world.call('account.update', { eid: 'far', gateway })
    const { app_secret, token, aes_key, partner_secret } = acme.info as unknown as Secrets
    const secrets = [app_secret, token, aes_key, partner_secret]
    const kept = [...secrets, callback.secret, gateway.app_secret, gateway.access_token_url]
    const client = await acmesClient(sim)
    const body = { grant_type: 'client_credential', appid: acme.appid, secret: app_secret }
    const stable = await http('POST', '/cgi-bin/stable_token', body)
    const unused = await codeOf(http, acme)
    const web = (await exchange(http, acme, await codeOf(http, acme))).json
    const scene = { action_name: 'QR_LIMIT_STR_SCENE', action_info: { scene: { scene_str: 'x' } } }
    const qr = (await client.post('/cgi-bin/qrcode/create', scene)).json
    const opens = [
      client.token,
      stable.json['access_token'],
      unused,
      web['access_token'],
      web['refresh_token'],
      qr['ticket'],
      String(qr['url']).split('/').at(-1),
    ].map(String)
    expect(new Set(opens).size).toBe(opens.length)
    const text = async (query: string) =>
      (await http('GET', `/_sim/v1/worlds/test/export${query}`)).text
    return { text, opens, kept }
  }

  it.each(['', '?secrets=false'])('is nothing, unless they are asked for: %j', async (query) => {
    const { text, opens, kept } = await withSecrets()
    const exported = await text(query)
    expect([...kept, ...opens].filter((value) => exported.includes(value))).toEqual([])
    expect(exported).toContain('晨光科技')
    expect(exported).toContain(gateway.appid)
  })

  it('is all but what dies with a reset, with secrets=true', async () => {
    const { text, opens, kept } = await withSecrets()
    const exported = await text('?secrets=true')
    expect(kept.filter((value) => !exported.includes(value))).toEqual([])
    expect(opens.filter((value) => exported.includes(value))).toEqual([])
    const { world, tables } = JSON.parse(exported) as Export
    expect(exported).toBe(JSON.stringify(inOrder({ world, tables })))
  })

  it('is a question with two answers', async () => {
    const { text } = await withSecrets()
    expect(JSON.parse(await text('?secrets=yes'))).toMatchObject({ status: 422, field: 'secrets' })
  })

  it('includes the seed of a server that others can reach: secrets follow from it', async () => {
    const controlToken = 'the-operators-token'
    const { http } = await startSim({ exposed: true, controlToken })
    const headers = { authorization: `Bearer ${controlToken}` }
    const seedBy = async (query: string) => {
      const path = `/_sim/v1/worlds/test/export${query}`
      const { text } = await http('GET', path, undefined, headers)
      return (JSON.parse(text) as Export).world['seed']
    }
    expect(await seedBy('')).toBeUndefined()
    expect(await seedBy('?secrets=true')).toBe('test')
  })
})
