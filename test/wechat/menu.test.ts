import { describe, expect, it } from 'vitest'
import { type DatabaseName, onEither } from '../database.ts'
import { startSim } from '../sim.ts'
import { startChanged } from './at-rest.ts'
import {
  acmesClient,
  bodyOf,
  errcodeOf,
  initechsClient,
  type Json,
  linksMiniprogram,
  refusalOf,
} from './client.ts'

const create = '/cgi-bin/menu/create'
const get = '/cgi-bin/menu/get'
const remove = '/cgi-bin/menu/delete'
const selfmenu = '/cgi-bin/get_current_selfmenu_info'

const ok = '{"errcode":0,"errmsg":"ok"}'
const hr = { type: 'view', name: '招聘', url: 'https://hr.example.com/jobs?a=1&b=中' }
const contact = { type: 'click', name: '联系我们', key: 'contact' }

async function start(database?: DatabaseName) {
  const sim = await startSim(database ? { database } : {})
  await linksMiniprogram(sim)
  const client = await acmesClient(sim)
  const makes = async (button: unknown) => (await client.post(create, { button })).text
  const menu = async () => (await client.get(get)).text
  return { ...sim, client, makes, menu }
}

onEither('the menu', (database) => {
  it('is answered as it was made, with sub_button on every button', async () => {
    const { makes, menu } = await start(database)
    expect(await makes([contact, { name: '加入我们', sub_button: [hr, contact] }])).toBe(ok)
    expect(await menu()).toBe(
      '{"menu":{"button":[{"type":"click","name":"联系我们","key":"contact","sub_button":[]},{"name":"加入我们","sub_button":[{"type":"view","name":"招聘","url":"https://hr.example.com/jobs?a=1&b=中","sub_button":[]},{"type":"click","name":"联系我们","key":"contact","sub_button":[]}]}]}}',
    )
  })

  it('is replaced as a whole by the next one, and is its own account’s', async () => {
    const { makes, menu, ...sim } = await start(database)
    const theirs = (await initechsClient(sim)).client
    const before = (await theirs.get(get)).text
    await makes([hr])
    await makes([contact])
    expect(bodyOf(await sim.client.get(get))).toMatchObject({
      menu: { button: [{ name: '联系我们' }] },
    })
    expect(await menu()).not.toContain('招聘')
    expect((await theirs.get(get)).text).toBe(before)
  })

  it('is gone once it was deleted, by GET or POST, and a second time too', async () => {
    const { client, makes } = await start(database)
    for (const take of [() => client.get(remove), () => client.post(remove, '')]) {
      expect(await makes([hr])).toBe(ok)
      expect((await take()).text).toBe(ok)
      expect(refusalOf(await client.get(get))).toEqual({ errcode: 46003, errmsg: 'menu no exist' })
      expect((await client.get(selfmenu)).text).toBe('{"is_menu_open":0}')
      expect((await take()).text).toBe(ok)
    }
  })

  it('stands in get_current_selfmenu_info with its sub-buttons in a list', async () => {
    const { client, makes } = await start(database)
    await makes([contact, { name: '加入我们', sub_button: [hr] }])
    expect((await client.get(selfmenu)).text).toBe(
      '{"is_menu_open":1,"selfmenu_info":{"button":[{"type":"click","name":"联系我们","key":"contact"},{"name":"加入我们","sub_button":{"list":[{"type":"view","name":"招聘","url":"https://hr.example.com/jobs?a=1&b=中"}]}}]}}',
    )
  })
})

describe('what is sent as a menu', () => {
  const miniprogram = {
    type: 'miniprogram',
    name: '小程序',
    url: 'http://mp.example.com',
    appid: 'wx0123456789abcdef',
    pagepath: 'pages/tasks/list',
  }
  const byKey = [
    'click',
    'scancode_push',
    'scancode_waitmsg',
    'pic_sysphoto',
    'pic_photo_or_album',
    'pic_weixin',
    'location_select',
  ].map((type) => ({ type, name: '按钮', key: 'k' }))
  const byMedia = ['media_id', 'view_limited'].map((type) => ({ type, name: '图', media_id: 'M' }))
  const byArticle = ['article_id', 'article_view_limited'].map((type) => {
    return { type, name: '文', article_id: 'A' }
  })

  it.each([hr, miniprogram, ...byKey, ...byMedia, ...byArticle])(
    'may have a button of type $type, at the top and below',
    async (button) => {
      const { client, makes } = await start()
      expect(await makes([button, { name: '更多', sub_button: [button] }])).toBe(ok)
      const leaf = { ...button, sub_button: [] }
      expect(bodyOf(await client.get(get))).toEqual({
        menu: { button: [leaf, { name: '更多', sub_button: [leaf] }] },
      })
    },
  )

  it.each([
    {
      what: 'names of 16 and 60 bytes',
      top: { name: '一二三四五a' },
      sub: { name: '字'.repeat(20) },
    },
    { what: 'a key of 128 bytes', top: { ...contact, key: 'k'.repeat(128) } },
    { what: 'an address of 1024 bytes', top: { ...hr, url: `https://${'u'.repeat(1016)}` } },
    { what: 'an address in capitals', top: { ...hr, url: 'HTTP://HR.EXAMPLE.COM' } },
    { what: 'an emoji', top: { name: '😀 登记' } },
  ])('may have $what', async ({ top, sub }) => {
    const { makes, menu } = await start()
    expect(await makes([{ ...contact, ...top, sub_button: [{ ...contact, ...sub }] }])).toBe(ok)
    expect(await makes([{ ...contact, ...top }])).toBe(ok)
    const [, text = ''] = Object.entries(top).at(-1) ?? []
    expect(await menu()).toContain(JSON.stringify(text))
  })

  it('may have five sub-buttons under each of three buttons', async () => {
    const { client, makes } = await start()
    const parent = { name: '更多', sub_button: Array(5).fill(contact) }
    expect(await makes([parent, parent, parent])).toBe(ok)
    const { menu } = bodyOf(await client.get(get)) as { menu: { button: Json[] } }
    expect(menu.button.map((button) => (button['sub_button'] as Json[]).length)).toEqual([5, 5, 5])
  })

  it('loses what is no button’s own: the type of a parent, fields of other types, null lists', async () => {
    const { client, makes } = await start()
    const button = [
      { ...contact, url: 'no address', sub_button: null, id: 7 },
      { ...contact, sub_button: [{ ...hr, key: 5, sub_button: [] }] },
    ]
    expect(await makes(button)).toBe(ok)
    expect(bodyOf(await client.get(get))).toEqual({
      menu: {
        button: [
          { ...contact, sub_button: [] },
          { name: '联系我们', sub_button: [{ ...hr, sub_button: [] }] },
        ],
      },
    })
  })

  it('may be what menu/get has answered', async () => {
    const { client, makes, menu } = await start()
    const before = await menu()
    const { button } = JSON.parse(before).menu
    await client.get(remove)
    expect(await makes(button)).toBe(ok)
    expect(await menu()).toBe(before)
  })
})

describe('a link of our own in a menu', () => {
  it('is answered on the origin that the call came to, also when the menu was sent by another', async () => {
    const { client, acme, world, makes, http } = await start()
    const path = `/w/test/register/${acme.eid}`
    const link = async (origin: string) => {
      const query = `access_token=${client.token}`
      const { text } = await http('GET', `${origin}${get}?${query}`)
      return JSON.parse(text).menu.button[0].url
    }
    expect(await link('http://localhost:1234')).toBe(`http://localhost:1234${path}`)
    expect(await link('http://sim:8878')).toBe(`http://sim:8878${path}`)
    const own = new URL(world.baseUrl)
    expect(await makes([{ ...hr, url: `${own.origin}${path}` }])).toBe(ok)
    expect(await link('http://sim:8878')).toBe(`http://sim:8878${path}`)
    expect(await makes([{ ...hr, url: `http://else.example.com${path}` }])).toBe(ok)
    expect(await link('http://sim:8878')).toBe(`http://else.example.com${path}`)
  })
})

it('the menu outlives a restart', async () => {
  const sim = await startChanged(() => 'select 1')
  const { text } = await (await acmesClient(sim)).get(get)
  expect(text).toContain('入职登记')
})

describe('a menu may be had', () => {
  it.each([
    { kind: 'service', verified: true, errcode: 0 },
    { kind: 'service', verified: false, errcode: 0 },
    { kind: 'subscription', verified: true, errcode: 0 },
    { kind: 'subscription', verified: false, errcode: 48001 },
    { kind: 'sandbox', verified: true, errcode: 0 },
    { kind: 'sandbox', verified: false, errcode: 0 },
  ])('as $kind, verified: $verified ($errcode)', async ({ errcode, ...change }) => {
    const { client, world, acme } = await start()
    await world.call('official_account.update', { appid: acme.appid, ...change })
    expect(errcodeOf(await client.get(get))).toBe(errcode)
    expect(errcodeOf(await client.get(selfmenu))).toBe(errcode)
    expect(errcodeOf(await client.post(create, { button: [hr] }))).toBe(errcode)
    expect(errcodeOf(await client.get(remove))).toBe(errcode)
  })
})
