import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decrypt, encrypt, isSignature, signatureOf } from '../../../src/wechat/push/crypto.ts'
import { verificationUrl } from '../../../src/wechat/push/request.ts'

interface Vector {
  readonly name: string
  readonly token: string
  readonly encodingAesKey: string
  readonly appid: string
  readonly timestamp: string
  readonly nonce: string
  readonly random16: string
  readonly plain_xml: string
  readonly encrypt: string
  readonly msg_signature: string
  readonly signature: string
}
interface Refused extends Vector {
  readonly expect: { readonly sample_library_code: number; readonly signature_ok?: boolean }
}
interface Verification
  extends Pick<Vector, 'name' | 'token' | 'timestamp' | 'nonce' | 'signature'> {
  readonly echostr: string
  readonly query?: string
}
const cases = JSON.parse(
  readFileSync(new URL('../../cases/wechat-push.json', import.meta.url), 'utf8'),
) as { vectors: Vector[]; refusals: Refused[]; url_verification: Verification[] }

const secretsOf = ({ appid, token, encodingAesKey }: Vector) => {
  return { appid, token, aes_key: encodingAesKey }
}

describe('what is hidden', () => {
  it.each(cases.vectors)(
    'is byte by byte what others make of it, and read again: $name',
    (vector) => {
      const { timestamp, nonce, random16, plain_xml, token } = vector
      const secrets = secretsOf(vector)
      expect(encrypt(secrets, plain_xml, random16)).toBe(vector.encrypt)
      expect(decrypt(secrets, vector.encrypt)).toEqual({ text: plain_xml })
      expect(signatureOf(token, timestamp, nonce)).toBe(vector.signature)
      expect(isSignature(vector.msg_signature, token, timestamp, nonce, vector.encrypt)).toBe(true)
    },
  )

  it.each(cases.refusals.filter((row) => row.encrypt !== undefined))('is refused: $name', (row) => {
    const { token, timestamp, nonce, msg_signature } = row
    const isSigned = isSignature(msg_signature, token, timestamp, nonce, row.encrypt)
    expect(isSigned).toBe(row.expect.signature_ok)
    const code = row.expect.sample_library_code
    const read = isSigned ? decrypt(secretsOf(row), row.encrypt) : { code: -40001 }
    expect(read).toMatchObject({ code })
  })

  it('is any text that is well formed, with padding of 32 bytes or of 16', () => {
    const secrets = {
      appid: 'wx5f1c0d9a27b4e683',
      token: 't',
      aes_key: `${'kq3Zt7XbN1'.repeat(4)}abc`,
    }
    const text = fc.string({ unit: 'binary', maxLength: 300 })
    fc.assert(
      fc.property(text, (said) => {
        expect(decrypt(secrets, encrypt(secrets, said, '0123456789abcdef'))).toEqual({ text: said })
      }),
    )
    // A padding of the cipher's own block ends the same text sooner.
    const short = encrypt(secrets, 'x'.repeat(32 * 3 - 20 - 18 - 16), '0123456789abcdef')
    expect(decrypt(secrets, short)).toMatchObject({ text: /^x+$/.exec('x'.repeat(42))?.[0] })
  })

  it('is refused, and never an exception, whatever it is', () => {
    const secrets = { appid: 'wx5f1c0d9a27b4e683', token: 't', aes_key: 'a'.repeat(43) }
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String({ maxLength: 400 })), (anything) => {
        expect(decrypt(secrets, anything)).toHaveProperty('fault')
      }),
    )
  })
})

describe('the look at a server', () => {
  it.each(cases.url_verification.filter(({ query }) => query))(
    'is signed as recorded: $name',
    (row) => {
      const { token, timestamp, nonce, echostr, query } = row
      const at = { timestamp, nonce, echostr }
      expect(verificationUrl('https://a.test/wx', token, at)).toBe(`https://a.test/wx?${query}`)
      expect(verificationUrl('https://a.test/wx?a=1', token, at)).toBe(
        `https://a.test/wx?a=1&${query}`,
      )
    },
  )

  it('has another signature for another instant', () => {
    const [row] = cases.url_verification.filter(({ query }) => !query)
    const { signature = '', token = '', timestamp = '', nonce = '' } = row ?? {}
    expect(isSignature(signature, token, timestamp, nonce)).toBe(false)
  })
})
