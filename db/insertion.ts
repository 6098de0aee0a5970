/** Most rows come eight at a time when fifty callers send at once; more in a statement bring nothing. */
export const rows_at_once = 8

type Values = readonly unknown[]

/** Statements that add rows with the same columns: one row, or as many as go at once. */
interface Texts {
  readonly one: string
  readonly many: string
  /** Which of the values they take. */
  readonly given: readonly number[]
}

/**
 * How rows of one table are added to a SQLite file. A column in which none of them says anything is left out, because to bind a
 * null takes longer than to bind a number; and a statement that fails leaves what it has done so far, because whoever runs it
 * takes back the whole transaction then: otherwise SQLite copies each page before it is changed.
 */
export class Insertion {
  readonly #head: string
  readonly #columns: readonly string[]
  readonly #tail: string
  /** By the columns that are given, as bits. */
  readonly #texts = new Map<number, Texts>()

  /** As Kysely has built it, for one row. */
  constructor(sql: string) {
    const [, table = '', columns = '', tail = ''] =
      /^insert into (\S+) \(([^)]+)\) values \([?, ]+\)(.*)$/.exec(sql) ?? []
    if (table === '') throw new Error(`no insertion of one row: ${sql}`)
    this.#head = `insert ${tail === '' ? 'or fail ' : ''}into ${table}`
    this.#columns = columns.split(', ')
    this.#tail = tail
    // More do not fit into the bits of a number.
    if (this.#columns.length > 31) throw new Error(`too many columns: ${sql}`)
  }

  /** What adds these rows. */
  textsFor(rows: readonly { readonly values: Values }[]): Texts {
    let bits = 0
    for (const { values } of rows) {
      for (let i = 0; i < values.length; i++) if (values[i] !== null) bits |= 1 << i
    }
    let texts = this.#texts.get(bits)
    if (!texts) {
      texts = this.#write(bits)
      this.#texts.set(bits, texts)
    }
    return texts
  }

  #write(bits: number): Texts {
    const given = [...this.#columns.keys()].filter((i) => bits & (1 << i))
    const columns = given.map((i) => this.#columns[i]).join(', ')
    const row = `(${given.map(() => '?').join(', ')})`
    const text = (count: number) => {
      const rows = new Array(count).fill(row).join(', ')
      return `${this.#head} (${columns}) values ${rows}${this.#tail}`
    }
    return { one: text(1), many: text(rows_at_once), given }
  }
}
