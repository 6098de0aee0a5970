/** A body up to so long stands on one line. */
const line_length_max = 64

/** JSON for people: on one line where it is short. */
export function jsonText(value: unknown): string {
  const line = JSON.stringify(value) ?? ''
  return line.length <= line_length_max ? line : (JSON.stringify(value, null, 2) ?? '')
}
