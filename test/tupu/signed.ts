import { createHash, createHmac, randomUUID } from 'node:crypto'
import type { Sim } from '../sim.ts'

/** What a platform signs; anything left out is as it should be: a nonce that was never sent before, say. */
export interface Signed {
  readonly secret: string
  readonly method: string
  /** As sent: with `/w/{world}` and the query. */
  readonly path: string
  readonly body?: string
  /** Unix seconds, as text. */
  readonly timestamp: string
  readonly nonce?: string
}

/** The headers by which a platform proves who it is, made as the contract says and not as our code does it. */
export function signedHeaders(of: Signed): Record<string, string> {
  const { nonce = randomUUID() } = of
  const digest = createHash('sha256')
    .update(of.body ?? '')
    .digest('hex')
  const text = `${of.timestamp}\n${nonce}\n${of.method}\n${of.path}\n${digest}`
  const signature = createHmac('sha256', of.secret).update(text).digest('hex')
  return {
    'X-Tupu-Timestamp': of.timestamp,
    'X-Tupu-Nonce': nonce,
    'X-Tupu-Signature': `sha256=${signature}`,
  }
}

/** Real Unix seconds, as the simulator tells them. */
export async function realSeconds({ world }: Pick<Sim, 'world'>, shift_s = 0): Promise<string> {
  const { real_now } = (await world.call('clock.get')) as { real_now: string }
  return String(Math.floor(Date.parse(real_now) / 1000) + shift_s)
}
