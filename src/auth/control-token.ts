import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Engine } from '../core/engine.ts'
import { cookiesOf, headerOf, type RawRequest, type RequestHead } from '../core/request.ts'
import { callerAddress } from './origin.ts'

/** The cookie of a browser whose operator has given the control token. */
export const operator_cookie = 'sim_operator'
/** A shorter control token can be guessed. */
export const token_length_min = 16
/** How long a browser stays signed in: a week of real time. */
export const signed_in_s = 7 * 24 * 3600

/** What proves that somebody is the operator, and when. */
export interface Proof {
  readonly controlToken: string | undefined
  readonly real_now: number
}

/**
 * How a request proves that it comes from the operator: by the control token itself, or the cookie of a browser that has
 * given it. `wrong`: by another token; `slowed`: nobody has looked at its token, so many wrong ones have come from there.
 */
export type OperatorProof = 'none' | 'token' | 'cookie' | 'wrong' | 'slowed'

/** The token of an `Authorization: Bearer` header. */
export function bearerOf(authorization: string | undefined): string | undefined {
  return /^bearer +(.+?) *$/i.exec(authorization ?? '')?.[1]
}

/** Compares two secrets. Hashing first gives both sides one length, and the time says nothing about either. */
export function isSameSecret(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}

/** Looks at what a request has to prove it: the token, else the cookie. */
export function operatorProof(
  request: RequestHead,
  engine: Doors,
  real_now: number,
): OperatorProof {
  const { controlToken } = engine.settings
  if (!controlToken) return 'none'
  const token = bearerOf(headerOf(request, 'authorization'))
  if (token !== undefined) return tokenProof(token, request, engine, real_now)
  const values = signedInValues(request, real_now)
  const [given] = values
  if (given === undefined) return 'none'
  const isRight = () => values.some((value) => isSignedBy(controlToken, value))
  const seen = look({ given, isRight, request, engine, real_now })
  return seen === 'right' ? 'cookie' : 'none'
}

/** Looks at a token that was given, in a header or a form. */
export function tokenProof(
  token: string,
  request: RequestHead,
  engine: Doors,
  real_now: number,
): 'token' | 'wrong' | 'slowed' {
  const { controlToken } = engine.settings
  const isRight = () => controlToken !== undefined && isSameSecret(token, controlToken)
  const seen = look({ given: token, isRight, request, engine, real_now })
  return seen === 'right' ? 'token' : seen
}

/** What a server knows of itself at the door. */
type Doors = Pick<Engine, 'settings' | 'guesses'>

/** Looks at what was given, unless too much that was wrong has come from there; what is wrong counts. */
function look(of: {
  readonly given: string
  readonly isRight: () => boolean
  readonly request: RequestHead
  readonly engine: Doors
  readonly real_now: number
}): 'right' | 'wrong' | 'slowed' {
  const { settings, guesses } = of.engine
  const address = callerAddress(of.request, settings)
  if (!guesses.mayTry(address, of.real_now)) return 'slowed'
  if (of.isRight()) return 'right'
  guesses.note(address, of.given, of.real_now)
  return 'wrong'
}

/** Whether a request comes from the operator. */
export function isOperator(...of: Parameters<typeof operatorProof>): boolean {
  return ['token', 'cookie'].includes(operatorProof(...of))
}

/** Whether a browser has given the control token, not too long ago. */
export function isSignedIn(
  request: Pick<RawRequest, 'headers'>,
  { controlToken, real_now }: Proof,
): boolean {
  if (!controlToken) return false
  return signedInValues(request, real_now).some((value) => isSignedBy(controlToken, value))
}

/** What the browser keeps of having signed in, as far as that would still count. */
function signedInValues(request: Pick<RawRequest, 'headers'>, real_now: number): string[] {
  return cookiesOf(request, operator_cookie).filter((value) => untilOf(value) * 1000 > real_now)
}

function isSignedBy(controlToken: string, value: string): boolean {
  return isSameSecret(value, signedValue(controlToken, untilOf(value)))
}

/** Unix seconds; 0: the value is none of ours. */
function untilOf(value: string): number {
  return Number(/^(\d{10,12})\./.exec(value)?.[1] ?? 0)
}

/** The cookie's value: made of the control token, which it does not give away, so that every replica knows it. */
export function signedInValue({ controlToken = '', real_now }: Proof): string {
  return signedValue(controlToken, Math.floor(real_now / 1000) + signed_in_s)
}

function signedValue(controlToken: string, until_s: number): string {
  const text = `tupu-sim: signed in until ${until_s}`
  return `${until_s}.${createHmac('sha256', controlToken).update(text).digest('base64url')}`
}
