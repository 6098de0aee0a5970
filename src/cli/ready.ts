import { type Config, loadConfig } from '../config.ts'
import { urlOf } from '../http/listen.ts'
import { StartError } from '../start-error.ts'
import { realNow, sleep } from '../world/clock.ts'
import { type Terminal, tell } from './terminal.ts'

const POLL_MS = 100
const ANSWER_MS = 2000

/** `tupu-sim ready`: asks until the simulator is ready or the time is over. */
export async function ready(args: readonly string[], terminal: Terminal): Promise<number> {
  const config = await loadConfig({ command: 'ready', args })
  const url = urlToAsk(config)
  const deadline = realNow() + config.values.wait
  let problem = await askReady(url, deadline)
  while (problem !== undefined && realNow() < deadline) {
    await sleep(Math.min(POLL_MS, deadline - realNow()))
    problem = await askReady(url, deadline, problem)
  }
  if (problem === undefined) {
    tell(terminal.stdout, `${url} is ready`)
    return 0
  }
  tell(terminal.stderr, `tupu-sim: ${url} is not ready: ${problem}`)
  return 1
}

/** The more precise word wins: an address or a port on the command line before the environment's. */
function urlToAsk({ values, places }: Config): string {
  const named = places.port === 'flag' && places.url !== 'flag' ? undefined : values.url
  if (named === undefined && values.port === 0) {
    const fix = 'Give the address with --url, or its real port with --port.'
    throw new StartError('Port 0 says nothing about where the simulator is.', {
      field: 'port',
      fix,
    })
  }
  return named ?? urlOf(values.host, values.port)
}

/** Why it is not ready, or undefined when it is. What was seen `before` says more than that the time was over. */
async function askReady(
  url: string,
  deadline: number,
  before?: string,
): Promise<string | undefined> {
  const left_ms = deadline - realNow()
  const signal = AbortSignal.timeout(left_ms > 0 ? Math.min(ANSWER_MS, left_ms) : ANSWER_MS)
  try {
    const response = await fetch(new URL('/readyz', url), { signal, redirect: 'manual' })
    await response.body?.cancel()
    return response.ok ? undefined : `it answered ${response.status}`
  } catch (error) {
    return (signal.aborted ? before : undefined) ?? whyUnanswered(error)
  }
}

/** fetch says only that it failed; what failed stands in the causes. */
function whyUnanswered(error: unknown): string {
  let reason = error
  while (reason instanceof Error && reason.cause !== undefined) reason = reason.cause
  if (!(reason instanceof Error)) return String(reason)
  const code = 'code' in reason && typeof reason.code === 'string' ? reason.code : undefined
  if (code === 'ECONNREFUSED') return 'nothing listens there'
  return reason.message || code || reason.name
}
