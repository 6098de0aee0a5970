/** How often each endpoint was called and how it answered, in this process since it started. */
export class Coverage {
  readonly #counts = new Map<string, Map<number, number>>()

  /** `code` is the errcode, 0 for a good answer; of surfaces without errcodes the HTTP status. */
  count(endpoint: string, code: number): void {
    let codes = this.#counts.get(endpoint)
    if (!codes) {
      codes = new Map()
      this.#counts.set(endpoint, codes)
    }
    codes.set(code, (codes.get(code) ?? 0) + 1)
  }

  list(): { endpoint: string; code: number; calls: number }[] {
    const rows = []
    for (const [endpoint, codes] of this.#counts) {
      for (const [code, calls] of codes) rows.push({ endpoint, code, calls })
    }
    return rows
  }
}
