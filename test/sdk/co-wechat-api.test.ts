import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { startSim } from '../sim.ts'

/** As much of the SDK as is called here; it has no types of its own. */
interface Sdk {
  prefix: string
  mpPrefix: string
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
  batchGetUsers(openids: string[], lang?: string): Promise<{ user_info_list: object[] }>
  updateRemark(openid: string, remark: string): Promise<{ errcode: number }>
  createTags(name: string): Promise<{ tag: Tag }>
  getTags(): Promise<{ tags: (Tag & { count: number })[] }>
  updateTag(id: number, name: string): Promise<{ errcode: number }>
  deleteTag(id: number): Promise<{ errcode: number }>
  getUsersFromTag(id: number, next_openid?: string): Promise<{ count: number; data?: object }>
  batchTagging(openids: string[], id: number): Promise<{ errcode: number }>
  batchUnTagging(openids: string[], id: number): Promise<{ errcode: number }>
  getIdList(openid: string): Promise<{ tagid_list: number[] }>
  createMenu(menu: object): Promise<{ errcode: number }>
  getMenu(): Promise<{ menu: { button: object[] } }>
  removeMenu(): Promise<{ errcode: number }>
  getMenuConfig(): Promise<{ is_menu_open: number; selfmenu_info?: { button: object[] } }>
  createTmpQRCode(scene: number | string, expire: number): Promise<QrCode>
  createLimitQRCode(scene: number | string): Promise<QrCode>
  showQRCodeURL(ticket: string): string
  getTicket(type?: string): Promise<{ ticket: string; expireTime: number }>
  getJsConfig(page: { url: string; jsApiList: string[] }): Promise<Record<string, unknown>>
}

interface Tag {
  readonly id: number
  readonly name: string
}

interface QrCode {
  readonly ticket: string
  readonly url: string
  readonly expire_seconds?: number
}

const WechatApi: new (appid: string, secret: string) => Sdk = createRequire(import.meta.url)(
  'co-wechat-api',
)

/** The SDK as it is published, pointed at Acme's world by nothing but its two prefixes. */
async function start() {
  const sim = await startSim({ listen: true })
  const { WECHAT_API_BASE, WECHAT_APPID = '', WECHAT_SECRET = '' } = sim.world.env
  const sdk = new WechatApi(WECHAT_APPID, WECHAT_SECRET)
  sdk.prefix = `${WECHAT_API_BASE}/cgi-bin/`
  sdk.mpPrefix = sdk.prefix
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

  it('reads several users at once and gives one a remark name', async () => {
    const { sdk, touser, wang, acme } = await start()
    expect(await sdk.updateRemark(touser, '李雷')).toMatchObject({ errcode: 0 })
    const { user_info_list } = await sdk.batchGetUsers([touser, wang.openidAt(acme)], 'zh_TW')
    expect(user_info_list).toMatchObject([
      { subscribe: 1, openid: touser, language: 'zh_TW', remark: '李雷' },
      { subscribe: 1, openid: wang.openidAt(acme), remark: '' },
    ])
  })

  it('makes, reads, renames and deletes tags, and gives them to followers', async () => {
    const { sdk, touser } = await start()
    const { tag } = await sdk.createTags('三月入职')
    await expect(sdk.createTags('三月入职')).rejects.toMatchObject({ code: 45157 })
    expect(await sdk.batchTagging([touser], tag.id)).toMatchObject({ errcode: 0 })
    expect(await sdk.getIdList(touser)).toEqual({ tagid_list: [tag.id] })
    expect(await sdk.getUsersFromTag(tag.id)).toMatchObject({
      count: 1,
      data: { openid: [touser] },
    })
    expect(await sdk.updateTag(tag.id, '四月入职')).toMatchObject({ errcode: 0 })
    const { tags } = await sdk.getTags()
    expect(tags).toContainEqual({ id: tag.id, name: '四月入职', count: 1 })
    expect(await sdk.batchUnTagging([touser], tag.id)).toMatchObject({ errcode: 0 })
    expect(await sdk.deleteTag(tag.id)).toMatchObject({ errcode: 0 })
    expect(await sdk.getIdList(touser)).toEqual({ tagid_list: [] })
  })

  it('makes, reads and removes a menu', async () => {
    const { sdk } = await start()
    const song = { type: 'click', name: '今日歌曲', key: 'V1001_TODAY_MUSIC' }
    const search = { type: 'view', name: '搜索', url: 'http://www.soso.com/' }
    const menu = { button: [song, { name: '菜单', sub_button: [search, song] }] }
    expect(await sdk.createMenu(menu)).toMatchObject({ errcode: 0, errmsg: 'ok' })
    const [leaf, below] = [song, search].map((button) => ({ ...button, sub_button: [] }))
    expect(await sdk.getMenu()).toEqual({
      menu: { button: [leaf, { name: '菜单', sub_button: [below, leaf] }] },
    })
    expect(await sdk.getMenuConfig()).toEqual({
      is_menu_open: 1,
      selfmenu_info: { button: [song, { name: '菜单', sub_button: { list: [search, song] } }] },
    })
    expect(await sdk.removeMenu()).toMatchObject({ errcode: 0 })
    expect(await sdk.getMenuConfig()).toEqual({ is_menu_open: 0 })
    await expect(sdk.getMenu()).rejects.toMatchObject({ code: 46003 })
    await expect(sdk.createMenu({ menu })).rejects.toMatchObject({ code: 40016 })
  })

  it('fetches a ticket and signs a page with it, which the phone takes for good', async () => {
    const { sdk, http } = await start()
    const { ticket, expireTime } = await sdk.getTicket()
    expect(ticket).toMatch(/^[\w-]{86}$/)
    expect(expireTime).toBeGreaterThan(Date.now() + 7_100_000)
    const page = { url: 'https://hr.example.com/welcome', jsApiList: ['chooseImage'] }
    const { appId: appid, ...config } = await sdk.getJsConfig(page)
    const answer = await http('POST', '/connect/jssdk/config', { ...page, ...config, appid })
    expect(answer.json).toEqual({ errMsg: 'config:ok', jsApiList: page.jsApiList })
  })

  it('makes QR codes, temporary and permanent, by number and by text, and shows their pictures', async () => {
    const { sdk } = await start()
    const codes = [
      await sdk.createTmpQRCode(10_000, 1800),
      await sdk.createTmpQRCode('gate-3', 1800),
      await sdk.createLimitQRCode(100),
      await sdk.createLimitQRCode('gate-3'),
    ]
    expect(codes.map((code) => code.expire_seconds)).toEqual([1800, 1800, undefined, undefined])
    expect(new Set(codes.map(({ url }) => url)).size).toBe(4)
    for (const { ticket } of codes) {
      // The SDK leaves to its caller what WeChat asks for: that the ticket be encoded.
      const picture = await fetch(sdk.showQRCodeURL(encodeURIComponent(ticket)))
      expect(picture.status).toBe(200)
      expect(picture.headers.get('content-type')).toBe('image/png')
      expect((await picture.arrayBuffer()).byteLength).toBeGreaterThan(100)
    }
    await expect(sdk.createLimitQRCode(0)).rejects.toMatchObject({ code: 40053 })
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
