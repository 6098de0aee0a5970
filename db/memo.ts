import type { TableName } from './schema.ts'
import type { Statement } from './statement.ts'
import { TupleMap } from './tuple-map.ts'

/** Of one question, so many answers are remembered. */
const answers_max = 4000

/** Answers to questions that are asked again and again, kept until somebody writes to their table. */
export class Memo {
  readonly #answers = new Map<Statement, TupleMap<unknown[]>>()
  readonly #byTable = new Map<TableName, TupleMap<unknown[]>[]>()

  /** Those of which anything is ever remembered. */
  get tables(): Iterable<TableName> {
    return this.#byTable.keys()
  }

  find(statement: Statement, values: readonly unknown[]): unknown[] | undefined {
    return this.#answers.get(statement)?.get(values)
  }

  keep(statement: Statement, values: readonly unknown[], rows: unknown[]): void {
    let answers = this.#answers.get(statement)
    if (!answers) {
      answers = new TupleMap()
      this.#answers.set(statement, answers)
      for (const table of statement.tables ?? []) {
        const ofTable = this.#byTable.get(table)
        if (ofTable) ofTable.push(answers)
        else this.#byTable.set(table, [answers])
      }
    }
    if (answers.size >= answers_max) answers.clear()
    answers.set(values, rows)
  }

  /** Forgets what these tables have answered; undefined: all do. Says whether anything is ever remembered of them. */
  forget(tables: readonly TableName[] | undefined): boolean {
    if (tables === undefined) {
      for (const answers of this.#answers.values()) answers.clear()
      return true
    }
    let isKnown = false
    for (const table of tables) {
      const ofTable = this.#byTable.get(table)
      if (!ofTable) continue
      isKnown = true
      for (const answers of ofTable) answers.clear()
    }
    return isKnown
  }
}
