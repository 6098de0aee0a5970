const length_max = 500

/** What a decision shows of a value as sent: not a megabyte of it, and nothing nested. The exchange has it whole. */
export function clip(value: unknown): unknown {
  if (typeof value === 'string') return clipText(value, length_max)
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' && value !== null ? 'an object' : (value ?? null)
}

/** A text's beginning, whole where it is short; never half a surrogate pair. */
export function clipText(text: string, characters_max: number): string {
  const short = text.length > characters_max ? `${text.slice(0, characters_max)}…` : text
  return short.toWellFormed()
}
