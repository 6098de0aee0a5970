import { describe, expect, it } from 'vitest'
import { type DatabaseName, onEither } from '../database.ts'
import { type Answer, startSim } from '../sim.ts'
import { acmesClient, errcodeOf, refusalOf, tablesOf, WechatClient } from './client.ts'
import { PushServer, token } from './push/server.ts'
import { type Counted, startCounted } from './quota-counts.ts'

const daily = { errcode: 45009, errmsg: 'reach max api daily quota limit' }
const minutely = {
  errcode: 45011,
  errmsg: 'api minute-quota reach limit, must slower, retry next minute',
}

interface Row {
  readonly path: string
  readonly day: number
  readonly call: (scene: Counted) => Promise<Answer>
}

const menu = { button: [{ type: 'click', name: '联系我们', key: 'contact' }] }
const scene_code = { action_name: 'QR_SCENE', action_info: { scene: { scene_id: 7 } } }
const sends = ({ client, li, acme }: Counted) =>
  client.sends({ touser: li.openidAt(acme), template_id: acme.info.template_id, data: good_data })
const send_path = '/cgi-bin/message/template/send'
const good_data = { first: { value: '欢迎加入' } }

/** The conditional menu that each has made, so that there is one to be deleted. */
const madeMenus = new WeakMap<WechatClient, Promise<Answer>>()

const withServer = new WeakSet<Counted>()

/** Acme's server, which a look at the network needs. */
async function giveServer(scene: Counted): Promise<void> {
  const { world, acme } = scene
  const { url } = await new PushServer(token).start()
  await world.call('official_account.update', { appid: acme.appid, server: { url, token } })
  withServer.add(scene)
}

const rows: readonly Row[] = [
  { path: '/cgi-bin/token', day: 2000, call: ({ client }) => client.asksToken() },
  { path: '/cgi-bin/stable_token', day: 500_000, call: ({ client }) => client.asksStableToken() },
  { path: send_path, day: 100_000, call: sends },
  {
    path: '/cgi-bin/menu/create',
    day: 1000,
    call: ({ client }) => client.post('/cgi-bin/menu/create', menu),
  },
  { path: '/cgi-bin/menu/get', day: 10_000, call: ({ client }) => client.get('/cgi-bin/menu/get') },
  {
    path: '/cgi-bin/menu/delete',
    day: 1000,
    call: ({ client }) => client.get('/cgi-bin/menu/delete'),
  },
  {
    path: '/cgi-bin/qrcode/create',
    day: 100_000,
    call: ({ client }) => client.post('/cgi-bin/qrcode/create', scene_code),
  },
  {
    path: '/cgi-bin/ticket/getticket',
    day: 1_000_000,
    call: ({ client }) => client.get('/cgi-bin/ticket/getticket', { type: 'jsapi' }),
  },
  {
    path: '/cgi-bin/menu/addconditional',
    day: 2000,
    call: ({ client }) =>
      client.post('/cgi-bin/menu/addconditional', { ...menu, matchrule: { tag_id: '1' } }),
  },
  {
    path: '/cgi-bin/menu/trymatch',
    day: 20_000,
    call: ({ client, li, acme }) =>
      client.post('/cgi-bin/menu/trymatch', { user_id: li.openidAt(acme) }),
  },
  {
    path: '/cgi-bin/menu/delconditional',
    day: 2000,
    call: async ({ client }) => {
      const rule = { ...menu, matchrule: { tag_id: '1' } }
      const add = () => client.post('/cgi-bin/menu/addconditional', rule)
      const made = madeMenus.get(client) ?? add()
      madeMenus.set(client, made)
      const { menuid } = (await made).json
      return client.post('/cgi-bin/menu/delconditional', { menuid })
    },
  },
  ...(
    [
      ['/cgi-bin/get_api_domain_ip', 5000],
      ['/cgi-bin/getcallbackip', 5000],
      ['/cgi-bin/material/get_materialcount', 1000],
      ['/cgi-bin/material/batchget_material', 1000],
    ] as const
  ).map(([path, day]) => ({
    path,
    day,
    call: ({ client }: Counted) => client.post(path, { type: 'image', offset: 0, count: 1 }),
  })),
  {
    path: '/cgi-bin/callback/check',
    day: 1440,
    call: async (scene) => {
      if (!withServer.has(scene)) await giveServer(scene)
      return scene.client.post('/cgi-bin/callback/check', {
        action: 'all',
        check_operator: 'DEFAULT',
      })
    },
  },
  { path: '/cgi-bin/user/get', day: 500, call: ({ client }) => client.get('/cgi-bin/user/get') },
  {
    path: '/cgi-bin/user/info',
    day: 5_000_000,
    call: ({ client, li, acme }) => client.get('/cgi-bin/user/info', { openid: li.openidAt(acme) }),
  },
  {
    path: '/cgi-bin/tags/members/batchtagging',
    day: 10_000,
    call: ({ client, li, acme }) =>
      client.post('/cgi-bin/tags/members/batchtagging', {
        openid_list: [li.openidAt(acme)],
        tagid: 2,
      }),
  },
  {
    path: '/cgi-bin/user/info/updateremark',
    day: 10_000,
    call: ({ client, li, acme }) =>
      client.post('/cgi-bin/user/info/updateremark', {
        openid: li.openidAt(acme),
        remark: '李雷',
      }),
  },
]

describe('with documented quotas', () => {
  it.each(rows)(
    '$path is answered $day times a day, then with 45009, and nothing else happens',
    (row) => reachesItsDay('sqlite', row),
  )
})

async function reachesItsDay(database: DatabaseName, { path, day, call }: Row): Promise<void> {
  const scene = await startCounted(database, { used: [{ path, used: day - 1 }] })
  expect(errcodeOf(await call(scene))).toBe(0)
  const before = await tablesOf(scene.world)
  for (const _ of [1, 2]) expect(refusalOf(await call(scene))).toEqual(daily)
  expect(await tablesOf(scene.world)).toEqual(before)
  expect(await scene.count(path)).toBe(day)
}

onEither('with documented quotas', (database) => {
  it('a hundred thousand template messages are sent in a day', () => {
    return reachesItsDay(database, { path: send_path, day: 100_000, call: sends })
  })

  it('a new day begins at midnight in Beijing', async () => {
    const used = [{ path: '/cgi-bin/user/get', used: 500 }]
    const scene = await startCounted(database, { used })
    const { client, world } = scene
    await world.advance('PT14H59M59.999S')
    await client.signsIn()
    expect(await client.worth(client.token)).toBe(45009)
    await world.advance('PT0.001S')
    expect(await client.worth(client.token)).toBe(0)
    expect(await scene.count('/cgi-bin/user/get')).toBe(1)
  })

  it('the stable token is answered 10,000 times a minute, then with 45011', async () => {
    const used = [{ path: '/cgi-bin/stable_token', used: 9999, per: 'minute' as const }]
    const scene = await startCounted(database, { used })
    const { client, world } = scene
    expect(errcodeOf(await client.asksStableToken())).toBe(0)
    const before = await tablesOf(world)
    expect(refusalOf(await client.asksStableToken())).toEqual(minutely)
    // What the day had counted before the minute refused is taken back.
    expect(await tablesOf(world)).toEqual(before)
    await world.advance('PT1M')
    expect(errcodeOf(await client.asksStableToken())).toBe(0)
    expect(await scene.count('/cgi-bin/stable_token')).toBe(2)
  })

  it('a call counts that is refused for what it says, one that is refused for who calls does not', async () => {
    const scene = await startCounted(database)
    const { client, acme, http, li } = scene
    const path = send_path
    await li.unfollows(acme)
    const body = { touser: li.openidAt(acme), template_id: acme.info.template_id, data: good_data }
    expect(errcodeOf(await client.sends(body))).toBe(43004)
    expect(errcodeOf(await client.sends({}))).toBe(40003)
    expect(errcodeOf(await client.sends('{'))).toBe(47001)
    expect(await scene.count(path)).toBe(3)
    expect(errcodeOf(await client.get(path))).toBe(43002)
    expect(errcodeOf(await http('POST', path, body))).toBe(41001)
    expect(errcodeOf(await http('POST', `${path}?access_token=x`, body))).toBe(40001)
    const wrong = { ...client.credentials, secret: 'wrong' }
    expect(errcodeOf(await client.asksToken(wrong))).toBe(40125)
    expect(await scene.count(path)).toBe(3)
    expect(await scene.count('/cgi-bin/token')).toBe(0)
  })

  it('a used up quota comes before the body, and behind token and permission', async () => {
    const used = [{ path: send_path, used: 100_000 }]
    const scene = await startCounted(database, { used })
    const { client, world, acme } = scene
    expect(errcodeOf(await client.sends('{'))).toBe(45009)
    expect(errcodeOf(await client.sends(''))).toBe(45009)
    const wrong = new WechatClient(scene.http, acme)
    wrong.token = 'x'
    expect(errcodeOf(await wrong.sends({}))).toBe(40001)
    await world.call('official_account.update', { appid: acme.appid, verified: false })
    expect(errcodeOf(await client.sends({}))).toBe(48001)
  })

  it('twenty stable tokens a day are made by force', async () => {
    const scene = await startCounted(database)
    const { client, world } = scene
    for (let n = 0; n < 20; n++) {
      expect(errcodeOf(await client.asksStableToken({ force_refresh: true }))).toBe(0)
      // Within half a minute force does nothing, and counts nothing.
      expect(errcodeOf(await client.asksStableToken({ force_refresh: true }))).toBe(0)
      await world.advance('PT30S')
    }
    expect(refusalOf(await client.asksStableToken({ force_refresh: true }))).toEqual(daily)
    expect(errcodeOf(await client.asksStableToken())).toBe(0)
  })
})

describe('a test account', () => {
  it.each([
    { path: '/cgi-bin/token', day: 200 },
    { path: '/cgi-bin/user/get', day: 100 },
  ])('may call $path $day times a day', async ({ path, day }) => {
    const scene = await startCounted('sqlite', { change: { kind: 'sandbox' } })
    const { client } = scene
    const call = () => (path === '/cgi-bin/token' ? client.asksToken() : client.get(path))
    for (let n = 0; n < day; n++) expect(errcodeOf(await call())).toBe(0)
    expect(errcodeOf(await call())).toBe(45009)
  })
})

describe('without quotas', () => {
  it('nothing is counted', async () => {
    const sim = await startSim()
    const client = await acmesClient(sim)
    for (let n = 0; n < 501; n++) await client.get('/cgi-bin/user/get')
    expect(errcodeOf(await client.get('/cgi-bin/user/get'))).toBe(0)
    expect((await tablesOf(sim.world))['quota_count']).toEqual([])
  })

  it('an account has them from its making on when that is wanted', async () => {
    const { http, world } = await startSim({
      world: { accounts: [{ key: 'acme', quotas: 'documented' }], people: [] },
    })
    const { appid, app_secret } = world.accounts[0] ?? {}
    const grant_type = 'client_credential'
    await http('GET', `/cgi-bin/token?grant_type=${grant_type}&appid=${appid}&secret=${app_secret}`)
    expect((await tablesOf(world))['quota_count']).toMatchObject([{ used: 1 }])
  })
})
