import { createCipheriv, createDecipheriv, hash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

/** Of the padding: more than the cipher's own block of 16. */
const block_bytes = 32
const random_bytes = 16
const length_bytes = 4

export const serverToken = z.string().regex(/^[A-Za-z0-9]{3,32}$/, '3 to 32 letters and digits')
export const serverKey = z.string().regex(/^[A-Za-z0-9]{43}$/, '43 letters and digits')

/** What of a server configuration proves and hides. */
export interface ServerSecrets {
  readonly appid: string
  readonly token: string
  readonly aes_key: string
}

/** Why something cannot be read, with the number by which WeChat's own sample libraries call it. */
export interface CryptoFault {
  readonly code: -40001 | -40002 | -40005 | -40007 | -40008 | -40010
  readonly fault: string
}

/** Lower-case hex SHA-1 over the texts in the order of their bytes: of a push token, timestamp and nonce; of one that is hidden its cipher text too. */
export function signatureOf(...texts: readonly string[]): string {
  const sorted = [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  return hash('sha1', sorted.join(''))
}

/** Whether a signature is the one that it should be, without telling by time how much of it is. */
export function isSignature(given: string, ...texts: readonly string[]): boolean {
  const [wanted, got] = [Buffer.from(signatureOf(...texts)), Buffer.from(given)]
  return wanted.length === got.length && timingSafeEqual(wanted, got)
}

/** 43 characters carry 258 bits: the last two say nothing. */
function keyOf(aes_key: string): Buffer {
  return Buffer.from(`${aes_key}=`, 'base64')
}

/** Hides a text for an account: AES-256-CBC over random, length, text and appid, padded to 32 bytes; as base64. `random`: 16 characters. */
export function encrypt({ appid, aes_key }: ServerSecrets, text: string, random: string): string {
  const said = Buffer.from(text)
  const length = Buffer.alloc(length_bytes)
  length.writeUInt32BE(said.length)
  const plain = Buffer.concat([Buffer.from(random), length, said, Buffer.from(appid)])
  const pad = block_bytes - (plain.length % block_bytes)
  const key = keyOf(aes_key)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([plain, Buffer.alloc(pad, pad)])
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64')
}

/** Reads what was hidden so, padded to 16 or 32 bytes; only if it was meant for this account. */
export function decrypt(
  { appid, aes_key }: ServerSecrets,
  encrypted: string,
): { readonly text: string } | CryptoFault {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encrypted))
    return { code: -40010, fault: 'the cipher text is no base64' }
  const bytes = Buffer.from(encrypted, 'base64')
  if (bytes.length === 0 || bytes.length % 16 !== 0)
    return { code: -40007, fault: 'the cipher text is no multiple of 16 bytes' }
  const key = keyOf(aes_key)
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(bytes), decipher.final()])
  return readPlain(padded, appid)
}

function readPlain(padded: Buffer, appid: string): { readonly text: string } | CryptoFault {
  const pad = padded.at(-1) ?? 0
  const illegal = { code: -40008, fault: 'what was hidden has another form' } as const
  const isPadded = pad >= 1 && pad <= block_bytes && pad <= padded.length
  if (!isPadded || !padded.subarray(-pad).every((byte) => byte === pad)) return illegal
  const plain = padded.subarray(0, -pad)
  const begin = random_bytes + length_bytes
  if (plain.length < begin) return illegal
  const end = begin + plain.readUInt32BE(random_bytes)
  if (end > plain.length) return illegal
  const inside = plain.subarray(end).toString()
  if (inside !== appid) {
    return { code: -40005, fault: `it ends with ${inside.slice(0, 40)}, not with ${appid}` }
  }
  return { text: plain.subarray(begin, end).toString() }
}
