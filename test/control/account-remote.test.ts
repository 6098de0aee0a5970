import { describe, expect, it } from 'vitest'
import { createSimulator } from '../../src/simulator.ts'
import { startSim } from '../sim.ts'
import { exchanges } from '../tupu/journal.ts'

const accounts = '/_sim/v1/worlds/test/accounts'

describe('an account behind a remote gateway', () => {
  /** Another simulator plays the WeChat of a real test account. */
  async function withRemote() {
    const far = await startSim({ listen: true, world: { name: 'far', seed: 'far' } })
    const near = await startSim()
    const { WECHAT_APPID: appid, WECHAT_SECRET: app_secret, WECHAT_API_BASE } = far.world.env
    const base_url = WECHAT_API_BASE?.replace('http://sim.localhost', String(far.sim.url))
    const gateway = { kind: 'remote', base_url, appid, app_secret }
    const change = (body: object) => near.http('PATCH', `${accounts}/acme`, body)
    const known = await change({ gateway })
    return { far, near, change, known, appid }
  }

  it('is known by what that WeChat says of it, and asking is journalled', async () => {
    const { far, near, known, appid } = await withRemote()
    expect(known).toMatchObject({
      status: 200,
      json: { appid, app_secret: null, token: null, template_id: far.acme.info.template_id },
    })
    const { json } = await near.http('GET', '/_sim/v1/worlds/test/exchanges?surface=gateway')
    const asked = json['items'] as unknown as { direction: string; trace: string; url: string }[]
    expect(asked.length).toBeGreaterThanOrEqual(3)
    for (const { direction, trace } of asked)
      expect({ direction, trace }).toEqual({
        direction: 'out',
        trace: known.headers.get('x-sim-trace'),
      })
    expect(JSON.stringify(asked)).not.toContain(far.acme.info.app_secret)
  })

  it('registers mobiles by the openids that are told, each of one person', async () => {
    const { far, near } = await withRemote()
    const path = '/_sim/v1/worlds/test/associations'
    const openid = far.wang.openidAt(far.acme)
    const register = (body: object) => near.http('POST', path, { mobile: '13800138000', ...body })
    expect((await register({})).json).toMatchObject({ status: 422, field: 'openid' })
    const made = await register({ openid })
    expect(made).toMatchObject({ status: 201, json: { openid, state: 'following' } })
    expect(await register({ openid, name: '王' })).toMatchObject({ status: 200, json: { openid } })
    expect((await register({ openid: 'oAnother' })).json).toMatchObject({
      status: 409,
      field: 'openid',
    })
    expect((await register({ mobile: '13800138009', openid })).json).toMatchObject({
      status: 409,
      field: 'openid',
      reason: expect.stringContaining('somebody else'),
    })
    const sent = await near.platform.sends(near.acme, { mobile: '13800138000', message: '远方' })
    expect(sent).toMatchObject({ errcode: 0 })
    expect(await near.world.messages()).toMatchObject([{ state: 'accepted', on_phone: false }])
  })

  it('may be made so at once, and has its own official account behind it', async () => {
    const { near, far, appid } = await withRemote()
    const { WECHAT_SECRET: app_secret } = far.world.env
    const base_url = `${far.sim.url}/w/far`
    const made = await near.http('POST', accounts, {
      key: 'initech',
      gateway: { kind: 'remote', base_url, appid, app_secret },
    })
    expect(made).toMatchObject({ status: 201, json: { appid, app_secret: null } })
    const back = await near.http('PATCH', `${accounts}/initech`, { gateway: { kind: 'local' } })
    expect(back.json).toMatchObject({ appid: expect.not.stringContaining(String(appid)) })
    expect(back.json['template_id']).toEqual(expect.any(String))
  })

  it('has its own official account, template and associations again when it comes back', async () => {
    const { near, change } = await withRemote()
    const { acme, wang, platform } = near
    expect(
      await change({
        gateway: { kind: 'remote', base_url: 'http://127.0.0.1:1', appid: 'wxb', app_secret: 's' },
      }),
    ).toMatchObject({ status: 200, json: { appid: 'wxb', template_id: null } })
    expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 100011 })
    // No call of ours can make an openid there, and nobody knows what is missing there.
    const [sent] = await exchanges(near.world, { surface: 'tupu' })
    expect(sent?.decision.at(-1)).not.toHaveProperty('fix')
    expect(await near.world.call('account.get', { eid: acme.eid })).toMatchObject({
      sendable: { ok: false, errcode: 100031 },
    })
    expect(await change({ gateway: { kind: 'local' } })).toMatchObject({
      status: 200,
      json: acme.info,
    })
    expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 0 })
    expect(await wang.inbox()).toHaveLength(1)
  })

  it('may be one in its first hour, which has nothing to come back to', async () => {
    const { near, far } = await withRemote()
    const globex = (gateway: object) => near.http('PATCH', `${accounts}/globex`, { gateway })
    const { WECHAT_APPID: appid, WECHAT_SECRET: app_secret } = far.world.env
    const base_url = `${far.sim.url}/w/far`
    expect(await globex({ kind: 'remote', base_url, appid, app_secret })).toMatchObject({
      json: { appid },
    })
    expect(await globex({ kind: 'local' })).toMatchObject({ json: near.globex.info })
  })

  it('is changed also when that WeChat does not answer, and the journal says why', async () => {
    const { near, change } = await withRemote()
    const closed = await createSimulator()
    const { url } = await closed.listen()
    await closed.close()
    const gateway = { kind: 'remote', base_url: url, appid: 'wxc', app_secret: 's' }
    expect(await change({ gateway })).toMatchObject({ status: 200, json: { appid: 'wxc' } })
    const { json } = await near.http('GET', '/_sim/v1/worlds/test/exchanges?surface=gateway')
    expect(json['items']?.[0]).toMatchObject({
      status: 0,
      decision: [{ rule: 'gateway.answered', actual: { failure: 'connect' } }],
    })
  })
})
