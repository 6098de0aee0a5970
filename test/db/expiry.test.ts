import { expect, it, vi } from 'vitest'
import { deleteExpired, expiries, portion_rows } from '../../db/expiry.ts'
import { tables } from '../../db/tables.ts'
import { onBoth, onEither } from '../database.ts'
import { startSim } from '../sim.ts'
import { acmesClient, errcodeOf } from '../wechat/client.ts'
import { fill } from './full.ts'
import { beside, emptyPlace, openBeside } from './place.ts'

/** Columns that sound like it, and why their rows stay. */
const kept: readonly (readonly [column: string, reason: string])[] = [
  ['drill.ends_at', 'a drill is over then, and listed'],
  ['eid.valid_until', 'who sends by it later is told by which it was replaced'],
  ['js_ticket.expires_at', 'the next one takes its place'],
  ['message.sending_until', 'when nobody waits any more for an answer'],
  ['world.advance_until', 'when an advance is given up for dead'],
]

it('every table whose rows expire is swept, by its last such column', () => {
  const found = Object.entries(tables).flatMap(([table, { columns }]) =>
    Object.keys(columns)
      .filter((column) => /expire|expiry|_until$|^ends_at$|_ttl_at$/.test(column))
      .map((column) => `${table}.${column}`),
  )
  const swept = expiries.map(({ table, column }) => `${table}.${column}`)
  const known = [...kept.map(([column]) => column), ...swept, 'web_token.expires_at']
  expect(found.sort()).toEqual(known.sort())
  expect(expiries.filter(({ table }) => tables[table].key.length !== 1)).toEqual([])
})

onBoth('what has expired', (database) => {
  it('is deleted in one world alone, after its grace, in portions', async () => {
    const { store, other } = await openBeside(database)
    await fill(database, other, 2000)
    const count = async (where: (column: string) => string) => {
      let n = 0
      for (const { table, column } of expiries) {
        const [row] = await other.rows(`select count(*) as n from ${table} where ${where(column)}`)
        n += Number(row?.['n'])
      }
      return n
    }
    const old = 'epoch = 1 and'
    const isKept = (column: string) => `not (${old} ${column} <= 1000)`
    const before = await count(isKept)
    const [grace_ms = 0] = expiries.map((expiry) => expiry.grace_ms)
    const now = { world: 1000 + grace_ms, real: 1000, machine: 1000 }
    const steps: number[] = []
    for (let isMore = true; isMore; ) {
      const left = await count((column) => `${old} ${column} <= 1000`)
      const at = { world: 'w', epoch: 1 }
      const rows = await store.unit('sweep', ({ db }) => deleteExpired(db, at, now))
      expect(rows).toBe(left - (await count((column) => `${old} ${column} <= 1000`)))
      steps.push(rows)
      isMore = rows >= portion_rows
    }
    expect(steps.reduce((sum, n) => sum + n)).toBe(250 * expiries.length)
    expect(Math.max(...steps)).toBeLessThan(2 * portion_rows)
    expect(await count(isKept)).toBe(before)
    expect(await count((column) => `${old} ${column} <= 1000`)).toBe(0)
  })
})

onEither('a token that expired long ago', (database) => {
  it('is told apart from none for thirty days, and then gone with its claim, in its own world', async () => {
    const data = await emptyPlace(database)
    const sim = await startSim({ data })
    const client = await acmesClient(sim)
    const twin = await sim.sim.world({ name: 'twin', seed: 'twin', accounts: [{ key: 'acme' }] })
    const { appid = '', app_secret = '' } = twin.accounts[0] ?? {}
    const query = { grant_type: 'client_credential', appid, secret: app_secret ?? '' }
    await client.asksToken(query as Record<string, string>)
    const scene = { scene: { scene_str: 'desk' } }
    const code = { expire_seconds: 60, action_name: 'QR_STR_SCENE', action_info: scene }
    expect((await client.post('/cgi-bin/qrcode/create', code)).status).toBe(200)
    const old = client.token
    const other = await beside(data)
    const kept = async () => ({
      tokens: (await other.rows('select appid from access_token')).length,
      codes: (await other.rows('select appid from scene_code')).length,
      claims: await other.rows(
        `select world from claim where kind in ('access_token', 'ticket') order by world`,
      ),
    })
    const claims = [{ world: 'test' }, { world: 'test' }, { world: 'twin' }]
    expect(await kept()).toEqual({ tokens: 2, codes: 1, claims })
    await sim.world.advance('P30D')
    await client.signsIn()
    const errcode = async () => errcodeOf(await client.get('/cgi-bin/user/get'))
    client.token = old
    expect(await errcode()).toBe(42001)
    await sim.world.advance('PT3H')
    await client.signsIn()
    // Maintenance comes by once a second.
    const left = {
      tokens: 3,
      codes: 0,
      claims: Array(3).fill({ world: 'test' }).with(2, claims[2]),
    }
    await vi.waitFor(async () => expect(await kept()).toEqual(left), 5000)
    client.token = old
    expect(await errcode()).toBe(40001)
  })
})
