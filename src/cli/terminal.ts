import { callLines } from '../call-line.ts'
import { wantsColor } from '../config.ts'
import type { Log } from '../core/engine.ts'
import type { CallListener } from '../core/seen-call.ts'
import { printableLines } from '../core/spelling.ts'
import { createLog } from '../log.ts'
import { realNow } from '../world/clock.ts'

/** One of the two streams that a program prints to. */
export interface Out {
  write(content: string | Uint8Array): unknown
  readonly isTTY?: boolean
  /** How wide a terminal is. */
  readonly columns?: number
}

/** Where a command prints: results on `stdout`, everything that is said about them on `stderr`. */
export interface Terminal {
  readonly stdout: Out
  readonly stderr: Out
  /** What a command reads that is given no file. */
  readonly stdin?: AsyncIterable<string | Uint8Array>
}

/** Prints lines in which something stands that somebody else has written. */
export function tell(out: Out, lines: string): void {
  out.write(`${printableLines(lines)}\n`)
}

/** Shows each call in a line where somebody reads along and wants it; else nobody hears of them. */
export function callsTo(
  { stderr }: Terminal,
  { quiet, color = wantsColor() }: { readonly quiet: boolean; readonly color?: boolean },
): CallListener | undefined {
  if (quiet || stderr.isTTY !== true) return undefined
  return callLines({ stream: stderr, color })
}

/** The log of a command. */
export function logTo(terminal: Terminal): Log {
  const { stderr } = terminal
  return createLog({ stream: stderr, terminal: stderr.isTTY === true, now: realNow })
}
