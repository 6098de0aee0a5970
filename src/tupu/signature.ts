import { createHash } from 'node:crypto'
import { isSameSecret } from '../auth/control-token.ts'
import type { Call } from '../core/call.ts'
import { bodyOf, headerOf } from '../core/request.ts'
import type { StepFacts } from '../world/step.ts'
import type { SignedNonce } from './nonce.ts'
import type { Authentication, Signed } from './profile/authentication-data.ts'
import { readPlace, valueAt } from './profile/place.ts'
import type { Profile } from './profile/spelled.ts'
import { readTime } from './profile/time.ts'
import { basicOf, bearerOf, userOf } from './profile/user.ts'
import { type Material, our_signing, signWith } from './signing.ts'
import { writeToken } from './token/token.ts'

/** What a call proves of who it is. */
export interface Proof {
  /** Why it proves nothing. */
  readonly fault?: StepFacts
  /** Of a call that is rightly signed. */
  readonly signed?: SignedNonce
}

type Proving = Pick<Call, 'request' | 'query' | 'endpoint'>

/** What a call is measured by: the account's secret, and the instants of the machine and of the world in Unix milliseconds. */
interface Against {
  readonly secret: string
  readonly now: number
  readonly world_now: number
}

/** Looks at how a call proves that it has the account's secret. */
export function proofOf(profile: Profile, call: Proving, against: Against): Proof {
  const { authentication } = profile
  const { secret } = against
  switch (authentication.kind) {
    case 'none':
      return {}
    case 'signature':
      return signatureProof(our_signing, call, against)
    case 'signed':
      return signatureProof(authentication, call, against)
    case 'bearer':
      return keyProof({ header: 'authorization', scheme: 'Bearer' }, call, secret)
    case 'key':
      return keyProof(authentication, call, secret)
    case 'basic':
      return basicProof(authentication, call, secret)
    case 'oauth2':
      return tokenProof(authentication, call, against)
  }
}

function keyProof(
  of: { header?: string | undefined; query?: string | undefined; scheme: string },
  { request, query }: Proving,
  secret: string,
): Proof {
  const { header, scheme } = of
  const sent = header === undefined ? query[of.query ?? ''] : headerOf(request, header)
  if (sent !== undefined && isSameSecret(sent, scheme === '' ? secret : `${scheme} ${secret}`))
    return {}
  const words = scheme ? `${scheme} and the partner secret` : 'the partner secret'
  const actual = sent === undefined ? 'no key' : 'another key'
  return { fault: { rule: 'key.valid', actual, expected: `${header ?? of.query}: ${words}` } }
}

function basicProof(
  { user, password }: Extract<Authentication, { kind: 'basic' }>,
  { request }: Proving,
  secret: string,
): Proof {
  const sent = basicOf(request)
  const hashed = password === 'plain' ? secret : createHash(password).update(secret).digest('hex')
  const isUser = user === undefined || sent?.user === user
  // A hash in hex may be written in capitals.
  const given = password === 'plain' ? sent?.password : sent?.password.toLowerCase()
  if (given !== undefined && isUser && isSameSecret(given, hashed)) return {}
  const what = password === 'plain' ? 'the partner secret' : `${password} of the partner secret`
  const actual = sent === undefined ? 'no key' : isUser ? 'another key' : 'another user'
  const expected = `authorization: Basic, base64 of ${user ?? 'user'}:${what}`
  return { fault: { rule: 'key.valid', actual, expected } }
}

/** A token is asked for by the secret, and every other call is made by the token. */
function tokenProof(
  authentication: Extract<Authentication, { kind: 'oauth2' }>,
  { request, endpoint }: Proving,
  { secret, world_now }: Against,
): Proof {
  if (endpoint?.id === 'partner_token.issue') {
    const given =
      bodyOf(request, endpoint.from).fields['client_secret'] ?? basicOf(request)?.password
    if (typeof given === 'string' && isSameSecret(given, secret)) return {}
    const actual = given === undefined ? 'no key' : 'another key'
    return { fault: { rule: 'key.valid', actual, expected: 'client_secret: the partner secret' } }
  }
  const sent = headerOf(request, 'authorization')
  const token = bearerOf(authentication, request)
  const isOurs =
    token && isSameSecret(sent ?? '', `${authentication.scheme} ${writeToken(token, secret)}`)
  if (isOurs && token.expires_at > world_now) return {}
  const actual = sent === undefined ? 'no token' : isOurs ? 'an expired token' : 'another token'
  const expected = `authorization: ${authentication.scheme} and a token of partner_token.issue`
  return { fault: { rule: 'token.valid', actual, expected } }
}

function signatureProof(signing: Signed, call: Proving, { secret, now }: Against): Proof {
  const { missing, given, material } = signedParts(signing, call, secret)
  if (missing.length > 0) {
    const expected = 'timestamp, nonce and signature as the profile has them'
    return { fault: { rule: 'signature.given', actual: { missing }, expected } }
  }
  const { timestamp, nonce } = material
  const { text: signed, value } = signWith(signing, material)
  const sent_at = signing.timestamp && readTime(timestamp, signing.timestamp.format)
  const fault = formFault(signing, given) ?? ageFault(signing, { timestamp, sent_at, now, signed })
  if (fault) return { fault }
  if (!isSameSecret(given, value))
    return { fault: { rule: 'signature.valid', actual: 'another signature', expected: { signed } } }
  const window_ms = (signing.timestamp?.tolerance_s ?? 0) * 1000
  return signing.nonce && sent_at !== undefined
    ? { signed: { nonce, expires_at: sent_at + window_ms + 1 } }
    : {}
}

/** What a call has of its signature, what it lacks, and what is signed. */
function signedParts(signing: Signed, call: Proving, secret: string) {
  const { request, query, endpoint } = call
  const fields = needsFields(signing) ? bodyOf(request, endpoint?.from ?? []).fields : {}
  const textAt = (at: string) => {
    const value = valueAt({ request, query, fields }, readPlace(at))
    return typeof value === 'number' ? String(value) : typeof value === 'string' ? value : ''
  }
  const { at, timestamp, nonce } = signing
  const missing = [timestamp, nonce, signing].flatMap((one) =>
    one && !textAt(one.at) ? [one.at.replace(/^header:/, '').toLowerCase()] : [],
  )
  const material = {
    ...{ secret, at, fields, query },
    timestamp: timestamp ? textAt(timestamp.at) : '',
    nonce: nonce ? textAt(nonce.at) : '',
    method: request.method,
    url: request.url,
    body: request.body,
    headers: request.headers,
    user: userOf(signing, request),
  } satisfies Material
  return { missing, given: textAt(at), material }
}

/** Whether anything that is signed, or says it, stands in the body. */
function needsFields({ at, timestamp, nonce, parts }: Signed): boolean {
  return [at, timestamp?.at, nonce?.at, ...parts].some((one) => one && /^\/|\(\/|sorted/.test(one))
}

const digits_of = { md5: 32, sha1: 40, sha256: 64, sha512: 128 } as const

/** How a signature in hex is written, in the order in which it is looked at. */
function formFault({ prefix, encoding, algorithm }: Signed, sent: string): StepFacts | undefined {
  if (!sent.startsWith(prefix)) {
    const expected = `${prefix} before the ${encoding.toLowerCase()}`
    return { rule: 'signature.prefix', actual: 'another beginning', expected }
  }
  if (encoding !== 'hex' && encoding !== 'HEX') return undefined
  const digits = sent.slice(prefix.length)
  const length = digits_of[algorithm.replace('hmac-', '') as keyof typeof digits_of]
  if (digits.length !== length || !/^[\da-fA-F]*$/.test(digits)) {
    return { rule: 'signature.hex', actual: 'something else', expected: `${length} digits of hex` }
  }
  const { wrong, fault } = cases[encoding]
  return wrong.test(digits) ? fault : undefined
}

const cases: Readonly<
  Record<'hex' | 'HEX', { readonly wrong: RegExp; readonly fault: StepFacts }>
> = {
  hex: {
    wrong: /[A-F]/,
    fault: { rule: 'signature.lower_case', actual: 'upper-case hex', expected: 'lower-case hex' },
  },
  HEX: {
    wrong: /[a-f]/,
    fault: { rule: 'signature.upper_case', actual: 'lower-case hex', expected: 'upper-case hex' },
  },
}

function ageFault(
  { timestamp: how }: Signed,
  of: {
    readonly timestamp: string
    readonly sent_at: number | undefined
    readonly now: number
    readonly signed: string
  },
): StepFacts | undefined {
  if (!how) return undefined
  const { timestamp, sent_at, now, signed } = of
  const off_ms = (sent_at ?? Number.NaN) - now
  if (Math.abs(off_ms) <= how.tolerance_s * 1000) return undefined
  const real_now = Math.floor(now / 1000)
  return {
    rule: 'signature.timely',
    actual:
      sent_at === undefined
        ? {
            timestamp,
            is: how.format === 'unix' ? 'no Unix seconds' : `not written as ${how.format}`,
          }
        : {
            timestamp,
            is: off_ms < 0 ? 'too old' : 'too new',
            off_s: Math.floor(sent_at / 1000) - real_now,
          },
    expected: { real_now, within_s: how.tolerance_s, signed },
  }
}
