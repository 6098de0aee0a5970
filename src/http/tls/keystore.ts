import { createHash, createHmac } from 'node:crypto'
import {
  bytesOf,
  type Der,
  integer,
  octets,
  oid,
  primitive,
  sequence,
  setOf,
  tagged,
} from './der.ts'
import { forge } from './forge.ts'

const { Type } = forge.asn1

/** The password of our key stores. They hold nothing secret, but Java opens none without one. */
export const keystore_password = 'changeit'
/** Under which name a store has the certificate. */
const alias = 'tupu-sim'

/**
 * A certificate alone as PKCS #12 (RFC 7292), in the oldest form that all read: not encrypted, with a sum of SHA-1 over it.
 * `trusted`: with the attribute without which Java takes it for no certificate that it is to trust.
 */
export function keystore(pem: string, { trusted }: { readonly trusted: boolean }): Buffer {
  const cert = bytesOf(forge.pki.certificateToAsn1(forge.pki.certificateFromPem(pem)))
  const attributes = [attribute(friendly_name, primitive(Type.BMPSTRING, alias))]
  if (trusted) attributes.push(attribute(java_trusted, oid(any_usage)))
  const bag = sequence(
    oid(cert_bag),
    tagged(0, [sequence(oid(x509_certificate), tagged(0, [octets(cert)]))]),
    forge.asn1.create(forge.asn1.Class.UNIVERSAL, Type.SET, true, attributes),
  )
  const safe = bytesOf(sequence(content(bytesOf(sequence(bag)))))
  return Buffer.from(bytesOf(sequence(integer(3), content(safe), macOf(safe))), 'latin1')
}

const friendly_name = '1.2.840.113549.1.9.20'
const java_trusted = '2.16.840.1.113894.746875.1.1'
const any_usage = '2.5.29.37.0'
const cert_bag = '1.2.840.113549.1.12.10.1.3'
const x509_certificate = '1.2.840.113549.1.9.22.1'
const plain_data = '1.2.840.113549.1.7.1'
const sha1 = '1.3.14.3.2.26'

function attribute(id: string, value: Der): Der {
  return sequence(oid(id), setOf(value))
}

function content(bytes: string): Der {
  return sequence(oid(plain_data), tagged(0, [octets(bytes)]))
}

const mac_rounds = 2048
/** How long a block of SHA-1 is, in bytes. */
const block_bytes = 64
const salt_bytes = 16
/** What a derived key is for: 3 is a sum (RFC 7292 §B.3). */
const for_mac = 3

/** The sum by which a reader sees that the password is right and the content whole. */
function macOf(safe: string): Der {
  const bytes = Buffer.from(safe, 'latin1')
  const salt = createHash('sha256').update(bytes).digest().subarray(0, salt_bytes)
  const mac = createHmac('sha1', macKey(salt)).update(bytes).digest()
  const algorithm = sequence(oid(sha1), primitive(Type.NULL, ''))
  return sequence(
    sequence(algorithm, octets(mac.toString('latin1'))),
    octets(salt.toString('latin1')),
    integer(mac_rounds),
  )
}

/** RFC 7292 §B.2, whose first round is all that a key of SHA-1's own length takes. */
function macKey(salt: Buffer): Buffer {
  const password = Buffer.from(`${keystore_password}\0`, 'utf16le').swap16()
  let key = Buffer.concat([Buffer.alloc(block_bytes, for_mac), filled(salt), filled(password)])
  for (let round = 0; round < mac_rounds; round++) key = createHash('sha1').update(key).digest()
  return key
}

/** The same again and again, up to a whole block. */
function filled(bytes: Buffer): Buffer {
  return Buffer.alloc(Math.ceil(bytes.length / block_bytes) * block_bytes, bytes)
}
