import { expect, it } from 'vitest'
import { startSim } from '../sim.ts'

it('19901 and milliseconds: accepted, and answered so late', async () => {
  const { acme, platform } = await startSim()
  const begun = performance.now()
  expect(await platform.sends(acme, { mobile: '19901000080' })).toMatchObject({ errcode: 0 })
  expect(performance.now() - begun).toBeGreaterThanOrEqual(78)
})

it.each([
  { mobile: '19902000001', error: 'The operation was aborted due to timeout' },
  { mobile: '19902000002', error: 'fetch failed' },
  { mobile: '19902000003', error: 'fetch failed' },
  { mobile: '19902000004', error: 'terminated' },
])(
  '$mobile: accepted, and the answer lost; a repeat with its client_msg_id gets it',
  async ({ mobile, error }) => {
    const { acme, platform, sim, world } = await startSim()
    const body = { eid: acme.eid, mobile, message: '欢迎加入', client_msg_id: 'order-1' }
    const send = async () => {
      const url = 'http://sim.localhost/w/test/tupu/v1/messages'
      const signal = AbortSignal.timeout(100)
      const request = new Request(url, { method: 'POST', body: JSON.stringify(body), signal })
      return (await sim.fetch(request)).text()
    }
    await expect(send()).rejects.toThrow(error)
    const [kept] = await world.messages()
    expect(kept).toMatchObject({ state: 'delivered', on_phone: false })
    const again = await platform.sends(acme, body)
    expect(again).toMatchObject({ errcode: 0, msgid_str: kept?.msgid_str })
  },
)

it.each([
  { mobile: '19903000001', reason: 'user_block' },
  { mobile: '19903000002', reason: 'system_failed' },
  { mobile: '19903000003', reason: 'freq_limit' },
])('$mobile: accepted, then failed: $reason', async ({ mobile, reason }) => {
  const { acme, platform } = await startSim()
  const { errcode, msgid_str } = await platform.sends(acme, { mobile })
  expect(errcode).toBe(0)
  const { json } = await platform.get(`/messages/${msgid_str}?eid=${acme.eid}`)
  expect(json).toMatchObject({ state: 'failed', reason, fall_back: true })
})

it('19904 and days: accepted, and so many days after its first message it follows no longer', async () => {
  const { acme, platform, world } = await startSim()
  const send = async (mobile: string) => (await platform.sends(acme, { mobile })).errcode
  const reachable = async () => {
    const body = { eid: acme.eid, mobile: '19904000014' }
    return (await platform.post('/registrations/query', body)).json['reachable']
  }
  await world.advance('P30D')
  expect([await reachable(), await send('19904000014')]).toEqual([true, 0])
  await world.advance('P13D')
  expect([await send('19904000014'), await send('19904000015')]).toEqual([0, 0])
  await world.advance('P1D')
  expect([await reachable(), await send('19904000014')]).toEqual([false, 43004])
  expect(await send('19904000015')).toBe(0)
})

it('they are published beside the others, and cannot be registered', async () => {
  const { sim, world } = await startSim()
  const { items } = (await sim.call('magic.list')) as {
    items: { mobile: string; errcode: number | null }[]
  }
  const later = items.filter(({ mobile }) => !mobile.startsWith('19900'))
  expect(later.map(({ errcode }) => errcode)).toEqual([0, null, null, null, null, 0, 0, 0, 0])
  for (const { mobile } of later)
    await expect(world.register(mobile)).rejects.toMatchObject({ status: 422 })
  await world.register('19901060001')
})
