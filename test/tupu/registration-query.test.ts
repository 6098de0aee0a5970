import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { type Sim, startSim } from '../sim.ts'
import { exchanges } from './journal.ts'

const unreachable = (reason: string) => ({ errcode: 0, errmsg: 'ok', reachable: false, reason })
const reachable = { errcode: 0, errmsg: 'ok', reachable: true, reason: null }

onEither('POST /tupu/v1/registrations/query', (database) => {
  it('says whether a send would reach somebody', async () => {
    const sim = await startSim({ database })
    const { acme, globex, wang, fang } = sim
    expect(await query(sim, acme.eid, '138 0013 8002')).toEqual(reachable)
    expect(await query(sim, acme.eid, fang.mobile)).toEqual(reachable)
    expect(await query(sim, acme.eid, '13900139000')).toEqual(unreachable('unknown_mobile'))
    expect(await query(sim, globex.eid, wang.mobile)).toEqual(unreachable('account_not_live'))
    await wang.unfollows(acme)
    expect(await query(sim, acme.eid, wang.mobile)).toEqual(unreachable('not_following'))
  })
})

describe('POST /tupu/v1/registrations/query', () => {
  it.each([
    { state: 'following', answer: reachable },
    { state: 'blocking', answer: reachable },
    { state: 'muted', answer: reachable },
    { state: 'unfollowed', answer: unreachable('not_following') },
    { state: 'never', answer: unreachable('not_following') },
  ] as const)('goes by what WeChat says of a person who is $state', async ({ state, answer }) => {
    const sim = await startSim()
    await sim.world.register('13800138009', { state })
    expect(await query(sim, sim.acme.eid, '13800138009')).toEqual(answer)
  })

  it('says that nobody can be reached once the official account may not see its followers', async () => {
    const sim = await startSim()
    await sim.world.call('official_account.update', { appid: sim.acme.appid, verified: false })
    expect(await query(sim, sim.acme.eid, sim.wang.mobile)).toEqual(unreachable('not_following'))
  })

  it.each([
    { mobile: '19900000000', answer: reachable },
    { mobile: '19900043004', answer: unreachable('not_following') },
    { mobile: '19900100011', answer: unreachable('unknown_mobile') },
  ])(
    'says of the magic mobile $mobile what a send to it would mean',
    async ({ mobile, answer }) => {
      const sim = await startSim()
      expect(await query(sim, sim.acme.eid, mobile)).toEqual(answer)
    },
  )

  it.each([
    { when: 'there is no body', body: undefined, errcode: 47001 },
    { when: 'the body is an array', body: '[]', errcode: 47001 },
    { when: 'the body is empty', body: '{}', errcode: 100001 },
    { when: 'the EID is unknown', body: { eid: 'nobody', mobile: 'x' }, errcode: 100001 },
    { when: 'there is no mobile', body: { eid: 'acme-e1' }, errcode: 100010 },
    {
      when: 'the mobile is a number',
      body: { eid: 'acme-e1', mobile: 13800138002 },
      errcode: 100010,
    },
    { when: 'the mobile is none', body: { eid: 'acme-e1', mobile: '+1 2' }, errcode: 100010 },
    { when: 'the EID stands in the query', body: { mobile: '13800138002' }, errcode: 100001 },
  ])('answers $errcode when $when', async ({ body, errcode }) => {
    const { http } = await startSim({ world: { accounts: [{ key: 'acme', eid: 'acme-e1' }] } })
    const { json } = await http('POST', '/tupu/v1/registrations/query?eid=acme-e1', body)
    expect(json).toMatchObject({ errcode })
  })

  it('leaves no message, and no mobile in an address', async () => {
    const sim = await startSim()
    await query(sim, sim.acme.eid, '13900139000')
    await query(sim, sim.acme.eid, 'nonsense')
    expect(await sim.world.messages()).toEqual([])
    const shown = await exchanges(sim.world)
    expect(shown.map(({ url }) => url)).toEqual(Array(2).fill('/tupu/v1/registrations/query'))
    expect(shown.at(-1)?.request.body).toContain('139****9000')
  })
})

async function query({ http }: Sim, eid: string, mobile: string) {
  return (await http('POST', '/tupu/v1/registrations/query', { eid, mobile })).json
}
