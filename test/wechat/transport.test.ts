import { describe, expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import { acmesClient, errcodeOf, refusalOf } from './client.ts'

const json_type = 'application/json; encoding=utf-8'
const post_only = ['/cgi-bin/stable_token', '/cgi-bin/message/template/send']
const get_too = [
  '/cgi-bin/token',
  '/cgi-bin/template/get_industry',
  '/cgi-bin/template/get_all_private_template',
  '/cgi-bin/user/info',
  '/cgi-bin/user/get',
]

async function start() {
  const sim = await startSim()
  return { ...sim, client: await acmesClient(sim) }
}

describe('a path that WeChat has not', () => {
  it.each([
    '/cgi-bin/',
    '/cgi-bin',
    '/cgi-bin/nothing',
    '/cgi-bin/Token',
    '/cgi-bin/token/',
    '/cgi-bin/message/Template/send',
    '/cgi-bin/message/template/send/x',
    '/cgi-bin/tools/shorturl',
    '/datacube/nothing',
    '/sns/nothing',
    '/wxaapi/nothing',
    '/api.weixin.qq.com/cgi-bin/nothing',
    '/w/test/cgi-bin/nothing',
  ])('%s answers 40066, with and without a token, whatever the method and body', async (path) => {
    const { http, client } = await start()
    const token = `?access_token=${client.token}`
    for (const answer of [
      await http('GET', path),
      await http('GET', path + token),
      await http('POST', path + token, '{'),
      await http('DELETE', path),
    ]) {
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toBe(json_type)
      expect(refusalOf(answer)).toEqual({ errcode: 40066, errmsg: 'invalid url' })
    }
  })

  it.each(['/CGI-BIN/token', '/nothing', '/cgi-binx/token'])(
    '%s is outside of WeChat’s tree: HTTP 404',
    async (path) => {
      const { http } = await start()
      expect((await http('GET', path)).status).toBe(404)
    },
  )
})

describe('a method that a path has not', () => {
  it.each(post_only)(
    '%s answers 43002 to all but POST, before it looks at anything',
    async (path) => {
      const { http } = await start()
      for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
        const answer = await http(method, path)
        expect(answer.status).toBe(200)
        expect(refusalOf(answer)).toEqual({ errcode: 43002, errmsg: 'require POST method' })
      }
    },
  )

  it.each(get_too)('%s takes GET and POST, and answers 43001 to others', async (path) => {
    const { http, client, li, acme } = await start()
    const query = new URLSearchParams({
      ...client.credentials,
      access_token: client.token,
      openid: li.openidAt(acme),
    })
    expect(errcodeOf(await http('GET', `${path}?${query}`))).toBe(0)
    expect(errcodeOf(await http('POST', `${path}?${query}`))).toBe(0)
    for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const answer = await http(method, `${path}?${query}`)
      expect(refusalOf(answer)).toEqual({ errcode: 43001, errmsg: 'require GET method' })
    }
  })
})

describe('a body', () => {
  it('of more than a megabyte is refused, and of a megabyte is read', async () => {
    const { client, wang, acme } = await start()
    const message = { touser: wang.openidAt(acme), template_id: acme.info.template_id }
    const of = (bytes: number) => {
      const empty = JSON.stringify({ ...message, pad: '' }).length
      return { ...message, pad: 'x'.repeat(bytes - empty) }
    }
    expect(errcodeOf(await client.sends(of(1_048_576)))).toBe(0)
    const answer = await client.sends(of(1_048_577))
    expect(answer.status).toBe(200)
    expect(refusalOf(answer)).toEqual({ errcode: 45002, errmsg: 'content size out of limit' })
  })

  it('of a GET call is not looked at when it comes by POST', async () => {
    const { client } = await start()
    for (const body of ['{', '[]', '\xff', 'a=b']) {
      expect(errcodeOf(await client.post('/cgi-bin/user/get', body))).toBe(0)
    }
  })
})

describe('an answer', () => {
  it('is compact JSON on one line, of WeChat’s own content type, good or not', async () => {
    const { client, li, acme } = await start()
    const openid = li.openidAt(acme)
    const answers = [
      await client.asksToken(),
      await client.asksStableToken(),
      await client.get('/cgi-bin/template/get_all_private_template'),
      await client.get('/cgi-bin/user/info', { openid }),
      await client.get('/cgi-bin/user/get'),
      await client.sends({ touser: openid, template_id: acme.info.template_id }),
      await client.sends({}),
      await client.get('/cgi-bin/nothing'),
    ]
    for (const { status, headers, text } of answers) {
      expect(status).toBe(200)
      expect(headers.get('content-type')).toBe(json_type)
      expect(text).not.toMatch(/[\r\n]/)
      // A msgid would be rounded, so its digits are left out of the comparison.
      const comparable = text.replace(/"msgid":\d+/, '"msgid":0')
      expect(JSON.stringify(JSON.parse(comparable))).toBe(comparable)
    }
  })

  it('writes Chinese as it is, not as escapes', async () => {
    const { client } = await start()
    expect((await client.get('/cgi-bin/template/get_industry')).text).toContain('商业服务')
  })

  it('names its trace in a header, by which the journal finds it', async () => {
    const { client, world } = await start()
    const trace = (await client.get('/cgi-bin/user/get')).headers.get('x-sim-trace')
    const { items } = (await world.call('exchange.list', { trace })) as { items: unknown[] }
    expect(items).toMatchObject([{ endpoint: 'user.list', trace }])
  })
})
