import { describe, expect, it } from 'vitest'
import { Account } from '../platform.ts'
import { startSim } from '../sim.ts'
import { acmesClient, refusalOf, tablesOf, WechatClient } from './client.ts'

const long_data = 'https://hr.example.com/welcome?from=menu&name=王'
const refusal = (errcode: number) => expect.objectContaining({ errcode })

describe('short links', () => {
  it('give a text back to its account for as long as they live', async () => {
    const sim = await startSim()
    const client = await acmesClient(sim)
    const made = (await client.post('/cgi-bin/shorten/gen', { long_data, expire_seconds: 60 })).json
    expect(made).toEqual({
      errcode: 0,
      errmsg: 'ok',
      short_key: expect.stringMatching(/^[0-9A-Za-z]{15}$/),
    })
    const { short_key } = made
    const fetches = async () => (await client.post('/cgi-bin/shorten/fetch', { short_key })).json
    await sim.world.advance('PT59S')
    const create_time = 1767574800
    expect(await fetches()).toEqual({
      errcode: 0,
      errmsg: 'ok',
      long_data,
      create_time,
      expire_seconds: 1,
    })
    await sim.world.advance('PT1S')
    expect(await fetches()).toEqual(refusal(9410012))
  })

  it('live thirty days unless told, and are nobody else’s', async () => {
    const accounts = ['acme', 'initech'].map((key) => ({ key, company: key }))
    const sim = await startSim({ world: { accounts, people: [] } })
    const client = await acmesClient(sim)
    const { short_key } = (await client.post('/cgi-bin/shorten/gen', { long_data })).json
    const path = '/cgi-bin/shorten/fetch'
    const { expire_seconds } = (await client.post(path, { short_key })).json
    expect(expire_seconds).toBe(2_592_000)
    const other = new WechatClient(sim.http, new Account(sim.world.accounts[1]))
    await other.signsIn()
    expect((await other.post(path, { short_key })).json).toEqual(refusal(9410012))
  })

  it.each([
    { body: {}, errcode: 47003 },
    { body: { long_data: '' }, errcode: 47003 },
    { body: { long_data: 7 }, errcode: 47003 },
    { body: { long_data: 'x'.repeat(4097) }, errcode: 9410010 },
    { body: { long_data: '字'.repeat(1366) }, errcode: 9410010 },
    { body: { long_data, expire_seconds: 2_592_001 }, errcode: 9410011 },
    { body: { long_data, expire_seconds: 0 }, errcode: 9410011 },
    { body: { long_data, expire_seconds: '60' }, errcode: 9410011 },
  ])('are refused with $errcode: $body', async ({ body, errcode }) => {
    const sim = await startSim()
    const client = await acmesClient(sim)
    const before = await tablesOf(sim.world)
    const answer = await client.post('/cgi-bin/shorten/gen', body)
    expect(refusalOf(answer)).toMatchObject({ errcode })
    expect(await tablesOf(sim.world)).toEqual(before)
  })

  it('are unknown by any other key', async () => {
    const client = await acmesClient(await startSim())
    for (const short_key of ['', 'x', 7, undefined, '\0']) {
      const answer = await client.post('/cgi-bin/shorten/fetch', { short_key })
      expect(answer.json).toEqual(refusal(9410012))
    }
  })
})

describe('the addresses of the platform', () => {
  it('are this server’s own, as the caller sees it', async () => {
    const client = await acmesClient(await startSim({ listen: true }))
    for (const path of ['/cgi-bin/get_api_domain_ip', '/cgi-bin/getcallbackip'])
      expect((await client.get(path)).json).toEqual({ ip_list: ['127.0.0.1'] })
  })
})

describe('what an account here has not', () => {
  const media_id = 'HLqUBP5pdB9UVpWwp_hWqlxfBDsVrvVKiBMhR7YFdC1bQ4BTXdxsGpVE1M1SyjTE'
  const blocked = '/wxa/sec/queryblocktmplmsg'

  it('is answered as WeChat answers an account without it', async () => {
    const sim = await startSim()
    const client = await acmesClient(sim)
    const ask = async (path: string, body: object) => (await client.post(path, body)).json
    expect((await client.get('/cgi-bin/material/get_materialcount')).json).toEqual({
      voice_count: 0,
      video_count: 0,
      image_count: 0,
      news_count: 0,
    })
    const page = { type: 'news', offset: 0, count: 20 }
    const none = { item: [], total_count: 0, item_count: 0 }
    expect(await ask('/cgi-bin/material/batchget_material', page)).toEqual(none)
    const { template_id: tmpl_msg_id } = sim.acme.info
    const stopped = await ask(blocked, { tmpl_msg_id, largest_id: 0, limit: 100 })
    expect(stopped).toEqual({ msginfo: [], errcode: 0, errmsg: 'ok' })
  })

  it.each([
    { path: '/cgi-bin/material/get_material', body: { media_id }, errcode: 40007 },
    { path: '/cgi-bin/material/get_material', body: {}, errcode: 41006 },
    { path: '/cgi-bin/material/del_material', body: { media_id }, errcode: 40007 },
    {
      path: '/cgi-bin/material/batchget_material',
      body: { type: 'x', offset: 0, count: 1 },
      errcode: 40004,
    },
    {
      path: '/cgi-bin/material/batchget_material',
      body: { type: 'news', offset: 0, count: 21 },
      errcode: 40035,
    },
    { path: blocked, body: { tmpl_msg_id: 'x'.repeat(43), limit: 1 }, errcode: 40037 },
    { path: blocked, body: { tmpl_msg_id: 'x', limit: 1 }, errcode: 40037 },
    { path: '/cgi-bin/callback/check', body: { action: 'x' }, errcode: 40202 },
    { path: '/cgi-bin/callback/check', body: { action: 'dns' }, errcode: 40203 },
    {
      path: '/cgi-bin/callback/check',
      body: { action: 'all', check_operator: 'DEFAULT' },
      errcode: 40201,
    },
  ])('is refused with $errcode by $path: $body', async ({ path, body, errcode }) => {
    const client = await acmesClient(await startSim())
    expect(refusalOf(await client.post(path, body))).toMatchObject({ errcode })
  })

  it('is unauthorized for who must be verified first, and unknown without a token', async () => {
    const sim = await startSim()
    const { world, acme } = sim
    const client = await acmesClient(sim)
    await world.call('official_account.update', { appid: acme.appid, verified: false })
    for (const path of [
      '/cgi-bin/material/get_material',
      '/cgi-bin/material/get_materialcount',
      '/cgi-bin/shorten/gen',
      blocked,
    ])
      expect(refusalOf(await client.post(path, {}))).toMatchObject({ errcode: 48001 })
    client.token = ''
    const unknown = await client.post('/cgi-bin/callback/check', {})
    expect(refusalOf(unknown)).toMatchObject({ errcode: 41001 })
  })
})

describe('a page of WeChat’s that is not here', () => {
  it.each(['/connect/qrconnect?appid=wx0000000000000000&scope=snsapi_login', '/connect/nothing'])(
    'is a page that says so, with 404: %s',
    async (path) => {
      const { http } = await startSim()
      for (const way of ['', '/w/test', '/open.weixin.qq.com']) {
        const answer = await http('GET', way + path)
        expect(answer.status).toBe(404)
        expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
      }
    },
  )
})
