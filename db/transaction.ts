import type { PoolClient, QueryResult } from 'pg'
import type { Deed, History } from './history.ts'
import type { Statement } from './statement.ts'
import type { RunResult } from './unit.ts'

interface Sql {
  readonly text: string
  readonly values?: unknown[]
}

/** How a transaction stands: whether there is something to go back to, and what was sealed. */
interface Stand {
  savepoint: boolean
  sealed: boolean
  /** The savepoint of what was written since the seal. */
  inner: boolean
}

/** Tells PostgreSQL what a unit does and asks, as few times as possible: all that waits goes out with the next question. */
export class Transaction {
  readonly #client: PoolClient
  #begin: readonly string[]
  #stand: Stand = { savepoint: false, sealed: false, inner: false }

  /** `begin`: the statements with which it begins, not sent before there is something to ask. */
  constructor(client: PoolClient, begin: readonly string[]) {
    this.#client = client
    this.#begin = begin
  }

  async ask(history: History): Promise<RunResult> {
    const { question } = history
    if (!question) throw new Error('there is no question')
    const batch = this.#unsent(history, false)
    if (!question.statement.writes) batch.push(asSql(question))
    const results = await this.#send(batch)
    const { rows, rowCount } = results[results.length - 1] as QueryResult
    return { rows, changes: rowCount ?? 0 }
  }

  async commit(history: History): Promise<void> {
    const batch = this.#unsent(history, true)
    // It has asked nothing and done nothing.
    if (batch.length === 0 && this.#begin.length > 0) return
    await this.#send([...batch, { text: 'commit' }])
  }

  async rollBack(): Promise<void> {
    if (this.#begin.length === 0) await this.#client.query('rollback').catch(() => {})
  }

  /** All at once; of several that fail the first says why. */
  async #send(batch: readonly Sql[]): Promise<QueryResult[]> {
    const begin = this.#begin.map((text) => ({ text }))
    this.#begin = []
    const results: QueryResult[] = []
    const all = [...begin, ...batch].map((sql) => this.#client.query(sql))
    for (const settled of await Promise.allSettled(all)) {
      if (settled.status === 'rejected') throw settled.reason
      results.push(settled.value)
    }
    return results
  }

  /** What the database does not know yet. Of what was taken back before it was sent, it never hears. */
  #unsent(history: History, isLast: boolean): Sql[] {
    const batch: Sql[] = []
    let from = { length: 0, stand: { ...this.#stand } }
    for (const deed of history.deeds.slice(history.sent)) {
      if (deed.kind === 'undo') {
        if (isWhole(from.stand)) {
          batch.length = from.length
          this.#stand = { ...from.stand }
        } else this.#goBack(batch)
        continue
      }
      if (deed.kind === 'seal') {
        this.#stand.sealed = this.#stand.savepoint || batch.length > 0
        this.#stand.inner = false
      } else this.#add(batch, deed, isLast)
      if (deed.kind === 'seal') from = { length: batch.length, stand: { ...this.#stand } }
    }
    history.sent = history.deeds.length
    return batch
  }

  #add(batch: Sql[], deed: Extract<Deed, { kind: 'statement' }>, isLast: boolean): void {
    const stand = this.#stand
    if (!isLast && !stand.savepoint) {
      stand.savepoint = true
      batch.push({ text: 'savepoint unit' })
    } else if (!isLast && stand.sealed && !stand.inner) {
      stand.inner = true
      batch.push({ text: 'savepoint rest' })
    }
    batch.push(asSql(deed))
  }

  #goBack(batch: Sql[]): void {
    const stand = this.#stand
    if (stand.sealed) {
      if (stand.inner) batch.push({ text: 'rollback to savepoint rest' })
      return
    }
    batch.push({ text: 'rollback to savepoint unit' }, { text: 'release savepoint unit' })
    stand.savepoint = false
  }
}

/** Whether nothing that can be taken back has been sent. */
function isWhole({ savepoint, sealed, inner }: Stand): boolean {
  return sealed ? !inner : !savepoint
}

function asSql(of: { readonly statement: Statement; readonly values: readonly unknown[] }): Sql {
  return { text: of.statement.sql, values: [...of.values] }
}
