import { createHash } from 'node:crypto'
import { useNonce } from '../../db/nonce.ts'
import type { Call } from '../core/call.ts'
import type { StepFacts } from '../world/step.ts'

/** The nonce of a call that is rightly signed, and when that call is too old: Unix milliseconds of the machine's clock. */
export interface SignedNonce {
  readonly nonce: string
  readonly expires_at: number
}

/** Uses the nonce up, whatever becomes of the call; why it cannot be, if it was used before. */
export function replayFault(
  call: Pick<Call, 'db' | 'world' | 'seal'>,
  of: SignedNonce & { readonly eid: string; readonly now: number },
): StepFacts | undefined {
  const { db, world } = call
  const { eid, expires_at, now } = of
  if (!useNonce(db, { epoch: world.epoch, nonce: hashOf(eid, of.nonce), expires_at, now })) {
    return { rule: 'nonce.unused', actual: 'used before', expected: 'another one for each call' }
  }
  call.seal()
  return undefined
}

/** A nonce may be of any length and of any characters; 96 bits of a hash tell all of them apart. */
function hashOf(eid: string, nonce: string): string {
  return createHash('sha256').update(`${eid} ${nonce}`).digest('base64url').slice(0, 16)
}
