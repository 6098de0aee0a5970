import { createHmac } from 'node:crypto'

/** An access token of a partner's OAuth2: it says itself whose it is and until when, and nobody keeps it. */
export interface AccessToken {
  readonly eid: string
  /** Unix milliseconds by the clock of its world. */
  readonly expires_at: number
}

/** Makes the token, signed by the account's secret. */
export function writeToken({ eid, expires_at }: AccessToken, secret: string): string {
  const said = `${Buffer.from(eid).toString('base64url')}.${expires_at.toString(36)}`
  return `${said}.${createHmac('sha256', secret).update(said).digest('base64url')}`
}

/** What a token says of itself; whether that is true its signature tells. Undefined: it is none. */
export function readToken(token: string): AccessToken | undefined {
  const [, eid, expires_at] = /^([\w-]{1,200})\.([\da-z]{1,11})\.[\w-]{43}$/.exec(token) ?? []
  if (eid === undefined || expires_at === undefined) return undefined
  return {
    eid: Buffer.from(eid, 'base64url').toString('utf8'),
    expires_at: Number.parseInt(expires_at, 36),
  }
}
