/** The name that was probably meant, or undefined when none is near enough to be a slip. */
export function nearest(wanted: string, names: readonly string[]): string | undefined {
  const plain = bare(wanted)
  const ranked = names
    .map((name) => ({ name, distance: editDistance(plain, bare(name)) }))
    .toSorted((a, b) => a.distance - b.distance)
  const best = ranked[0]
  const slips_max = Math.max(1, Math.floor(plain.length / 3))
  return best && best.distance <= slips_max ? best.name : undefined
}

/** `public-url`, `publicUrl` and `PUBLIC_URL` are one word to whoever types. */
function bare(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

/** Insertions, deletions, replacements and swaps of neighbours between two words. */
export function editDistance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const line = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      line[column] = Math.min(
        at(last, column) + 1,
        at(line, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        swapped ? at(before, column - 2) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    before = last
    last = line
  }
  return at(last, b.length)
}

function at(line: readonly number[], column: number): number {
  return line[column] ?? Number.POSITIVE_INFINITY
}

const names_max = 20

/** How to say which names there are: the one that was probably meant first, and no more than anybody reads. */
export function useOneOf(wanted: string | undefined, names: readonly string[]): string {
  const meant = wanted === undefined ? undefined : nearest(wanted.slice(0, wanted_max), names)
  const ordered = meant === undefined ? names : [meant, ...names.filter((name) => name !== meant)]
  const rest = ordered.length - names_max
  const listed = ordered.slice(0, names_max).join(', ')
  return `use one of: ${listed}${rest > 0 ? `, and ${rest} more` : ''}`
}

/** What is longer is no slip. */
const wanted_max = 100
