import { headerOf, type RawRequest } from '../../core/request.ts'
import { readToken } from '../token/token.ts'
import type { Authentication } from './authentication-data.ts'

/** User name and password of HTTP Basic; undefined: the call has none. */
export function basicOf(
  request: Pick<RawRequest, 'headers'>,
): { readonly user: string; readonly password: string } | undefined {
  const [, encoded] = /^Basic ([\w+/=-]+)$/i.exec(headerOf(request, 'authorization') ?? '') ?? []
  if (encoded === undefined) return undefined
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? undefined : { user: text.slice(0, colon), password: text.slice(colon + 1) }
}

/** Who says to be calling, where that stands in the proof itself. */
export function userOf(authentication: Authentication, request: RawRequest): string | undefined {
  if (authentication.kind !== 'oauth2') return basicOf(request)?.user
  return bearerOf(authentication, request)?.eid ?? basicOf(request)?.user
}

/** The access token of a call, taken apart. */
export function bearerOf(
  { scheme }: Extract<Authentication, { kind: 'oauth2' }>,
  request: RawRequest,
) {
  const sent = headerOf(request, 'authorization') ?? ''
  return sent.startsWith(`${scheme} `) ? readToken(sent.slice(scheme.length + 1)) : undefined
}
