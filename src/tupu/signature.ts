import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { headerOf, type RawRequest } from '../core/request.ts'
import type { StepFacts } from '../world/step.ts'
import type { SignedNonce } from './nonce.ts'
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

/** What a call proves of who it is. */
interface Proof {
  /** Why it proves nothing. */
  readonly fault?: StepFacts
  /** Of a call that is rightly signed. */
  readonly signed?: SignedNonce
}

/** Looks at how a call proves that it has the account's secret. */
export function proofOf(profile: Profile, request: RawRequest, secret: string, now: number): Proof {
  const { authentication } = profile
  if (authentication.kind === 'none') return {}
  if (authentication.kind === 'signature') return signatureProof(request, secret, now)
  const sent = headerOf(request, authentication.header)
  const expected = authentication.scheme === '' ? secret : `${authentication.scheme} ${secret}`
  if (sent !== undefined && isSame(sent, expected)) return {}
  const words = authentication.scheme
    ? `${authentication.scheme} and the partner secret`
    : 'the partner secret'
  const fault = {
    rule: 'key.valid',
    actual: sent === undefined ? 'no key' : 'another key',
    expected: `${authentication.header}: ${words}`,
  }
  return { fault }
}

function signatureProof(request: RawRequest, secret: string, now: number): Proof {
  const timestamp = headerOf(request, 'x-tupu-timestamp')
  const nonce = headerOf(request, 'x-tupu-nonce')
  const sent = headerOf(request, 'x-tupu-signature')
  if (!timestamp || !nonce || !sent) {
    const missing = Object.entries({ timestamp, nonce, signature: sent })
      .filter(([, value]) => !value)
      .map(([name]) => `x-tupu-${name}`)
    return {
      fault: { rule: 'signature.given', actual: { missing }, expected: 'all three headers' },
    }
  }
  const { method, url, body } = request
  const signed = signedText({ timestamp, nonce, method, url, body })
  const seconds = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : Number.NaN
  const fault = formFault(sent) ?? ageFault({ timestamp, seconds, now, signed })
  if (fault) return { fault }
  if (isSame(sent, signatureOf(secret, signed)))
    return { signed: { nonce, expires_at: seconds * 1000 + window_ms + 1 } }
  return {
    fault: { rule: 'signature.valid', actual: 'another signature', expected: { signed } },
  }
}

/** How a signature is written, in the order in which it is looked at, and why another one is none. */
const forms: readonly { readonly is: RegExp; readonly fault: StepFacts }[] = [
  {
    is: /^sha256=/,
    fault: {
      rule: 'signature.prefix',
      actual: 'another beginning',
      expected: 'sha256= before the hex',
    },
  },
  {
    is: /^(?!sha256=(?=.*[A-F])[\dA-Fa-f]{64}$)/,
    fault: {
      rule: 'signature.lower_case',
      actual: 'upper-case hex',
      expected: 'lower-case hex',
    },
  },
  {
    is: /^sha256=[\da-f]{64}$/,
    fault: { rule: 'signature.hex', actual: 'something else', expected: '64 digits of hex' },
  },
]

function formFault(sent: string): StepFacts | undefined {
  return forms.find(({ is }) => !is.test(sent))?.fault
}

function ageFault(of: {
  readonly timestamp: string
  readonly seconds: number
  readonly now: number
  readonly signed: string
}): StepFacts | undefined {
  const { timestamp, seconds, now, signed } = of
  const off_ms = seconds * 1000 - now
  if (Math.abs(off_ms) <= window_ms) return undefined
  const real_now = Math.floor(now / 1000)
  return {
    rule: 'signature.timely',
    actual: Number.isNaN(seconds)
      ? { timestamp, is: 'no Unix seconds' }
      : { timestamp, is: off_ms < 0 ? 'too old' : 'too new', off_s: seconds - real_now },
    expected: { real_now, within_s: window_ms / 1000, signed },
  }
}

/** Compared in constant time, whatever the lengths. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
