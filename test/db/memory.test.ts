import { expect, it } from 'vitest'
import { openStore } from '../../db/open.ts'
import type { Store } from '../../db/unit.ts'
import { startSim } from '../sim.ts'

const count = async (store: Store) => {
  const ask = (sql: string) =>
    store.unit('count', ({ db }) => {
      return db.run({ sql, writes: false, tables: undefined }, []).rows as { name: string }[]
    })
  const tables = await ask(
    `select name from sqlite_schema where type = 'table' and name not like '%stat_'`,
  )
  const counts = tables.map(({ name }) => `select '${name}' as name, count(*) as n from "${name}"`)
  return ask(counts.join(' union all '))
}

it('a database in memory begins empty, also where others in the process were filled before it', async () => {
  // Of those that are open already none is used again.
  const first = await openStore(':memory:')
  const empty = await count(first)
  for (const n of [1, 2, 3]) {
    const { acme, wang, platform, sim } = await startSim()
    expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 0 })
    // Most of its tables have rows by now, and the next one may get them.
    await sim.call('snapshot.create', { world: 'test', name: `s${n}` })
    await sim.close()
    const next = await openStore(':memory:')
    expect(await count(next)).toEqual(empty)
    await next.close()
  }
  await first.close()
})

it('whoever asks a database in memory after its end is refused, and does nothing to the next one', async () => {
  const first = await openStore(':memory:')
  await first.close()
  const next = await openStore(':memory:')
  const before = await count(next)
  const late = first.unit('late', ({ db }) =>
    db.run({ sql: 'delete from kysely_migration', writes: true, tables: undefined }, []),
  )
  await expect(late).rejects.toThrow('not open')
  await first.close()
  expect(await count(next)).toEqual(before)
  await next.close()
})
