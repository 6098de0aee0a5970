import { expect, it } from 'vitest'
import { onBoth } from '../database.ts'
import { beside, emptyPlace } from '../db/place.ts'
import { startReplicas } from '../db/replicas.ts'
import { httpOf, type Sim, startSim } from '../sim.ts'

const snapshots = '/_sim/v1/worlds/test/snapshots'

interface File {
  readonly tables: Record<string, Record<string, unknown>[]>
}

async function fileOf({ http }: Pick<Sim, 'http'>, name: string): Promise<File> {
  return (await http('GET', `${snapshots}/${encodeURIComponent(name)}`)).json as unknown as File
}

/** So many messages that a copy of them does not come in one piece. */
const many = 3000

/** A world with many messages, on a database of its own. */
async function bigWorld(database: 'sqlite' | 'postgres') {
  const data = await emptyPlace(database)
  const first = await startSim({ data })
  await first.platform.sends(first.acme, { mobile: first.wang.mobile })
  await first.sim.close()
  const other = await beside(data)
  await other.rows(`insert into message (epoch, message, trace, eid, mobile, name, email, body, keywords, url, state, created_at, state_at)
    with recursive i(n) as (select 1 union all select n + 1 from i where n < ${many})
    select epoch, message || i.n, trace, eid, mobile, name, email, body, keywords, url, 'refused', created_at, state_at
    from message cross join i`)
  return { ...(await startSim({ data, world: { if_exists: 'reuse' } })), data, other }
}

onBoth('a snapshot that is taken while calls come in', (database) => {
  it('is of one moment: as many messages as were counted, and each with its template message', async () => {
    const sim = await bigWorld(database)
    const { world, acme, wang, platform } = sim
    let sent = 0
    let isOver = false
    const sending = (async () => {
      while (!isOver) {
        const answer = await platform.sends(acme, { mobile: wang.mobile, message: `${sent++}` })
        expect(answer).toMatchObject({ errcode: 0 })
      }
    })()
    for (const name of ['one', 'two']) await world.call('snapshot.create', { name })
    isOver = true
    await sending
    for (const name of ['one', 'two']) {
      const { tables } = await fileOf(sim, name)
      const accepted = (tables['message'] ?? []).filter(({ msgid }) => msgid !== null)
      expect(tables['message']).toHaveLength(many + accepted.length)
      expect(tables['template_message']?.map(({ msgid }) => msgid)).toEqual(
        accepted.map(({ msgid }) => msgid),
      )
      expect(tables['send_count']).toMatchObject([{ life: accepted.length }])
    }
  })

  it('stops no call of another world, which is answered first', async () => {
    const sim = await bigWorld(database)
    const other = await sim.sim.world({ name: 'other', seed: 'other' })
    const { eid } = other.accounts[0] ?? { eid: '' }
    const order: string[] = []
    const taken = sim.world.call('snapshot.create', { name: 'big' }).then(() => order.push('big'))
    for (let n = 0; n < 3; n++) {
      const path = '/w/other/tupu/v1/messages'
      await sim.http('POST', path, { eid, mobile: '13800138002', message: `${n}` })
      order.push('other')
    }
    await taken
    expect(order).toEqual(['other', 'other', 'other', 'big'])
    const restored = sim.world
      .call('snapshot.restore', { name: 'big' })
      .then(() => order.push('big'))
    await sim.http('POST', '/w/other/tupu/v1/messages', {
      eid,
      mobile: '13800138002',
      message: 'x',
    })
    order.push('other')
    await restored
    expect(order.slice(4)).toEqual(['other', 'big'])
  })
})

onBoth('a restore', (database) => {
  it('ends waits with 409, and tokens', async () => {
    const { world, http, acme } = await startSim({ database })
    const { app_secret } = acme.info as unknown as { app_secret: string }
    const grant = { grant_type: 'client_credential', appid: acme.appid, secret: app_secret }
    const { access_token } = (await http('POST', '/cgi-bin/stable_token', grant)).json
    const callsWith = async (token: unknown) =>
      (await http('GET', `/w/test/cgi-bin/template/get_industry?access_token=${token}`)).json
    expect(await callsWith(access_token)).not.toHaveProperty('errcode')
    await world.call('snapshot.create', { name: 'ready' })
    const waiting = http('GET', '/_sim/v1/worlds/test/messages?mobile=13900000000&wait=PT60S')
    await http('GET', '/_sim/v1/worlds/test/messages')
    await world.call('snapshot.restore', { name: 'ready' })
    expect((await waiting).json).toMatchObject({ status: 409, type: 'world_was_reset' })
    expect(await callsWith(access_token)).toMatchObject({ errcode: 40001 })
    const again = (await http('POST', '/cgi-bin/stable_token', grant)).json['access_token']
    expect(again).not.toBe(access_token)
    expect(await callsWith(again)).not.toHaveProperty('errcode')
  })
})

it('replicas take and restore one world’s snapshots, and see each other’s', async () => {
  const { one, two } = await startReplicas()
  const ready = async (http: Sim['http']) => (await http('GET', '/_sim/v1/worlds/test/export')).text
  const before = await ready(one.http)
  await one.world.call('snapshot.create', { name: 'ready' })
  await two.platform.sends(one.acme, { mobile: one.wang.mobile })
  const names = await two.world.call('snapshot.list')
  expect(names).toMatchObject({ items: [{ name: 'ready' }] })
  const both = [one.world, two.world].map((world) =>
    world.call('snapshot.restore', { name: 'ready' }).then(
      () => 200,
      (error) => (error as { status: number }).status,
    ),
  )
  expect((await Promise.all(both)).sort()).toEqual([200, 409])
  expect(await ready(one.http)).toBe(before)
  expect(await ready(two.http)).toBe(before)
})

it('a copy whose process has died is swept, and its name is free again', async () => {
  const data = await emptyPlace('sqlite')
  const sim = await startSim({ data })
  await sim.sim.close()
  const other = await beside(data)
  await other.rows(`insert into snapshot (world, name, epoch, state, at, clock_mode, rows, bytes, created_at, version)
    values ('test', 'ready', 99, 'copying', 0, 'frozen', 0, 0, 0, 0)`)
  await other.rows("insert into epoch (epoch, world, ended_at) values (99, 'test', 1)")
  const again = await startSim({ data, world: { if_exists: 'reuse' } })
  expect((await httpOf(again.sim)('GET', snapshots)).json).toEqual({ items: [] })
  expect(await again.world.call('snapshot.create', { name: 'ready' })).toMatchObject({
    name: 'ready',
  })
})
