import type { Log } from '../core/engine.ts'
import { createLog } from '../log.ts'
import { realNow } from '../world/clock.ts'

/** One of the two streams that a program prints to. */
export interface Out {
  write(text: string): unknown
  readonly isTTY?: boolean
}

/** Where a command prints: results on `stdout`, everything that is said about them on `stderr`. */
export interface Terminal {
  readonly stdout: Out
  readonly stderr: Out
}

/** The log of a command. */
export function logTo(terminal: Terminal): Log {
  const { stderr } = terminal
  return createLog({ stream: stderr, terminal: stderr.isTTY === true, now: realNow })
}
