import { describe, expect, it, onTestFinished } from 'vitest'
import { createSimulator, type SimulatorOptions } from '../../src/simulator.ts'
import { cast } from '../sim.ts'
import { rawCall } from './raw.ts'

/** A simulator that other machines reach. */
async function exposed(options: SimulatorOptions = {}) {
  const sim = await createSimulator(options)
  onTestFinished(() => sim.close())
  const { url } = await sim.listen({ port: 0, host: '0.0.0.0' })
  const world = await sim.world(cast)
  const get = (path: string, token?: string) =>
    rawCall(url + path, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    })
  return { sim, url, world, get }
}

const protectedPaths = [
  '/_sim/v1/worlds',
  '/metrics',
  '/',
  '/docs',
  '/openapi.json',
  '/_sim/v1/worlds/test/exchanges',
  '/w/test/_sim/v1/magic',
  '/api.weixin.qq.com/_sim/v1/magic',
  '/_sim/nothing',
]

describe('a server that other machines reach', () => {
  it.each(protectedPaths)('shows %s to nobody without its token', async (path) => {
    const { get, sim } = await exposed()
    for (const token of [undefined, 'wrong', '']) {
      const { status, headers, text } = await get(path, token)
      expect(status).toBe(401)
      expect(headers['www-authenticate']).toContain('Bearer')
      expect(JSON.parse(text)).toMatchObject({
        field: 'authorization',
        fix: expect.stringContaining('TUPU_SIM_CONTROL_TOKEN'),
      })
      expect(text).not.toContain(String(sim.controlToken))
    }
    const { status } = await get(path, sim.controlToken)
    expect(status).toBe(path === '/_sim/nothing' ? 404 : 200)
  })

  it('is open to platforms and SDKs', async () => {
    const { get, world } = await exposed({ partnerOpen: true })
    expect((await get(`/tupu/v1/accounts/${world.accounts[0]?.eid}`)).text).toContain('"errcode":0')
    const query = `grant_type=client_credential&appid=${world.accounts[0]?.appid}&secret=${world.accounts[0]?.app_secret}`
    expect((await get(`/cgi-bin/token?${query}`)).text).toContain('"expires_in":7200')
    expect((await get('/livez')).status).toBe(200)
    expect((await get('/readyz')).status).toBe(200)
  })

  it('has the token that it was given, else one that nobody can guess', async () => {
    const { sim, get } = await exposed({ controlToken: 'given-by-the-operator' })
    expect(sim.controlToken).toBe('given-by-the-operator')
    expect((await get('/_sim/v1/worlds', 'given-by-the-operator')).status).toBe(200)
    const [one, other] = [await exposed(), await exposed()]
    expect(String(one.sim.controlToken)).toMatch(/^[\w-]{43}$/)
    expect(one.sim.controlToken).not.toBe(other.sim.controlToken)
  })

  it('takes the token of a foreign page or host too: neither knows it by itself', async () => {
    const { sim, url } = await exposed()
    const headers = {
      host: 'evil.example',
      origin: 'https://evil.example',
      authorization: `Bearer ${sim.controlToken}`,
    }
    expect((await rawCall(`${url}/_sim/v1/worlds`, { headers })).status).toBe(200)
  })

  it('knows a browser that signed in at another replica, but not at another server', async () => {
    const given = { controlToken: 'given-by-the-operator' }
    const [one, replica, other] = [await exposed(given), await exposed(given), await exposed()]
    const { headers } = await rawCall(`${one.url}/sign-in`, {
      method: 'POST',
      headers: { origin: one.url },
      chunks: ['token=given-by-the-operator&next=/docs'],
    })
    const cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? ''
    for (const path of protectedPaths) {
      const statusAt = async (url: string) =>
        (await rawCall(url + path, { headers: { cookie } })).status
      const good = path === '/_sim/nothing' ? 404 : 200
      expect(await Promise.all([one.url, replica.url, other.url].map(statusAt))).toEqual([
        good,
        good,
        401,
      ])
    }
  })

  it('gives new accounts a partner secret, unless they or the operator say otherwise', async () => {
    const { world } = await exposed()
    for (const { partner_secret } of world.accounts)
      expect(partner_secret).toMatch(/^[0-9A-Za-z]{40}$/)
    const later = await world.call('account.create', { key: 'later' })
    expect(later).toMatchObject({ partner_secret: expect.any(String) })
    const plain = await world.call('account.create', { key: 'plain', partner_secret: null })
    expect(plain).toMatchObject({ partner_secret: null })
    const open = await exposed({ partnerOpen: true })
    for (const { partner_secret } of open.world.accounts) expect(partner_secret).toBeNull()
  })

  it('derives no secret from a seed that everybody knows', async () => {
    const body = { name: 'known', accounts: [{ key: 'acme' }] }
    const [one, other] = [await exposed(), await exposed()]
    const [first] = (await one.sim.world(body)).accounts
    const [second] = (await other.sim.world(body)).accounts
    expect(first?.app_secret).not.toBe(second?.app_secret)
    expect(first?.partner_secret).not.toBe(second?.partner_secret)
    const [a, b] = [await exposed({ seed: 's' }), await exposed({ seed: 's' })]
    expect((await a.sim.world(body)).accounts).toEqual(
      (await b.sim.world(body)).accounts.map((account) => ({
        ...account,
        register_url: expect.any(String),
      })),
    )
  })
})

describe('a server on loopback', () => {
  it('needs no token, but refuses a wrong one', async () => {
    const sim = await createSimulator({ controlToken: 'given-by-the-operator' })
    onTestFinished(() => sim.close())
    const { url } = await sim.listen()
    const call = (headers: Record<string, string>) => rawCall(`${url}/_sim/v1/worlds`, { headers })
    expect((await call({})).status).toBe(200)
    expect((await call({ authorization: 'Bearer wrong' })).status).toBe(401)
    expect((await call({ authorization: 'Bearer given-by-the-operator' })).status).toBe(200)
  })

  it('is what it is by default', async () => {
    const sim = await createSimulator()
    onTestFinished(() => sim.close())
    const { port, url } = await sim.listen()
    expect(url).toBe(`http://localhost:${port}`)
    expect(sim.controlToken).toBeUndefined()
    expect((await rawCall(`http://127.0.0.1:${port}/_sim/v1/worlds`)).status).toBe(200)
  })
})
