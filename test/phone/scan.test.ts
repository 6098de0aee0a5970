import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { type Sim, startSim } from '../sim.ts'
import { acmesClient } from '../wechat/client.ts'

const people = '/_sim/v1/worlds/test/people'

interface Code {
  readonly ticket: string
  readonly url: string
}

async function makeCode(sim: Sim, scene_str: string, expire_seconds?: number): Promise<Code> {
  const client = await acmesClient(sim)
  const { json } = await client.post('/cgi-bin/qrcode/create', {
    action_name: expire_seconds === undefined ? 'QR_LIMIT_STR_SCENE' : 'QR_STR_SCENE',
    action_info: { scene: { scene_str } },
    ...(expire_seconds === undefined ? {} : { expire_seconds }),
  })
  return json as unknown as Code
}

async function userInfo(sim: Sim, openid: string): Promise<unknown> {
  return (await (await acmesClient(sim)).get('/cgi-bin/user/info', { openid })).json
}

onEither('phone.scan', (database) => {
  it('follows by a code with a scene, which the account is told', async () => {
    const sim = await startSim({ database })
    const { han, acme } = sim
    const { ticket, url } = await makeCode(sim, 'campus-2026')
    expect(await han.scans(url)).toEqual({
      person: han.id,
      did: 'followed',
      url: null,
      account: 'acme',
      appid: acme.appid,
      state: 'following',
      pushed: { event: 'subscribe', event_key: 'qrscene_campus-2026', ticket },
    })
    const { openid } = await han.chat(acme)
    expect(await userInfo(sim, openid ?? '')).toMatchObject({
      subscribe_scene: 'ADD_SCENE_QR_CODE',
      qr_scene_str: 'campus-2026',
    })
  })

  it('leaves whoever follows already as before, and tells of the scan', async () => {
    const sim = await startSim({ database })
    const { li, acme } = sim
    const { ticket, url } = await makeCode(sim, 'desk', 60)
    await li.mutes(acme)
    const scanned = { did: 'scanned', state: 'muted' }
    const pushed = { event: 'SCAN', event_key: 'desk', ticket }
    expect(await li.scans(url)).toMatchObject({ ...scanned, pushed })
    expect(await li.scans(ticket)).toMatchObject({ ...scanned, pushed })
    expect(await userInfo(sim, li.openidAt(acme))).toMatchObject({
      subscribe_scene: 'ADD_SCENE_SEARCH',
    })
  })

  it('knows no code that has expired', async () => {
    const sim = await startSim({ database })
    const { url } = await makeCode(sim, 'desk', 60)
    await sim.world.advance('PT60S')
    const { json } = await sim.http('POST', `${people}/han/scan`, { content: url })
    expect(json).toMatchObject({ status: 422, field: 'content' })
    expect(await sim.han.chat(sim.acme)).toMatchObject({ state: 'never' })
  })
})

describe('phone.scan', () => {
  it('follows by the account’s own code', async () => {
    const { han, li, acme, world } = await startSim()
    const { tables } = (await world.call('world.export')) as {
      tables: { official_account: { appid: string; original_id: string }[] }
    }
    const own = tables.official_account.find(({ appid }) => appid === acme.appid)
    const content = `http://weixin.qq.com/r/${own?.original_id}`
    expect(await han.scans(content)).toMatchObject({
      did: 'followed',
      pushed: { event: 'subscribe', event_key: '', ticket: null },
    })
    expect(await li.scans(` ${content.replace('http:', 'https:')}\n`)).toMatchObject({
      did: 'scanned',
      state: 'following',
      pushed: null,
    })
  })

  it('opens a registration page, for the person', async () => {
    const { han, acme, world } = await startSim()
    const url = `${world.baseUrl}/as/${han.id}/register/${acme.eid}`
    const answer = await han.scans(acme.info.register_url ?? '')
    expect(answer).toMatchObject({ did: 'opened', url, account: null, appid: null, pushed: null })
  })

  it('opens any link, and follows by the picture’s address', async () => {
    const sim = await startSim()
    const opened = await sim.han.scans('https://hr.example.com/')
    expect(opened).toMatchObject({ did: 'opened', url: 'https://hr.example.com/' })
    const { ticket } = await makeCode(sim, 'desk')
    const picture = `https://mp.weixin.qq.com/cgi-bin/showqrcode?${new URLSearchParams({ ticket })}`
    expect(await sim.han.scans(picture)).toMatchObject({ did: 'followed' })
  })

  it.each([
    { content: 'hello', status: 422 },
    { content: '', status: 422 },
    { content: 'weixin.qq.com/r/gh_000000000000', status: 422 },
    { content: 'http://weixin.qq.com/r/gh_000000000000', status: 422 },
    { content: 'http://weixin.qq.com/r/', status: 422 },
    { content: 'http://weixin.qq.com/q/nothing', status: 422 },
    { content: `gQ${'x'.repeat(94)}`, status: 422 },
  ])('refuses $content with $status', async ({ content, status }) => {
    const { http } = await startSim()
    const { json } = await http('POST', `${people}/han/scan`, { content })
    expect(json).toMatchObject({ status, field: 'content' })
  })

  it('is for people of the world', async () => {
    const { http } = await startSim()
    const { json } = await http('POST', `${people}/nobody/scan`, { content: 'https://x.example' })
    expect(json).toMatchObject({ status: 404, field: 'person' })
  })
})
