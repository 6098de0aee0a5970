import type { PoolClient } from 'pg'
import type { Deed, History, Question } from './history.ts'
import type { Statement } from './statement.ts'
import type { RunResult } from './unit.ts'

interface Sql {
  readonly text: string
  readonly values?: unknown[]
  readonly name?: string | undefined
  /** Under which its result is needed. */
  readonly key?: string | undefined
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

  /** Finds out what a unit asks, and whatever it will need besides. */
  async ask(history: History, question: Question): Promise<void> {
    const batch = this.#unsent(history, false)
    if (!question.statement.writes) batch.push(asSql(question))
    for (const { key, result } of await this.#send(batch)) {
      if (key !== undefined) history.answer(key, result)
    }
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
  async #send(batch: readonly Sql[]): Promise<{ key: string | undefined; result: RunResult }[]> {
    const begin: Sql[] = this.#begin.map((text) => ({ text }))
    this.#begin = []
    const all = [...begin, ...batch]
    const sent = all.map(({ text, values, name }) =>
      this.#client.query(values ? { text, values, ...(name && { name }) } : text),
    )
    const settled = await Promise.allSettled(sent)
    return settled.map((end, i) => {
      if (end.status === 'rejected') throw end.reason
      const { rows, rowCount } = end.value
      return { key: all[i]?.key, result: { rows, changes: rowCount ?? 0 } }
    })
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

function asSql(of: {
  readonly statement: Statement
  readonly values: readonly unknown[]
  readonly key?: string
}): Sql {
  const { sql: text, name } = of.statement
  return { text, name, values: [...of.values], key: of.key }
}
