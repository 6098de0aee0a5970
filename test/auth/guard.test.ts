import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { operatorProof } from '../../src/auth/control-token.ts'
import {
  type GuardedRequest,
  type GuardSettings,
  isLoopbackHost,
  readHost,
  guard as refusalOf,
} from '../../src/auth/guard.ts'
import { RecentGuesses } from '../../src/auth/guesses.ts'
import type { Settings } from '../../src/core/engine.ts'

const token = 'tupu-sim-control-7c1d'

interface Server extends GuardSettings {
  readonly controlToken: string | undefined
}
type Asked = Omit<GuardedRequest, 'proof'> & { readonly authorization: string | undefined }

const onLoopback: Server = {
  exposed: false,
  controlToken: undefined,
  allowedHosts: [],
  publicHost: undefined,
}
const withToken = { ...onLoopback, controlToken: token }
const exposed = { ...withToken, exposed: true }

/** A guard who has seen nobody before. */
function guard(asked: Asked, server: Server) {
  const { method, authorization } = asked
  const head = { method, url: '/', headers: { authorization }, ip: '', origin: '' }
  const engine = { settings: server as unknown as Settings, guesses: new RecentGuesses() }
  return refusalOf({ ...asked, proof: () => operatorProof(head, engine, 0) }, server)
}

const fromCurl: Asked = {
  method: 'POST',
  path: '/',
  area: 'control',
  host: 'localhost:8878',
  origin: undefined,
  secFetchSite: undefined,
  authorization: undefined,
}
const click: Asked = {
  ...fromCurl,
  method: 'GET',
  area: 'pages',
  secFetchSite: 'cross-site',
  secFetchMode: 'navigate',
  secFetchDest: 'document',
}
const protectedPlaces = ['control', 'pages', 'metrics'] as const

describe('the host of a request to a protected area', () => {
  it.each([
    { host: 'localhost' },
    { host: 'LOCALHOST:8878' },
    { host: 'localhost.:8878' },
    { host: '127.0.0.1:32771' },
    { host: '10.0.0.4' },
    { host: '203.0.113.9:80' },
    { host: '[::1]:8878' },
    { host: '[fd00::12]' },
    { host: 'sim:8878' },
    { host: 'tupu_sim_1' },
    { host: 'ci-7.localhost:1' },
    { host: 'laptop.local' },
    { host: 'host.docker.internal:8878' },
    { host: 'sim.test' },
  ])('may be $host without any setting', ({ host }) => {
    expect(guard({ ...fromCurl, host }, onLoopback)).toBeUndefined()
  })

  it.each([
    { host: 'evil.example' },
    { host: 'evil.example:8878' },
    { host: 'evil.example.' },
    { host: '127.0.0.1.nip.io' },
    { host: 'localhost.evil.example' },
    { host: 'notlocalhost.example' },
    { host: 'eviltest.com' },
  ])('may not be $host, and the refusal names host and flag', ({ host }) => {
    const refusal = guard({ ...fromCurl, host }, onLoopback)
    const name = readHost(host)?.name
    expect(refusal).toMatchObject({ status: 421, field: 'host' })
    expect(refusal?.reason).toContain(`${name} `)
    expect(refusal?.fix).toContain(`--allowed-hosts ${name}`)
    expect(refusal?.fix).toContain('TUPU_SIM_ALLOWED_HOSTS')
  })

  it.each([
    { what: 'is missing', host: undefined },
    { what: 'is empty', host: '' },
    { what: 'has a path', host: 'localhost/evil.example' },
    { what: 'has a user', host: 'localhost@evil.example' },
    { what: 'is two hosts', host: 'localhost, evil.example' },
    { what: 'has a port beyond 65535', host: 'localhost:65536' },
    { what: 'is a number for an address', host: '2130706433' },
  ])('is refused when it $what', ({ host }) => {
    expect(guard({ ...fromCurl, host }, onLoopback)).toMatchObject({ status: 421, field: 'host' })
  })

  it.each([
    { host: 'sim.example.com:443', allowed: ['other.example', 'sim.example.com'] },
    { host: 'SIM.example.com', allowed: ['sim.Example.com'] },
    { host: 'sim.example.com:8443', allowed: ['sim.example.com:8878'] },
    { host: 'pr-17.sims.example.com', allowed: ['*.sims.example.com'] },
  ])('may be $host when $allowed are allowed', ({ host, allowed }) => {
    expect(guard({ ...fromCurl, host }, { ...onLoopback, allowedHosts: allowed })).toBeUndefined()
  })

  it.each([
    { host: 'sims.example.com', allowed: ['*.sims.example.com'] },
    { host: 'evilsims.example.com', allowed: ['*.sims.example.com'] },
    { host: 'a.sim.example.com', allowed: ['sim.example.com'] },
    { host: 'evil.example', allowed: ['', '*', '*.'] },
  ])('may not be $host when only $allowed are allowed', ({ host, allowed }) => {
    const settings = { ...onLoopback, allowedHosts: allowed }
    expect(guard({ ...fromCurl, host }, settings)).toMatchObject({ status: 421 })
  })

  it('may be the public host, on any port', () => {
    const settings = { ...onLoopback, publicHost: 'sim.example.com:8443' }
    expect(guard({ ...fromCurl, host: 'sim.example.com' }, settings)).toBeUndefined()
    expect(guard({ ...fromCurl, host: 'www.example.com' }, settings)).toMatchObject({ status: 421 })
  })

  it('is checked beside the one that a proxy forwards, and neither stands in for the other', () => {
    const settings = { ...onLoopback, allowedHosts: ['sim.example.com'] }
    const forwardedHost = 'sim.example.com'
    expect(guard({ ...fromCurl, forwardedHost }, settings)).toBeUndefined()
    expect(guard({ ...fromCurl, forwardedHost, host: 'evil.example' }, settings)).toMatchObject({
      status: 421,
    })
    expect(guard({ ...fromCurl, forwardedHost: 'evil.example' }, settings)).toMatchObject({
      status: 421,
    })
  })

  it.each(protectedPlaces)('counts at %s', (area) => {
    const host = 'evil.example'
    expect(guard({ ...fromCurl, area, host }, onLoopback)).toMatchObject({ status: 421 })
  })

  it('does not fill a refusal with whatever length was sent', () => {
    const refusal = guard({ ...fromCurl, host: `${'a.'.repeat(5000)}example` }, onLoopback)
    expect(refusal?.reason.length).toBeLessThan(200)
  })
})

describe('the origin of a request to a protected area', () => {
  it.each([
    { host: 'localhost:8878', origin: 'http://localhost:8878' },
    { host: 'LocalHost:8878', origin: 'http://localhost:8878' },
    { host: 'localhost', origin: 'http://localhost' },
    { host: 'localhost:80', origin: 'http://localhost' },
    { host: '[::1]:8878', origin: 'http://[::1]:8878' },
    { host: 'sim.test', origin: 'https://sim.test' },
    { host: 'sim.test:443', origin: 'https://sim.test' },
  ])('may be $origin for the host $host', ({ host, origin }) => {
    expect(guard({ ...fromCurl, host, origin }, onLoopback)).toBeUndefined()
  })

  it.each([
    { origin: 'http://evil.example' },
    { origin: 'http://localhost:3000' },
    { origin: 'http://localhost' },
    { origin: 'https://localhost' },
    { origin: 'http://127.0.0.1:8878' },
    { origin: 'http://localhost:8878.evil.example' },
    { origin: 'http://localhost:8878@evil.example' },
    { origin: 'http://evil.example/localhost:8878' },
    { origin: 'http://user@localhost:8878' },
    { origin: 'http://localhost:8878, http://localhost:8878' },
    { origin: 'ftp://localhost:8878' },
    { origin: 'chrome-extension://abcdef' },
    { origin: 'null' },
    { origin: '' },
  ])('may not be "$origin" for the host localhost:8878', ({ origin }) => {
    const refusal = guard({ ...fromCurl, origin }, onLoopback)
    expect(refusal).toMatchObject({ status: 403, field: 'origin' })
    expect(refusal?.reason).toContain(origin)
  })

  it('may be the public one, with exactly its port', () => {
    const settings = { ...onLoopback, publicHost: 'localhost:8443' }
    const origin = 'https://localhost:8443'
    expect(guard({ ...fromCurl, origin }, settings)).toBeUndefined()
    expect(guard({ ...fromCurl, origin: 'https://localhost:3000' }, settings)).toMatchObject({
      status: 403,
    })
  })

  it('may be the one behind which a trusted proxy ends TLS', () => {
    const settings = { ...onLoopback, allowedHosts: ['sim.example.com'] }
    const request = { ...fromCurl, host: 'sim:8878', origin: 'https://sim.example.com' }
    expect(guard(request, settings)).toMatchObject({ status: 403 })
    expect(guard({ ...request, forwardedHost: 'sim.example.com' }, settings)).toBeUndefined()
  })

  it.each([{ site: 'same-origin' }, { site: 'none' }])(
    'may be told by the browser as $site',
    ({ site }) => {
      expect(guard({ ...fromCurl, secFetchSite: site }, onLoopback)).toBeUndefined()
    },
  )

  it.each([{ site: 'cross-site' }, { site: 'same-site' }, { site: 'something-new' }])(
    'may not be told by the browser as $site',
    ({ site }) => {
      expect(guard({ ...fromCurl, secFetchSite: site }, onLoopback)).toMatchObject({
        status: 403,
        field: 'origin',
      })
    },
  )

  it.each(['cross-site', 'same-site'])(
    'may be %s where a person follows a link to a page',
    (site) => {
      expect(guard({ ...click, secFetchSite: site }, onLoopback)).toBeUndefined()
      expect(guard({ ...click, secFetchSite: site, secFetchDest: undefined }, onLoopback)).toBe(
        undefined,
      )
    },
  )

  it.each([
    { when: 'it leads to the control API', but: { area: 'control' } },
    { when: 'it leads to the metrics', but: { area: 'metrics' } },
    { when: 'it posts a form', but: { method: 'POST' } },
    { when: 'it fills a frame', but: { secFetchDest: 'iframe' } },
    { when: 'it is a script or an image', but: { secFetchMode: 'no-cors' } },
    { when: 'its mode is not told', but: { secFetchMode: undefined } },
    { when: 'it has a foreign Origin too', but: { origin: 'http://evil.example' } },
  ] as const)('makes a link from another site refused when $when', ({ but }) => {
    expect(guard({ ...click, ...but }, onLoopback)).toMatchObject({ status: 403, field: 'origin' })
  })
})

describe('the control token', () => {
  it.each(protectedPlaces)('is not needed at %s on loopback', (area) => {
    expect(guard({ ...fromCurl, area }, withToken)).toBeUndefined()
  })

  it.each(protectedPlaces)('is needed at %s when the server is exposed', (area) => {
    const request = { ...fromCurl, area }
    const refusal = guard(request, exposed)
    expect(refusal).toMatchObject({ status: 401, field: 'authorization' })
    expect(refusal?.fix).toContain('TUPU_SIM_CONTROL_TOKEN')
    expect(guard({ ...request, authorization: `Bearer ${token}` }, exposed)).toBeUndefined()
  })

  it('passes a foreign host and a foreign origin, exposed or not', () => {
    const request = {
      ...fromCurl,
      host: 'sim.example.com',
      origin: 'null',
      secFetchSite: 'cross-site',
      authorization: `bearer  ${token} `,
    }
    expect(guard(request, withToken)).toBeUndefined()
    expect(guard(request, exposed)).toBeUndefined()
  })

  it.each([
    { what: 'another token', authorization: 'Bearer wrong' },
    { what: 'a part of it', authorization: `Bearer ${token.slice(0, -1)}` },
    { what: 'more than it', authorization: `Bearer ${token} x` },
    { what: 'another case', authorization: `Bearer ${token.toUpperCase()}` },
  ])('is refused when it is $what, on loopback too', ({ authorization }) => {
    for (const settings of [withToken, exposed]) {
      const refusal = guard({ ...fromCurl, authorization }, settings)
      expect(refusal).toMatchObject({ status: 401, field: 'authorization' })
      expect(JSON.stringify(refusal)).not.toContain(token)
    }
  })

  it.each([
    { authorization: undefined },
    { authorization: 'Bearer' },
    { authorization: `Basic ${token}` },
    { authorization: token },
  ])('counts as missing in "$authorization"', ({ authorization }) => {
    expect(guard({ ...fromCurl, authorization }, withToken)).toBeUndefined()
    expect(guard({ ...fromCurl, authorization }, exposed)?.reason).toContain('missing')
  })

  it.each([undefined, ''])('opens nothing when the server has %j for one', (controlToken) => {
    const request = { ...fromCurl, authorization: 'Bearer undefined' }
    expect(guard(request, { ...exposed, controlToken })).toMatchObject({ status: 401 })
    expect(guard({ ...request, host: 'a.example' }, { ...onLoopback, controlToken })).toMatchObject(
      {
        status: 421,
      },
    )
  })
})

describe('an open area', () => {
  const foreign = { ...fromCurl, area: 'open', host: 'evil.example', origin: 'null' } as const

  it('takes every request when exposed, whatever its host, origin and token', () => {
    const request = { ...foreign, secFetchSite: 'cross-site', authorization: 'Bearer wrong' }
    expect(guard(request, exposed)).toBeUndefined()
    expect(guard({ ...request, host: undefined }, exposed)).toBeUndefined()
  })

  it('looks at host and origin else, and takes another bearer’s token for what it is', () => {
    const authorization = 'Bearer partner-key'
    expect(guard({ ...fromCurl, area: 'open', authorization }, withToken)).toBeUndefined()
    expect(guard({ ...foreign, authorization }, withToken)).toMatchObject({ status: 421 })
    expect(guard({ ...foreign, host: 'localhost' }, withToken)).toMatchObject({ status: 403 })
    expect(guard({ ...foreign, authorization: `Bearer ${token}` }, withToken)).toBeUndefined()
  })
})

describe('a Host header', () => {
  it.each([
    {
      header: 'Sim.Example.COM.:8878',
      host: { name: 'sim.example.com', port: 8878, kind: 'name' },
    },
    { header: 'localhost:', host: { name: 'localhost', port: undefined, kind: 'name' } },
    { header: '127.0.0.1:0', host: { name: '127.0.0.1', port: 0, kind: 'ipv4' } },
    { header: '[FD00::A]:80', host: { name: 'fd00::a', port: 80, kind: 'ipv6' } },
  ])('$header is read into its parts', ({ header, host }) => {
    expect(readHost(header)).toEqual(host)
  })

  it.each([
    '::1',
    '[::1',
    '[127.0.0.1]',
    '[::1%eth0]',
    '[]',
    '300.1.1.1',
    '127.1',
    '0x7f.0.0.1',
    '0x7f000001',
    '.',
    'a..b',
    'a b',
    'localhost:+80',
    'localhost:８０',
    'localhost\n',
    'bücher.example',
  ])('%j is none', (header) => {
    expect(readHost(header)).toBeUndefined()
  })

  it('of any name and port is read back as it was written', () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9_-]{0,10}$/)
    const port = fc.integer({ min: 0, max: 65_535 })
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 4 }), port, (labels, port) => {
        const name = labels.join('.')
        expect(readHost(`${name}:${port}`)).toEqual({ name, port, kind: 'name' })
      }),
    )
  })

  it('with a known name means the same host to a URL parser, whatever was sent', () => {
    const text = fc.string({ unit: fc.constantFrom(...'aZ019.:[]-_x@/\\#? %'), maxLength: 16 })
    fc.assert(
      fc.property(text, (header) => {
        const host = readHost(header)
        if (!host || !URL.canParse(`http://${header}`)) return
        const seen = new URL(`http://${header}`).hostname.replace(/\.$/, '')
        if (host.kind !== 'ipv6') expect(seen).toBe(host.name)
        else expect(seen).toMatch(/^\[.*\]$/)
      }),
    )
  })
})

describe('an address to listen on', () => {
  it.each(['127.0.0.1', '127.8.8.78', '::1', '[::1]', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1'])(
    '%s is reached from this machine only',
    (host) => {
      expect(isLoopbackHost(host)).toBe(true)
    },
  )

  it.each(['localhost', 'LocalHost'])('%s is reached from this machine only', (host) => {
    expect(isLoopbackHost(host)).toBe(true)
  })

  it.each(['', '0.0.0.0', '::', '[::]', '192.168.1.2', 'fe80::1', '128.0.0.1', 'laptop', '127.1'])(
    '"%s" counts as exposed',
    (host) => {
      expect(isLoopbackHost(host)).toBe(false)
    },
  )
})
