import { createHash, createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { ProfileData } from '../../src/simulator.ts'
import { type Answer, startSim } from '../sim.ts'
import { exchanges } from './journal.ts'
import { realSeconds } from './signed.ts'

type Sends = (
  message: object | string,
  more?: { path?: string; headers?: Record<string, string> },
) => Promise<Answer>

/** A world whose account Acme speaks by a profile, with a call to the send below its base. */
async function startWith(profile: Partial<ProfileData>) {
  const accounts = [
    { key: 'acme', eid: 'acme-e1', profile: 'own', partner_secret: 'generated' as const },
  ]
  const sim = await startSim({
    profiles: [{ name: 'own', base: '/own', ...profile }],
    world: { accounts },
  })
  const secret = sim.acme.info.partner_secret ?? ''
  const sends: Sends = (message, { path = '/messages', headers } = {}) =>
    sim.http('POST', `/own${path}`, message, headers)
  return { ...sim, secret, sends }
}

const none = { kind: 'none' } as const
const good = { eid: 'acme-e1', mobile: '13800138002', message: '欢迎加入' }
const accepted = { errcode: 0 }
const stranger = { errcode: 100003 }
const form = { 'Content-Type': 'application/x-www-form-urlencoded' }

describe('a profile says how a caller proves who it is', () => {
  it('by a key in the query', async () => {
    const { sends, secret, world } = await startWith({
      authentication: { kind: 'key', query: 'key' },
    })
    expect((await sends(good, { path: `/messages?key=${secret}` })).json).toMatchObject(accepted)
    expect((await sends(good, { path: '/messages?key=x' })).json).toMatchObject(stranger)
    expect((await sends(good)).json).toMatchObject(stranger)
    const shown = JSON.stringify(await exchanges(world))
    expect(shown).toContain('/messages?key=***')
    expect(shown).not.toContain(secret)
  })

  it.each([
    { password: 'plain' as const, of: (secret: string) => secret },
    {
      password: 'sha256' as const,
      of: (secret: string) => createHash('sha256').update(secret).digest('hex'),
    },
  ])(
    'by HTTP Basic with the secret $password, whose user may be the EID',
    async ({ password, of }) => {
      const { sends, secret } = await startWith({
        authentication: { kind: 'basic', password },
        endpoints: { 'message.send': { fields: { eid: 'user' } } },
      })
      const { eid: _, ...body } = good
      const as = (user: string, key: string) => ({
        headers: { Authorization: `Basic ${Buffer.from(`${user}:${key}`).toString('base64')}` },
      })
      expect((await sends(body, as('acme-e1', of(secret)))).json).toMatchObject(accepted)
      expect((await sends(body, as('acme-e1', 'x'))).json).toMatchObject(stranger)
      expect((await sends(body, as('other', of(secret)))).json).toMatchObject({ errcode: 100001 })
    },
  )

  it('by an HMAC over sorted fields, with a timestamp that ages and a nonce that is good once', async () => {
    const sim = await startWith({
      authentication: {
        kind: 'signed',
        algorithm: 'hmac-sha1',
        parts: ['method', 'path', 'sorted'],
        separator: '&',
        encoding: 'base64',
        at: '/sign',
        timestamp: { at: '/ts', format: 'unix_ms', tolerance_s: 60 },
        nonce: { at: '/nonce' },
      },
    })
    const { sends, secret } = sim
    const now = Number(await realSeconds(sim)) * 1000
    const signed = (ts: number, nonce: string, key = secret) => {
      const { eid, mobile, message } = good
      const text = `POST&/own/messages&eid=${eid}&message=${message}&mobile=${mobile}&nonce=${nonce}&ts=${ts}`
      const sign = createHmac('sha1', key).update(text).digest('base64')
      return { ...good, ts, nonce, sign }
    }
    expect((await sends(signed(now, 'n1'))).json).toMatchObject(accepted)
    expect((await sends(signed(now, 'n1'))).json).toMatchObject(stranger)
    expect((await sends(signed(now - 61_000, 'n2'))).json).toMatchObject(stranger)
    expect((await sends(signed(now, 'n3', 'x'))).json).toMatchObject(stranger)
    expect((await sends(good)).json).toMatchObject(stranger)
  })

  it('by a hash with the secret among its parts, in capitals, in a header', async () => {
    const { sends, secret, world } = await startWith({
      authentication: {
        kind: 'signed',
        algorithm: 'md5',
        parts: ['=appid=', '/eid', '=&body=', 'sha256(body)', '=&key=', 'secret'],
        encoding: 'HEX',
        at: 'header:X-Sign',
      },
    })
    const body = JSON.stringify(good)
    const digest = createHash('sha256').update(body).digest('hex')
    const sign = createHash('md5')
      .update(`appid=acme-e1&body=${digest}&key=${secret}`)
      .digest('hex')
    const by = (value: string) => sends(body, { headers: { 'X-Sign': value } })
    expect((await by(sign.toUpperCase())).json).toMatchObject(accepted)
    expect((await by(sign)).json).toMatchObject(stranger)
    expect(JSON.stringify(await exchanges(world))).not.toContain(sign.toUpperCase())
  })

  it('by OAuth2 client credentials, whose token ends with the clock of the world', async () => {
    const { sends, secret, world } = await startWith({
      authentication: { kind: 'oauth2', lifetime_s: 600 },
      endpoints: {
        'message.send': { fields: { eid: 'user' } },
        'partner_token.issue': { path: '/oauth2/token' },
      },
    })
    const ask = (client_secret: string) => {
      const body = `grant_type=client_credentials&client_id=acme-e1&client_secret=${client_secret}`
      return sends(body, { path: '/oauth2/token', headers: form })
    }
    const { json } = await ask(secret)
    expect(json).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 600,
    })
    expect(await ask('x')).toMatchObject({ status: 401, json: { error: 'invalid_client' } })
    const { eid: _, ...body } = good
    const by = (token: string) => sends(body, { headers: { Authorization: `Bearer ${token}` } })
    expect((await by(json['access_token'] ?? '')).json).toMatchObject(accepted)
    const forged = `${Buffer.from('acme-e1').toString('base64url')}.zzzzzzzz.${'A'.repeat(43)}`
    expect((await by(forged)).json).toMatchObject(stranger)
    await world.advance('PT10M')
    expect((await by(json['access_token'] ?? '')).json).toMatchObject(stranger)
  })
})

describe('a profile says what a call looks like', () => {
  it('as a form, in which a list of pairs is a text of JSON', async () => {
    const { sends, wang } = await startWith({
      authentication: none,
      endpoints: {
        'message.send': {
          content: 'form',
          fields: {
            mobile: '/phone',
            keywords: { at: '/values', form: 'pairs', take: { text: 'message' } },
          },
        },
      },
    })
    const values = JSON.stringify([
      { name: 'text', value: '欢迎加入' },
      { name: 'keyword2', value: '分公司' },
    ])
    const body = new URLSearchParams({ eid: 'acme-e1', phone: '13800138002', values }).toString()
    expect((await sends(body, { headers: form })).json).toMatchObject(accepted)
    expect(await wang.inbox()).toMatchObject([
      { line: '欢迎加入', keywords: { keyword2: '分公司' } },
    ])
  })

  it('as XML, and answers in XML', async () => {
    const { sends, wang } = await startWith({
      authentication: none,
      endpoints: {
        'message.send': {
          content: 'xml',
          fields: { mobile: '/People/Person/*/Phone', message: '/Text' },
        },
      },
      answers: {
        success: { type: 'xml', body: { Response: { Code: 'OK', Id: '{msgid_str}' } } },
        refusal: {
          type: 'xml',
          status: 400,
          body: { Response: { Code: '{errcode}', Text: '<{errmsg}>' } },
        },
      },
    })
    const xml = (phone: string) =>
      `<Send><eid>acme-e1</eid><People><Person><Phone>${phone}</Phone></Person></People><Text><![CDATA[a & b]]></Text></Send>`
    const sent = await sends(xml('13800138002'))
    expect(sent.headers.get('content-type')).toBe('text/xml; charset=utf-8')
    expect(sent.text).toMatch(/^<Response><Code>OK<\/Code><Id>\d+<\/Id><\/Response>$/)
    expect(await wang.inbox()).toMatchObject([{ line: 'a & b' }])
    const no =
      '<Response><Code>100011</Code><Text>&lt;no openid for this mobile&gt;</Text></Response>'
    expect(await sends(xml('13900139000'))).toMatchObject({ status: 400, text: no })
    expect((await sends('<Send>')).text).toContain('<Code>47001</Code>')
  })

  it('with WeChat’s own shape of values, a format of mobiles, a length at which texts are cut', async () => {
    const { sends, wang, world } = await startWith({
      authentication: none,
      endpoints: {
        'message.send': {
          fields: {
            mobile: { at: '/touser', format: 'digits' },
            message: { at: '/text', cut: 4 },
            keywords: { at: '/data', form: 'wechat', take: { remark: 'ignored' } },
          },
          constants: { '/template_id': 'welcome' },
        },
      },
    })
    const call = (touser: string, more: object = { template_id: 'other' }) => {
      const data = { keyword2: { value: '分公司', color: '#173177' }, remark: { value: '…' } }
      return sends({ eid: 'acme-e1', touser, text: '欢迎加入晨光', data, ...more })
    }
    expect((await call('8613800138002')).json).toMatchObject(accepted)
    expect(await wang.inbox()).toMatchObject([
      { line: '欢迎加入', keywords: { keyword2: '分公司' } },
    ])
    expect((await call('13800138002')).json).toMatchObject({ errcode: 100010 })
    expect((await call('+8613800138002')).json).toMatchObject({ errcode: 100010 })
    expect((await call('8613800138002', {})).json).toMatchObject({ errcode: 47001 })
    expect(JSON.stringify(await world.messages())).toContain('(not digits)')
  })
})

describe('a profile says what an answer looks like', () => {
  it.each([
    { way: 'verbatim', body: '{wechat}', json: { errcode: 43004, errmsg: expect.any(String) } },
    {
      way: 'nested',
      body: { ok: false, wechat: '{wechat}' },
      json: { ok: false, wechat: { errcode: 43004 } },
    },
    {
      way: 'as JSON in a text',
      body: { raw: '{wechat:text}' },
      json: { raw: expect.stringMatching(/^\{"errcode":43004,"errmsg":"require subscribe/) },
    },
  ])('with WeChat’s own answer passed through $way', async ({ body, json }) => {
    const { sends, wang, acme } = await startWith({
      authentication: none,
      answers: { refusal: { status: 502, body } },
    })
    await wang.unfollows(acme)
    expect(await sends(good)).toMatchObject({ status: 502, json })
  })

  it('with a success of its own for each endpoint, what was sent, instants, an id and a signature', async () => {
    const { http, sends, secret } = await startWith({
      authentication: { kind: 'key', header: 'X-Key' },
      endpoints: {
        'registration.query': { answers: { success: { body: { bound: '{reachable}' } } } },
      },
      answers: {
        success: {
          headers: { 'X-Request': '{request_id}' },
          body: {
            id: '{request_id:uuid}',
            mobile: '{sent.mobile}',
            at: ['{now}', '{now:unix}', '{now:unix_ms}', '{now:digits}'],
            sign: '',
          },
        },
        signature: {
          algorithm: 'hmac-sha256',
          parts: ['/id', '/mobile'],
          separator: '|',
          at: '/sign',
        },
      },
    })
    const headers = { 'X-Key': secret }
    const sent = await sends(good, { headers })
    const trace = sent.headers.get('x-request') ?? ''
    const id = trace.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
    const sign = createHmac('sha256', secret).update(`${id}|13800138002`).digest('hex')
    const at = ['2026-01-05T01:00:00.000Z', 1767574800, 1767574800000, '20260105090000']
    expect(sent.json).toEqual({ id, mobile: '13800138002', at, sign })
    const bound = await http('POST', '/own/registrations/query', good, headers)
    expect(bound.json).toMatchObject({ bound: true })
  })

  it('with a page that is no JSON, and a header, for one code', async () => {
    const { sends, world } = await startWith({
      authentication: none,
      answers: {
        by_errcode: {
          100018: {
            status: 429,
            type: 'html',
            headers: { 'Retry-After': '{retry_after_s}' },
            body: '<h1>Too many: {errmsg}</h1>',
          },
        },
      },
    })
    await world.call('account.update', { eid: 'acme', minute_limit: 1 })
    await sends(good)
    const busy = await sends(good)
    expect(busy).toMatchObject({ status: 429, text: '<h1>Too many: too many requests</h1>' })
    expect(busy.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(busy.headers.get('retry-after')).toBe('60')
  })

  it('with headers that say how many calls of the minute are left', async () => {
    const headers = {
      'X-RateLimit-Limit': '{minute_limit}',
      'X-Left': '{minute_left}/{minute_reset_s}',
    }
    const { sends, world } = await startWith({
      authentication: none,
      answers: { success: { headers }, by_errcode: { 100018: { status: 429, headers } } },
    })
    expect([...(await sends(good)).headers.keys()]).not.toContain('x-ratelimit-limit')
    await world.call('account.update', { eid: 'acme', minute_limit: 2 })
    const said = async () => {
      const { status, json, headers: came } = await sends(good)
      return [status, came.get('x-ratelimit-limit'), came.get('x-left'), json['minute_left']]
    }
    expect(await said()).toEqual([200, '2', '1/60', undefined])
    await world.advance('PT20S')
    expect(await said()).toEqual([200, '2', '0/40', undefined])
    expect(await said()).toEqual([429, '2', '0/40', undefined])
  })

  it('and null takes away a call that the partner has not', async () => {
    const { http } = await startWith({
      authentication: none,
      endpoints: { 'registration.query': null },
    })
    expect(await http('POST', '/own/registrations/query', good)).toMatchObject({
      status: 404,
      json: { errcode: 100019 },
    })
  })
})
