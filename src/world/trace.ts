import { TupleMap } from '../../db/tuple-map.ts'
import { sameFor } from './clock.ts'
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
  return instantDigits(world.now) + hex(n, trace_digits.n) + callerOf(world, purpose, key)
}

/** Many calls share an instant, and its digits take longer than all else of a trace. */
const instantDigits = sameFor(1, (now) => hex(now, trace_digits.instant))

/** By which digits the traces of a caller's exchanges end. */
export function callerOf(world: Source, purpose: string, key: string): string {
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

/** What a trace is made of; undefined: it is none. */
export function readTrace(
  trace: string,
): { readonly now: number; readonly n: number; readonly caller: string } | undefined {
  const { instant, n, caller } = trace_digits
  if (trace.length !== instant + n + caller || !/^[\da-f]+$/.test(trace)) return undefined
  const part = (from: number, length: number) =>
    Number.parseInt(trace.slice(from, from + length), 16)
  return { now: part(0, instant), n: part(instant, n), caller: trace.slice(instant + n) }
}
