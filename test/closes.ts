import { createSimulator } from '../src/simulator.ts'

// A program of its own: it uses a simulator, closes it, and has nothing more to do.
const sim = await createSimulator({ demo: true })
await sim.listen({ port: 0 })
const world = await sim.world({ name: 'brief', clock: { mode: 'running' } })
await world.register('13800138000')
const body = { eid: world.env['TUPU_EID'], mobile: '13800138000', message: 'x' }
const sent = await fetch(`${world.env['TUPU_BASE_URL']}/messages`, {
  method: 'POST',
  body: JSON.stringify(body),
})
if (!(await sent.text()).includes('"errcode":0')) process.exitCode = 1
void world.call('message.list', { state: 'failed', wait: 'PT60S' })
await sim.close()
