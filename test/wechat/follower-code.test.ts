import { describe, expect, it } from 'vitest'
import { type DatabaseName, onEither } from '../database.ts'
import { startSim } from '../sim.ts'
import { acmesClient, bodyOf, initechsClient } from './client.ts'

const create = '/cgi-bin/qrcode/create'

async function start(database?: DatabaseName) {
  const sim = await startSim(database ? { database } : {})
  const client = await acmesClient(sim)
  const codeOf = async (action_name: string, scene: unknown, by = client) => {
    return bodyOf(await by.post(create, { action_name, action_info: { scene } }))
  }
  const scans = async (person: string, content: unknown) => {
    return (await sim.world.call('phone.scan', { person, content })) as Scanned
  }
  const profile = async (openid: string) =>
    bodyOf(await client.get('/cgi-bin/user/info', { openid }))
  const openids = async () => {
    const { people } = (await sim.world.call('world.get')) as { people: Known[] }
    return new Map(people.map(({ key, openids: at }) => [key, at['acme'] ?? '']))
  }
  return { ...sim, client, codeOf, scans, profile, openids }
}

interface Scanned {
  readonly appid: string
  readonly state: string
}
interface Known {
  readonly key: string
  readonly openids: Record<string, string>
}

onEither('whoever follows by a QR code', (database) => {
  it.each([
    { action: 'QR_SCENE', scene: { scene_id: 4294967295 }, qr_scene: 4294967295, qr_scene_str: '' },
    { action: 'QR_STR_SCENE', scene: { scene_str: '7' }, qr_scene: 0, qr_scene_str: '7' },
    { action: 'QR_LIMIT_SCENE', scene: { scene_id: 7 }, qr_scene: 7, qr_scene_str: '' },
    { action: 'QR_LIMIT_STR_SCENE', scene: { scene_str: '"' }, qr_scene: 0, qr_scene_str: '"' },
  ])('has the scene of $action in user/info', async ({ action, scene, ...told }) => {
    const { codeOf, scans, profile, openids } = await start(database)
    const { url, ticket } = await codeOf(action, scene)
    expect(await scans('han', url)).toMatchObject({ state: 'following' })
    await scans('wang', ticket)
    const at = await openids()
    const subscribe_scene = 'ADD_SCENE_QR_CODE'
    expect(await profile(at.get('han') ?? '')).toMatchObject({ subscribe_scene, ...told })
    // Wang followed before, by search: a scan changes nothing of that.
    expect(await profile(at.get('wang') ?? '')).toMatchObject({
      subscribe_scene: 'ADD_SCENE_SEARCH',
      qr_scene: 0,
      qr_scene_str: '',
    })
  })
})

describe('a scan', () => {
  it('of an account’s own code follows it without a scene', async () => {
    const { acme, scans, profile, openids, world } = await start()
    const { original_id } = (await world.call('official_account.update', {
      appid: acme.appid,
    })) as { original_id: string }
    const scanned = await scans('han', `http://weixin.qq.com/r/${original_id}`)
    expect(scanned).toMatchObject({ appid: acme.appid, state: 'following' })
    expect(await profile((await openids()).get('han') ?? '')).toMatchObject({
      subscribe_scene: 'ADD_SCENE_QR_CODE',
      qr_scene: 0,
      qr_scene_str: '',
    })
  })

  it('leaves whoever mutes or blocks the account as they are', async () => {
    const { codeOf, scans, li, wang, acme } = await start()
    const { url } = await codeOf('QR_SCENE', { scene_id: 7 })
    await li.mutes(acme)
    await wang.blocks(acme)
    expect(await scans('li', url)).toMatchObject({ state: 'muted' })
    expect(await scans('wang', url)).toMatchObject({ state: 'blocking' })
  })

  it('brings back whoever had left, under the same openid, with the new scene and time', async () => {
    const { codeOf, scans, li, acme, profile, world, client } = await start()
    const openid = li.openidAt(acme)
    await li.unfollows(acme)
    await world.advance('PT1H')
    await scans('li', (await codeOf('QR_SCENE', { scene_id: 7 }))['url'])
    const first = await profile(openid)
    expect(first).toMatchObject({ subscribe: 1, openid, qr_scene: 7 })
    await li.unfollows(acme)
    await li.follows(acme)
    expect(await profile(openid)).toMatchObject({
      subscribe_time: first['subscribe_time'],
      subscribe_scene: 'ADD_SCENE_SEARCH',
      qr_scene: 0,
    })
    expect(bodyOf(await client.get('/cgi-bin/user/get'))).toMatchObject({ total: 3 })
  })

  it('follows the account that made the code, and no other', async () => {
    const { codeOf, scans, acme, openids, ...sim } = await start()
    const theirs = (await initechsClient(sim)).client
    const { url } = await codeOf('QR_LIMIT_SCENE', { scene_id: 7 }, theirs)
    const { appid } = await scans('han', url)
    expect(appid).toBe(theirs.account.appid)
    expect(appid).not.toBe(acme.appid)
    expect((await openids()).get('han')).toBe('')
  })

  it('finds no code that has expired, or of another world', async () => {
    const { codeOf, scans, world, sim } = await start()
    const { url } = await codeOf('QR_SCENE', { scene_id: 7 })
    const other = await sim.world({ name: 'other' })
    const theirs = other.call('phone.scan', { person: 'han', content: String(url) })
    await expect(theirs).rejects.toThrow('no official account of this world has such a code')
    await world.advance('PT60S')
    await expect(scans('han', url)).rejects.toThrow('or it has expired')
  })
})
