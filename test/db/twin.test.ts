import { describe, expect, it, vi } from 'vitest'
import { deleteExchanges, insertExchange } from '../../db/exchange.ts'
import { addDropped, findWorld } from '../../db/world.ts'
import { createSimulator } from '../../src/simulator.ts'
import { databases } from '../database.ts'
import { startSim } from '../sim.ts'
import { beside, openBeside } from './place.ts'
import { exchange, listExchanges } from './rows.ts'

describe('the two databases', () => {
  it('hold the same rows after the same calls, values and types alike', async () => {
    const exports: unknown[] = []
    for (const database of databases) {
      const { acme, globex, li, han, wang, platform, world, http } = await startSim({ database })
      await li.registers(acme, { name: '李 "雷" \\ 😀', email: 'li@example.com' })
      await world.call('official_account.update', { appid: acme.appid, delivery: 'PT5S' })
      const sends = [
        await platform.sends(acme, { mobile: wang.mobile, message: '一', client_msg_id: 'Ä' }),
        await platform.sends(acme, { mobile: li.mobile, message: '二' }),
        await platform.sends(acme, { mobile: han.mobile, message: '三' }),
        await platform.sends(globex, { mobile: han.mobile }),
      ]
      await world.advance('PT2S')
      await http(
        'GET',
        `/w/test/cgi-bin/token?grant_type=client_credential&appid=${acme.appid}&secret=${acme.info.app_secret}`,
      )
      exports.push({
        sends,
        rows: await world.call('world.export'),
        timeline: await world.call('clock.timeline'),
      })
    }
    expect(exports[0]).toMatchObject({
      sends: [{ errcode: 0 }, { errcode: 0 }, { errcode: 100011 }, { errcode: 100002 }],
    })
    expect(exports[1]).toEqual(exports[0])
  })
})

describe('the journal on PostgreSQL', () => {
  it('counts what it drops once, also when two replicas drop the same', async () => {
    const { data, store } = await openBeside('postgres')
    const sim = await createSimulator({ data })
    const world = await store.unit('find', ({ db }) => findWorld(db, 'default'))
    await sim.close()
    const at = { world: 'default', epoch: world?.epoch ?? 0 }
    await store.unit('keep', ({ db }) => {
      for (let n = 0; n < 20; n++) insertExchange(db, exchange({ epoch: at.epoch }))
    })
    const drop = (seq: number) =>
      store.unit('drop', ({ db }) => {
        const rows = deleteExchanges(db, at.epoch, seq)
        addDropped(db, at, rows)
        return rows
      })
    const all = Number.MAX_SAFE_INTEGER
    const dropped = await Promise.all([drop(all), drop(all), drop(all)])
    expect(dropped.sort((a, b) => a - b)).toEqual([0, 0, 20])
    const after = await store.unit('find', ({ db }) => findWorld(db, 'default'))
    expect(after).toMatchObject({ dropped: 20 })
  })

  it('shows the newest at once, but no row to a reader going forward that an earlier one could still precede', async () => {
    const { data, store } = await openBeside('postgres')
    const slow = await beside(data)
    const list = (after: number) =>
      store.unit('list', ({ db }) =>
        listExchanges(db, { epoch: 1, before: undefined, after, limit: 10 }),
      )
    const keep = (trace: string) =>
      store.unit('keep', ({ db }) => insertExchange(db, exchange({ trace })))
    const traces = async (after: number) => (await list(after)).map((row) => row.trace).reverse()
    await keep('first')
    const cursor = (await list(0))[0]?.seq ?? 0
    await slow.rows('begin')
    await slow.rows(`insert into exchange (epoch, trace, head, request_body, status, response_body, decision, at, real_at, bytes)
      select 1, 'slow', head, '', 0, '', '', 0, 0, 0 from exchange_head limit 1`)
    await keep('fast')
    expect(await traces(0)).toEqual(['first', 'fast'])
    expect(await traces(cursor)).toEqual([])
    await slow.rows('commit')
    await vi.waitFor(async () => expect(await traces(cursor)).toEqual(['slow', 'fast']), {
      timeout: 10_000,
    })
  })
})
