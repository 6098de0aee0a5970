import { describe, expect, it } from 'vitest'
import { type DatabaseName, onEither } from '../database.ts'
import { startSim } from '../sim.ts'
import { acmesClient, type Json, refusalOf, tablesOf } from './client.ts'

const add = '/cgi-bin/menu/addconditional'
const remove = '/cgi-bin/menu/delconditional'
const match = '/cgi-bin/menu/trymatch'
const get = '/cgi-bin/menu/get'

const button = (name: string) => [{ type: 'click', name, key: 'k' }]
const ios = { client_platform_type: '1' }
const android = { client_platform_type: '2' }

async function start(database?: DatabaseName) {
  const sim = await startSim(database ? { database } : {})
  const client = await acmesClient(sim)
  const { world, acme, li } = sim
  const post = async (path: string, body: unknown) => (await client.post(path, body)).json as Json
  await post('/cgi-bin/menu/create', { button: button('所有人') })
  const adds = async (name: string, matchrule: object) =>
    (await post(add, { button: button(name), matchrule }))['menuid'] as string
  /** What Li sees, as the platform is told and as the phone shows it. */
  const seen = async () => {
    const told = (await post(match, { user_id: li.openidAt(acme) }))['button'] as Json[]
    const { menu } = (await world.call('phone.chat', { person: 'li', account: 'acme' })) as {
      menu: Json[]
    }
    expect(menu.map(({ name }) => name)).toEqual(told.map(({ name }) => name))
    return told.map(({ name }) => name).join()
  }
  const becomes = (platform: string) => world.call('person.update', { person: 'li', platform })
  return { ...sim, client, post, adds, seen, becomes }
}

onEither('a conditional menu', (database) => {
  it('is seen by whom its rule fits, the newest first, and the menu for all by the rest', async () => {
    const { adds, seen, becomes, post, li, acme } = await start(database)
    expect(await seen()).toBe('所有人')
    const first = await adds('安卓', android)
    expect(first).toMatch(/^\d{9}$/)
    expect(await seen()).toBe('安卓')
    const second = await adds('新安卓', android)
    expect(Number(second)).toBeGreaterThan(Number(first))
    expect(await seen()).toBe('新安卓')
    await adds('苹果', ios)
    await adds('标签', { tag_id: '100', client_platform_type: '' })
    expect(await seen()).toBe('新安卓')
    await becomes('ios')
    expect(await seen()).toBe('苹果')
    await becomes('other')
    expect(await seen()).toBe('所有人')
    await becomes('android')
    expect(await post(remove, { menuid: second })).toEqual({ errcode: 0, errmsg: 'ok' })
    expect(await seen()).toBe('安卓')
    expect(await li.taps(acme, '安卓')).toMatchObject({ type: 'click' })
    await expect(li.taps(acme, '所有人')).rejects.toThrow(/no button 所有人/)
  })
})

describe('conditional menus', () => {
  it('stand in menu/get behind the menu for all, with their rules and numbers', async () => {
    const { client, adds } = await start()
    const plain = { menu: { button: [{ ...button('所有人')[0], sub_button: [] }] } }
    expect((await client.get(get)).json).toEqual(plain)
    const first = await adds('一', { tag_id: 101, client_platform_type: '2' })
    const second = await adds('二', ios)
    const { json } = await client.get(get)
    expect(json).toEqual({
      menu: { ...plain.menu, menuid: expect.any(Number) },
      conditionalmenu: [
        {
          button: [{ ...button('二')[0], sub_button: [] }],
          matchrule: { client_platform_type: 1 },
          menuid: Number(second),
        },
        {
          button: [{ ...button('一')[0], sub_button: [] }],
          matchrule: { group_id: 101, client_platform_type: 2 },
          menuid: Number(first),
        },
      ],
    })
  })

  it('stay when the menu for all is replaced, and go when it is deleted', async () => {
    const { client, adds, seen, post } = await start()
    await adds('安卓', android)
    await post('/cgi-bin/menu/create', { button: button('又一个') })
    expect(await seen()).toBe('安卓')
    await client.get('/cgi-bin/menu/delete')
    await post('/cgi-bin/menu/create', { button: button('又一个') })
    expect(await seen()).toBe('又一个')
  })

  it('are seen by followers alone', async () => {
    const { adds, world } = await start()
    await adds('安卓', android)
    const chat = { person: 'han', account: 'acme' }
    expect(await world.call('phone.chat', chat)).toMatchObject({ menu: [{ name: '所有人' }] })
  })

  it('answer trymatch at both places where SDKs look', async () => {
    const { post, li, acme } = await start()
    const answer = await post(match, { user_id: li.openidAt(acme) })
    expect(answer).toEqual({ button: answer['button'], menu: { button: answer['button'] } })
  })

  it.each([
    { when: 'no rule', body: {}, errcode: 65304 },
    { when: 'an empty rule', body: { matchrule: { tag_id: '' } }, errcode: 65304 },
    { when: 'a rule that is none', body: { matchrule: 'x' }, errcode: 65304 },
    { when: 'a sex', body: { matchrule: { ...ios, sex: '1' } }, errcode: 65320 },
    { when: 'a language', body: { matchrule: { language: 'zh_CN' } }, errcode: 65320 },
    {
      when: 'another platform',
      body: { matchrule: { client_platform_type: '4' } },
      errcode: 40035,
    },
    { when: 'no buttons', body: { button: [], matchrule: ios }, errcode: 40016 },
    {
      when: 'a mini program that is not linked',
      body: {
        button: [
          {
            type: 'miniprogram',
            name: '小程序',
            url: 'https://hr.example.com',
            appid: 'wx0123456789abcdef',
            pagepath: 'pages/x',
          },
        ],
        matchrule: ios,
      },
      errcode: 45064,
    },
  ])('are refused with $errcode for $when', async ({ body, errcode }) => {
    const { client, world } = await start()
    const before = await tablesOf(world)
    const answer = await client.post(add, { button: button('一'), ...body })
    expect(refusalOf(answer)).toMatchObject({ errcode })
    expect(await tablesOf(world)).toEqual(before)
  })

  it('want a menu for all first, and are a hundred at most', async () => {
    const { client, adds } = await start()
    for (let n = 0; n < 100; n++) await adds('一', ios)
    const body = { button: button('一'), matchrule: ios }
    expect(refusalOf(await client.post(add, body))).toMatchObject({ errcode: 65305 })
    await client.get('/cgi-bin/menu/delete')
    expect(refusalOf(await client.post(add, body))).toMatchObject({ errcode: 65303 })
  })

  it('are unknown by any other number', async () => {
    const { client, adds } = await start()
    const menuid = await adds('一', ios)
    for (const other of [undefined, '', 'x', '208379533', `${menuid}0`])
      expect(refusalOf(await client.post(remove, { menuid: other }))).toMatchObject({
        errcode: 65301,
      })
    // A number as menu/get shows it.
    const { json } = await client.post(remove, { menuid: Number(menuid) })
    expect(json).toMatchObject({ errcode: 0 })
  })

  it('match nobody who is unknown or does not follow, and nothing where there is no menu', async () => {
    const { client, world, acme, han, li } = await start()
    const asks = async (user_id: unknown) => refusalOf(await client.post(match, { user_id }))
    for (const user_id of ['oAbCdEfGhIjKlMnOpQrStUvWxYz0', '', 7, undefined, '\0'])
      expect(await asks(user_id)).toMatchObject({ errcode: 65302 })
    await world.call('phone.follow', { person: 'han', account: 'acme' })
    await world.call('phone.unfollow', { person: 'han', account: 'acme' })
    expect(await asks(await openidOf(han.key))).toMatchObject({ errcode: 65315 })
    await client.get('/cgi-bin/menu/delete')
    expect(await asks(li.openidAt(acme))).toMatchObject({ errcode: 46003 })

    async function openidOf(person: string) {
      const chat = await world.call('phone.chat', { person, account: 'acme' })
      return (chat as { openid: string }).openid
    }
  })
})

describe('a menu that was made in WeChat’s console', () => {
  const text = { type: 'text', name: '营业时间', value: '周一至周五 9:00–18:00' }
  const view = { type: 'view', name: '登记', url: 'https://hr.example.com/' }
  const article = { title: '新人指南', author: '', digest: '', show_cover: 0 }
  const urls = { cover_url: '', content_url: 'https://mp.weixin.qq.com/s/x', source_url: '' }
  const news = {
    type: 'news',
    name: '指南',
    value: 'M'.repeat(64),
    news_info: { list: [{ ...article, ...urls }] },
  }
  const made = [text, { name: '入职', sub_button: { list: [view, news] } }]

  async function startMade() {
    const at = await start()
    const { appid } = at.acme
    const publishes = (buttons: unknown) =>
      at.world.call('official_account.publish_menu', { appid, button: buttons })
    expect(await publishes(made)).toEqual({ appid, button: made })
    return { ...at, publishes }
  }

  it('is answered by get_current_selfmenu_info as it is, and by menu/get not at all', async () => {
    const { client } = await startMade()
    expect((await client.get('/cgi-bin/get_current_selfmenu_info')).json).toEqual({
      is_menu_open: 1,
      selfmenu_info: { button: made },
    })
    expect(refusalOf(await client.get(get))).toMatchObject({ errcode: 46003 })
  })

  it('answers a tap with its text, and is gone once a call has made another', async () => {
    const { li, acme, post, client } = await startMade()
    const tapped = await li.taps(acme, '营业时间')
    expect(tapped).toMatchObject({ type: 'text', pushed: null, needs: null, reply: text.value })
    expect(await li.taps(acme, '指南')).toMatchObject({
      needs: null,
      reply: null,
      messages: [{ from: 'account', content: { type: 'news' } }],
    })
    expect(await li.taps(acme, '登记')).toMatchObject({ url: view.url })
    await post('/cgi-bin/menu/create', { button: button('所有人') })
    expect((await client.get(get)).json).toMatchObject({ menu: { button: [{ name: '所有人' }] } })
  })

  it.each([
    { buttons: [], field: 'button' },
    { buttons: [text, text, text, text], field: 'button' },
    { buttons: [{ ...view, url: 'javascript:alert(1)' }] },
    { buttons: [{ type: 'click', name: '一', key: 'k' }] },
    { buttons: [{ name: '一二三四五ab', sub_button: { list: [view] } }] },
    {
      buttons: [{ ...view, type: 'miniprogram', appid: 'wx0123456789abcdef', pagepath: 'pages/x' }],
    },
  ])('is refused with the field: $buttons', async ({ buttons }) => {
    const { publishes, client } = await startMade()
    await expect(publishes(buttons)).rejects.toThrow(/button/)
    expect((await client.get('/cgi-bin/get_current_selfmenu_info')).json).toMatchObject({
      selfmenu_info: { button: made },
    })
  })
})
