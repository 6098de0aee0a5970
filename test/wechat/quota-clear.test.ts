import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { startSim } from '../sim.ts'
import {
  acmesClient,
  bodyOf,
  errcodeOf,
  initechsClient,
  refusalOf,
  tablesOf,
  type WechatClient,
} from './client.ts'
import { type Counted, startCounted } from './quota-counts.ts'

const path = '/cgi-bin/clear_quota'
const by_secret = `${path}/v2`
const forbidden = {
  errcode: 48006,
  errmsg: 'forbid to clear quota because of reaching the limit',
}

function clears(client: WechatClient) {
  return client.post(path, { appid: client.account.appid })
}

/** By appid and secret, where this SDK and that one put them. */
function clearsBySecret({ http, client }: Pick<Counted, 'http' | 'client'>, place = 'json') {
  const { appid, secret: appsecret } = client.credentials
  if (place === 'json') return http('POST', by_secret, { appid, appsecret })
  return http('POST', `${by_secret}?${new URLSearchParams({ appid, appsecret })}`)
}

onEither('clearing the quotas', (database) => {
  const used = [
    { path: '/cgi-bin/token', used: 2000 },
    { path: '/cgi-bin/user/get', used: 500 },
  ]

  it('gives the account all calls of the day back, and leaves others theirs', async () => {
    const scene = await startCounted(database, { used })
    const { client } = scene
    const other = await initechsClient(scene)
    const { appid } = other.client.account
    await scene.world.call('official_account.update', { appid, quotas: 'documented' })
    expect(await other.client.worth(other.client.token)).toBe(0)
    expect(errcodeOf(await client.asksToken())).toBe(45009)
    expect(await client.worth(client.token)).toBe(45009)
    expect(bodyOf(await clears(client))).toEqual({ errcode: 0, errmsg: 'ok' })
    expect(await client.worth(client.token)).toBe(0)
    expect(errcodeOf(await client.asksToken())).toBe(0)
    expect(await scene.count('/cgi-bin/token')).toBe(1)
    const { quota_count = [] } = await tablesOf(scene.world)
    expect(quota_count.filter((row) => row['appid'] === appid)).toMatchObject([{ used: 1 }])
  })

  it.each(['json', 'query'])('needs no token by appid and secret (%s)', async (place) => {
    const scene = await startCounted(database, { used })
    expect(errcodeOf(await scene.client.asksToken())).toBe(45009)
    expect(bodyOf(await clearsBySecret(scene, place))).toEqual({ errcode: 0, errmsg: 'ok' })
    expect(errcodeOf(await scene.client.asksToken())).toBe(0)
  })

  it('is done ten times in a Beijing month, by whichever call, and only what takes effect counts', async () => {
    const scene = await startCounted(database, { used })
    const { client, world } = scene
    for (let n = 0; n < 5; n++) {
      expect(errcodeOf(await clears(client))).toBe(0)
      expect(errcodeOf(await client.post(path, { appid: 'wx0000000000000000' }))).toBe(40013)
      expect(errcodeOf(await clearsBySecret(scene))).toBe(0)
    }
    await client.worth(client.token)
    const before = await tablesOf(world)
    expect(refusalOf(await clearsBySecret(scene))).toEqual(forbidden)
    expect(await tablesOf(world)).toEqual(before)
    expect(refusalOf(await clears(client))).toEqual(forbidden)
    // One millisecond before, and at, midnight in Beijing between January and February.
    await world.advance('P26DT14H59M59.999S')
    expect(refusalOf(await clearsBySecret(scene))).toEqual(forbidden)
    await world.advance('PT0.001S')
    expect(errcodeOf(await clearsBySecret(scene))).toBe(0)
    expect(await scene.count(path, 'month')).toBe(1)
  })
})

describe('a call to clear the quotas', () => {
  it.each([
    { body: {}, errcode: 41002 },
    { body: { appid: 7 }, errcode: 40013 },
    { body: { appid: 'wx0000000000000000' }, errcode: 40013 },
    { body: '', errcode: 44002 },
    { body: '{', errcode: 47001 },
  ])('with $body gets $errcode, and clears nothing', async ({ body, errcode }) => {
    const { client, world, count } = await startCounted('sqlite')
    await client.worth(client.token)
    const before = await tablesOf(world)
    expect(errcodeOf(await client.post(path, body))).toBe(errcode)
    expect(await count('/cgi-bin/user/get')).toBe(1)
    expect(await count(path, 'month')).toBe(0)
    // The call itself counts, as any other.
    expect(await count(path)).toBe(1)
    const others = (table: { path?: unknown }[] = []) => table.filter((row) => row.path !== path)
    const after = await tablesOf(world)
    expect({ ...after, quota_count: others(after['quota_count']) }).toEqual(before)
  })

  it.each([
    { body: {}, errcode: 41002 },
    { body: { appid: '<appid>' }, errcode: 41004 },
    { body: { appid: '<appid>', secret: '<secret>' }, errcode: 41004 },
    { body: { appid: '<appid>', appsecret: 'wrong' }, errcode: 40125 },
    { body: { appid: 'wx0000000000000000', appsecret: '<secret>' }, errcode: 40013 },
  ])('by $body gets $errcode, and clears nothing', async ({ body, errcode }) => {
    const { client, world, http } = await startCounted('sqlite')
    await client.worth(client.token)
    const { appid, secret } = client.credentials
    const text = JSON.stringify(body).replace('<appid>', appid).replace('<secret>', secret)
    const before = await tablesOf(world)
    expect(errcodeOf(await http('POST', by_secret, text))).toBe(errcode)
    expect(await tablesOf(world)).toEqual(before)
  })

  it('by secret comes from a listed address', async () => {
    const change = { ip_whitelist: ['203.0.113.7'] }
    const scene = await startCounted('sqlite', { change })
    expect(errcodeOf(await clearsBySecret(scene))).toBe(40164)
    expect(errcodeOf(await clears(scene.client))).toBe(0)
  })

  it.each([
    { change: { verified: false }, errcode: 48001 },
    { change: { kind: 'subscription' }, errcode: 0 },
    { change: { kind: 'sandbox', verified: false }, errcode: 0 },
  ])('of an account with $change gets $errcode', async ({ change, errcode }) => {
    const scene = await startCounted('sqlite', { change })
    expect(errcodeOf(await clears(scene.client))).toBe(errcode)
    expect(errcodeOf(await clearsBySecret(scene))).toBe(errcode)
  })

  it('of a test account is answered three times a month', async () => {
    const { client } = await startCounted('sqlite', { change: { kind: 'sandbox' } })
    for (let n = 0; n < 3; n++) expect(errcodeOf(await clears(client))).toBe(0)
    expect(refusalOf(await clears(client))).toEqual(forbidden)
  })

  it('is answered as often as one likes where nothing is counted', async () => {
    const sim = await startSim()
    const client = await acmesClient(sim)
    for (let n = 0; n < 11; n++) expect(errcodeOf(await clears(client))).toBe(0)
    expect((await tablesOf(sim.world))['quota_count']).toEqual([])
  })
})
