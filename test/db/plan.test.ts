import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { expect, it, onTestFinished } from 'vitest'
import { hotStatements } from '../../db/hot.ts'
import { openStore } from '../../db/open.ts'
import { type DatabaseName, onBoth } from '../database.ts'
import { watchStores } from './called.ts'
import { fill } from './full.ts'
import { beside, emptyPlace } from './place.ts'
import { faultOf, type Plan, postgresPlan, sqlitePlan } from './plan.ts'
import { callRarely, storeWithRows } from './rare-calls.ts'
import { recordStatements } from './statements.ts'
import { walkEverything } from './walk.ts'

/** So many rows that no database would rather look at all of them. */
const rows = 30_000

interface Walked {
  readonly texts: ReadonlySet<string>
  /** Functions that ask the database, which no part of the walk needed. */
  readonly uncalled: readonly string[]
}

/** Only placeholders differ in what is asked of either database: one walk says it of both. */
let walked: Promise<Walked> | undefined

async function walk(): Promise<Walked> {
  const uncalled = await watchStores()
  // Migrations may walk. What others have left in memory has everything prepared, which then could not be heard.
  const left = await Promise.all(Array.from({ length: 8 }, () => openStore(':memory:')))
  const { texts, stop } = recordStatements()
  await walkEverything()
  stop()
  await Promise.all(left.map((store) => store.close()))
  return { texts: texts.sqlite, uncalled: await uncalled() }
}

/** What the program asks a database. */
async function statementsOn(database: DatabaseName): Promise<string[]> {
  walked ??= walk()
  const { texts: asked, uncalled } = await walked
  const store = await storeWithRows(database)
  const stillUncalled = await watchStores()
  const recorded = recordStatements()
  await callRarely(store)
  recorded.stop()
  expect((await stillUncalled()).filter((name) => uncalled.includes(name))).toEqual([])
  const ofWalk = [...asked].map((text) => textFor(database, text))
  const texts = [...new Set([...ofWalk, ...recorded.texts[database]])]
  const all = texts.filter((text) => !/^insert/i.test(text))
  const hot = hotStatements.map(({ sql }) => sql(database)).filter((text) => !/^insert/i.test(text))
  expect(hot.filter((text) => !all.includes(text))).toEqual([])
  return all
}

function textFor(database: DatabaseName, text: string): string {
  let n = 0
  return database === 'sqlite' ? text : text.replaceAll('?', () => `$${++n}`)
}

type Planner = (text: string) => Plan | Promise<Plan>

async function plannerOf(database: DatabaseName, data: string): Promise<Planner> {
  if (database === 'sqlite') {
    const sqlite = new Sqlite(data)
    onTestFinished(() => void sqlite.close())
    return (text) => sqlitePlan(sqlite, text)
  }
  const client = new pg.Client(data)
  // The database may be dropped first when the test is over.
  client.on('error', () => {})
  await client.connect()
  onTestFinished(() => client.end())
  return (text) => postgresPlan(client, text)
}

it.each([
  { text: 'select * from message where epoch = ? and message = ?', fault: undefined },
  { text: 'select * from message where epoch = ? order by message limit ?', fault: undefined },
  { text: 'select * from message where epoch = ?', fault: 'walks message' },
  { text: 'select * from message where state = ?', fault: 'walks message' },
  { text: 'select * from message where epoch = ? and eid = ? limit 1', fault: 'walks message' },
  {
    text: 'select * from message where epoch = ? and message > ? and state = ? limit 1',
    fault: 'walks message',
  },
  { text: 'update message set state = ?', fault: 'walks message' },
  { text: 'select * from exchange where trace = ? or status = ?', fault: 'walks exchange' },
  {
    text: 'select * from exchange where trace < ? order by status limit 1',
    fault: 'sorts exchange',
  },
  { text: 'select * from world order by called_at limit 1', fault: undefined },
  {
    text: 'select count(*) from (select id from tagging where epoch = ? and appid = ? group by id) as one',
    fault: undefined,
  },
  {
    text: 'select count(*) from (select openid from tagging where epoch = ? group by openid) as one',
    fault: 'walks tagging',
  },
])('what grows with its table is found out: $text', async ({ text, fault }) => {
  const data = await emptyPlace('sqlite')
  await (await openStore(data)).close()
  const plan = await plannerOf('sqlite', data)
  expect(faultOf(text, await plan(text))?.split(/:|\n/)[0]).toBe(fault)
})

onBoth('the statements of all calls, pages and jobs', (database) => {
  it('find their rows by an index, on an empty database and on a full one', async () => {
    const texts = await statementsOn(database)
    const data = await emptyPlace(database)
    await (await openStore(data)).close()
    const plan = await plannerOf(database, data)
    const other = await beside(data)
    const faults = async () => {
      const found: (string | undefined)[] = []
      for (const text of texts) found.push(faultOf(text, await plan(text)))
      return found.filter((fault) => fault !== undefined)
    }
    // PostgreSQL takes the shortest way through what is empty, and another one as soon as it knows that it is not.
    if (database === 'sqlite') expect(await faults()).toEqual([])
    await fill(database, other, rows)
    expect(await faults()).toEqual([])
  })
})
