import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../db/open.ts'
import { deleteEpoch, endEpoch, insertEpoch } from '../../db/world.ts'
import { freshDatabase, onBoth, onEither } from '../database.ts'
import { startSim } from '../sim.ts'

onEither('a reset', (database) => {
  it('kills tokens, and keeps ids and secrets', async () => {
    const { http, acme, world, platform, wang } = await startSim({ database })
    const { appid, app_secret: secret } = acme.info
    const fetchToken = async () =>
      (
        await http(
          'GET',
          `/cgi-bin/token?grant_type=client_credential&appid=${appid}&secret=${secret}`,
        )
      ).json['access_token']
    const users = async (token: unknown) =>
      (await http('GET', `/cgi-bin/user/get?access_token=${token}`)).json
    const token = await fetchToken()
    expect(await users(token)).toMatchObject({ total: 3 })
    const { status, json } = await http('POST', '/_sim/v1/worlds/test/reset')
    expect({ status, json }).toMatchObject({
      status: 200,
      json: { resets: 1, accounts: world.accounts, people: world.people },
    })
    expect(await users(token)).toMatchObject({ errcode: 40001 })
    const fresh = await fetchToken()
    expect(fresh).not.toBe(token)
    expect(await users(fresh)).toMatchObject({ total: 3 })
    expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 0 })
  })

  it('takes messages, associations, accounts and settings back to the beginning', async () => {
    const { acme, wang, platform, world } = await startSim({ database })
    const before = await world.call('world.export')
    await world.register('13800138000')
    await world.call('account.create', { key: 'more' })
    await world.call('official_account.update', {
      appid: acme.appid,
      delivery: 'manual',
      rules: '2023',
    })
    await wang.blocks(acme)
    await platform.sends(acme, { mobile: wang.mobile })
    await world.advance('P14D')
    await world.reset()
    expect(await world.messages()).toEqual([])
    expect(await world.call('exchange.list')).toMatchObject({
      items: [{ endpoint: 'world.reset' }],
    })
    const after = JSON.stringify(await world.call('world.export'))
    expect(after).toBe(JSON.stringify(before).replace('"resets":0', '"resets":1'))
  })

  it('leaves claims: another world cannot take an id that was made later', async () => {
    const { world, http } = await startSim({ database })
    await world.call('account.create', {
      key: 'late',
      eid: 'eid-of-late',
      appid: 'wx00000000000000ff',
    })
    await world.reset()
    const take = (account: object) =>
      http('POST', '/_sim/v1/worlds', { name: 'thief', accounts: [{ key: 'a', ...account }] })
    const taken = { type: 'id_taken', reason: expect.stringContaining('the world test has') }
    expect(await take({ eid: 'eid-of-late' })).toMatchObject({
      status: 409,
      json: { ...taken, field: 'accounts.0.eid' },
    })
    expect(await take({ appid: 'wx00000000000000ff' })).toMatchObject({
      status: 409,
      json: { ...taken, field: 'accounts.0.appid' },
    })
    expect(await take({ eid: world.accounts[0]?.eid })).toMatchObject({ status: 409, json: taken })
    await world.close()
    expect(await take({ eid: 'eid-of-late', appid: 'wx00000000000000ff' })).toMatchObject({
      status: 201,
    })
  })
})

onBoth('an epoch', (database) => {
  it('never gets the number of one that has ended, also when that one was swept', async () => {
    const store = await openStore(await freshDatabase(database))
    onTestFinished(() => store.close())
    const first = await store.unit('test', ({ db }) => {
      const epoch = insertEpoch(db, 'a')
      endEpoch(db, epoch, 1)
      deleteEpoch(db, epoch)
      return epoch
    })
    const second = await store.unit('test', ({ db }) => insertEpoch(db, 'a'))
    expect(second).toBeGreaterThan(first)
  })
})
