import { createHash } from 'node:crypto'
import type { WrittenCall } from '../../core/surface.ts'
import { our_signing, signWith } from '../signing.ts'
import type { Authentication, Signed } from './authentication-data.ts'
import { readPlace } from './place.ts'
import { putAt } from './put.ts'
import { timeText } from './time.ts'

/** By what a caller proves who it is. */
export interface Credentials {
  readonly eid: string
  readonly secret: string
  /** Of OAuth2: the access token. */
  readonly token?: string | undefined
  /** Real Unix milliseconds. */
  readonly now: number
  readonly nonce: string
}

/** A call that is written, ready to be signed. */
export interface Unsigned {
  readonly call: WrittenCall
  /** Puts it on the wire: the address below the host, and the body. */
  readonly lay: (call: WrittenCall) => { readonly url: string; readonly body: string }
  readonly method: string
}

/** Adds to a call what proves who makes it, as callers of the profile do. */
export function prove(authentication: Authentication, of: Unsigned, by: Credentials): WrittenCall {
  const { call } = of
  const { secret } = by
  switch (authentication.kind) {
    case 'none':
      return call
    case 'signature':
      return sign(our_signing, of, by)
    case 'signed':
      return sign(authentication, of, by)
    case 'bearer':
      return withHeader(call, 'Authorization', `Bearer ${secret}`)
    case 'oauth2':
      return withHeader(call, 'Authorization', `${authentication.scheme} ${by.token ?? ''}`)
    case 'key': {
      const { header, query = '', scheme } = authentication
      const key = scheme === '' ? secret : `${scheme} ${secret}`
      return header === undefined
        ? { ...call, query: { ...call.query, [query]: key } }
        : withHeader(call, header, key)
    }
    case 'basic': {
      const { password, user = call.user ?? by.eid } = authentication
      const hashed =
        password === 'plain' ? secret : createHash(password).update(secret).digest('hex')
      const pair = Buffer.from(`${user}:${hashed}`).toString('base64')
      return withHeader(call, 'Authorization', `Basic ${pair}`)
    }
  }
}

function withHeader(call: WrittenCall, name: string, value: string): WrittenCall {
  return { ...call, header: { ...call.header, [name]: value } }
}

function sign(signing: Signed, { call, lay, method }: Unsigned, by: Credentials): WrittenCall {
  const { timestamp, nonce, at } = signing
  const stamp = String(timeText(by.now, timestamp?.format ?? 'unix'))
  const stamped = timestamp ? placed(call, timestamp.at, stamp) : call
  const unsigned = nonce ? placed(stamped, nonce.at, by.nonce) : stamped
  const { url, body } = lay(unsigned)
  const { value } = signWith(signing, {
    ...{ at, method, url, body },
    secret: by.secret,
    timestamp: stamp,
    nonce: by.nonce,
    user: call.user,
    fields: unsigned.body,
    query: unsigned.query,
    headers: Object.fromEntries(
      Object.entries(unsigned.header).map(([name, text]) => [name.toLowerCase(), text]),
    ),
  })
  return placed(unsigned, at, value)
}

function placed(call: WrittenCall, at: string, value: string): WrittenCall {
  const place = readPlace(at)
  if (place.in === 'query') return { ...call, query: { ...call.query, [place.name]: value } }
  if (place.in === 'header') return withHeader(call, at.slice(7), value)
  if (place.in !== 'body') return call
  return { ...call, body: putAt(call.body, place.parts, value) as WrittenCall['body'] }
}
