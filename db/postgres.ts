import { Kysely, PostgresDialect } from 'kysely'
import type { Pool } from 'pg'
import type { Aftermath } from './aftermath.ts'
import { History, unanswered } from './history.ts'
import { migrate } from './migrate.ts'
import { namedOutage } from './outage.ts'
import { addressOf, codeOf, explain } from './postgres-address.ts'
import { PostgresLine } from './postgres-line.ts'
import { Conflict, PostgresUnit } from './postgres-unit.ts'
import { Transaction } from './transaction.ts'
import { isThenable, type RunUnit, type Store, type Unit } from './unit.ts'

const int8_oid = 20
const connections_max = 10
const connect_ms_max = 15_000
/** A unit asks one question after the other: one that has been silent so long has lost its process. */
const idle_ms_max = 60_000
const tries_max = 5
/** Two units wanted the same row or the same new key: the later one is run again from its beginning. */
const try_again = new Set(['23505', '40001', '40P01'])
/** Each statement sees what others have committed: what a unit reads after it waited for a row is the truth. */
const begin = ['begin isolation level read committed']
/** Those that begin anew do so one at a time over all replicas: each finds what the one before it left. */
const take_turns = `select pg_advisory_xact_lock(${0x54555055}, 1)`

/** A PostgreSQL database, for several replicas. A unit is one transaction on one pooled connection. */
export async function openPostgres(url: string): Promise<Store> {
  const { default: pg } = await import('pg')
  const address = addressOf(url)
  const pool = new pg.Pool({
    connectionString: url,
    max: connections_max,
    connectionTimeoutMillis: connect_ms_max,
    idle_in_transaction_session_timeout: idle_ms_max,
    pipeline: true,
    types: {
      getTypeParser: (oid: number, format?: string) =>
        oid === int8_oid ? Number : pg.types.getTypeParser(oid, format as 'text'),
    },
  })
  // A connection that the server closes, idle or at work: its unit fails, the next one opens another.
  pool.on('error', () => {})
  pool.on('connect', (client) => {
    client.on('error', () => {})
    // A plan for a new epoch's own number would believe that it has no rows, and walk them all.
    client.query('set plan_cache_mode = force_generic_plan').catch(() => {})
  })
  try {
    await migrate(new Kysely({ dialect: new PostgresDialect({ pool }) }), address)
    return asStore(pool, address, await PostgresLine.open(url))
  } catch (error) {
    await pool.end()
    throw explain(error, address)
  }
}

function asStore(pool: Pool, address: string, line: PostgresLine): Store {
  const running = new Set<Promise<unknown>>()
  const known = new Set<string>()
  let closed = false
  let lastStill: Promise<unknown> = Promise.resolve()
  const unitFrom =
    (begin: readonly string[]): RunUnit =>
    (label, work) => {
      if (closed) return Promise.reject(new Error(`${label}: the database is closed`))
      const unit = runUnit({ pool, line, known, begin }, label, work)
      const over = unit.catch(() => {}).finally(() => running.delete(over))
      running.add(over)
      return unit
    }
  return {
    dialect: 'postgres',
    address,
    unit: unitFrom(begin),
    still(_epoch, work) {
      // One at a time: each has a connection for as long as it takes, and needs another one for its units.
      const still = lastStill.then(() => withInstant(pool, unitFrom, work))
      lastStill = still.catch(() => {})
      return still
    },
    isStill: () => false,
    listen: (listener) => line.listen(listener),
    get leads() {
      return line.leads
    },
    async close() {
      closed = true
      // A pool that ends gives no connection to those who wait for one.
      await Promise.all(running)
      await line.close()
      await pool.end()
    },
  }
}

const one_instant = 'begin isolation level repeatable read'

/** Units that see the database as it is now: a transaction that stays open keeps that for them. */
async function withInstant<T>(
  pool: Pool,
  unitFrom: (begin: readonly string[]) => RunUnit,
  work: (unit: RunUnit) => Promise<T>,
): Promise<T> {
  const keeper = await pool.connect().catch((error) => {
    throw namedOutage(error)
  })
  try {
    await keeper.query(one_instant)
    const { rows } = await keeper.query<{ id: string }>('select pg_export_snapshot() as id')
    const unit = unitFrom([one_instant, `set transaction snapshot '${rows[0]?.id}'`])
    return await work(async (label, some) => {
      // A transaction that is silent for long is taken for dead.
      await keeper.query('select 1')
      return unit(label, some)
    })
  } finally {
    await keeper.query('rollback').catch(() => {})
    keeper.release()
  }
}

/** What all units of a process share. */
interface Shared {
  readonly pool: Pool
  readonly line: PostgresLine
  readonly known: Set<string>
  /** The statements with which they begin. */
  readonly begin: readonly string[]
}

async function runUnit<T>(
  { pool, line, known, begin }: Shared,
  label: string,
  work: (unit: Unit) => T,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    const client = await pool.connect().catch((error) => {
      throw namedOutage(error)
    })
    try {
      const transaction = new Transaction(client, tries === 1 ? begin : [...begin, take_turns])
      const { value, after } = await transact(transaction, new History(label, known), label, work)
      after.happen()
      line.announce(after.announced)
      return value
    } catch (error) {
      const isConflict = error instanceof Conflict || try_again.has(codeOf(error))
      if (tries >= tries_max || !isConflict) throw namedOutage(error)
    } finally {
      client.release()
    }
  }
}

/** Runs the work again and again, each time with one more answer, until it asks nothing more. */
async function transact<T>(
  transaction: Transaction,
  history: History,
  label: string,
  work: (unit: Unit) => T,
): Promise<{ readonly value: T; readonly after: Aftermath }> {
  try {
    for (;;) {
      const unit = new PostgresUnit(label, history)
      const ran = runOnce(unit, label, work)
      const { question } = history
      if (unit.stopped === unanswered && question) {
        await transaction.ask(history, question)
        continue
      }
      if (unit.stopped !== undefined) throw unit.stopped
      if ('error' in ran) throw ran.error
      if (unit.deeds < history.deeds.length)
        throw new Error(`${label} did less when it was run again`)
      await transaction.commit(history)
      history.committed()
      return { value: ran.value, after: unit.after }
    }
  } catch (error) {
    await transaction.rollBack()
    throw error
  }
}

function runOnce<T>(
  unit: PostgresUnit,
  label: string,
  work: (unit: Unit) => T,
): { readonly value: T } | { readonly error: unknown } {
  try {
    const value = work(unit)
    if (isThenable(value)) throw new Error(`${label} waits: a unit ends where it began`)
    return { value }
  } catch (error) {
    return { error }
  } finally {
    unit.end()
  }
}
