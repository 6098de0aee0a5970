import { expect, it } from 'vitest'
import { breaks, faultsOf } from '../fault/breaks.ts'
import { type Sim, startSim } from '../sim.ts'

const send = ({ platform, acme, wang }: Sim) => platform.sends(acme, { mobile: wang.mobile })
const restore = ({ world }: Sim) => world.call('snapshot.restore', { name: 'ready' })
const take = ({ world }: Sim) => world.call('snapshot.create', { name: 'ready' })

it('a snapshot brings back the hits of faults, what came by SMS and e-mail, and whose addresses are', async () => {
  const sim = await startSim()
  const { http, world, wang, acme, platform } = sim
  await breaks(world, { errcode: -1, times: 3 })
  await breaks(world, { surface: 'sink', mobile: wang.mobile, transport: 'empty', after: 1 })
  await send(sim)
  await platform.sends(acme, { mobile: wang.mobile, email: 'w@example.com' })
  const sms = () => http('POST', '/w/test/sink/sms', { to: wang.mobile, text: '欢迎加入' })
  await sms()
  await take(sim)
  const ready = (await http('GET', '/_sim/v1/worlds/test/export')).text
  const faults = await faultsOf(world)
  expect(faults).toMatchObject([{ hits: 2 }, { fits: 1, hits: 0 }])
  await send(sim)
  await expect(sms()).rejects.toThrow('fetch failed')
  await world.call('fault.clear')
  await restore(sim)
  expect(await faultsOf(world)).toEqual(faults)
  expect((await http('GET', '/_sim/v1/worlds/test/export')).text).toBe(ready)
  expect([(await send(sim)).errcode, (await send(sim)).errcode]).toEqual([-1, 0])
  await expect(sms()).rejects.toThrow('fetch failed')
})

it('a drill that runs goes on after a restore as it stood, and ends by itself', async () => {
  const sim = await startSim()
  const { world } = sim
  const stateOf = async () => {
    const { items } = (await world.call('drill.list')) as {
      items: { name: string; state: string; ends_at: string }[]
    }
    return items.find(({ name }) => name === 'template_taken')
  }
  await world.call('drill.start', { name: 'template_taken' })
  await world.advance('PT1H')
  const running = await stateOf()
  await take(sim)
  await world.call('drill.stop', { name: 'template_taken' })
  expect(await send(sim)).toMatchObject({ errcode: 0 })
  await restore(sim)
  expect(await stateOf()).toEqual(running)
  expect(await send(sim)).toMatchObject({ errcode: 40037 })
  await world.advance('PT5H')
  expect(await stateOf()).toMatchObject({ state: 'over' })
  expect(await send(sim)).toMatchObject({ errcode: 0 })
})

it('a file holds faults, drills, SMS and e-mails; one whose fault cannot be applied is refused by its place', async () => {
  const here = await startSim()
  await breaks(here.world, { errcode: -1, times: 2 })
  await send(here)
  await here.world.call('drill.start', { name: 'callbacks_twice' })
  await here.http('POST', '/w/test/sink/email', { to: 'w@example.com', text: 'Welcome' })
  await take(here)
  const path = '/_sim/v1/worlds/test/snapshots/ready?secrets=true'
  const snapshot = JSON.parse((await here.http('GET', path)).text)
  const there = await startSim({ world: { name: 'other', accounts: [], people: [] } })
  const make = () => there.http('POST', '/_sim/v1/worlds', { snapshot })
  const { plan } = snapshot.tables.fault[0]
  for (const broken of ['{', '{}', plan.replace('"times":2', '"times":-2')]) {
    snapshot.tables.fault[0].plan = broken
    const no = await make()
    expect(no.status).toBe(422)
    expect(no.json['field']).toMatch(/fault.0.plan$/)
  }
  snapshot.tables.fault[0].plan = plan
  expect(await make()).toMatchObject({ status: 201, json: { world: 'test' } })
  const told = (sim: Sim, call: string) => sim.sim.call(call, { world: 'test' })
  for (const call of ['fault.list', 'drill.list', 'contact.list'])
    expect(await told(there, call)).toMatchObject((await told(here, call)) as object)
})

it('a restore ends a stream of the journal that is open', async () => {
  const sim = await startSim({ listen: true })
  await take(sim)
  const { body } = await fetch(`${sim.sim.url}/_sim/v1/worlds/test/exchanges/stream`)
  const reader = body?.getReader()
  await reader?.read()
  await send(sim)
  await restore(sim)
  while (!(await reader?.read())?.done);
  expect(await send(sim)).toMatchObject({ errcode: 0 })
})
