/** A median with its quartiles. */
export interface Spread {
  readonly median: number
  readonly q1: number
  readonly q3: number
}

/** The median and the quartiles of some values, interpolated. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (part: number) => {
    const place = (sorted.length - 1) * part
    const below = sorted[Math.floor(place)] ?? Number.NaN
    const above = sorted[Math.ceil(place)] ?? Number.NaN
    return below + (above - below) * (place - Math.floor(place))
  }
  return { median: at(0.5), q1: at(0.25), q3: at(0.75) }
}
