/** Rows as a table of text: the first column to the left, the others to the right. */
export function align(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, n) => Math.max(...rows.map((row) => row[n]?.length ?? 0))) ?? []
  const line = (row: readonly string[]) =>
    row.map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0)))
  return rows.map((row) => line(row).join('  ').trimEnd()).join('\n')
}
