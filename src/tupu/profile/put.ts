/** The same value with another one at a place in it; what is on the way is made, a list where the place says `*` or a number. */
export function putAt(into: unknown, parts: readonly string[], value: unknown): unknown {
  const [part, ...rest] = parts
  if (part === undefined) return value
  const index = part === '*' ? 0 : /^\d{1,3}$/.test(part) ? Number(part) : undefined
  if (index !== undefined && (into === undefined || Array.isArray(into))) {
    const list = [...(into ?? [])]
    list[index] = putAt(list[index], rest, value)
    return list
  }
  const object = typeof into === 'object' && into !== null ? { ...into } : {}
  const inner = (object as Record<string, unknown>)[part]
  return { ...object, [part]: putAt(inner, rest, value) }
}
