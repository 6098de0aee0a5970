/** Read at a time. */
const batch_rows = 500
/** Looked through by one call at most, unless told otherwise: what follows is another call's. */
export const looked_max = 5000

interface Walk<T> {
  /** Rows behind a key, in the order in which they are looked through. */
  list(after: string, limit: number): readonly T[]
  keyOf(row: T): string
  isWanted(row: T): boolean
  /** Answered at once, at most. */
  readonly items_max: number
  readonly looked_max?: number
}

/** Looks for rows from a key on, until there are enough, all were seen, or one call has looked through as many as it may. */
export function walk<T>(
  from: string,
  { list, keyOf, isWanted, items_max, looked_max: most = looked_max }: Walk<T>,
): { readonly rows: T[]; readonly next: string | null } {
  const rows: T[] = []
  let after = from
  for (let looked = 0; looked < most; looked += batch_rows) {
    const limit = looked === 0 ? items_max + 1 : batch_rows
    const batch = list(after, limit)
    for (const row of batch) {
      if (!isWanted(row)) continue
      const last = rows.at(-1)
      if (rows.length === items_max && last) return { rows, next: keyOf(last) }
      rows.push(row)
    }
    const last = batch.at(-1)
    if (!last || batch.length < limit) return { rows, next: null }
    after = keyOf(last)
  }
  return { rows, next: after }
}

/** The digits of a mobile, in any spelling, or of a part of one; undefined: it is something else, such as a number below zero. */
export function digitsIn(text: string): string | undefined {
  const digits = text.replaceAll(/[\s+()-]/gu, '')
  return /^\d+$/u.test(digits) && !text.startsWith('-') ? digits : undefined
}

/** Whether one of some texts has what is looked for in it; a mobile may be written in any spelling. */
export function fitsOf(q: string): (texts: readonly string[]) => boolean {
  const text = q.trim().toLowerCase()
  if (text === '') return () => true
  const wanted = digitsIn(text) ?? text
  return (texts) => texts.some((each) => each.toLowerCase().includes(wanted))
}
