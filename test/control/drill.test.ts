import { describe, expect, it } from 'vitest'
import type { CallError } from '../../src/in-process.ts'
import { breaks, faultsOf } from '../fault/breaks.ts'
import { type Sim, startSim } from '../sim.ts'

const crowd = Array.from({ length: 40 }, (_, i) => ({
  key: `p${i}`,
  name: `候选人${i}`,
  mobile: `139001390${String(i).padStart(2, '0')}`,
  registered_with: ['acme'],
}))

interface Drilled {
  readonly state: string
  readonly account: string | null
  readonly started_at: string | null
  readonly ends_at: string | null
}

const start = ({ world }: Sim, name: string, more: object = {}) =>
  world.call('drill.start', { name, ...more }) as Promise<Drilled>
const stop = ({ world }: Sim, name: string) =>
  world.call('drill.stop', { name }) as Promise<Drilled>

const gone = (sim: Sim) => inState(sim, 'unfollowed')

async function inState({ world }: Sim, wanted: string): Promise<string[]> {
  const { items } = (await world.call('association.list', { account: 'acme' })) as {
    items: { person: string; state: string }[]
  }
  return items.filter(({ state }) => state === wanted).map(({ person }) => person)
}

describe('a drill', () => {
  it('is listed with what it does and what a good platform does, ready until it is started', async () => {
    const { world } = await startSim()
    const { items } = (await world.call('drill.list')) as {
      items: { name: string; state: string; advice: { en: string; zh: string } }[]
    }
    expect(items.map(({ name }) => name)).toEqual([
      'wechat_busy',
      'partner_slow',
      'answers_lost',
      'template_taken',
      'quota_gone',
      'mass_unfollow',
      'callbacks_twice',
      'callbacks_swapped',
      'eid_rotated',
      'gateway_garbage',
    ])
    for (const { state, advice } of items) {
      expect(state).toBe('ready')
      expect(advice.en).toMatch(/\.$/)
      expect(advice.zh).toMatch(/。$/)
    }
  })

  it('takes the template away for its time, and gives it back when that is over', async () => {
    const sim = await startSim()
    const { acme, wang, platform, world } = sim
    const { state, account, started_at, ends_at } = await start(sim, 'template_taken')
    expect({ state, account, started_at, ends_at }).toEqual({
      state: 'running',
      account: 'acme',
      started_at: '2026-01-05T01:00:00.000Z',
      ends_at: '2026-01-05T07:00:00.000Z',
    })
    expect((await platform.sends(acme, { mobile: wang.mobile })).errcode).not.toBe(0)
    const { ran } = await world.advance('PT6H')
    expect(ran).toMatchObject([{ kind: 'drill', subject: 'template_taken', outcome: '1 call' }])
    expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 0 })
  })

  it('gives back what it took as soon as it is stopped, and has nothing due any more', async () => {
    const sim = await startSim()
    const { acme, wang, platform, world } = sim
    await start(sim, 'template_taken')
    expect(await stop(sim, 'template_taken')).toMatchObject({ state: 'over' })
    expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 0 })
    expect((await world.advance('P1D')).ran).toEqual([])
    expect(await stop(sim, 'template_taken')).toMatchObject({ state: 'over' })
    expect(await start(sim, 'template_taken')).toMatchObject({ state: 'running' })
  })

  it('lets candidates unfollow in waves, who follow from the seed, and brings all of them back', async () => {
    const sim = await startSim({ world: { people: crowd } })
    const { world } = sim
    await start(sim, 'mass_unfollow')
    const first = await gone(sim)
    await world.advance('PT1H')
    const second = await gone(sim)
    await world.advance('PT1H')
    const third = await gone(sim)
    expect(first.length).toBeGreaterThan(0)
    expect(second).toEqual(expect.arrayContaining(first))
    expect(second.length).toBeGreaterThan(first.length)
    expect(third).toEqual(expect.arrayContaining(second))
    expect(third.length).toBeGreaterThan(crowd.length / 4)
    expect(third.length).toBeLessThan((crowd.length * 3) / 4)
    const again = await startSim({ world: { people: crowd } })
    await start(again, 'mass_unfollow')
    expect(await gone(again)).toEqual(first)
    await world.advance('PT4H')
    expect(await gone(sim)).toEqual([])
  })

  it('runs once at a time, of accounts that can be drilled, by names that there are', async () => {
    const sim = await startSim()
    await start(sim, 'eid_rotated')
    const problemOf = (calling: Promise<unknown>) =>
      calling.then(
        () => undefined,
        (error: CallError) => error.problem,
      )
    expect(await problemOf(start(sim, 'eid_rotated'))).toMatchObject({
      status: 409,
      field: 'name',
      fix: 'call drill.stop first',
    })
    expect(await problemOf(start(sim, 'template_taken', { account: 'globex' }))).toMatchObject({
      status: 409,
      field: 'account',
      reason: 'globex has no appid yet',
    })
    expect(await problemOf(start(sim, 'wechat_lazy'))).toMatchObject({ status: 404, field: 'name' })
  })

  it('has its faults until it is over or stopped, and leaves those of others alone', async () => {
    const sim = await startSim()
    const { acme, wang, platform, world } = sim
    await breaks(world, { name: 'mine', surface: 'tupu', endpoint: 'message.find', errcode: -1 })
    const faults = async () => (await faultsOf(world)).map((one) => Object(one))
    await start(sim, 'quota_gone')
    expect(await faults()).toMatchObject([
      { name: 'mine' },
      { name: 'drill: quota_gone', errcode: 45009, until: '2026-01-05T16:00:00.000Z' },
    ])
    const sends = () => platform.sends(acme, { mobile: wang.mobile })
    expect(await sends()).toMatchObject({ errcode: 45009 })
    await stop(sim, 'quota_gone')
    expect(await faults()).toMatchObject([{ name: 'mine' }])
    expect(await sends()).toMatchObject({ errcode: 0 })
    await start(sim, 'quota_gone')
    await world.call('clock.set', { now: '2026-01-05T15:59:59.999Z' })
    expect(await sends()).toMatchObject({ errcode: 45009 })
    await world.advance('PT0.001S')
    expect(await sends()).toMatchObject({ errcode: 0 })
    await world.advance('P1D')
    expect(await faults()).toMatchObject([{}, { state: 'over', hits: 1 }])
    await start(sim, 'quota_gone')
    expect(await faults()).toMatchObject([{ name: 'mine' }, { state: 'active' }])
  })

  it('is worse for ten minutes where it says so, and stands in the timeline until it is over', async () => {
    const sim = await startSim()
    const { acme, wang, platform, world } = sim
    await start(sim, 'wechat_busy')
    const due = async () =>
      ((await world.call('clock.timeline')) as { items: { kind: string; at: string }[] }).items
        .filter(({ kind }) => kind === 'drill')
        .map(({ at }) => at)
    const codes = async () => {
      const sends = Array.from({ length: 12 }, () => platform.sends(acme, { mobile: wang.mobile }))
      return new Set((await Promise.all(sends)).map(({ errcode }) => errcode))
    }
    expect(await due()).toEqual(['2026-01-05T01:20:00.000Z'])
    expect(await codes()).toEqual(new Set([0, -1]))
    await world.advance('PT20M')
    expect(await due()).toEqual(['2026-01-05T02:00:00.000Z'])
    expect(await codes()).toEqual(new Set([-1]))
    await world.advance('PT10M')
    expect(await codes()).toEqual(new Set([0, -1]))
    await world.advance('PT30M')
    expect(await due()).toEqual([])
    expect(await codes()).toEqual(new Set([0]))
  })

  it('slows answers down by as much as is wanted, where it slows any', async () => {
    const sim = await startSim()
    await start(sim, 'partner_slow', { delay: 'PT0.2S' })
    expect(await faultsOf(sim.world)).toMatchObject([{ delay: 'PT0.2S' }])
    await stop(sim, 'partner_slow')
    await start(sim, 'partner_slow')
    expect(await faultsOf(sim.world)).toMatchObject([{ delay: 'PT3S' }])
    for (const [name, delay] of [
      ['wechat_busy', 'PT1S'],
      ['partner_slow', 'PT61S'],
    ] as const)
      await expect(start(sim, name, { delay })).rejects.toMatchObject({
        problem: { status: 422, field: 'delay' },
      })
  })

  it('lets some followers block the account while callbacks go wrong, and nobody who has muted it', async () => {
    const sim = await startSim({ world: { people: crowd } })
    const { world } = sim
    for (const { mobile } of crowd.slice(0, 20)) await world.register(mobile, { state: 'muted' })
    await start(sim, 'callbacks_twice')
    const blocking = await inState(sim, 'blocking')
    expect(blocking.length).toBeGreaterThan(2)
    expect(blocking.length).toBeLessThan(15)
    await world.advance('PT1H')
    expect(await inState(sim, 'following')).toHaveLength(20)
    expect(await inState(sim, 'muted')).toHaveLength(20)
  })

  it('stands in an export and in a snapshot, from which it goes on', async () => {
    const sim = await startSim()
    const { world } = sim
    await start(sim, 'template_taken')
    await world.call('snapshot.create', { name: 'bad' })
    await stop(sim, 'template_taken')
    await world.call('snapshot.restore', { name: 'bad' })
    const { tables } = (await world.call('world.export')) as unknown as {
      tables: { drill: unknown[]; fault: unknown[] }
    }
    expect(tables.drill).toMatchObject([{ drill: 'template_taken' }])
    expect((await world.advance('PT6H')).ran).toMatchObject([{ kind: 'drill', outcome: '1 call' }])
  })

  it('ends with the life of its world', async () => {
    const sim = await startSim()
    for (const name of ['template_taken', 'quota_gone']) await start(sim, name)
    await sim.world.reset()
    expect(await faultsOf(sim.world)).toEqual([])
    expect((await sim.world.advance('P1D')).ran).toEqual([])
  })
})
