/** Why a text is no JSON, and in which line that shows; undefined when it is. */
export function jsonFault(text: string): { line: number; reason: string } | undefined {
  const why = complaint(text)
  if (why === undefined) return undefined
  const lines = text.trimEnd().split('\n')
  // V8 names the place of some faults only. Nothing in JSON goes on beyond the end of a line.
  const first = lines.findIndex((_, i) => !goesOn(`${lines.slice(0, i + 1).join('\n')}\n`))
  const reason = `it cannot be understood: ${why.replaceAll(/\s+/gu, ' ')}`
  return { line: first < 0 ? lines.length : first + 1, reason }
}

/** Whether a text is right as far as it goes. */
function goesOn(text: string): boolean {
  const why = complaint(text)
  if (why === undefined || /end of JSON input/u.test(why)) return true
  return Number(/at position (\d+)/u.exec(why)?.[1]) === text.length
}

function complaint(text: string): string | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
