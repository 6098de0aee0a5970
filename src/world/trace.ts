import { TupleMap } from '../../db/tuple-map.ts'
import { deriveHex, type Source } from './seed.ts'

/** Of a trace: hex digits of its instant, of the count, and of what tells callers apart. */
export const trace_digits = { instant: 11, n: 8, caller: 13 } as const

/** So many callers' digits are remembered: they follow from world and key. */
const callers_max = 1000
const callers = new TupleMap<string>()

/**
 * The name of an exchange, and of everything that follows from it: its instant, the how manieth of its caller it is, and who that
 * is. Begins with what grows: an index over traces grows at its end, where it is cheap.
 */
export function traceOf(
  world: Source & { readonly now: number },
  { purpose, key, n }: { readonly purpose: string; readonly key: string; readonly n: number },
): string {
  return (
    hex(world.now, trace_digits.instant) + hex(n, trace_digits.n) + callerOf(world, purpose, key)
  )
}

function callerOf(world: Source, purpose: string, key: string): string {
  const name = [world.world, world.seed, purpose, key]
  const known = callers.get(name)
  if (known !== undefined) return known
  if (callers.size >= callers_max) callers.clear()
  const digits = deriveHex(world, 'trace', purpose, key).slice(0, trace_digits.caller)
  callers.set(name, digits)
  return digits
}

function hex(value: number, length: number): string {
  return value.toString(16).padStart(length, '0')
}

/** The instant and the count that a trace begins with; undefined: it is none. */
export function readTrace(trace: string): { readonly at: number; readonly n: number } | undefined {
  const { instant, n, caller } = trace_digits
  if (!/^[\da-f]+$/.test(trace) || trace.length !== instant + n + caller) return undefined
  const part = (from: number, to: number) => Number.parseInt(trace.slice(from, to), 16)
  return { at: part(0, instant), n: part(instant, instant + n) }
}
