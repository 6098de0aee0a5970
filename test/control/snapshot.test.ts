import fc from 'fast-check'
import { expect, it } from 'vitest'
import { onBoth } from '../database.ts'
import { dump, startErasing, whenErased } from '../journal/erasure.ts'
import { type Sim, startSim } from '../sim.ts'

const exportOf = async ({ http }: Pick<Sim, 'http'>, world = 'test') =>
  (await http('GET', `/_sim/v1/worlds/${world}/export?secrets=true`)).text

onBoth('a snapshot', (database) => {
  it('leads a world back, as often as one likes: the same calls give the same ids and answers', async () => {
    const sim = await startSim({ database })
    const { world, acme, wang, li, platform } = sim
    await platform.sends(acme, { mobile: wang.mobile, client_msg_id: 'order-1' })
    await world.call('snapshot.create', { name: 'ready' })
    const ready = await exportOf(sim)
    const live = async () => {
      const answers = [
        await platform.sends(acme, { mobile: wang.mobile, message: '再来' }),
        await li.registers(acme),
        await platform.sends(acme, { mobile: li.mobile, client_msg_id: 'order-2' }),
      ]
      await wang.blocks(acme)
      await world.call('eid.rotate', { eid: 'acme' })
      await world.advance('P14D')
      return { answers, after: await exportOf(sim) }
    }
    const first = await live()
    for (let times = 0; times < 2; times++) {
      await world.call('snapshot.restore', { name: 'ready' })
      expect(await exportOf(sim)).toBe(ready)
      expect(await live()).toEqual(first)
    }
  })
})

const snapshots = '/_sim/v1/worlds/test/snapshots'

it('a name is taken once, lists tell what there is, and what is deleted is gone', async () => {
  const { http, world } = await startSim()
  const made = await http('POST', snapshots, { name: 'before the storm' })
  expect(made.status).toBe(201)
  expect(made.json).toMatchObject({
    name: 'before the storm',
    now: '2026-01-05T01:00:00.000Z',
    mode: 'frozen',
  })
  expect((await http('POST', snapshots, { name: 'before the storm' })).json).toMatchObject({
    status: 409,
    field: 'name',
  })
  expect((await http('GET', snapshots)).json).toEqual({ items: [made.json] })
  expect((await http('POST', `${snapshots}/storm/restore`)).json).toMatchObject({
    status: 404,
    field: 'name',
  })
  expect((await http('POST', snapshots, { name: 'a/b' })).json).toMatchObject({ status: 422 })
  await world.reset()
  expect((await http('GET', snapshots)).json).toEqual({ items: [made.json] })
  for (let times = 0; times < 2; times++)
    expect((await http('DELETE', `${snapshots}/before%20the%20storm`)).status).toBe(204)
  expect((await http('GET', snapshots)).json).toEqual({ items: [] })
})

it('a world has so many snapshots, and so many bytes of them; a new world of its name has none', async () => {
  const { sim, http, world } = await startSim({ limits: { snapshots_max: 1 } })
  await world.call('snapshot.create', { name: 'one' })
  const full = { status: 429, type: 'too_many_snapshots', fix: 'delete one of: one' }
  expect((await http('POST', snapshots, { name: 'two' })).json).toMatchObject(full)
  await sim.world({ name: 'test', if_exists: 'replace' })
  expect((await http('GET', snapshots)).json).toEqual({ items: [] })
  const small = await startSim({ limits: { snapshot_bytes_max: 500 } })
  expect((await small.http('POST', snapshots, { name: 'two' })).json).toMatchObject({
    type: 'too_many_snapshots',
  })
  expect((await small.http('GET', snapshots)).json).toEqual({ items: [] })
})

onBoth('somebody who was withdrawn after a snapshot', (database) => {
  it('stays erased in it, in what it is restored to, and in its file', async () => {
    const sim = await startErasing(database)
    const { world, acme, platform, http, other } = sim
    const mobile = '13800138009'
    await platform.sends(acme, { mobile, name: '陈大文', message: '太早了，陈大文' })
    const { openid } = await world.register(mobile, { name: '陈大文', email: 'chen@example.com' })
    await platform.sends(acme, { mobile, message: '欢迎，陈大文' })
    await world.call('snapshot.create', { name: 'ready' })
    await platform.sends(acme, { mobile, message: '再见，陈大文' })
    await world.call('association.withdraw', { openid })
    const left = async () =>
      (await dump(other)).filter(({ text }) => /大文|chen@|138.?0013.?8009/.test(text))
    expect((await http('GET', `${snapshots}/ready`)).text).not.toMatch(/大文|chen@|13800138009/)
    await world.call('snapshot.restore', { name: 'ready' })
    expect(await exportOf(sim)).not.toMatch(/大文|chen@|13800138009/)
    await whenErased(other)
    expect(await left()).toEqual([])
    expect(await platform.sends(acme, { mobile })).toMatchObject({ errcode: 100011 })
    expect(JSON.parse(await exportOf(sim)).tables.message).toHaveLength(3)
  })
})

const act = fc.constantFrom<(sim: Sim) => Promise<unknown>>(
  ({ acme, wang, platform }) => platform.sends(acme, { mobile: wang.mobile }),
  ({ acme, li, platform }) => platform.sends(acme, { mobile: li.mobile, client_msg_id: 'one' }),
  ({ acme, li }) => li.registers(acme),
  ({ acme, han }) => han.follows(acme),
  ({ acme, wang }) => wang.blocks(acme),
  ({ acme, wang }) => wang.reads(acme),
  ({ world }) => world.advance('P1D'),
  ({ world }) => world.call('eid.rotate', { eid: 'acme' }),
  ({ world }) => world.call('account.create', { key: 'late' }).catch(() => {}),
  ({ world, acme: { appid } }) =>
    world.call('official_account.update', { appid, delivery: 'manual' }),
  ({ world }) => world.reset(),
)

it('whatever happens before and after it, a restore gives the export of its moment', async () => {
  const acts = fc.array(act, { maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(acts, acts, async (before, after) => {
      const sim = await startSim()
      for (const one of before) await one(sim)
      await sim.world.call('snapshot.create', { name: 'ready' })
      const ready = await exportOf(sim)
      for (const one of after) await one(sim)
      await sim.world.call('snapshot.restore', { name: 'ready' })
      expect(await exportOf(sim)).toBe(ready)
      await sim.sim.close()
    }),
    { numRuns: 8 },
  )
})

it('a running clock goes on from the instant of the snapshot', async () => {
  const { http, world } = await startSim({ world: { clock: { mode: 'running' } } })
  const exported = async () => (await http('GET', '/_sim/v1/worlds/test/export')).text
  const { now } = (await world.call('snapshot.create', { name: 'ready' })) as { now: string }
  const ready = await exported()
  await world.advance('P14D')
  await world.call('snapshot.restore', { name: 'ready' })
  const clock = (await world.call('clock.get')) as { mode: string; now: string }
  expect(clock.mode).toBe('running')
  expect(Date.parse(clock.now) - Date.parse(now)).toBeLessThan(60_000)
  expect(await exported()).toBe(ready)
})
