import type { Refusal } from '../core/refusal.ts'
import { toUnixSeconds } from '../world/clock.ts'
import { trace_digits } from '../world/trace.ts'

/**
 * Names a call in WeChat's own way: its Unix second and two opaque 31-bit numbers, in hex. They hold what makes the trace
 * begin as it does, so that it is found again by its index: the milliseconds that the second leaves out, 20 bits of the caller,
 * and the count, which the caller's bits hide; the lowest ten of that hide the milliseconds.
 */
export function ridOf({ trace, now }: { trace: string; now: number }): string {
  const caller = hexAt(trace, instant + n, caller_digits)
  const count = (hexAt(trace, instant, n) ^ veilOf(caller)) >>> 0
  const [high, low] = [caller * 16 + (count >>> 28), count & 0xfffffff]
  // The call's own instant: an answer that was waited for may come later.
  const at = hexAt(trace, 0, instant) || now
  const ms = (at % 1000) ^ (low & 0x3ff)
  const words = [toUnixSeconds(at), high * 0x80 + (ms >> 3), low * 8 + (ms & 7)]
  return words.map((word) => hex(word, 8)).join('-')
}

/** What a rid says of the call that it names; undefined: it names none. */
export function readRid(rid: string): { invoked_at: number; trace_start: string } | undefined {
  const [seconds = 0, first = 0, second = 0] = rid
    .split('-')
    .map((word) => Number.parseInt(word, 16))
  const [high, low] = [first >>> 7, second >>> 3]
  const ms = (((first & 0x7f) << 3) | (second & 7)) ^ (low & 0x3ff)
  const invoked_at = seconds * 1000 + ms
  if (ms >= 1000 || Math.max(first, second) > 0x7fffffff) return undefined
  const caller = high >>> 4
  const count = ((((high & 15) << 28) | low) ^ veilOf(caller)) >>> 0
  const trace_start = hex(invoked_at, instant) + hex(count, n) + hex(caller, caller_digits)
  return { invoked_at, trace_start }
}

const { instant, n } = trace_digits
/** Of the caller's digits in a trace, so many fit. */
const caller_digits = 5

/** 32 bits that follow from a caller's and look like chance: by Knuth's multiplicative hash. */
function veilOf(caller: number): number {
  return Math.imul(caller, 0x9e3779b1)
}

function hexAt(trace: string, offset: number, length: number): number {
  return Number.parseInt(trace.slice(offset, offset + length), 16) || 0
}

function hex(value: number, length: number): string {
  return value.toString(16).padStart(length, '0')
}

/** Path families whose refusals carry more than the plain ` rid: …`. Source: reference answers of SDK users, 2022–2025. */
const suffixes: readonly {
  readonly path: string
  readonly suffix: (at: { trace: string; now: number }) => string
}[] = [
  { path: '/sns/', suffix: (at) => `, rid: ${ridOf(at)}` },
  { path: '/cgi-bin/material/', suffix: (at) => ` hint: [${hintOf(at)}] rid: ${ridOf(at)}` },
  { path: '/cgi-bin/user/', suffix: (at) => ` hint: [${hintOf(at)}] rid: ${ridOf(at)}` },
]

/** The errmsg of a refusal as it stands on the wire of a path. Under /sns none points to the stable token. */
export function wireText(
  refusal: Pick<Refusal, 'text'>,
  path: string,
  at: { trace: string; now: number },
): string {
  const family = suffixes.find((candidate) => path.startsWith(candidate.path))
  if (!family) return `${refusal.text} rid: ${ridOf(at)}`
  const text = family.path === '/sns/' ? refusal.text.replace(/, could get .*$/, '') : refusal.text
  return text + family.suffix(at)
}

function hintOf(at: { trace: string }): string {
  return Buffer.from(at.trace.slice(12, 32), 'hex').toString('base64url')
}
