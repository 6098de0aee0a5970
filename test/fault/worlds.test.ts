import { expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import { faultsOf } from './breaks.ts'

const frozen = { mode: 'frozen', now: '2026-01-05T01:00:00.000Z' } as const

it('a world never meets the faults of another: sixteen of them at the same time', async () => {
  const { sim, http } = await startSim()
  const worlds = await Promise.all(
    Array.from({ length: 16 }, async (_, n) => {
      const faults = [{ errcode: 9000 + n, errmsg: `of ${n}`, surface: 'tupu' }]
      return sim.world({ name: `w${n}`, ...(n % 2 ? { faults } : {}) } as object)
    }),
  )
  const send = async (n: number) => {
    const eid = worlds[n]?.accounts[0]?.eid
    return (await http('POST', '/tupu/v1/messages', { eid, mobile: '13800138002', message: 'x' }))
      .json
  }
  const all = await Promise.all(Array.from({ length: 64 }, (_, i) => send(i % 16)))
  for (const [i, { errcode }] of all.entries()) expect(errcode).toBe(i % 2 ? 9000 + (i % 16) : 0)
  for (const [n, world] of worlds.entries())
    expect(await faultsOf(world)).toMatchObject(n % 2 ? [{ hits: 4, fits: 4 }] : [])
})

it('the same seed and calls on a frozen clock give the same hits, and byte-equal exports', async () => {
  const exports: string[] = []
  for (let run = 0; run < 2; run++) {
    const faults = [
      { errcode: -1, probability: 0.3, until: 'P1D' },
      { surface: 'wechat', stage: 'after', transport: 'reset', probability: 0.5 },
    ]
    const { acme, wang, platform, world, http } = await startSim({
      world: { faults, clock: frozen } as object,
    })
    for (let n = 0; n < 12; n++)
      await platform.sends(acme, { mobile: wang.mobile, client_msg_id: `${n}` })
    exports.push((await http('GET', `/_sim/v1/worlds/${world.name}/export`)).text)
  }
  expect(exports[1]).toBe(exports[0])
  expect(exports[0]).toContain('"state":"unknown"')
})
