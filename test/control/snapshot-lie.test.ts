import fc from 'fast-check'
import { expect, it } from 'vitest'
import { columnsOf } from '../../db/schema.ts'
import { tables } from '../../db/tables.ts'
import { domainOf } from '../../src/control/snapshot/domain.ts'
import { file_tables, fileColumns } from '../../src/control/snapshot/format.ts'
import type { DocumentedEndpoint } from '../../src/core/endpoint.ts'
import {
  allFields,
  callWith,
  endpoints,
  type Fields,
  type Scene,
  startScene,
} from '../endpoint-calls.ts'

type Rows = Record<string, unknown>[]
interface File {
  readonly tables: Record<string, Rows>
}

/** Calls after which there is nothing more to see, or that wait. */
const left_out = /^(world\.(delete|reset|create)|snapshot|wait|exchange\.stream|fault\.clear)/
const called = [...endpoints.values()].filter(({ id }) => !left_out.test(id))

/** A world in which everything has been called once, as a file, and by which calls. */
async function wholeFile(scene: Scene) {
  const calls: (readonly [DocumentedEndpoint, Fields])[] = []
  for (const endpoint of called) {
    const fields = await allFields(scene, endpoint)
    calls.push([endpoint, fields])
    await callWith(scene, endpoint, fields)
  }
  const path = '/_sim/v1/worlds/default/snapshots'
  await scene.http('POST', path, { name: 'whole' })
  const file = (await scene.http('GET', `${path}/whole?secrets=true`)).json as unknown as File
  return { file, calls }
}

const lies = [null, '', 'x', 0, -1, 1, 2 ** 40, '[]', '{}', 'javascript:alert(1)']

/** A cell of a file, and what is to stand there instead. */
function lie({ tables: all }: File) {
  return fc
    .constantFrom(...Object.keys(all).filter((table) => all[table]?.length))
    .chain((table) => fc.tuple(fc.constant(table), fc.nat((all[table]?.length ?? 1) - 1)))
    .chain(([table, n]) => {
      const rows = all[table] ?? []
      const names = Object.keys(rows[n] ?? {})
      return fc.constantFrom(...names).chain((column) => {
        const value = rows[n]?.[column]
        const near = typeof value === 'number' ? [value - 1, value + 1] : [`${value}0`]
        const others = rows.map((row) => row[column])
        return fc.record({
          table: fc.constant(table),
          n: fc.constant(n),
          column: fc.constant(column),
          value: fc.constantFrom(...lies, ...near, ...others),
        })
      })
    })
}

it('of a file in which one cell lies, either the cell is refused or the world answers every call', async () => {
  const scene = await startScene()
  const { file, calls } = await wholeFile(scene)
  const { http } = scene
  const make = (snapshot: File) =>
    http('POST', '/_sim/v1/worlds', { snapshot, if_exists: 'replace' })
  expect((await make(file)).status).toBe(201)
  const grant = { grant_type: 'client_credential', appid: scene.acme.appid }
  await fc.assert(
    fc.asyncProperty(lie(file), async ({ table, n, column, value }) => {
      const snapshot = structuredClone(file)
      const row = snapshot.tables[table]?.[n]
      if (row) row[column] = value
      const made = await make(snapshot)
      if (made.status !== 201) {
        const { status, field, fix } = made.json
        expect({ status, fix }).toEqual({ status: 422, fix: expect.stringMatching(/\S/) })
        expect(field).toMatch(/^snapshot\.tables\.\w+/)
        return
      }
      const { app_secret: secret } = scene.acme.info
      const { json } = await http('POST', '/cgi-bin/stable_token', { ...grant, secret })
      for (const [endpoint, fields] of calls) {
        const isToken = fields['access_token'] === scene.token
        const own = isToken ? { ...fields, access_token: json['access_token'] } : fields
        const { status, text } = await callWith(scene, endpoint, own)
        expect(status < 500 || `${endpoint.id}: ${text}`).toBe(true)
      }
    }),
    { numRuns: 25 },
  )
})

it('every column of a file has its domain: words, or a rule', () => {
  const without = file_tables.flatMap((table) => {
    const columns: Readonly<Record<string, { readonly words?: readonly string[] }>> =
      tables[table].columns
    const open = fileColumns(table).filter((column) => !columns[column]?.words?.length)
    return open.filter((column) => !domainOf(table, column)).map((column) => `${table}.${column}`)
  })
  expect(without).toEqual([])
  expect(file_tables.flatMap(columnsOf).length).toBeGreaterThan(without.length)
})

const openid = 'oNobodyNobodyNobodyNobody123'

it.each<
  [what: string, table: string, change: (row: Record<string, unknown>) => object, at: string]
>([
  ['an association of nobody', 'association', () => ({ openid }), 'openid'],
  ['a count of sends that has not come so far', 'send_count', () => ({ life: 0 }), 'life'],
  ['an account without a name', 'association', () => ({ appid: '' }), 'appid'],
  ['a mobile that is none', 'person', () => ({ mobile: '12345' }), 'mobile'],
  ['an address to run', 'account', () => ({ callback_url: 'javascript:alert(1)' }), 'callback_url'],
  ['a follower who is nobody', 'follower', () => ({ person: 'p-nobody' }), 'person'],
  ['an openid of somebody else', 'follower', () => ({ openid }), 'openid'],
  ['a button that runs something', 'menu', runs, 'buttons'],
  ['a counter that is behind', 'counter', () => ({ n: 0 }), 'n'],
  ['a message of no account', 'message', () => ({ eid: 'nobody-12345678' }), 'eid'],
])('a file with %s is refused at its cell', async (_, table, change, column) => {
  const scene = await startScene()
  const path = '/_sim/v1/worlds/default/snapshots'
  await scene.http('POST', path, { name: 'ready' })
  const file = (await scene.http('GET', `${path}/ready?secrets=true`)).json as unknown as File
  const row = file.tables[table]?.[0] ?? {}
  Object.assign(row, change(row))
  const body = { snapshot: file, if_exists: 'replace' }
  expect((await scene.http('POST', '/_sim/v1/worlds', body)).json).toMatchObject({
    status: 422,
    field: `snapshot.tables.${table}.0.${column}`,
    fix: expect.stringMatching(/\S/),
  })
})

function runs({ buttons }: Record<string, unknown>) {
  return { buttons: String(buttons).replace('/register/', 'javascript:') }
}
