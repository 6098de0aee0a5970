/** What was found or expected, as a person reads it; null: there is nothing to say. */
export function valueText(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (typeof value !== 'object') return String(value)
  const parts = Object.entries(value).flatMap(([name, member]) => {
    const text = valueText(member)
    return text === null ? [] : [Array.isArray(value) ? text : `${name}: ${text}`]
  })
  return parts.length === 0 ? JSON.stringify(value) : parts.join(', ')
}
