import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto'
import { cookiesOf, type RawRequest } from '../core/request.ts'
import { form_cookie } from './csrf.ts'

const algorithm = 'aes-256-gcm'
const key_bytes = 32
const nonce_bytes = 12
const tag_bytes = 16

/**
 * Text that belongs into no address, as an address may hold it: whoever has not the secret can neither read nor make it. The
 * same text is sealed alike each time, so that a browser's history has it once.
 */
export function seal(text: string, secret: string): string {
  const { key, nonceKey } = keysOf(secret)
  const nonce = createHmac('sha256', nonceKey).update(text).digest().subarray(0, nonce_bytes)
  const cipher = createCipheriv(algorithm, key, nonce)
  const sealed = [cipher.update(text, 'utf8'), cipher.final()]
  return Buffer.concat([nonce, ...sealed, cipher.getAuthTag()]).toString('base64url')
}

/** What was sealed for the browser that asks; undefined: it was not, or that has forgotten its secret. */
export function unseal(request: Pick<RawRequest, 'headers'>, sealed: string): string | undefined {
  const [secret] = cookiesOf(request, form_cookie)
  return secret === undefined ? undefined : unsealWith(secret, sealed)
}

function unsealWith(secret: string, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < nonce_bytes + tag_bytes) return undefined
  const { key } = keysOf(secret)
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonce_bytes))
  decipher.setAuthTag(bytes.subarray(-tag_bytes))
  try {
    const text = [decipher.update(bytes.subarray(nonce_bytes, -tag_bytes)), decipher.final()]
    return Buffer.concat(text).toString('utf8')
  } catch {
    return undefined
  }
}

function keysOf(secret: string): { readonly key: Buffer; readonly nonceKey: Buffer } {
  const bytes = Buffer.from(hkdfSync('sha256', secret, '', 'sealed in an address', 2 * key_bytes))
  return { key: bytes.subarray(0, key_bytes), nonceKey: bytes.subarray(key_bytes) }
}
