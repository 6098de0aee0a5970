import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { first_instant, type Sim, startSim } from '../sim.ts'
import { exchanges, tables } from './journal.ts'

const two_accounts = {
  accounts: [
    { key: 'acme', company: '晨光科技', retention_days: 30 },
    { key: 'initech', company: '首创软件', retention_days: 7 },
    { key: 'hooli', company: '虎力' },
  ],
  people: [
    {
      key: 'wang',
      name: '王小雨',
      mobile: '13800138002',
      registered_with: ['acme', 'initech', 'hooli'],
    },
  ],
}

/** Where Wang can be reached: how each account answers a send. */
async function reached({ world, platform, wang }: Sim): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const { key, eid } of world.accounts) {
    const body = { eid, mobile: wang.mobile, message: '欢迎加入' }
    found[key] = Number((await platform.post('/messages', body)).json['errcode'])
  }
  return found
}

onEither('retention', (database) => {
  it('erases each account’s associations when it says, and nobody else’s', async () => {
    const sim = await startSim({ database, world: two_accounts })
    const { world } = sim
    expect(await reached(sim)).toEqual({ acme: 0, initech: 0, hooli: 0 })
    await world.advance('P6D')
    expect(await reached(sim)).toEqual({ acme: 0, initech: 0, hooli: 0 })
    const week = await world.advance('P1D')
    expect(week.ran).toEqual([
      {
        kind: 'retention',
        subject: sim.wang.openidAt({ key: 'initech' } as never),
        due_at: '2026-01-12T01:00:00.000Z',
        outcome: 'erased',
      },
    ])
    expect(week.due_next).toBe('2026-02-04T01:00:00.000Z')
    expect(await reached(sim)).toEqual({ acme: 0, initech: 100011, hooli: 0 })
    await world.advance('P23D')
    expect(await reached(sim)).toEqual({ acme: 100011, initech: 100011, hooli: 0 })
    expect((await world.advance('P2920D')).ran).toEqual([])
    expect(await reached(sim)).toMatchObject({ hooli: 0 })
  })

  it('takes the personal data out of messages and journal by the time that the clock stands', async () => {
    const one = { accounts: two_accounts.accounts.slice(1, 2) }
    const sim = await startSim({ database, world: { ...one, people: [] } })
    const { world, platform } = sim
    const eid = world.accounts[0]?.eid ?? ''
    await world.register('13800138555', { name: '令狐冲', email: 'linghu@example.com' })
    await platform.post('/messages', { eid, mobile: '13800138555', message: '欢迎' })
    const kept = async () => {
      // Who the person is in the simulated world is no data of TUPU's.
      const { person: _, ...rest } = await tables(world)
      return JSON.stringify([rest, await exchanges(world, {})])
    }
    expect(await kept()).toMatch(/13800138555.*令狐冲|令狐冲.*13800138555/s)
    await world.advance('P7D')
    const { association, association_change, message } = await tables(world)
    expect(association).toEqual([])
    expect(message).toMatchObject([{ mobile: '', body: '', openid: null }])
    expect(association_change).toMatchObject([
      { verb: 'registered', openid: null },
      { verb: 'withdrawn', openid: null, who: 'retention', via: 'job', at: 1768179600000 },
    ])
    expect(await kept()).not.toMatch(/13800138555|linghu@/)
  })
})

describe('the days of a retention', () => {
  const one = { accounts: two_accounts.accounts.slice(1, 2) }

  it('begin anew with every change of an association', async () => {
    const sim = await startSim({ world: { ...one, people: two_accounts.people.map(atInitech) } })
    const { world, wang } = sim
    await world.advance('P6D')
    await world.register(wang.mobile, { email: 'wang@example.com' })
    // The same again is no change.
    await world.advance('P1D')
    await world.register(wang.mobile, { email: 'wang@example.com' })
    expect((await world.advance('P5D')).ran).toEqual([])
    expect((await world.advance('P1D')).ran).toMatchObject([
      { due_at: '2026-01-18T01:00:00.000Z', outcome: 'erased' },
    ])
  })

  it('are told in the timeline, whose next thing the clock can go to', async () => {
    const { world, wang } = await startSim({
      world: { ...one, people: two_accounts.people.map(atInitech) },
    })
    const { items } = (await world.call('clock.timeline')) as { items: object[] }
    expect(items).toContainEqual({
      at: '2026-01-12T01:00:00.000Z',
      what: 'due',
      kind: 'retention',
      subject: wang.openidAt({ key: 'initech' } as never),
    })
    expect(await world.call('clock.advance', { next: true })).toMatchObject({
      now: '2026-01-12T01:00:00.000Z',
      ran: [{ kind: 'retention' }],
      due_next: null,
    })
  })

  it('said later count from the last change, and what is older goes with the next move of the clock', async () => {
    const sim = await startSim()
    const { world, acme, wang } = sim
    await world.advance('P100D')
    await world.register('13800138009')
    const set = (retention_days: number | null) =>
      world.call('account.update', { eid: 'acme', retention_days })
    expect(await set(30)).toMatchObject({ retention_days: 30 })
    const { ran } = await world.advance('P1D')
    expect(ran.map(({ subject, due_at }) => ({ subject, due_at }))).toEqual(
      [wang, sim.fang]
        .map((person) => person.openidAt(acme))
        .sort()
        .map((subject) => ({ subject, due_at: '2026-04-15T01:00:00.000Z' })),
    )
    expect((await tables(world))['association']).toMatchObject([{ mobile: '+8613800138009' }])
    expect(await set(null)).toMatchObject({ retention_days: null })
    expect((await world.advance('P100D')).ran).toEqual([])
    await set(365)
    expect((await world.advance('P265D')).ran).toMatchObject([
      { kind: 'retention', due_at: '2027-04-15T01:00:00.000Z' },
    ])
  })

  it('are shown with the account, and a reset begins with them', async () => {
    const { world } = await startSim({ world: two_accounts })
    const shown = async () => {
      const { accounts } = (await world.call('world.get')) as { accounts: object[] }
      return accounts
    }
    const wanted = [{ retention_days: 30 }, { retention_days: 7 }, { retention_days: null }]
    expect(await shown()).toMatchObject(wanted)
    await world.call('account.update', { eid: 'acme', retention_days: 1 })
    await world.reset()
    expect(await shown()).toMatchObject(wanted)
  })
})

describe('whoever was erased', () => {
  it('may register again, and is kept for as long once more', async () => {
    const sim = await startSim({ world: two_accounts })
    const { world, wang } = sim
    await world.advance('P7D')
    await world.register(wang.mobile, { account: 'initech', name: '王小雨' })
    expect(await reached(sim)).toMatchObject({ initech: 0 })
    expect((await world.advance('P7D')).ran).toMatchObject([
      { kind: 'retention', due_at: '2026-01-19T01:00:00.000Z' },
    ])
    expect(await reached(sim)).toMatchObject({ initech: 100011 })
  })

  it('still counts as the account’s first registration', async () => {
    const { world, http } = await startSim({ world: two_accounts })
    await world.advance('P7D')
    const eid = world.accounts[1]?.eid
    const { json } = await http('GET', `/tupu/v1/accounts/${eid}`)
    expect(json['checklist']?.[9]).toEqual({
      step: 'first_registration',
      done: true,
      at: first_instant,
    })
  })
})

/** The same person, at one account only. */
function atInitech<P extends object>(person: P): P & { registered_with: string[] } {
  return { ...person, registered_with: ['initech'] }
}
