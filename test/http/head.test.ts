import { expect, it, vi } from 'vitest'
import type { WorldHandle } from '../../src/world-handle.ts'
import { allFields, callWith, endpoints, resetScene, startScene } from '../endpoint-calls.ts'
import { startSim } from '../sim.ts'
import { tablesOf } from '../wechat/client.ts'
import { rawCall } from './raw.ts'

it('a HEAD is answered like a GET, and changes nothing', async () => {
  const sim = await startSim({ listen: true })
  const { acme, world } = sim
  const { appid, info } = acme
  const token = `/cgi-bin/token?grant_type=client_credential&appid=${appid}&secret=${info.app_secret}`
  const before = await tablesOf(world)
  const count = async () => (await world.call('exchange.list')) as { items: object[] }
  const kept = (await count()).items.length
  for (const path of [
    token,
    `/tupu/v1/accounts/${acme.eid}`,
    `/as/li/register/${acme.eid}`,
    '/w/test/phone/li',
  ]) {
    const answer = await rawCall(sim.sim.url + path, { method: 'HEAD' })
    expect({ path, ...answer }).toMatchObject({
      text: '',
      status: expect.toSatisfy((n) => n < 400),
    })
  }
  expect(await tablesOf(world)).toEqual(before)
  expect((await count()).items).toHaveLength(kept)
})

it('no endpoint changes anything at a HEAD, and none has a body', async () => {
  let scene = await startScene()
  const found: string[] = []
  for (const endpoint of endpoints.values()) {
    const fields = await allFields(scene, endpoint)
    // What goes on behind an answer changes by itself until it is over.
    await vi.waitFor(async () => expect(await runningImports(scene.world)).toEqual([]))
    const before = await tablesOf(scene.world)
    const { status, text } = await callWith(scene, endpoint, fields, { method: 'HEAD' })
    const isAsked = endpoint.methods.includes('GET')
    if (text !== '' || (isAsked && status >= 400)) found.push(`${endpoint.id}: ${status} ${text}`)
    const after = await tablesOf(scene.world)
    if (JSON.stringify(after) !== JSON.stringify(before)) found.push(`${endpoint.id} has changed`)
    if (endpoint.example.after) scene = await resetScene(scene)
  }
  expect(found).toEqual([])
})

async function runningImports(world: WorldHandle): Promise<object[]> {
  const { items } = (await world.call('association_import.list')) as { items: { state: string }[] }
  return items.filter(({ state }) => state === 'running')
}
