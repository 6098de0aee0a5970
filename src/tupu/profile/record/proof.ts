import type { ProfileData } from '../data.ts'
import type { RecordedRequest } from './exchange.ts'
import type { Leaf } from './leaf.ts'

type Authentication = NonNullable<ProfileData['authentication']>

/** How a call proves who makes it, as far as one call shows. */
interface DraftProof {
  readonly authentication: Authentication
  /** Places that belong to the proof. */
  readonly taken: readonly string[]
  /** Whether a user name is in it. */
  readonly hasUser: boolean
}

const SIGN = /^(?:x-\w*-?)?sign(?:ature)?$|-signature$/i
const TIMESTAMP = /timestamp$|^ts$/i
const NONCE = /nonce(?:_?str)?$/i
const KEY =
  /(?:api|access|secret|app)[_-]?key$|^x-\w*-?(?:key|token)$|^(?:key|token|access_token)$/i

/** Guesses the authentication from headers and fields; the secret itself is left out. */
export function draftAuthentication(
  { headers }: RecordedRequest,
  leaves: readonly Leaf[],
  note: (text: string) => void,
): DraftProof {
  const signature = leaves.find(({ name }) => SIGN.test(name))
  if (signature) return signed(signature, leaves, note)
  const [, scheme, secret] = /^(\S+)\s+(\S.*)$/.exec(headers['authorization'] ?? '') ?? []
  if (scheme === 'Basic' && secret !== undefined) {
    const password = Buffer.from(secret, 'base64').toString('utf8').split(':').slice(1).join(':')
    const hash = hashes[password.length]
    const isHash = hash !== undefined && /^[\da-f]+$/i.test(password)
    if (isHash) note(`authentication: the password looks like ${hash} of the secret`)
    return {
      authentication: { kind: 'basic', ...(isHash ? { password: hash } : {}) },
      taken: [],
      hasUser: true,
    }
  }
  if (scheme === 'Bearer') {
    note('authentication: whether the bearer is a key or a token of OAuth2 does not show')
    return { authentication: { kind: 'bearer' }, taken: [], hasUser: false }
  }
  if (scheme !== undefined)
    return {
      authentication: { kind: 'key', header: 'authorization', scheme },
      taken: [],
      hasUser: false,
    }
  const key = leaves.find(({ at, name }) => !at.startsWith('/') && KEY.test(name))
  if (key) {
    const [place = '', name = ''] = key.at.split(':')
    const where = place === 'query' ? { query: name } : { header: name }
    return { authentication: { kind: 'key', ...where }, taken: [key.at], hasUser: false }
  }
  note('authentication: the call shows none')
  return { authentication: { kind: 'none' }, taken: [], hasUser: false }
}

const hashes: Readonly<Record<number, 'md5' | 'sha1' | 'sha256'>> = {
  32: 'md5',
  40: 'sha1',
  64: 'sha256',
}
const base64_hashes: Readonly<Record<number, 'md5' | 'sha1' | 'sha256'>> = {
  24: 'md5',
  28: 'sha1',
  44: 'sha256',
}

function signed(
  signature: Leaf,
  leaves: readonly Leaf[],
  note: (text: string) => void,
): DraftProof {
  const value = String(signature.value)
  const isHex = /^[\da-f]+$/i.test(value)
  const hash = (isHex ? hashes : base64_hashes)[value.length] ?? 'sha256'
  const stamp = leaves.find(({ name }) => TIMESTAMP.test(name))
  const nonce = leaves.find(({ name }) => NONCE.test(name))
  note(
    `authentication: ${signature.at} is a signature, by its length of ${hash}; what is signed, in which order, and whether by HMAC does not show: correct algorithm and parts`,
  )
  const encoding = !isHex ? 'base64' : /[A-F]/.test(value) ? 'HEX' : 'hex'
  return {
    authentication: {
      kind: 'signed',
      algorithm: `hmac-${hash}`,
      parts: [...(stamp ? ['timestamp'] : []), ...(nonce && stamp ? ['nonce'] : []), 'body'],
      encoding,
      at: signature.at,
      ...(stamp ? { timestamp: { at: stamp.at, format: formatOf(String(stamp.value)) } } : {}),
      ...(nonce && stamp ? { nonce: { at: nonce.at } } : {}),
    },
    taken: [signature, stamp, nonce].flatMap((leaf) => (leaf ? [leaf.at] : [])),
    hasUser: false,
  }
}

/** How an instant is written. */
export function formatOf(text: string): 'unix' | 'unix_ms' | 'digits' | 'iso' {
  if (/^\d{10}$/.test(text)) return 'unix'
  if (/^\d{13}$/.test(text)) return 'unix_ms'
  return /^20\d{12}$/.test(text) ? 'digits' : 'iso'
}
