import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { cookiesOf, type RawRequest } from '../core/request.ts'

/** The cookie of a browser whose operator has given the control token. */
export const operator_cookie = 'sim_operator'
/** How long a browser stays signed in: a week of real time. */
export const signed_in_s = 7 * 24 * 3600

/** What proves that somebody is the operator, and when. */
export interface Proof {
  readonly controlToken: string | undefined
  readonly real_now: number
}

/** The token of an `Authorization: Bearer` header. */
export function bearerOf(authorization: string | undefined): string | undefined {
  return /^bearer +(.+?) *$/i.exec(authorization ?? '')?.[1]
}

/** Compares two secrets. Hashing first gives both sides one length, and the time says nothing about either. */
export function isSameSecret(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}

/** Whether a request comes from the operator: by the control token itself, or from a browser that has given it. */
export function isOperator(request: Pick<RawRequest, 'headers'>, proof: Proof): boolean {
  const { controlToken } = proof
  const authorization = request.headers['authorization']
  const token = bearerOf(Array.isArray(authorization) ? authorization[0] : authorization)
  if (controlToken && token !== undefined) return isSameSecret(token, controlToken)
  return isSignedIn(request, proof)
}

/** Whether a browser has given the control token, not too long ago. */
export function isSignedIn(
  request: Pick<RawRequest, 'headers'>,
  { controlToken, real_now }: Proof,
): boolean {
  if (!controlToken) return false
  return cookiesOf(request, operator_cookie).some((value) => {
    const until_s = Number(/^(\d{10,12})\./.exec(value)?.[1] ?? 0)
    return until_s * 1000 > real_now && isSameSecret(value, signedValue(controlToken, until_s))
  })
}

/** The cookie's value: made of the control token, which it does not give away, so that every replica knows it. */
export function signedInValue({ controlToken = '', real_now }: Proof): string {
  return signedValue(controlToken, Math.floor(real_now / 1000) + signed_in_s)
}

function signedValue(controlToken: string, until_s: number): string {
  const text = `tupu-sim: signed in until ${until_s}`
  return `${until_s}.${createHmac('sha256', controlToken).update(text).digest('base64url')}`
}
