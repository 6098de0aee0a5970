import { createServer } from 'node:net'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createSimulator } from '../../src/simulator.ts'
import { freshDatabase, postgresUrl } from '../database.ts'
import { beside, emptyDatabase } from './place.ts'
import { refusalOf } from './refusal.ts'

let running: string
beforeAll(async () => {
  running = await postgresUrl()
})

/** The server of the tests, as somebody else or elsewhere. */
function server(change: (url: URL) => void): string {
  const url = new URL(`${running}/postgres`)
  change(url)
  return url.href
}

/** A port on which somebody listens who is no PostgreSQL: hangs up at once. */
function portOfNoPostgres(): Promise<number> {
  const other = createServer((socket) => socket.destroy())
  onTestFinished(() => {
    other.close()
  })
  return new Promise((resolve) => {
    other.listen(0, '127.0.0.1', () => {
      const address = other.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
}

describe('a PostgreSQL database that cannot be used', () => {
  it.each([
    { what: 'nobody listens there', change: (url: URL) => (url.port = '1'), says: 'ECONNREFUSED' },
    {
      what: 'the password is wrong',
      change: (url: URL) => (url.password = 'wr0ng'),
      says: 'password authentication failed',
    },
    {
      what: 'the user is unknown',
      change: (url: URL) => (url.username = 'nobody'),
      says: 'password authentication failed',
    },
    {
      what: 'the database is missing',
      change: (url: URL) => (url.pathname = '/missing'),
      says: 'database "missing" does not exist',
    },
    {
      what: 'the host is unknown',
      change: (url: URL) => (url.hostname = 'nowhere.invalid'),
      says: /nowhere.invalid/,
    },
    {
      what: 'the server does not encrypt, as asked',
      change: (url: URL) => (url.search = '?sslmode=verify-full'),
      says: 'does not support SSL',
    },
  ])('is refused, with its place and without its password: $what', async ({ change, says }) => {
    const data = server(change)
    const { host, pathname, password } = new URL(data)
    const error = await refusalOf(data)
    expect(error.message).toContain(`postgres://${host}${pathname} cannot be reached (`)
    expect(error.message).toMatch(says)
    expect(error.message).not.toContain(`:${password}@`)
    expect(error).toMatchObject({
      field: 'data',
      fix: expect.stringMatching(/^check that Postgre/),
    })
  })

  it('is refused when whoever listens there is no PostgreSQL', async () => {
    const port = await portOfNoPostgres()
    const error = await refusalOf(`postgres://me:secret@127.0.0.1:${port}/sim`)
    expect(error.message).toContain(`postgres://127.0.0.1:${port}/sim cannot be reached (`)
  })

  it('is refused when its address cannot be read, which is not repeated', async () => {
    const error = await refusalOf('postgres://me:se/cr#et@host:port/sim')
    expect(error.message).toBe('The address of the PostgreSQL database cannot be read.')
    expect(error.fix).toContain('postgres://user:password@host:5432/database')
  })

  it('is refused when another program has tables of our names, and keeps them', async () => {
    const data = await emptyDatabase()
    const other = await beside(data)
    await other.rows('create table person (theirs text)')
    await other.rows("insert into person values ('kept')")
    const error = await refusalOf(data)
    expect(error.message).toMatch(/^postgres:\/\/.* holds tables of another program\.$/)
    expect(error.fix).toBe('give the simulator a database of its own')
    expect(await other.rows('select * from person')).toEqual([{ theirs: 'kept' }])
    expect(await other.rows("select * from pg_tables where tablename = 'message'")).toEqual([])
  })

  it('is refused when its user may make no tables', async () => {
    const data = await emptyDatabase()
    const other = await beside(data)
    const user = `u_${new URL(data).pathname.slice(-12)}`
    await other.rows(`create role ${user} login password 'secret'`)
    const url = new URL(data)
    url.username = user
    url.password = 'secret'
    const error = await refusalOf(url.href)
    expect(error.message).toMatch(/ does not let this user make tables\.$/)
    expect(error.fix).toContain('grant it CREATE')
    await other.rows(`drop role ${user}`)
  })
})

describe('a PostgreSQL database', () => {
  it('serves two simulators that start at once on nothing', async () => {
    const data = await emptyDatabase()
    const sims = await Promise.all([createSimulator({ data }), createSimulator({ data })])
    for (const sim of sims) onTestFinished(() => sim.close())
    for (const sim of sims) {
      expect(await sim.call('world.list')).toMatchObject({ items: [{ world: 'default' }] })
    }
  })

  it('takes the user and password of its address, special characters included', async () => {
    const data = await freshDatabase('postgres')
    const other = await beside(data)
    const user = `u_${new URL(data).pathname.slice(-12)}`
    await other.rows(`create role ${user} login superuser password 'p@ss:w/rd %#'`)
    const url = new URL(data)
    url.username = user
    url.password = encodeURIComponent('p@ss:w/rd %#')
    const sim = await createSimulator({ data: url.href })
    await sim.close()
    await other.rows(`drop role ${user}`)
  })
})
