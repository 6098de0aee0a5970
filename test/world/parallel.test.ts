import { expect, it } from 'vitest'
import type { WorldHandle } from '../../src/world-handle.ts'
import { onBoth } from '../database.ts'
import { cast, startSim } from '../sim.ts'

const numbers = (n: number) => Array.from({ length: n }, (_, i) => i)

onBoth('worlds used at the same time', (database) => {
  it('are eight without seeing each other', async () => {
    const { sim, http } = await startSim({ database })
    const worlds = await Promise.all(
      numbers(8).map((i) => sim.world({ ...cast, name: `ci-${i}`, seed: 'shared' })),
    )
    // The same mobiles everywhere; what is sent says where it belongs.
    const use = async (world: WorldHandle, i: number) => {
      const { openid } = await world.register('13800138000', { name: world.name })
      for (const n of numbers(5)) {
        const body = {
          eid: world.accounts[0]?.eid,
          mobile: '13800138000',
          message: `${world.name} ${n}`,
        }
        const { json } = await http('POST', '/tupu/v1/messages', body)
        expect(json).toMatchObject({ errcode: 0 })
      }
      await world.advance(`P${i}D`)
      if (i % 4 === 3) await world.reset()
      return openid
    }
    const openids = await Promise.all(worlds.map(use))
    expect(new Set(openids).size).toBe(8)
    for (const [i, world] of worlds.entries()) {
      const messages = await world.messages()
      const isReset = i % 4 === 3
      expect(messages.map(({ line }) => line)).toEqual(
        isReset ? [] : numbers(5).map((n) => `${world.name} ${n}`),
      )
      expect(await world.call('clock.get')).toMatchObject({
        now: `2026-01-${String(isReset ? 5 : 5 + i).padStart(2, '0')}T01:00:00.000Z`,
      })
      const tables = (await world.call('world.export')).tables as {
        readonly send_count: { life: number }[]
        readonly message: { openid: string }[]
      }
      expect(tables.send_count.map(({ life }) => life)).toEqual(isReset ? [] : [5])
      for (const { openid } of tables.message) expect(openid).toBe(openids[i])
    }
  })

  it('are reset under load: every send is answered sanely, and the new life is whole', async () => {
    const { platform, acme, wang, world, http } = await startSim({ database })
    const answers: number[] = []
    let isOver = false
    const load = async (n: number) => {
      for (let i = 0; !isOver; i++) {
        const body = { mobile: wang.mobile, message: `${n} ${i}`, client_msg_id: `${n}-${i}` }
        const { errcode } = await platform.sends(acme, body)
        answers.push(errcode)
      }
    }
    const loads = numbers(8).map(load)
    for (const resets of numbers(5)) {
      const before = answers.length
      while (answers.length < before + 20) await http('GET', '/_sim/v1/worlds/test/messages')
      const { status, json } = await http('POST', '/_sim/v1/worlds/test/reset')
      expect({ status, json }).toMatchObject({ status: 200, json: { resets: resets + 1 } })
    }
    const sent = answers.length
    isOver = true
    await Promise.all(loads)
    expect(new Set(answers)).toEqual(new Set([0]))
    expect(sent).toBeGreaterThanOrEqual(100)
    const { tables } = (await world.call('world.export')) as {
      tables: Record<'message' | 'template_message', { msgid: string }[]> & {
        send_count: { life: number }[]
      }
    }
    // Each send of this life left both its records and was counted once; none of an earlier life did.
    const msgids = (rows: { msgid: string }[]) => rows.map(({ msgid }) => msgid).sort()
    expect(msgids(tables.template_message)).toEqual(msgids(tables.message))
    expect(new Set(msgids(tables.message)).size).toBe(tables.send_count[0]?.life ?? 0)
    const { json } = await http('GET', '/_sim/v1/worlds/test/exchanges?surface=tupu')
    const kept = json['items'] as unknown as { decision: unknown[]; status: number }[]
    expect(kept.length).toBe(Math.min(100, tables.message.length))
  })
})
