import { expect, it } from 'vitest'
import { onBoth } from '../database.ts'
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
    for (let times = 0; times < 3; times++) {
      await world.call('snapshot.restore', { name: 'ready' })
      expect(await exportOf(sim)).toBe(ready)
      expect(await live()).toEqual(first)
    }
  })
})

onBoth('the file of a snapshot', (database) => {
  it('makes the same world on another server, which goes on with the same ids', async () => {
    const here = await startSim({ database })
    const { world, acme, wang, platform, http } = here
    await platform.sends(acme, { mobile: wang.mobile, client_msg_id: 'order-1' })
    await platform.sends(acme, { mobile: '13900139000' })
    await world.call('snapshot.create', { name: 'ready' })
    const file = (await http('GET', '/_sim/v1/worlds/test/snapshots/ready')).json
    const there = await startSim({ database, world: { name: 'other' } })
    const made = await there.http('POST', '/_sim/v1/worlds', { snapshot: file })
    expect(made.text).toContain('"world":"test"')
    expect(made.status).toBe(201)
    expect(await exportOf(there)).toBe(await exportOf(here))
    const next = { eid: acme.eid, mobile: wang.mobile, message: '再来' }
    const sends = ({ http }: Sim) => http('POST', '/w/test/tupu/v1/messages', next)
    expect((await sends(there)).json).toEqual((await sends(here)).json)
    expect(await exportOf(there)).toBe(await exportOf(here))
  })
})
