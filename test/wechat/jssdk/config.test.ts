import { hash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { startSim } from '../../sim.ts'
import { acmesClient } from '../client.ts'

const page = 'https://hr.example.com/welcome?from=menu#/step/1'
const url = 'https://hr.example.com/welcome?from=menu'
const jsApiList = ['chooseImage', 'scanQRCode', 'updateAppMessageShareData']

interface Signing {
  readonly url?: string
  readonly type?: string
}

async function start() {
  const sim = await startSim()
  const client = await acmesClient(sim)
  const { appid } = sim.acme
  const nonceStr = 'Wm3WZYTPz0wzccnW'
  const timestamp = 1414587457
  const signs = async ({ url: signed = url, type = 'jsapi' }: Signing = {}) => {
    const { ticket } = (await client.get('/cgi-bin/ticket/getticket', { type })).json
    return hash(
      'sha1',
      `jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${signed}`,
    )
  }
  const configures = async (more: object, way = '/w/test') => {
    const body = { appid, nonceStr, timestamp, url: page, jsApiList, ...more }
    const answer = await sim.http('POST', `${way}/connect/jssdk/config`, body, {
      'content-type': 'text/plain;charset=UTF-8',
    })
    expect(answer.status).toBe(200)
    return answer
  }
  const decides = async () => {
    const { items } = (await sim.world.call('exchange.list', { endpoint: 'jssdk.config' })) as {
      items: { decision: object[] }[]
    }
    return items[0]?.decision
  }
  return { ...sim, client, signs, configures, decides }
}

describe('a page’s wx.config', () => {
  it('is good with the account’s ticket, for the address without its fragment', async () => {
    const { signs, configures, decides } = await start()
    const answer = await configures({ signature: await signs() })
    expect(answer.json).toEqual({ errMsg: 'config:ok', jsApiList })
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(await decides()).toEqual(['appid.known', 'js_domain.allowed', 'jssdk.signature'])
  })

  it('finds the world by the appid, where the path names none', async () => {
    const { signs, configures } = await start()
    const { json } = await configures({ signature: await signs(), timestamp: '1414587457' }, '')
    expect(json).toMatchObject({ errMsg: 'config:ok' })
  })

  it.each<Signing & { mistake: string }>([
    { mistake: 'the url with its fragment', url: page },
    { mistake: 'the url without its query', url: 'https://hr.example.com/welcome' },
    { mistake: 'the url without its path', url: 'https://hr.example.com' },
    { mistake: 'the url with the other scheme', url: url.replace('https', 'http') },
    { mistake: 'the encoded url', url: encodeURIComponent(url) },
    { mistake: 'a ticket of the type wx_card', type: 'wx_card' },
    { mistake: 'another ticket, or for another', url: 'https://hr.example.com/other' },
  ])(
    'is refused when it is signed with or for $mistake, and the journal says so',
    async (signing) => {
      const { signs, configures, decides } = await start()
      await signs()
      const answer = await configures({ signature: await signs(signing) })
      expect(answer.json).toEqual({ errMsg: 'config:invalid signature', realAuthUrl: [url, url] })
      expect(await decides()).toEqual([
        {
          rule: 'jssdk.signature',
          actual: expect.stringContaining(signing.mistake),
          expected: expect.stringContaining(`&url=${url}")`),
        },
      ])
    },
  )

  it('is refused before a ticket was fetched, and with one that is too old', async () => {
    const { signs, configures, decides, world } = await start()
    const invalid = { errMsg: 'config:invalid signature' }
    expect((await configures({ signature: 'x' })).json).toMatchObject(invalid)
    expect(await decides()).toMatchObject([{ actual: expect.stringContaining('ever fetched') }])
    const signature = await signs()
    await world.advance('PT2H')
    expect((await configures({ signature })).json).toMatchObject(invalid)
    expect(await decides()).toMatchObject([{ actual: expect.stringContaining('too old') }])
  })

  it.each([
    { listed: ['hr.example.com'], url: 'https://hr.example.com/a', good: true },
    { listed: ['hr.example.com'], url: 'https://hr.example.com:8443/a', good: false },
    { listed: ['example.com'], url: 'https://hr.example.com/a', good: false },
    { listed: [], url: 'https://hr.example.com/a', good: false },
    { listed: null, url: 'http://localhost:3000/', good: true },
    { listed: null, url: 'javascript:alert(1)', good: false },
    { listed: null, url: '', good: false },
  ])('at $url is good: $good, where the account lists $listed', async (row) => {
    const { signs, configures, world, acme } = await start()
    await world.call('official_account.update', { appid: acme.appid, js_domains: row.listed })
    const signature = await signs({ url: row.url })
    const { json } = await configures({ url: row.url, signature })
    expect(json).toMatchObject({ errMsg: row.good ? 'config:ok' : 'config:invalid url domain' })
  })

  it('of an appid that is none here is refused', async () => {
    const { signs, configures } = await start()
    const signature = await signs()
    for (const appid of ['wx0000000000000000', '', 7, undefined]) {
      const { json } = await configures({ appid, signature })
      expect(json).toEqual({ errMsg: 'config:invalid appid' })
    }
  })

  it('overlooks names that WeChat does not know, and those that the account may not use', async () => {
    const { signs, configures, world, acme } = await start()
    const signature = await signs()
    const asked = ['chooseImage', 'flyAway', 7, 'chooseImage', 'updateTimelineShareData']
    const told = async () => (await configures({ signature, jsApiList: asked })).json['jsApiList']
    expect(await told()).toEqual(['chooseImage', 'updateTimelineShareData'])
    await world.call('official_account.update', { appid: acme.appid, verified: false })
    expect(await told()).toEqual(['chooseImage'])
  })
})

describe('what the journal keeps of a page in somebody’s phone', () => {
  it('goes when that person withdraws', async () => {
    const { signs, configures, world, wang, acme } = await start()
    await configures({ signature: await signs() }, `/w/test/as/${wang.id}`)
    const kept = async () =>
      JSON.stringify(await world.call('exchange.list', { surface: 'wechat' }))
    expect(await kept()).toContain('hr.example.com')
    await world.call('association.withdraw', { account: 'acme', openid: wang.openidAt(acme) })
    expect(await kept()).not.toContain('hr.example.com')
  })
})

describe('the script of the JS-SDK', () => {
  it.each(['', '/w/test', '/res.wx.qq.com', '/w/test/res2.wx.qq.com'])(
    'stands at WeChat’s path below %j, for pages of anybody',
    async (way) => {
      const { http } = await startSim()
      const cross = { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'script' }
      for (const version of ['1.0.0', '1.4.0', '1.6.0']) {
        const answer = await http('GET', `${way}/open/js/jweixin-${version}.js`, undefined, cross)
        expect(answer.status).toBe(200)
        expect(answer.headers.get('content-type')).toMatch(/javascript/)
      }
    },
  )

  it('is no other file, and nothing but the script is let in from foreign pages', async () => {
    const { http } = await startSim()
    expect((await http('GET', '/open/js/jweixin-9.9.9.js')).status).toBe(404)
    const cross = { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'script' }
    const config = '/connect/jssdk/config'
    expect((await http('POST', config, {}, cross)).status).toBe(403)
    expect((await http('GET', '/cgi-bin/token', undefined, cross)).status).toBe(403)
  })
})
