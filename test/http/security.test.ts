import { describe, expect, it } from 'vitest'
import type { SimulatorOptions } from '../../src/simulator.ts'
import { startSim } from '../sim.ts'
import { rawCall } from './raw.ts'

const control = '/_sim/v1/worlds'
/** What only the operator may see; everything else is for platforms, SDKs and candidates. */
const protectedPaths = [control, '/metrics', '/', '/docs', '/openapi.json']

/** A simulator on a real port, and calls to it with whatever headers. */
async function onPort(options: SimulatorOptions = {}) {
  const sim = await startSim({ ...options, listen: true })
  const url = String(sim.sim.url)
  const get = (path: string, headers: Record<string, string> = {}) =>
    rawCall(url + path, { headers })
  return { ...sim, url, host: new URL(url).host, get }
}

describe('a page of another origin', () => {
  it.each(protectedPaths)('reads nothing at %s', async (path) => {
    const { get, host } = await onPort()
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost:3000' },
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
      { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' },
    ]) {
      const { status, text } = await get(path, headers)
      expect({ headers, status }).toEqual({ headers, status: 403 })
      expect(JSON.parse(text)).toMatchObject({
        status: 403,
        field: 'origin',
        fix: expect.stringContaining('--public-url'),
      })
    }
    expect((await get(path, { origin: `http://${host}` })).status).toBe(200)
    expect((await get(path, { 'sec-fetch-site': 'same-origin' })).status).toBe(200)
  })

  it('changes nothing: a form that it posts to the control API is refused', async () => {
    const { url, http } = await onPort()
    const { status } = await rawCall(`${url}${control}/test/reset`, {
      method: 'POST',
      headers: { origin: 'https://evil.example', 'content-type': 'text/plain' },
      chunks: ['{}'],
    })
    expect(status).toBe(403)
    expect((await http('GET', `${control}/test`)).json).toMatchObject({ resets: 0 })
  })

  it('may be followed to a page by a person, but not framed', async () => {
    const { get } = await onPort()
    const click = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
    expect((await get('/docs', { ...click, 'sec-fetch-dest': 'document' })).status).toBe(200)
    expect((await get('/docs', { ...click, 'sec-fetch-dest': 'iframe' })).status).toBe(403)
    expect((await get(control, { ...click, 'sec-fetch-dest': 'document' })).status).toBe(403)
  })

  it('gets no CORS header from anybody, not for a preflight either', async () => {
    const { url, acme } = await onPort()
    const origin = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
    for (const path of [
      control,
      '/docs',
      '/tupu/v1/messages',
      '/cgi-bin/token',
      '/livez',
      '/nothing',
    ])
      for (const method of ['OPTIONS', 'GET', 'POST']) {
        const { headers } = await rawCall(url + path, {
          method,
          headers: origin,
          chunks: method === 'POST' ? [JSON.stringify({ eid: acme.eid })] : [],
        })
        const names = Object.keys(headers).filter((name) => name.startsWith('access-control-'))
        expect(names).toEqual([])
      }
  })
})

describe('a host name', () => {
  it.each(protectedPaths)(
    'that was rebound is refused at %s by its name, with the flag that would allow it',
    async (path) => {
      const { get } = await onPort()
      const { status, text } = await get(path, { host: 'evil.example:8878' })
      expect(status).toBe(421)
      const problem = JSON.parse(text)
      expect(problem).toMatchObject({ field: 'host', status: 421 })
      expect(problem.reason).toContain('evil.example')
      expect(problem.fix).toContain('--allowed-hosts evil.example')
      expect(problem.fix).toContain('TUPU_SIM_ALLOWED_HOSTS')
    },
  )

  it.each([
    'sim:8878',
    'tupu_sim_1',
    'host.docker.internal:8878',
    '10.0.0.7:80',
    '[::1]:8878',
    'ci.localhost',
    'laptop.local',
    'sim.test',
  ])('of a container or this machine, %s, is answered', async (host) => {
    const { get } = await onPort()
    expect((await get(control, { host })).status).toBe(200)
    const { text } = await get(`${control}/test`, { host })
    expect(JSON.parse(text)).toMatchObject({ base_url: `http://${host}/w/test` })
  })

  it('that the public URL has is answered, and so is one that was allowed', async () => {
    const publicUrl = 'https://sim.example.com'
    const allowedHosts = ['sim.example.org', '*.sims.example.net']
    const { get } = await onPort({ publicUrl, allowedHosts })
    for (const host of ['sim.example.com', 'sim.example.org:80', 'pr-7.sims.example.net'])
      expect((await get(control, { host })).status).toBe(200)
    expect((await get(control, { host: 'www.example.com' })).status).toBe(421)
    const { text } = await get(`${control}/test`)
    expect(JSON.parse(text)).toMatchObject({
      base_url: 'https://sim.example.com/w/test',
      env: { TUPU_SIM_URL: publicUrl },
    })
  })
})

describe('a page', () => {
  it.each(['/', '/docs'])(
    'at %s runs no script of anybody and stands in no foreign frame',
    async (path) => {
      const { get } = await onPort()
      const { headers, text } = await get(path)
      const policy = String(headers['content-security-policy'])
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'self'")
      expect(policy).not.toContain('unsafe-inline')
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(text).not.toMatch(/<script(?![^>]*src=)|\son\w+=|\sstyle=/i)
    },
  )
})
