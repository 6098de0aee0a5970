import { Aftermath } from './aftermath.ts'
import { type History, type Question, unanswered } from './history.ts'
import type { TableName } from './schema.ts'
import type { DialectName, Statement } from './statement.ts'
import type { Topic } from './topic.ts'
import { Db, type RunResult, type Unit } from './unit.ts'

/** Another unit was first: this one begins anew. */
export class Conflict extends Error {}

/** One run of a unit's work: what was answered before is answered from its history, and the first new question ends it. */
export class PostgresUnit extends Db implements Unit {
  readonly dialect: DialectName = 'postgres'
  readonly ledger = undefined
  readonly #label: string
  readonly #history: History
  readonly after = new Aftermath()
  /** Where the results of what was foreseen will stand. */
  readonly #foreseen = new Map<string, string>()
  /** How many deeds this run has done. */
  #deeds = 0
  #stopped: unknown
  #over = false

  constructor(label: string, history: History) {
    super()
    this.#label = label
    this.#history = history
  }

  get db(): Db {
    return this
  }

  /** Why the run cannot go on, if it cannot, also if its work did not mind. */
  get stopped(): unknown {
    return this.#stopped
  }

  /** How many deeds this run has done. */
  get deeds(): number {
    return this.#deeds
  }

  run(statement: Statement, values: readonly unknown[]): RunResult {
    this.#mustGoOn()
    const text = `${statement.sql} ${JSON.stringify(values)}`
    const key = this.#foreseen.get(text) ?? this.#begin(statement, values, text)
    this.#foreseen.delete(text)
    return this.#history.answerTo(key) ?? this.#ask({ key, statement, values })
  }

  foresee(statement: Statement, values: readonly unknown[]): void {
    this.#mustGoOn()
    const text = `${statement.sql} ${JSON.stringify(values)}`
    this.#foreseen.set(text, this.#begin(statement, values, text))
  }

  /** A statement takes its place among the deeds, if it is one. Returns where its result will stand. */
  #begin(statement: Statement, values: readonly unknown[], text: string): string {
    const key = `${this.#deeds} ${text}`
    if (!statement.writes) return key
    this.#do({ kind: 'statement', statement, values, key })
    return key
  }

  tell(statement: Statement, values: readonly unknown[]): void {
    this.#do({ kind: 'statement', statement, values })
  }

  insert(_table: TableName, insertion: Statement, values: readonly unknown[]): void {
    this.tell(insertion, values)
  }

  readonly undo = (): void => {
    this.#do({ kind: 'undo' })
    this.#foreseen.clear()
    this.after.undo()
  }

  readonly seal = (): void => {
    this.#do({ kind: 'seal' })
    this.after.seal()
  }

  once(name: string, write: () => void): void {
    if (!this.#history.isDone(name)) write()
  }

  recall<T>(name: readonly unknown[], look: () => T): T {
    return this.#history.recall(name, look)
  }

  announce(epoch: number, topic: Topic): void {
    this.#mustGoOn()
    this.after.announce(epoch, topic)
  }

  afterCommit(effect: () => void): void {
    this.after.add(effect)
  }

  retry(reason: string): never {
    return this.#stop(new Conflict(`${this.#label}: ${reason}`))
  }

  end(): void {
    this.#over = true
  }

  #do(deed: Parameters<History['did']>[1]): void {
    this.#mustGoOn()
    this.#history.did(this.#deeds, deed)
    this.#deeds++
  }

  #ask(question: Question): never {
    this.#history.question = question
    return this.#stop(unanswered)
  }

  #stop(why: unknown): never {
    this.#stopped = why
    throw why
  }

  #mustGoOn(): void {
    if (this.#over) throw new Error(`${this.#label}: its unit is over`)
    if (this.#stopped !== undefined) throw this.#stopped
  }
}
