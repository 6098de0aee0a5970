import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forwardedHost, type OriginFacts, requestOrigin } from '../../src/auth/origin.ts'

const plain: OriginFacts = {
  host: 'localhost:8878',
  encrypted: false,
  publicUrl: undefined,
  trustProxy: false,
  headers: new Headers(),
  fallback: 'http://127.0.0.1:8878',
}
const forwarded = new Headers({
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'sim.example.com',
  'x-forwarded-port': '8443',
})

describe('the origin of links', () => {
  it.each([
    { host: 'localhost:32771', origin: 'http://localhost:32771' },
    { host: '127.0.0.1:8878', origin: 'http://127.0.0.1:8878' },
    { host: 'sim:8878', origin: 'http://sim:8878' },
    { host: 'tupu_sim_1:8878', origin: 'http://tupu_sim_1:8878' },
    { host: 'Sim.Test:80', origin: 'http://sim.test' },
    { host: '[0:0::1]:8878', origin: 'http://[::1]:8878' },
    { host: 'evil.example', origin: 'http://evil.example' },
  ])('is where the request came to: $host gives $origin', ({ host, origin }) => {
    expect(requestOrigin({ ...plain, host })).toBe(origin)
  })

  it('is https on a connection that is encrypted up to us', () => {
    expect(requestOrigin({ ...plain, host: 'sim.test:443', encrypted: true })).toBe(
      'https://sim.test',
    )
  })

  it.each([
    { host: undefined },
    { host: '' },
    { host: 'a b' },
    { host: 'user@localhost' },
    { host: 'localhost/path' },
    { host: 'localhost:99999' },
    { host: '300.1.1.1' },
  ])('falls back when the Host is $host', ({ host }) => {
    expect(requestOrigin({ ...plain, host })).toBe('http://127.0.0.1:8878')
  })

  it('is a whole origin whatever was sent as Host', () => {
    const text = fc.string({ unit: fc.constantFrom(...'axn019.:[]-_@/\\#? %'), maxLength: 16 })
    fc.assert(
      fc.property(text, (host) => {
        const origin = requestOrigin({ ...plain, host })
        expect(new URL(origin).origin).toBe(origin)
      }),
    )
  })

  it('is fixed by the public URL, whatever Host and proxy say', () => {
    const facts = { ...plain, publicUrl: 'https://Hr.Example.com:443/', headers: forwarded }
    expect(requestOrigin({ ...facts, trustProxy: true })).toBe('https://hr.example.com')
    expect(requestOrigin({ ...facts, host: undefined })).toBe('https://hr.example.com')
  })

  it('does not follow forwarding headers unless the proxy is trusted', () => {
    expect(requestOrigin({ ...plain, headers: forwarded })).toBe('http://localhost:8878')
    expect(requestOrigin({ ...plain, headers: forwarded, trustProxy: true })).toBe(
      'https://sim.example.com:8443',
    )
  })

  it.each([
    { told: { proto: 'https' }, origin: 'https://localhost:8878' },
    { told: { proto: 'HTTPS, http', host: 'a.example, b' }, origin: 'https://a.example' },
    { told: { host: 'a.example' }, origin: 'http://a.example' },
    {
      told: { host: 'a.example:8443', port: '443', proto: 'https' },
      origin: 'https://a.example:8443',
    },
    { told: { host: 'a.example', port: '443', proto: 'https' }, origin: 'https://a.example' },
    { told: { host: 'a.example', port: '80', proto: 'https' }, origin: 'https://a.example' },
    { told: { host: 'a.example', port: '99999' }, origin: 'http://a.example' },
    { told: { host: 'a.example', port: '0' }, origin: 'http://a.example' },
    { told: { host: 'a.example', port: '8080, 80' }, origin: 'http://a.example:8080' },
    { told: { host: '[::1]', port: '81' }, origin: 'http://[::1]:81' },
    { told: { proto: 'javascript' }, origin: 'http://localhost:8878' },
    { told: { host: 'a/b' }, origin: 'http://localhost:8878' },
    { told: { host: ' , b' }, origin: 'http://localhost:8878' },
  ])('behind a trusted proxy that tells $told is $origin', ({ told, origin }) => {
    const headers = new Headers()
    for (const [name, value] of Object.entries(told)) headers.set(`x-forwarded-${name}`, value)
    expect(requestOrigin({ ...plain, headers, trustProxy: true })).toBe(origin)
  })
})

describe('the forwarded host', () => {
  it('is told only by a trusted proxy', () => {
    expect(forwardedHost({ trustProxy: true, headers: forwarded })).toBe('sim.example.com')
    expect(forwardedHost({ trustProxy: false, headers: forwarded })).toBeUndefined()
    expect(forwardedHost({ trustProxy: true, headers: new Headers() })).toBeUndefined()
  })
})
