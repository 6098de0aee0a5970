import { constants } from 'node:os'
import { realNow, sleep } from '../world/clock.ts'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const
/** npm passes a Ctrl-C on to a program that the terminal has told already: one wish, heard twice. */
const ECHO_MS = 500
/** The end of a process hears no signals any more: an echo that comes meanwhile would kill it. */
const ECHO_WAIT_MS = 20

/** Resolves upon the first signal to stop; whoever asks again later wants it at once and gets that. */
export function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let first_ms: number | undefined
    const listener = (signal: NodeJS.Signals) => {
      if (first_ms !== undefined && realNow() - first_ms > ECHO_MS) {
        process.exit(128 + constants.signals[signal])
      }
      first_ms ??= realNow()
      void sleep(ECHO_WAIT_MS).then(() => resolve(signal))
    }
    for (const signal of SIGNALS) process.on(signal, listener)
  })
}
