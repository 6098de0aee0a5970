import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { startSim } from '../sim.ts'

/** As much of the SDK as is called here; it has no types of its own. */
interface Sdk {
  prefix: string
  store?: { accessToken: string }
  getAccessToken(): Promise<{ accessToken: string; expireTime: number }>
  sendTemplate(
    openid: string,
    template_id: string,
    url: string,
    color: string,
    data: object,
    miniprogram?: object,
  ): Promise<{ errcode: number; errmsg: string; msgid: { toString(): string } }>
  getAllPrivateTemplate(): Promise<{ template_list: { template_id: string; title: string }[] }>
  getIndustry(): Promise<{ primary_industry: { second_class: string } }>
  getUser(openid: string): Promise<{ subscribe: number; openid: string; language: string }>
  getFollowers(next_openid?: string): Promise<{
    total: number
    count: number
    data?: { openid: string[] }
    next_openid: string
  }>
}

const WechatApi: new (appid: string, secret: string) => Sdk = createRequire(import.meta.url)(
  'co-wechat-api',
)

/** The SDK as it is published, pointed at Acme's world by nothing but its `prefix`. */
async function start() {
  const sim = await startSim({ listen: true })
  const { WECHAT_API_BASE, WECHAT_APPID = '', WECHAT_SECRET = '' } = sim.world.env
  const sdk = new WechatApi(WECHAT_APPID, WECHAT_SECRET)
  sdk.prefix = `${WECHAT_API_BASE}/cgi-bin/`
  const { acme, li } = sim
  const touser = li.openidAt(acme)
  const sends = () =>
    sdk.sendTemplate(touser, acme.info.template_id ?? '', '', '#FF0000', {
      first: { value: '欢迎加入', color: '#173177' },
    })
  return { ...sim, sdk, touser, sends }
}

describe('co-wechat-api', () => {
  it('fetches a token and reckons with two hours', async () => {
    const { sdk } = await start()
    const { accessToken, expireTime } = await sdk.getAccessToken()
    expect(accessToken).toMatch(/^\d+_[\w-]{133}$/)
    expect(expireTime).toBeGreaterThan(Date.now() + 7_100_000)
  })

  it('sends a template message and reads all digits of its msgid', async () => {
    const { sends, world } = await start()
    const answer = await sends()
    expect(answer).toMatchObject({ errcode: 0, errmsg: 'ok' })
    const { tables } = (await world.call('world.export')) as {
      tables: { template_message: { msgid: string }[] }
    }
    expect(tables.template_message.map(({ msgid }) => msgid)).toEqual([answer.msgid.toString()])
  })

  it('reads templates, industries, a user, and all followers until there are no more', async () => {
    const { sdk, acme, touser } = await start()
    const { template_list } = await sdk.getAllPrivateTemplate()
    expect(template_list).toMatchObject([{ template_id: acme.info.template_id, title: '入职通知' }])
    expect(await sdk.getIndustry()).toMatchObject({
      primary_industry: { second_class: 'IT软件与服务' },
    })
    expect(await sdk.getUser(touser)).toMatchObject({
      subscribe: 1,
      openid: touser,
      language: 'en',
    })
    const first = await sdk.getFollowers()
    expect(first.data?.openid).toHaveLength(3)
    const last = await sdk.getFollowers(first.next_openid)
    expect(last).toMatchObject({ count: 0, next_openid: '' })
    expect(last.data).toBeUndefined()
  })

  it('raises a refusal with its errcode and errmsg', async () => {
    const { sends, li, acme } = await start()
    await li.unfollows(acme)
    await expect(sends()).rejects.toMatchObject({
      name: 'WeChatAPIError',
      code: 43004,
      message: expect.stringMatching(/^require subscribe rid: /),
    })
  })

  it.each([
    { why: 'its token was superseded (40001)', code: 40001, happens: 'reset' as const },
    { why: 'its token grew old (42001)', code: 42001, happens: 'advance' as const },
  ])('fetches a new token and sends again by itself when $why', async ({ code, happens }) => {
    const { sends, sdk, world } = await start()
    await sends()
    const before = sdk.store?.accessToken
    await (happens === 'reset' ? world.reset() : world.advance('PT2H'))
    expect(await sends()).toMatchObject({ errcode: 0 })
    expect(sdk.store?.accessToken).not.toBe(before)
    const { items } = (await world.call('exchange.list', { surface: 'wechat' })) as {
      items: { endpoint: string; answer: { body: string } }[]
    }
    // Newest first: the send that went through, the token, and the send that was refused.
    const last = items.slice(0, 3)
    expect(last.map(({ endpoint }) => endpoint)).toEqual([
      'template.send',
      'token.get',
      'template.send',
    ])
    expect(last[2]?.answer.body).toContain(`"errcode":${code},`)
  })
})
