import { describe, expect, it } from 'vitest'
import { onBoth } from '../database.ts'
import { type Sim, startSim } from '../sim.ts'

const exportOf = async ({ http }: Pick<Sim, 'http'>) =>
  (await http('GET', '/_sim/v1/worlds/test/export?secrets=true')).text

type Rows = Record<string, unknown>[]
interface File {
  format: number
  snapshot: Record<string, unknown>
  tables: Record<string, Rows>
  world: Record<string, unknown>
}

async function fileOf({ http, world }: Sim, query = ''): Promise<File> {
  await world.call('snapshot.create', { name: 'ready' })
  const { text } = await http('GET', `/_sim/v1/worlds/test/snapshots/ready${query}`)
  return JSON.parse(text)
}

/** A server that has no world of the name yet. */
const elsewhere = (database: 'sqlite' | 'postgres' = 'sqlite') =>
  startSim({ database, world: { name: 'other', accounts: [], people: [] } })

onBoth('the file of a snapshot', (database) => {
  it('makes the same world on another server, which goes on with the same ids', async () => {
    const here = await startSim({ database })
    const { acme, wang, platform } = here
    await platform.sends(acme, { mobile: wang.mobile, client_msg_id: 'order-1' })
    await platform.sends(acme, { mobile: '13900139000' })
    const snapshot = await fileOf(here)
    const there = await elsewhere(database)
    const made = await there.http('POST', '/_sim/v1/worlds', { snapshot })
    expect(made).toMatchObject({ status: 201, json: { world: 'test' } })
    expect(await exportOf(there)).toBe(await exportOf(here))
    const next = { eid: acme.eid, mobile: wang.mobile, message: '再来' }
    const sends = ({ http }: Sim) => http('POST', '/w/test/tupu/v1/messages', next)
    expect((await sends(there)).json).toEqual((await sends(here)).json)
    expect(await exportOf(there)).toBe(await exportOf(here))
    expect((await there.http('POST', '/_sim/v1/worlds', { snapshot })).json).toMatchObject({
      status: 409,
      type: 'world_exists',
    })
    const replace = { snapshot, if_exists: 'replace' }
    expect((await there.http('POST', '/_sim/v1/worlds', replace)).status).toBe(201)
    await there.http('POST', '/_sim/v1/worlds/test/reset')
    await here.world.reset()
    expect(await exportOf(there)).toBe(await exportOf(here))
  })

  it('is refused when two of its rows have one key', async () => {
    const snapshot = await fileOf(await startSim({ database }))
    const [first] = snapshot.tables['person'] ?? []
    if (first) snapshot.tables['person']?.push(first)
    const there = await elsewhere(database)
    const refused = await there.http('POST', '/_sim/v1/worlds', { snapshot })
    expect(refused.json).toMatchObject({ status: 422, field: 'snapshot.tables.person' })
    expect((await there.http('GET', '/_sim/v1/worlds/test')).status).toBe(404)
  })
})

it('a file is refused when another world has one of its ids, which is named', async () => {
  const here = await startSim()
  const snapshot = await fileOf(here)
  const there = await elsewhere()
  const accounts = [{ key: 'thief', eid: here.acme.eid }]
  await there.sim.world({ name: 'thief', accounts })
  const refused = await there.http('POST', '/_sim/v1/worlds', { snapshot })
  expect(refused.json).toMatchObject({
    status: 409,
    type: 'id_taken',
    reason: `the world thief has ${here.acme.eid}`,
  })
  expect((await there.http('GET', '/_sim/v1/worlds/test')).status).toBe(404)
})

describe('what a file says of secrets', () => {
  const chosen = 'chosen-by-somebody'
  const callback = { url: 'http://127.0.0.1:9/hook', secret: 'secretOfTheCallback' }

  it('is nothing unless they are asked for; those that nobody has chosen follow from the seed', async () => {
    const here = await startSim()
    await here.world.call('account.update', { eid: 'acme', partner_secret: 'generated' })
    const info = await here.world.call('account.get', { eid: 'acme' })
    const { app_secret, partner_secret } = info as Record<string, string>
    const snapshot = await fileOf(here)
    for (const secret of [app_secret, partner_secret])
      expect(JSON.stringify(snapshot)).not.toContain(secret)
    const there = await elsewhere()
    expect((await there.http('POST', '/_sim/v1/worlds', { snapshot })).status).toBe(201)
    expect(await exportOf(there)).toBe(await exportOf(here))
  })

  it('makes no world without those that somebody has chosen', async () => {
    const here = await startSim()
    const change = { eid: 'acme', partner_secret: chosen, callback }
    await here.world.call('account.update', change)
    const without = await fileOf(here)
    expect(JSON.stringify(without)).not.toMatch(/chosen-by|secretOfThe/)
    const there = await elsewhere()
    const refused = await there.http('POST', '/_sim/v1/worlds', { snapshot: without })
    expect(refused.json).toMatchObject({ status: 422, fix: 'get the file with ?secrets=true' })
    const path = '/_sim/v1/worlds/test/snapshots/ready?secrets=true'
    const snapshot = (await here.http('GET', path)).json
    expect((await there.http('POST', '/_sim/v1/worlds', { snapshot })).status).toBe(201)
    expect(await exportOf(there)).toBe(await exportOf(here))
  })
})

const first = (table: string, change: Record<string, unknown>) => (file: File) =>
  void Object.assign(file.tables[table]?.[0] ?? {}, change)

it.each<[what: string, spoil: (file: File) => unknown, field: string]>([
  ['a newer format', (file) => Object.assign(file, { format: 2 }), 'snapshot.format'],
  ['no format', (file) => Object.assign(file, { format: 'x' }), 'snapshot.format'],
  ['an unknown member', (file) => Object.assign(file, { more: 1 }), 'snapshot.more'],
  [
    'an unknown table',
    ({ tables }) => Object.assign(tables, { exchange: [] }),
    'snapshot.tables.exchange',
  ],
  [
    'a row that is none',
    ({ tables }) => tables['menu']?.push([] as never),
    'snapshot.tables.menu.1',
  ],
  ['an epoch', first('person', { epoch: 1 }), 'snapshot.tables.person.0.epoch'],
  ['a number for a text', first('person', { name: 7 }), 'snapshot.tables.person.0.name'],
  [
    'a text for a number',
    first('person', { created_at: '7' }),
    'snapshot.tables.person.0.created_at',
  ],
  [
    'an instant that is none',
    first('person', { created_at: 2 ** 52 }),
    'snapshot.tables.person.0.created_at',
  ],
  ['half a surrogate pair', first('person', { name: '\ud800' }), 'snapshot.tables.person.0.name'],
  ['no key', first('person', { person: null }), 'snapshot.tables.person.0.person'],
  ['a word that is none', first('account', { state: 'asleep' }), 'snapshot.tables.account.0.state'],
  ['an ordinal too high', first('account', { n: 64 }), 'snapshot.tables.account.0.n'],
  [
    'a profile that is none',
    first('account', { profile: 'x' }),
    'snapshot.tables.account.0.profile',
  ],
  ['no JSON where it belongs', first('menu', { buttons: '[' }), 'snapshot.tables.menu.0.buttons'],
  [
    'a way to a forbidden address',
    first('account', {
      gateway:
        '{"kind":"remote","base_url":"http://169.254.169.254","appid":"a","app_secret":"b","home_appid":null}',
    }),
    'snapshot.tables.account.0.gateway',
  ],
  [
    'a body that makes no world',
    ({ world }) => Object.assign(world, { body: { accounts: 7 } }),
    'snapshot.world.body.accounts',
  ],
  ['no seed', ({ world }) => Object.assign(world, { seed: undefined }), 'snapshot.world.seed'],
])('world.create refuses a file with %s, and names the field', async (_, spoil, field) => {
  const snapshot = structuredClone(await sample())
  spoil(snapshot)
  const { http } = await elsewhere()
  const { json } = await http('POST', '/_sim/v1/worlds', { snapshot })
  expect(json).toMatchObject({ status: 422, field, fix: expect.any(String) })
  expect((await http('GET', '/_sim/v1/worlds/test')).status).toBe(404)
})

let kept: Promise<File> | undefined
function sample(): Promise<File> {
  kept ??= startSim().then((sim) => fileOf(sim))
  return kept
}

it('a file goes with no other name, and with nothing that it says itself', async () => {
  const snapshot = await sample()
  const { http } = await elsewhere()
  const create = async (more: object) =>
    (await http('POST', '/_sim/v1/worlds', { snapshot, ...more })).json
  expect(await create({ name: 'test-2' })).toMatchObject({ status: 422, field: 'name' })
  for (const own of [{ seed: 'x' }, { people: [] }, { clock: {} }])
    expect(await create(own)).toMatchObject({ status: 422, field: Object.keys(own)[0] })
  expect(await create({ name: 'test', idle_ttl: 'PT3H' })).toMatchObject({ idle_ttl: 'PT3H' })
})

it('a file may be larger than other bodies, and the journal keeps none of it', async () => {
  const here = await startSim()
  for (let n = 0; n < 100; n++)
    await here.platform.sends(here.acme, {
      mobile: '13900139000',
      message: '字'.repeat(200),
      name: '陈大文',
      url: `https://hr.example.com/${'x'.repeat(900)}`,
    })
  const snapshot = await fileOf(here)
  const there = await elsewhere()
  const body = JSON.stringify({ snapshot })
  expect(Buffer.byteLength(body)).toBeGreaterThan(150_000)
  expect((await there.http('POST', '/_sim/v1/worlds', body + ' '.repeat(1_048_576))).status).toBe(
    201,
  )
  const { text } = await there.http('GET', '/_sim/v1/worlds/test/exchanges?surface=control')
  expect(text).toContain('world.create')
  expect(text).not.toContain('大文')
  const huge = JSON.stringify({ snapshot: { ...snapshot, more: 'x'.repeat(8 * 1_048_576) } })
  expect((await there.http('POST', '/_sim/v1/worlds', huge)).json).toMatchObject({
    type: 'body_too_large',
    reason: 'it has more than 8,388,608 bytes',
  })
})
