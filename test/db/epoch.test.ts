import { expect, it } from 'vitest'
import { findClaimedWorld, insertClaim } from '../../db/claim.ts'
import { listEpochRows, type RowKey, sweepEpoch } from '../../db/epoch.ts'
import { openStore } from '../../db/open.ts'
import { type EpochTable, epoch_tables } from '../../db/schema.ts'
import type { Db, Store } from '../../db/unit.ts'
import {
  deleteEpoch,
  deleteWorld,
  endEpoch,
  findWorld,
  insertEpoch,
  listEndedEpochs,
  sweepClaims,
} from '../../db/world.ts'
import { beginWorld } from '../../src/world/world.ts'
import { type DatabaseName, onBoth } from '../database.ts'
import { startSim } from '../sim.ts'
import { emptyPlace, openBeside } from './place.ts'
import { putRareRows } from './rare-rows.ts'

/** A database with rows of two worlds in every table that has an epoch, and of no open simulator. */
async function filled(database: DatabaseName): Promise<string> {
  const data = await emptyPlace(database)
  const { sim, acme, wang, http, world } = await startSim({ data })
  const twin = await sim.world({
    name: 'twin',
    seed: 'twin',
    people: [{ key: 'wu', mobile: '13800138007', registered_with: ['acme'] }],
    accounts: [{ key: 'acme' }],
  })
  for (const [name, account, mobile] of [
    [world.name, acme.info, wang.mobile],
    [twin.name, twin.accounts[0] ?? acme.info, '13800138007'],
  ] as const) {
    const { eid, appid, app_secret } = account
    for (const message of ['one', 'two', 'three']) {
      const sent = await http('POST', `/w/${name}/tupu/v1/messages`, { eid, mobile, message })
      expect(sent.json).toMatchObject({ errcode: 0 })
    }
    await http(
      'GET',
      `/w/${name}/cgi-bin/token?grant_type=client_credential&appid=${appid}&secret=${app_secret}`,
    )
  }
  await sim.close()
  return data
}

const bare = {
  seed: '',
  clock_mode: 'running',
  clock_ms: 0,
  magic: 'on',
  idle_ttl_ms: null,
  body: '{}',
} as const

const unbounded = { rows_max: 10_000, bytes_max: Number.MAX_SAFE_INTEGER }

function allRows(db: Db, table: EpochTable, epoch: number): unknown[] {
  return listEpochRows(db, { table, epoch, after: undefined }, unbounded).items
}

async function rowsOf(store: Store, epoch: number): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {}
  for (const table of epoch_tables) {
    rows[table] = await store.unit('rows', ({ db }) => allRows(db, table, epoch))
  }
  return rows
}

onBoth('epochs', (database) => {
  it('are swept whole, a few rows at a time, and nothing else with them', async () => {
    const store = await openStore(await filled(database))
    try {
      const epochOf = async (name: string) =>
        (await store.unit('find', ({ db }) => findWorld(db, name)))?.epoch ?? 0
      const [swept, kept] = [await epochOf('test'), await epochOf('twin')]
      for (const epoch of [swept, kept])
        await store.unit('fill', ({ db }) => putRareRows(db, epoch))
      const before = await rowsOf(store, kept)
      for (const table of epoch_tables)
        expect([table, before[table]?.length]).not.toEqual([table, 0])
      const sizes: number[] = []
      const bounds = { ...unbounded, rows_max: 2 }
      for (let from: number | undefined = 0; from !== undefined; ) {
        const at: { epoch: number; from: number } = { epoch: swept, from }
        const step = await store.unit('sweep', ({ db }) => sweepEpoch(db, at, bounds))
        from = step.stopped
        sizes.push(step.rows)
      }
      expect(Math.max(...sizes)).toBe(2)
      expect(Object.values(await rowsOf(store, swept)).flat()).toEqual([])
      expect(await rowsOf(store, kept)).toEqual(before)
    } finally {
      await store.close()
    }
  })

  it('are read in portions of so many rows and bytes, each from where the last one ended', async () => {
    const store = await openStore(await filled(database))
    try {
      const epoch = (await store.unit('find', ({ db }) => findWorld(db, 'test')))?.epoch ?? 0
      await store.unit('fill', ({ db }) => putRareRows(db, epoch))
      const whole = await rowsOf(store, epoch)
      for (const bounds of [
        { ...unbounded, rows_max: 2 },
        { ...unbounded, bytes_max: 300 },
      ]) {
        for (const table of epoch_tables) {
          const seen: unknown[] = []
          for (let after: RowKey | undefined, isLast = false; !isLast; ) {
            const at: { table: EpochTable; epoch: number; after: RowKey | undefined } = {
              table,
              epoch,
              after,
            }
            const portion = await store.unit('portion', ({ db }) => listEpochRows(db, at, bounds))
            expect(portion.items).toHaveLength(portion.rows)
            expect(portion.rows).toBeLessThanOrEqual(bounds.rows_max)
            if (portion.rows > 1) expect(portion.bytes).toBeLessThanOrEqual(bounds.bytes_max)
            seen.push(...portion.items)
            after = portion.last
            isLast = portion.isLast
          }
          expect([table, seen]).toEqual([table, whole[table]])
        }
      }
    } finally {
      await store.close()
    }
  })

  it('have numbers that no other epoch ever gets, also after the last one is forgotten', async () => {
    const { store } = await openBeside(database)
    const numbers: number[] = []
    for (const real of [10, 20, 30]) {
      await store.unit('world', ({ db }) => {
        const epoch = insertEpoch(db, 'w')
        numbers.push(epoch)
        endEpoch(db, epoch, real)
        deleteEpoch(db, epoch)
      })
    }
    expect(new Set(numbers).size).toBe(3)
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
  })

  it('are to be swept once they have ended for so long', async () => {
    const { store } = await openBeside(database)
    const ended = await store.unit('world', ({ db }) => {
      const [first, second] = [insertEpoch(db, 'a'), insertEpoch(db, 'b')]
      insertEpoch(db, 'c')
      endEpoch(db, second, 200)
      endEpoch(db, first, 100)
      return {
        at_99: listEndedEpochs(db, 99),
        at_100: listEndedEpochs(db, 100),
        at_200: listEndedEpochs(db, 200),
        all: [first, second],
      }
    })
    const [first, second] = ended.all
    expect(ended).toMatchObject({
      at_99: [],
      at_100: [{ epoch: first }],
      at_200: [{ epoch: first }, { epoch: second }],
    })
  })
})

onBoth('claims', (database) => {
  it('belong to the first who made them, until its world is gone', async () => {
    const { store } = await openBeside(database)
    const claim = (world: string, kind: 'eid' | 'appid' = 'eid') =>
      store.unit('claim', ({ db }) => insertClaim(db, { kind, value: 'acme-1', world }))
    expect(await claim('a')).toBe('a')
    expect(await claim('b')).toBe('a')
    expect(await claim('a')).toBe('a')
    expect(await claim('b', 'appid')).toBe('b')
    await store.unit('delete', ({ db }) => deleteWorld(db, 'a'))
    expect(await claim('b')).toBe('b')
    expect(await claim('a', 'appid')).toBe('b')
  })

  it('of tokens are swept after their world, a few at a time, unless another has taken its name', async () => {
    const { store } = await openBeside(database)
    const values = ['a', 'b', 'c'].map((value) => ({ kind: 'access_token', value }) as const)
    const count = async () => {
      const claims = store.unit('list', ({ db }) => db.all(db.selectFrom('claim').selectAll()))
      return (await claims).length
    }
    const first = await store.unit('begin', ({ db }) => {
      const { epoch } = beginWorld(db, { ...bare, world: 'w' }, 0)
      for (const claim of values) insertClaim(db, { ...claim, world: 'w' })
      insertClaim(db, { kind: 'ticket', value: 'd', world: 'w' })
      insertClaim(db, { kind: 'eid', value: 'e', world: 'w' })
      endEpoch(db, epoch, 1)
      deleteWorld(db, 'w')
      return epoch
    })
    expect(await count()).toBe(4)
    const sweep = () => store.unit('sweep', ({ db }) => sweepClaims(db, first, 3))
    expect(await sweep()).toBe(3)
    expect(await count()).toBe(1)
    await store.unit('begin', ({ db }) => void beginWorld(db, { ...bare, world: 'w' }, 0))
    expect(await sweep()).toBe(0)
    expect(await count()).toBe(1)
    await store.unit('end', ({ db }) => deleteWorld(db, 'w'))
    expect([await sweep(), await sweep(), await count()]).toEqual([1, 0, 0])
  })

  it('lead to the world that has them', async () => {
    const data = await filled(database)
    const store = await openStore(data)
    try {
      const claims = await store.unit('list', ({ db }) =>
        db.all(db.selectFrom('claim').selectAll()),
      )
      const holders = new Set(claims.map(({ world }) => world))
      expect([...holders]).toEqual(expect.arrayContaining(['test', 'twin']))
      for (const { kind, value, world } of claims) {
        const found = await store.unit('find', ({ db }) => findClaimedWorld(db, kind, value))
        expect(found).toMatchObject({ world })
      }
      const nobody = store.unit('find', ({ db }) => findClaimedWorld(db, 'eid', 'nobody'))
      expect(await nobody).toBeUndefined()
    } finally {
      await store.close()
    }
  })
})
