import type { Answer } from './surface.ts'

/** A mistake of the simulator's own: never dressed as WeChat's `-1`. */
export function bugAnswer(error: unknown, trace: string): Answer {
  const body = {
    type: 'about:blank',
    title: 'The simulator made a mistake',
    status: 500,
    reason: errorText(error).split('\n')[0],
    fix: trace
      ? `the journal keeps what happened under the trace ${trace}; please report it`
      : 'the log of the simulator says more; please report it',
  }
  return {
    status: 500,
    headers: { 'Content-Type': 'application/problem+json' },
    body: Buffer.from(JSON.stringify(body)),
    code: 500,
  }
}

/** An exception as text, with where it happened. */
export function errorText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
