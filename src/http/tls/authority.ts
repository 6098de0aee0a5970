import { createHash, generateKeyPairSync } from 'node:crypto'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import type Forge from 'node-forge'
import { bytesOf, type Der, sequence, tagged } from './der.ts'
import { forge } from './forge.ts'

const { pki } = forge

/** A key with what vouches for it, both as PEM. */
export interface KeyPair {
  readonly key: string
  readonly cert: string
}

const day_ms = 24 * 3600 * 1000
/** Clocks of other machines, or of a container, may be behind ours. */
const early_ms = day_ms
const authority_days = 3650
/** Apple takes at most 825 days from an authority that somebody trusts by hand, browsers 398 from any other. */
const leaf_days = 396
/** A certificate is made anew so long before it ends. */
const leaf_renewed_days = 30
/** RSA, because clients in old languages know it: SHA-256 with 2048 bits is read since Java 6 and OpenSSL 0.9.8. */
const key_bits = 2048
/** Of a name as X.509 has it (`ub-common-name`). */
const common_name_max = 64

/**
 * Makes an authority that can vouch for these hosts and what is below them, and for nothing else: whoever trusts it, or gets its
 * key, gains no other site by it.
 */
export function makeAuthority(hosts: readonly string[], now: number): KeyPair {
  const { key, publicKey } = makeKey()
  const id = keyId(publicKey)
  const subject = [
    { name: 'commonName', value: `TUPU simulator CA ${id.slice(0, 8)}` },
    { name: 'organizationName', value: 'TUPU simulator' },
  ]
  return sign({
    key,
    publicKey,
    subject,
    by: { key, subject, id },
    from: now - early_ms,
    until: now + authority_days * day_ms,
    extensions: [
      { name: 'basicConstraints', critical: true, cA: true, pathLenConstraint: 0 },
      { name: 'keyUsage', critical: true, keyCertSign: true, cRLSign: true },
      { name: 'subjectKeyIdentifier' },
      { id: name_constraints, critical: true, value: bytesOf(permitted(hosts)) },
    ],
  })
}

/** Whether an authority lasts longer than a certificate that it would make now, and may vouch for all these hosts. */
export function isGoodAuthority({ cert }: KeyPair, hosts: readonly string[], now: number): boolean {
  const { validity, extensions } = pki.certificateFromPem(cert)
  if (validity.notAfter.getTime() < now + leaf_days * day_ms) return false
  const text = extensions.find(({ id }) => id === name_constraints)?.value
  return typeof text === 'string' && hosts.every((host) => text.includes(bytesOf(subtree(host))))
}

/** Makes a certificate of a server for these hosts, and says when another should be made. */
export function makeLeaf(
  authority: KeyPair,
  hosts: readonly string[],
  now: number,
): KeyPair & { readonly renew_at: number } {
  const ca = pki.certificateFromPem(authority.cert)
  const until = Math.min(now + leaf_days * day_ms, ca.validity.notAfter.getTime())
  const { key, publicKey } = makeKey()
  const [first = ''] = hosts
  const leaf = sign({
    key,
    publicKey,
    subject: [{ name: 'commonName', value: first.slice(0, common_name_max) }],
    by: { key: authority.key, subject: ca.subject.attributes, id: keyId(ca.publicKey) },
    from: Math.max(now - early_ms, ca.validity.notBefore.getTime()),
    until,
    extensions: [
      { name: 'basicConstraints', critical: true, cA: false },
      { name: 'keyUsage', critical: true, digitalSignature: true, keyEncipherment: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectKeyIdentifier' },
      { name: 'subjectAltName', altNames: hosts.map(altName) },
    ],
  })
  // Not at each connection either, when the authority itself is about to end.
  return { ...leaf, renew_at: Math.max(until - leaf_renewed_days * day_ms, now + day_ms) }
}

const name_constraints = '2.5.29.30'
const dns_name = 2
const ip_address = 7

/** RFC 5280 §4.2.1.10: a name means all below it, too, an address goes with its mask. */
function permitted(hosts: readonly string[]): Der {
  return sequence(tagged(0, hosts.map(subtree)))
}

function subtree(host: string): Der {
  if (isIP(host) === 0) return sequence(tagged(dns_name, host.replace(/^\*\./u, '')))
  return sequence(tagged(ip_address, networks[host] ?? networkOf(host)))
}

/** All of IPv4's addresses of this machine. */
const networks: Readonly<Record<string, string>> = { '127.0.0.1': '\x7f\0\0\0\xff\0\0\0' }

function networkOf(address: string): string {
  const bytes = Buffer.from(ipaddr.parse(address).toByteArray()).toString('latin1')
  return bytes + '\xff'.repeat(bytes.length)
}

function altName(host: string) {
  return isIP(host) === 0 ? { type: dns_name, value: host } : { type: ip_address, ip: host }
}

/** The key comes from the system; the package would take seconds for it. */
function makeKey(): { key: string; publicKey: Forge.pki.PublicKey } {
  const pair = generateKeyPairSync('rsa', {
    modulusLength: key_bits,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  })
  return { key: pair.privateKey, publicKey: pki.publicKeyFromPem(pair.publicKey) }
}

/** In hexadecimal digits (RFC 5280 §4.2.1.2). */
function keyId(publicKey: Forge.pki.PublicKey): string {
  return pki.getPublicKeyFingerprint(publicKey, { type: 'RSAPublicKey', encoding: 'hex' })
}

interface Signing {
  readonly key: string
  readonly publicKey: Forge.pki.PublicKey
  readonly subject: Forge.pki.CertificateField[]
  readonly by: {
    readonly key: string
    readonly subject: Forge.pki.CertificateField[]
    readonly id: string
  }
  /** Unix milliseconds. */
  readonly from: number
  readonly until: number
  readonly extensions: readonly object[]
}

function sign({ key, publicKey, subject, by, from, until, extensions }: Signing): KeyPair {
  const cert = pki.createCertificate()
  cert.publicKey = publicKey
  cert.serialNumber = serialOf(keyId(publicKey))
  cert.validity.notBefore = new Date(from)
  cert.validity.notAfter = new Date(until)
  cert.setSubject(subject)
  cert.setIssuer(by.subject)
  const authorityKey = {
    name: 'authorityKeyIdentifier',
    keyIdentifier: forge.util.hexToBytes(by.id),
  }
  cert.setExtensions([...extensions, authorityKey])
  cert.sign(pki.privateKeyFromPem(by.key), forge.md.sha256.create())
  return { key, cert: pki.certificateToPem(cert) }
}

/** Each key has one certificate: its own is a number as good as any. Positive, and of 16 bytes. */
function serialOf(id: string): string {
  return `4${createHash('sha256').update(id).digest('hex').slice(1, 32)}`
}
