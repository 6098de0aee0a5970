import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { headerOf, type RawRequest } from '../core/request.ts'
import type { StepFacts } from '../world/step.ts'
import type { Profile } from './profile/profile.ts'

/** A timestamp may be so far from real time. */
const window_ms = 300_000

/** What is signed, line by line: timestamp, nonce, method, path with query as sent, SHA-256 of the body in hex. */
export function signedText(of: {
  timestamp: string
  nonce: string
  method: string
  url: string
  body: Uint8Array
}): string {
  const digest = createHash('sha256').update(of.body).digest('hex')
  return [of.timestamp, of.nonce, of.method, of.url, digest].join('\n')
}

/** The value of `X-Tupu-Signature`. */
export function signatureOf(secret: string, text: string): string {
  return `sha256=${createHmac('sha256', secret).update(text).digest('hex')}`
}

/** Why a call does not prove who it is; undefined when it does, or when the account asks for no proof. */
export function authenticationFault(
  profile: Profile,
  request: RawRequest,
  secret: string | null,
  real_now: number,
): StepFacts | undefined {
  const { authentication } = profile
  if (secret === null || authentication.kind === 'none') return undefined
  if (authentication.kind === 'key') {
    const sent = headerOf(request, authentication.header)
    const expected = authentication.scheme === '' ? secret : `${authentication.scheme} ${secret}`
    if (sent !== undefined && isSame(sent, expected)) return undefined
    const words = authentication.scheme
      ? `${authentication.scheme} and the partner secret`
      : 'the partner secret'
    return {
      rule: 'key.valid',
      actual: sent === undefined ? 'no key' : 'another key',
      expected: `${authentication.header}: ${words}`,
    }
  }
  return signatureFault(request, secret, real_now)
}

function signatureFault(
  request: RawRequest,
  secret: string,
  real_now: number,
): StepFacts | undefined {
  const timestamp = headerOf(request, 'x-tupu-timestamp')
  const nonce = headerOf(request, 'x-tupu-nonce')
  const sent = headerOf(request, 'x-tupu-signature')
  const missing = Object.entries({ timestamp, nonce, signature: sent })
    .filter(([, value]) => !value)
    .map(([name]) => `x-tupu-${name}`)
  if (!timestamp || !nonce || !sent)
    return { rule: 'signature.given', actual: { missing }, expected: 'all three headers' }
  const { method, url, body } = request
  const signed = signedText({ timestamp, nonce, method, url, body })
  const seconds = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : Number.NaN
  if (!(Math.abs(seconds * 1000 - real_now) <= window_ms)) {
    const expected = { real_now: Math.floor(real_now / 1000), within_s: window_ms / 1000, signed }
    return { rule: 'signature.timely', actual: timestamp, expected }
  }
  if (isSame(sent, signatureOf(secret, signed))) return undefined
  return { rule: 'signature.valid', actual: 'another signature', expected: { signed } }
}

/** Compared in constant time, whatever the lengths. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
