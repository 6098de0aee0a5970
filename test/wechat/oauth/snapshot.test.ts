import { describe, expect, it } from 'vitest'
import { onEither } from '../../database.ts'
import { startSim } from '../../sim.ts'
import { tablesOf } from '../client.ts'
import { authorizePath, exchange, type Link, toldBy, Visitor, webTokenOf } from './visitor.ts'

const scope = 'snsapi_userinfo'
const forced: Link = { scope, forceSnapShot: 'true' }

onEither('a page in snapshot mode', (database) => {
  it('learns a virtual user, the same one each time, who is nobody’s follower', async () => {
    const { http, acme, li, world } = await startSim({ database })
    const { follower } = await tablesOf(world)
    const first = await webTokenOf(http, acme, forced)
    expect(Object.keys(first)).toEqual([
      'access_token',
      'expires_in',
      'refresh_token',
      'openid',
      'scope',
      'is_snapshotuser',
      'unionid',
    ])
    expect(first).toMatchObject({ is_snapshotuser: 1, scope })
    const real = await webTokenOf(http, acme, { scope })
    expect(real).not.toHaveProperty('is_snapshotuser')
    expect(real.openid).toBe(li.openidAt(acme))
    expect(first.openid).not.toBe(real.openid)
    expect(first.openid.slice(0, 6)).toBe(real.openid.slice(0, 6))
    expect(first.openid).toMatch(/^o[\w-]{27}$/)
    expect(first['unionid']).not.toBe(real['unionid'])
    expect((await webTokenOf(http, acme, forced)).openid).toBe(first.openid)
    expect((await webTokenOf(http, acme, { ...forced, person: 'wang' })).openid).not.toBe(
      first.openid,
    )
    expect((await tablesOf(world))['follower']).toEqual(follower)
  })

  it('gets WeChat’s grey user by /sns/userinfo', async () => {
    const { http, acme } = await startSim({ database })
    const { access_token, openid } = await webTokenOf(http, acme, forced)
    const { json } = await http(
      'GET',
      `/sns/userinfo?${new URLSearchParams({ access_token, openid })}`,
    )
    expect(json).toMatchObject({
      openid,
      nickname: '微信用户',
      headimgurl: expect.stringMatching(/^https:\/\/thirdwx\.qlogo\.cn\/mmopen\/vi_32\/POgEwh/),
    })
  })
})

describe('a person whose WeChat shows snapshots', () => {
  async function start() {
    const sim = await startSim()
    await sim.world.call('phone.snapshot', { person: 'li', on: true })
    const visitor = new Visitor(sim.http)
    const opens = (link: Link = {}) =>
      visitor.opens(`/as/li${authorizePath(sim.acme, { scope, ...link })}`)
    const told = async (link: Link = {}) => {
      const { code } = toldBy(await opens(link))
      return (await exchange(sim.http, sim.acme, code)).json
    }
    return { ...sim, visitor, opens, told }
  }

  it('is a virtual user until the full page was asked for and allowed', async () => {
    const { visitor, opens, told, li, acme, world } = await start()
    expect(await told()).toMatchObject({ is_snapshotuser: 1 })
    const sheet = await opens({ forcePopup: 'true' })
    expect(sheet.status).toBe(200)
    await visitor.decides(sheet, 'allow')
    expect((await told()).openid).toBe(li.openidAt(acme))
    await world.advance('P30D')
    expect(await told()).toMatchObject({ is_snapshotuser: 1 })
  })

  it('is nobody else for snsapi_base', async () => {
    const { told, li, acme } = await start()
    expect((await told({ scope: 'snsapi_base' })).openid).toBe(li.openidAt(acme))
    const base = await told({ scope: 'snsapi_base', forceSnapShot: 'true' })
    expect(base.openid).toBe(li.openidAt(acme))
    expect(base).not.toHaveProperty('is_snapshotuser')
  })
})

it('forceSnapShot does nothing to who allowed it lately', async () => {
  const { http, acme, li } = await startSim()
  const visitor = new Visitor(http)
  const path = `/as/li${authorizePath(acme, { scope, forcePopup: 'true', sim_entry: 'link' })}`
  await visitor.decides(await visitor.opens(path), 'allow')
  expect((await webTokenOf(http, acme, forced)).openid).toBe(li.openidAt(acme))
})
