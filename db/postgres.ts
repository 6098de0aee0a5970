import { Kysely, PostgresDialect } from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { postgresDialect } from './hot.ts'
import { migrate } from './migrate.ts'
import { addressOf, codeOf, explain } from './postgres-address.ts'
import {
  Db,
  makeExecutor,
  type RunResult,
  type Store,
  type Unit,
  type UnitConnection,
} from './unit.ts'

const int8_oid = 20
const connections_max = 10
const connect_ms_max = 15_000
/** A unit that has asked the store for nothing so long has stopped for something else: the server ends it. */
const idle_ms_max = 60_000
const tries_max = 5
/** Two units wanted the same row or the same new key: the later one is run again from its beginning. */
const try_again = new Set(['23505', '40001', '40P01'])
/** Each statement sees what others have committed: what a unit reads after it waited for a row is the truth. */
const begin = 'begin isolation level read committed'
/** Those that begin anew do so one at a time over all replicas: each finds what the one before it left. */
const begin_again = `${begin}; select pg_advisory_xact_lock(${0x54555055}, 1)`

/** A PostgreSQL database, for several replicas. A unit is one transaction on one pooled connection. */
export async function openPostgres(url: string): Promise<Store> {
  const { default: pg } = await import('pg')
  const address = addressOf(url)
  const pool = new pg.Pool({
    connectionString: url,
    max: connections_max,
    connectionTimeoutMillis: connect_ms_max,
    idle_in_transaction_session_timeout: idle_ms_max,
    types: {
      getTypeParser: (oid: number, format?: string) =>
        oid === int8_oid ? Number : pg.types.getTypeParser(oid, format as 'text'),
    },
  })
  // A connection that the server closes, idle or at work: its unit fails, the next one opens another.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  try {
    await migrate(new Kysely({ dialect: new PostgresDialect({ pool }) }), address)
  } catch (error) {
    await pool.end()
    throw explain(error, address)
  }
  return asStore(pool, address)
}

function asStore(pool: Pool, address: string): Store {
  const executor = makeExecutor(postgresDialect)
  const connect = (connection: UnitConnection) => new Db(postgresDialect, executor, connection)
  const running = new Set<Promise<unknown>>()
  let closed = false
  return {
    dialect: 'postgres',
    address,
    unit(label, work) {
      if (closed) return Promise.reject(new Error(`${label}: the database is closed`))
      const unit = runUnit(pool, label, work, connect)
      const over = unit.catch(() => {}).finally(() => running.delete(over))
      running.add(over)
      return unit
    },
    async close() {
      closed = true
      // A pool that ends gives no connection to those who wait for one.
      await Promise.all(running)
      await pool.end()
    },
  }
}

async function runUnit<T>(
  pool: Pool,
  label: string,
  work: (unit: Unit) => Promise<T>,
  connect: (connection: UnitConnection) => Db,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    const client = await pool.connect()
    try {
      await client.query(tries === 1 ? begin : begin_again)
      return await transact(client, label, work, connect)
    } catch (error) {
      if (tries >= tries_max || !try_again.has(codeOf(error))) throw error
    } finally {
      client.release()
    }
  }
}

async function transact<T>(
  client: PoolClient,
  label: string,
  work: (unit: Unit) => Promise<T>,
  connect: (connection: UnitConnection) => Db,
): Promise<T> {
  const state: State = {
    savepoint: false,
    sealed: false,
    inner: false,
    over: false,
    conflict: undefined,
  }
  const db = connect(connectionOf(client, label, state))
  const watch = watchEnd(client, label)
  try {
    const value = await Promise.race([work(unitOf(client, label, state, db)), watch.ended])
    // A conflict that the work took for a bug of its own is still a conflict.
    if (state.conflict !== undefined) throw state.conflict
    const { command } = await client.query('commit')
    if (command !== 'COMMIT')
      throw new Error(`${label} went on after a statement had failed: nothing of it was kept`)
    return value
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw state.conflict ?? error
  } finally {
    watch.stop()
    state.over = true
  }
}

function unitOf(client: PoolClient, label: string, state: State, db: Db): Unit {
  const undo = async () => {
    if (state.over) throw new Error(`${label}: its unit is over`)
    // Nothing that the work goes on to do, or to log, would stay: it is run again.
    if (state.conflict !== undefined) throw state.conflict
    if (state.sealed) {
      if (state.inner) await client.query('rollback to savepoint rest')
      return
    }
    if (state.savepoint) await client.query('rollback to savepoint unit; release savepoint unit')
    state.savepoint = false
  }
  const seal = () => {
    state.sealed = state.savepoint
    state.inner = false
  }
  return { db, undo, seal }
}

/** Fails when the server ends a connection, whatever its unit is waiting for. */
function watchEnd(client: PoolClient, label: string): { ended: Promise<never>; stop: () => void } {
  let stop = () => {}
  const ended = new Promise<never>((_, reject) => {
    const fail = () => reject(new Error(`${label}: PostgreSQL has ended its connection`))
    client.once('end', fail)
    stop = () => client.off('end', fail)
  })
  return { ended, stop }
}

/** How a transaction stands. */
interface State {
  savepoint: boolean
  /** What was written before stays, unless the unit throws. */
  sealed: boolean
  /** The savepoint of what was written since. */
  inner: boolean
  over: boolean
  conflict: unknown
}

function connectionOf(client: PoolClient, label: string, state: State): UnitConnection {
  return {
    dialect: 'postgres',
    retry(reason) {
      state.conflict ??= Object.assign(new Error(`${label}: ${reason}`), { code: '40001' })
      throw state.conflict
    },
    async run(sql, parameters, writes): Promise<RunResult> {
      if (state.over) throw new Error(`${label}: its unit is over`)
      if (writes && !state.savepoint) {
        state.savepoint = true
        await client.query('savepoint unit')
      } else if (writes && state.sealed && !state.inner) {
        state.inner = true
        await client.query('savepoint rest')
      }
      try {
        const result = await client.query({ text: sql, values: [...parameters] })
        return { rows: result.rows, changes: result.rowCount ?? 0 }
      } catch (error) {
        if (try_again.has(codeOf(error))) state.conflict ??= error
        throw error
      }
    },
  }
}
