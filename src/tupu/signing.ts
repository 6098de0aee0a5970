import { createHash, createHmac } from 'node:crypto'
import type { Signed, Signing } from './profile/authentication-data.ts'
import { readPlace, valueAt } from './profile/place.ts'

/** What there is to sign; what is left out is empty. */
export interface Material {
  readonly secret: string
  /** Where the signature itself stands: it is not signed. */
  readonly at: string
  readonly timestamp?: string
  readonly nonce?: string
  readonly method?: string
  /** Path with query as sent. */
  readonly url?: string
  readonly user?: string | undefined
  readonly body?: Uint8Array | string
  readonly fields?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string | string[] | undefined>>
}

/** Our own signature, which callbacks have as well. */
export const our_signing: Signed = {
  kind: 'signed',
  algorithm: 'hmac-sha256',
  parts: ['timestamp', 'nonce', 'method', 'url', 'sha256(body)'],
  separator: '\n',
  encoding: 'hex',
  prefix: 'sha256=',
  at: 'header:X-Tupu-Signature',
  timestamp: { at: 'header:X-Tupu-Timestamp', format: 'unix', tolerance_s: 300 },
  nonce: { at: 'header:X-Tupu-Nonce' },
}

/** What is signed, as a text, and the signature. The secret is not shown in the text. */
export function signWith(
  signing: Signing,
  of: Material,
): { readonly text: string; readonly value: string } {
  const parts = signing.parts.map((part) => partOf(part, of))
  const text = parts.join(signing.separator)
  const hash = signing.algorithm.startsWith('hmac-')
    ? createHmac(signing.algorithm.slice(5), of.secret)
    : createHash(signing.algorithm)
  hash.update(text)
  const { encoding } = signing
  const value = encoding === 'HEX' ? hash.digest('hex').toUpperCase() : hash.digest(encoding)
  const shown = signing.parts.map((part, i) => (/\bsecret\b/.test(part) ? '***' : parts[i]))
  return { text: shown.join(signing.separator), value: signing.prefix + value }
}

const HASHED = /^(md5|sha1|sha256)\((.+)\)$/

function partOf(part: string, of: Material): string {
  if (part.startsWith('=')) return part.slice(1)
  const [, algorithm, inner = ''] = HASHED.exec(part) ?? []
  if (algorithm !== undefined) {
    const bytes = inner === 'body' ? (of.body ?? '') : partOf(inner, of)
    return createHash(algorithm).update(bytes).digest('hex')
  }
  switch (part) {
    case 'path':
      return of.url?.split('?')[0] ?? ''
    case 'body':
      return typeof of.body === 'string' ? of.body : Buffer.from(of.body ?? '').toString('utf8')
    case 'sorted':
      return sortedFields(of)
    case 'timestamp':
    case 'nonce':
    case 'method':
    case 'url':
    case 'user':
    case 'secret':
      return of[part] ?? ''
    default:
      return placed(part, of)
  }
}

function placed(part: string, { fields = {}, query = {}, headers = {}, user }: Material): string {
  const request = { headers } as Parameters<typeof valueAt>[0]['request']
  const value = valueAt({ request, query, fields, user }, readPlace(part))
  return textOf(value)
}

/** Of query and body what is no list and no object, nor empty, nor the signature: `a=1&b=2`. */
function sortedFields({ fields = {}, query = {}, at }: Material): string {
  const own = at.replace(/^(?:\/|query:)/, '')
  return Object.entries({ ...query, ...fields })
    .filter(([name, value]) => name !== own && typeof value !== 'object' && value !== '')
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${textOf(value)}`)
    .join('&')
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value ?? '') ?? '').replace(/^""$/, '')
}
