/** What stands for what: aliases of a file, and what took their place in the world that was made of it. */
export class Bindings {
  readonly #aliases: ReadonlySet<string>
  /** Those that are found as words of a text; the few others must be looked for one by one. */
  readonly #odd: readonly string[]
  readonly #actual = new Map<string, string>()
  readonly #alias = new Map<string, string>()

  constructor(aliases: readonly string[]) {
    this.#aliases = new Set(aliases)
    this.#odd = aliases.filter((alias) => !/^[\w-]+$/.test(alias))
  }

  /** A text of the file as this world understands it. */
  actual(text: string): string {
    return this.#replace(text, this.#actual)
  }

  /** A text of this world as the file would write it. */
  alias(text: string): string {
    return this.#replace(text, this.#alias)
  }

  /** Aliases in a text of which nobody knows what they stand for here. */
  openIn(text: string): string[] {
    const words = new Set(text.match(WORD) ?? [])
    const found = [...words].filter((word) => this.#aliases.has(word))
    const odd = this.#odd.filter((alias) => text.includes(alias))
    return [...found, ...odd].filter((alias) => !this.#actual.has(alias))
  }

  bind(alias: string, actual: string): void {
    if (!this.#aliases.has(alias) || this.#actual.has(alias)) return
    this.#actual.set(alias, actual)
    this.#alias.set(actual, alias)
  }

  /** What stands in one text where the other has aliases, if they are the same but for that. */
  learn(expected: string, actual: string): void {
    if (expected.length > value_length_max) return
    const open = this.openIn(expected)
    if (open.length === 0) return
    const parts = expected.split(new RegExp(`(${open.map(escaped).join('|')})`))
    const pattern = parts.map((part, i) => (i % 2 === 0 ? escaped(part) : '(\\S+?)')).join('')
    const found = new RegExp(`^${pattern}$`, 's').exec(actual)
    for (const [i, value] of found?.slice(1).entries() ?? [])
      this.bind(parts[i * 2 + 1] ?? '', value)
  }

  #replace(text: string, by: ReadonlyMap<string, string>): string {
    let shown = text.replace(WORD, (word) => by.get(word) ?? word)
    for (const alias of this.#odd) {
      const [from, to] =
        by === this.#actual ? [alias, this.#actual.get(alias)] : [this.#actual.get(alias), alias]
      if (from !== undefined && to !== undefined) shown = shown.replaceAll(from, to)
    }
    return shown
  }
}

/** No alias has fewer signs. */
const WORD = /[\w-]{8,}/g
/** A longer text is no value of an answer. */
const value_length_max = 20_000

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
