import { describe, expect, it } from 'vitest'
import { startReplicas } from './replicas.ts'

describe('two simulators on one database', () => {
  it('know the same worlds, accounts and people', async () => {
    const { one, two } = await startReplicas()
    expect(two.world.accounts).toEqual(one.world.accounts)
    expect(two.world.people).toEqual(one.world.people)
    await one.li.registers(one.acme)
    const { errcode } = await two.platform.sends(one.acme, { mobile: one.li.mobile })
    expect(errcode).toBe(0)
    expect(await one.li.inbox()).toMatchObject([{ line: '欢迎加入' }])
    expect(await two.world.messages()).toEqual(await one.world.messages())
  })

  it('see a change made at the other with the next call', async () => {
    const { one, two } = await startReplicas()
    const { acme, wang } = one
    const send = () => two.platform.sends(acme, { mobile: wang.mobile })
    await send()
    await one.world.call('account.update', { eid: acme.eid, company: '新公司' })
    await send()
    await one.world.call('official_account.update', { appid: acme.appid, delivery: 'manual' })
    await send()
    await wang.mutes(acme)
    expect(await send()).toMatchObject({ errcode: 43101 })
    await one.world.call('account.update', { eid: acme.eid, partner_secret: 'generated' })
    expect(await send()).toMatchObject({ errcode: 100003 })
    const messages = await two.world.messages({ mobile: wang.mobile })
    expect(messages.map(({ state, keywords }) => [state, keywords['keyword2']])).toEqual([
      ['delivered', '晨光科技'],
      ['delivered', '新公司'],
      ['accepted', '新公司'],
      ['refused', undefined],
      ['refused', undefined],
    ])
  })

  it('take a token that the other gave, until the other replaces it', async () => {
    const { one, two } = await startReplicas()
    const { appid, app_secret } = one.acme.info
    const body = { grant_type: 'client_credential', appid, secret: app_secret }
    const fetched = await one.http('POST', '/w/test/cgi-bin/stable_token', body)
    const { access_token } = JSON.parse(fetched.text) as { access_token: string }
    const ask = async () => {
      const { text } = await two.http('GET', `/cgi-bin/user/get?access_token=${access_token}`)
      return JSON.parse(text) as object
    }
    expect(await ask()).toMatchObject({ total: 3 })
    await one.http('POST', '/w/test/cgi-bin/stable_token', { ...body, force_refresh: true })
    expect(await ask()).toMatchObject({ errcode: 40001 })
  })

  it('forget a world with the one that ends it, and have it anew with the one that resets it', async () => {
    const { one, two } = await startReplicas()
    const { acme, wang } = one
    const send = () => two.platform.sends(acme, { mobile: wang.mobile })
    expect(await send()).toMatchObject({ errcode: 0 })
    await one.world.reset()
    expect(await two.world.messages()).toEqual([])
    expect(await send()).toMatchObject({ errcode: 0 })
    await one.world.close()
    expect(await send()).toMatchObject({ errcode: 100001 })
    expect((await two.http('GET', '/_sim/v1/worlds/test')).status).toBe(404)
  })

  it('wake who waits at the one for what is sent at the other', async () => {
    const { one, two } = await startReplicas()
    let isWaiting = true
    const waited = two.world.message({ mobile: one.wang.mobile, wait: 'PT15S' }).finally(() => {
      isWaiting = false
    })
    for (let calls = 0; calls < 5; calls++) await two.world.call('clock.get')
    expect(isWaiting).toBe(true)
    await one.platform.sends(one.acme, { mobile: one.wang.mobile, message: 'at last' })
    expect(await waited).toMatchObject({ line: 'at last', state: 'delivered' })
  })

  it('do by themselves what is due, wherever it was made, also when the one that did so is gone', async () => {
    const { one, two } = await startReplicas()
    const { acme, wang } = one
    await one.world.call('clock.set', { mode: 'running' })
    await one.world.call('official_account.update', { appid: acme.appid, delivery: 'PT0.1S' })
    const delivered = async () => (await two.world.messages({ state: 'delivered' })).length
    await two.platform.sends(acme, { mobile: wang.mobile })
    await expect.poll(delivered, { timeout: 10_000 }).toBe(1)
    await one.sim.close()
    await two.platform.sends(acme, { mobile: wang.mobile })
    await expect.poll(delivered, { timeout: 10_000 }).toBe(2)
  })

  it('bring receipts that fall due while the clock is moved at either, each once', async () => {
    const { one, two } = await startReplicas()
    const { acme, wang } = one
    await one.world.call('official_account.update', { appid: acme.appid, delivery: 'PT5S' })
    for (const platform of [one.platform, two.platform, one.platform]) {
      await platform.sends(acme, { mobile: wang.mobile })
    }
    const early = await two.world.advance('PT2S')
    expect(early.ran).toEqual([])
    const late = await one.world.advance('PT1H')
    expect(late.ran.map(({ kind, outcome }) => [kind, outcome])).toEqual(
      Array.from({ length: 3 }, () => ['receipt', 'success']),
    )
    expect((await two.world.advance('PT1H')).ran).toEqual([])
    const states = (await two.world.messages()).map(({ state }) => state)
    expect(states).toEqual(['delivered', 'delivered', 'delivered'])
  })
})
