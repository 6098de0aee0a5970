import { describe, expect, it, onTestFinished } from 'vitest'
import { createSimulator } from '../../src/simulator.ts'
import type { MessageInfo } from '../../src/world-handle.ts'
import { beside, emptyPlace } from '../db/place.ts'
import { cast, first_instant, httpOf } from '../sim.ts'

const at = (second: number) => new Date(Date.parse(first_instant) + second * 1000).toISOString()

describe('work that fails', () => {
  it('stops neither the scheduler nor other worlds, and is logged', async () => {
    const data = await emptyPlace('sqlite')
    const before = await createSimulator({ data })
    for (const name of ['a', 'b']) {
      const account = { key: 'acme', delivery: 'PT1H' }
      const world = await before.world({ ...cast, name, accounts: [account], people: [] })
      await world.register('13800138000')
      const body = { eid: world.accounts[0]?.eid, mobile: '13800138000', message: name }
      await httpOf(before)('POST', '/tupu/v1/messages', body)
    }
    await before.close()
    const other = await beside(data)
    await other.rows(`create trigger broken before update on message when old.body = 'a'
      begin select raise(abort, 'broken for the test'); end`)
    // Both clocks run now, and both receipts are due.
    await other.rows(`update world set clock_mode = 'running',
      clock_ms = clock_ms + 3600000 - ${Date.now()} where world in ('a', 'b')`)
    const logged: string[] = []
    const log = (...line: unknown[]) => void logged.push(JSON.stringify(line))
    const sim = await createSimulator({ data, log })
    onTestFinished(() => sim.close())
    const state = async (world: string) => {
      const list = (await sim.call('message.list', { world })) as { items: MessageInfo[] }
      return list.items[0]?.state
    }
    await expect.poll(() => state('b'), { timeout: 10_000 }).toBe('delivered')
    expect(await state('a')).toBe('accepted')
    expect(logged.join('\n')).toMatch(/job\.failed.*"world":"a".*broken for the test/)
  })
})

describe('too much for one advance', () => {
  it('stops after its limit of work, says so, and goes on at the next call', async () => {
    const data = await emptyPlace('sqlite')
    const before = await createSimulator({ data })
    await before.world(cast)
    await before.close()
    // Receipts that are due second by second, written beside the simulator.
    const other = await beside(data)
    await other.rows(`
      with recursive n(i) as (select 1 union all select i + 1 from n where i < 105)
      insert into template_message
        (epoch, msgid, appid, openid, template_id, title, shown, url, on_phone, accepted_at, due_at)
      select epoch, 4328228630036480000 + i, 'wx', 'o', 't', '', '{}', '', 1, 0, clock_ms + i * 1000
      from n, world where world = 'test'`)
    const sim = await createSimulator({ data, limits: { advance_jobs_max: 100 } })
    onTestFinished(() => sim.close())
    const advance = (body: object) =>
      httpOf(sim)('POST', '/_sim/v1/worlds/test/clock/advance', body)
    const { json: first } = await advance({ by: 'P1D' })
    expect(first).toMatchObject({
      from: first_instant,
      now: at(100),
      settled: false,
      due_next: at(101),
    })
    expect(first['ran']).toHaveLength(100)
    const { json: second } = await advance({ to: at(86_400) })
    const end = { from: at(100), now: at(86_400), settled: true, due_next: null }
    expect(second).toMatchObject(end)
    expect(second['ran']).toHaveLength(5)
  })
})
