import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { beside, emptyPlace } from '../db/place.ts'
import { startReplicas } from '../db/replicas.ts'
import { type Sim, startSim } from '../sim.ts'
import { tablesOf } from '../wechat/client.ts'

const limited = { errcode: 100018, errmsg: 'too many requests' }

async function limitTo({ world }: Pick<Sim, 'world'>, minute_limit: number | null) {
  return (await world.call('account.update', { eid: 'acme', minute_limit })) as {
    minute_limit: unknown
  }
}

onEither('an account with a minute_limit', (database) => {
  it('has so many calls a minute, of whatever kind; the next gets 100018 and when to try again', async () => {
    const sim = await startSim({ database })
    const { platform, acme, wang, world } = sim
    expect(await limitTo(sim, 4)).toMatchObject({ minute_limit: 4 })
    const query = { eid: acme.eid, mobile: wang.mobile }
    expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 0 })
    expect((await platform.post('/registrations/query', query)).json).toMatchObject({ errcode: 0 })
    expect((await platform.get(`/accounts/${acme.eid}`)).json).toMatchObject({ errcode: 0 })
    expect(await platform.sends(acme, { mobile: '139' })).toMatchObject({ errcode: 100010 })
    const before = await tablesOf(world)
    const answer = await platform.post('/registrations/query', query)
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({ ...limited, retry_after_s: expect.any(Number) })
    const { retry_after_s } = answer.json as Record<string, number>
    expect(retry_after_s).toBeGreaterThan(0)
    expect(retry_after_s).toBeLessThanOrEqual(60)
    expect(await tablesOf(world)).toEqual(before)
  })

  it('has them again when the world’s clock is sixty seconds after the first', async () => {
    const sim = await startSim({ database })
    await limitTo(sim, 1)
    const { acme, wang, platform, world } = sim
    const body = { mobile: wang.mobile }
    expect(await platform.sends(acme, body)).toMatchObject({ errcode: 0 })
    await world.advance('PT59S')
    expect(await platform.sends(acme, body)).toEqual({ ...limited, retry_after_s: 1 })
    await world.advance('PT1S')
    expect(await platform.sends(acme, body)).toMatchObject({ errcode: 0 })
    expect(await platform.sends(acme, body)).toEqual({ ...limited, retry_after_s: 60 })
  })

  it('leaves of a send that is one too many the record of it, and a repeat is no exception', async () => {
    const sim = await startSim({ database })
    const { platform, acme, wang, world } = sim
    await limitTo(sim, 1)
    const body = { mobile: wang.mobile, client_msg_id: 'order-17' }
    expect(await platform.sends(acme, body)).toMatchObject({ errcode: 0 })
    expect(await platform.sends(acme, body)).toMatchObject(limited)
    expect((await world.messages()).map(({ state, answer }) => [state, answer.errcode])).toEqual([
      ['delivered', 0],
      ['refused', 100018],
    ])
    await limitTo(sim, null)
    expect(await platform.sends(acme, body)).toMatchObject({ errcode: 0 })
    expect(await world.messages()).toHaveLength(2)
  })

  it('keeps no count without a limit, and none in an export', async () => {
    const data = await emptyPlace(database)
    const sim = await startSim({ data })
    const { platform, acme, wang, world } = sim
    const counts = async () => (await beside(data)).rows('select eid, used from call_count')
    expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 0 })
    expect(await counts()).toEqual([])
    await limitTo(sim, 2)
    for (const _ of [1, 2, 3]) await platform.sends(acme, { mobile: wang.mobile })
    expect(await counts()).toMatchObject([{ eid: acme.eid }])
    expect(await tablesOf(world)).not.toHaveProperty('call_count')
  })
})

describe('a minute_limit', () => {
  it('is one for two simulators on one database, both asked at once', async () => {
    const { one, two } = await startReplicas()
    await limitTo(one, 7)
    const { acme, wang } = one
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        (i % 2 === 0 ? one : two).platform.sends(acme, { mobile: wang.mobile }),
      ),
    )
    const codes = answers.map(({ errcode }) => errcode)
    expect(codes.filter((code) => code === 0)).toHaveLength(7)
    expect(codes.filter((code) => code === 100018)).toHaveLength(13)
  })

  it('is an account’s own, and may be wanted from its making on', async () => {
    const { platform, world, wang } = await startSim({
      world: {
        accounts: [{ key: 'acme', minute_limit: 1 }, { key: 'initech' }],
        people: [{ key: 'wang', mobile: '13800138002', registered_with: ['acme', 'initech'] }],
      },
    })
    const [acme, initech] = world.accounts
    expect([acme?.minute_limit, initech?.minute_limit]).toEqual([1, null])
    const sends = async (eid = '') =>
      (await platform.post('/messages', { eid, mobile: wang.mobile, message: 'hi' })).json
    expect(await sends(acme?.eid)).toMatchObject({ errcode: 0 })
    expect(await sends(acme?.eid)).toMatchObject(limited)
    expect(await sends(initech?.eid)).toMatchObject({ errcode: 0 })
  })

  it('is not used up by calls that do not prove whose they are', async () => {
    const sim = await startSim()
    const { platform, acme, wang, world } = sim
    await world.call('account.update', {
      eid: 'acme',
      minute_limit: 1,
      partner_secret: 'generated',
    })
    for (const _ of [1, 2]) {
      expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 100003 })
    }
    await world.call('account.update', { eid: 'acme', partner_secret: null })
    expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 0 })
  })

  it.each([0, -1, 1.5, '5', 1_000_001])('is no %s', async (minute_limit) => {
    const { http, world, acme } = await startSim()
    const path = `/_sim/v1/worlds/${world.name}/accounts/${acme.eid}`
    const answer = await http('PATCH', path, { minute_limit })
    expect(answer).toMatchObject({ status: 422, json: { field: 'minute_limit' } })
  })
})
