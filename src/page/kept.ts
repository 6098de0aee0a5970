/** Of so many frames the markup is kept. */
const frames_max = 300

/** Where in a frame comes what is not kept with it: `<slot />`. No text and no attribute ever reads so. */
const slot = '<slot></slot>'

/**
 * Draws something that never changes, as plain data say: it sees nothing else, so that the same makes the same markup. The last
 * that was made of each subject is kept as long as the subject, in bytes.
 */
export function keptOf<S extends object, P>(
  draw: (subject: S, props: P) => { toString(): unknown },
): (subject: S, props: P) => Buffer {
  const kept = new WeakMap<S, { readonly props: P; readonly bytes: Buffer }>()
  return (subject, props) => {
    const known = kept.get(subject)
    if (known && isSame(known.props, props)) return known.bytes
    const bytes = Buffer.from(String(draw(subject, props)))
    kept.set(subject, { props, bytes })
    return bytes
  }
}

/** Plain data that read the same. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (!isObject(a) || !isObject(b)) return false
  for (const name in a) if (!isSame(a[name], b[name])) return false
  for (const name in b) if (!(name in a)) return false
  return true
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** The same of a page around its slot, by the data as they read; answers the page with what comes into the slot. */
export function keptAround<S extends object, P>(
  draw: (subject: S, props: P) => string,
): (subject: S, props: P, inside: readonly Buffer[]) => Buffer {
  const kept = new WeakMap<S, Map<string, readonly [before: Buffer, after: Buffer]>>()
  return (subject, props, inside) => {
    const frames = kept.get(subject) ?? new Map()
    const key = JSON.stringify(props)
    let around = frames.get(key)
    if (!around) {
      const [before = '', after = ''] = draw(subject, props).split(slot)
      around = [Buffer.from(before), Buffer.from(after)]
      if (frames.size >= frames_max) frames.clear()
      kept.set(subject, frames.set(key, around))
    }
    return Buffer.concat([around[0], ...inside, around[1]])
  }
}
