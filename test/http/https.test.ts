import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { describe, expect, it, onTestFinished } from 'vitest'
import { played_hosts } from '../../src/core/locate.ts'
import { isGoodAuthority, makeAuthority, makeLeaf } from '../../src/http/tls/authority.ts'
import { authorityHosts, Certificates } from '../../src/http/tls/certificates.ts'
import { createSimulator } from '../../src/simulator.ts'
import { get, startSecure } from './secure.ts'

const day_ms = 24 * 3600 * 1000
const secure = startSecure()

/** The certificate that a server shows. */
async function shown(url: string, ca: string): Promise<X509Certificate> {
  const { port } = new URL(url)
  const socket = connectTls({ port: Number(port), host: '127.0.0.1', ca, servername: 'localhost' })
  await once(socket, 'secureConnect')
  const certificate = socket.getPeerX509Certificate()
  socket.destroy()
  if (!certificate) throw new Error('no certificate')
  return certificate
}

describe('over HTTPS', () => {
  it('every surface is served as over HTTP, and its links stay there', async () => {
    const { sim, httpsUrl, token, ca, env } = secure()
    expect((await get(httpsUrl + token, { ca })).text).toMatch(/^\{"access_token":"/)
    const body = JSON.stringify({ eid: env['TUPU_EID'], mobile: '13800138002', message: 'x' })
    const sent = await get(`${httpsUrl}/tupu/v1/messages`, { ca, method: 'POST', body })
    expect(sent.text).toMatch(/^\{"errcode":0,/)
    const world = await get(`${httpsUrl}/_sim/v1/worlds/default`, { ca })
    expect(JSON.parse(world.text)).toMatchObject({ base_url: `${httpsUrl}/w/default` })
    const { items } = await sim.call('exchange.list', { world: 'default', surface: 'wechat' })
    expect(items).toMatchObject([{ endpoint: 'token.get', status: 200 }])
  })

  it('hosts, origins and sizes are looked at as over HTTP', async () => {
    const { httpsUrl, ca } = secure()
    const worlds = `${httpsUrl}/_sim/v1/worlds`
    expect(await get(worlds, { ca, headers: { host: 'evil.example' } })).toMatchObject({
      status: 421,
    })
    const headers = { origin: 'https://evil.example' }
    expect(await get(worlds, { ca, headers })).toMatchObject({ status: 403 })
    const own = { ca, headers: { origin: httpsUrl } }
    expect(await get(worlds, own)).toMatchObject({ status: 200 })
    const big = { ca, method: 'POST', body: 'x'.repeat(1_048_577) }
    expect(await get(`${httpsUrl}/tupu/v1/messages`, big)).toMatchObject({ status: 413 })
  })

  it('an account that asks for HTTPS is served, which 43003 refuses over HTTP', async () => {
    const { sim, httpsUrl, token, ca, env } = secure()
    const at = { world: 'default', appid: env['WECHAT_APPID'] ?? '' }
    await sim.call('official_account.update', { ...at, require_https: true })
    expect(await (await fetch(`${sim.url}${token}`)).text()).toMatch(/^\{"errcode":43003/)
    expect((await get(httpsUrl + token, { ca })).text).toMatch(/^\{"access_token":"/)
    await sim.call('official_account.update', { ...at, require_https: false })
  })

  it('a fault breaks the connection below TLS', async () => {
    const { sim, httpsUrl, token, ca } = secure()
    const fault = {
      surface: 'wechat',
      endpoint: 'token.get',
      times: 1,
      transport: 'reset',
    } as const
    await sim.call('fault.create', { world: 'default', ...fault })
    await expect(get(httpsUrl + token, { ca })).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(await get(httpsUrl + token, { ca })).toMatchObject({ status: 200 })
  })

  it('the environment block says where, and whose word clients are to take', async () => {
    const { env, httpsUrl, proxyUrl, ca } = secure()
    expect(env).toMatchObject({ TUPU_HTTPS_URL: `${httpsUrl}/w/default`, TUPU_PROXY_URL: proxyUrl })
    const { readFileSync } = await import('node:fs')
    expect(readFileSync(env['TUPU_CA_FILE'] ?? '', 'utf8')).toBe(ca)
  })

  it('a port that is taken is named by its own flag, and what was open is closed', async () => {
    const { proxyUrl } = secure()
    const port = Number(new URL(proxyUrl).port)
    await using sim = await createSimulator()
    const listened = sim.listen({ httpsPort: 0, proxyPort: port })
    await expect(listened).rejects.toMatchObject({
      field: 'proxy_port',
      message: expect.stringMatching(`Port ${port} is taken by .* --proxy-port 0`),
    })
  })

  it('neither silence nor half a handshake keeps a simulator from closing, and nothing is left of it', async () => {
    const sim = await createSimulator()
    const { httpsUrl = '', proxyUrl = '' } = await sim.listen({ httpsPort: 0, proxyPort: 0 })
    const { TUPU_CA_FILE = '' } = await sim.env()
    for (const [url, text] of [
      [httpsUrl, ''],
      [httpsUrl, '\x16\x03\x01'],
      [proxyUrl, 'CONNECT api.weixin.qq.com:443 HTTP/1.1\r\nHost: x\r\n\r\n'],
    ] as const) {
      const socket = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => {})
      await once(socket, 'connect')
      socket.write(text)
      socket.resume()
    }
    await sim.close()
    expect(existsSync(TUPU_CA_FILE)).toBe(false)
  })
})

describe('GET /ca', () => {
  it('hands out the certificate, as text and as key stores, and never a key', async () => {
    const { sim, ca } = secure()
    const asked = (format: string) => fetch(`${sim.url}/ca${format}`)
    expect(await (await asked('')).text()).toBe(ca)
    expect(ca).not.toContain('PRIVATE KEY')
    for (const format of ['p12', 'truststore']) {
      const answer = await asked(`?format=${format}`)
      expect(answer.headers.get('content-type')).toBe('application/x-pkcs12')
      const bytes = Buffer.from(await answer.arrayBuffer())
      expect(bytes.includes(new X509Certificate(ca).raw)).toBe(true)
    }
    expect((await asked('?format=jks')).status).toBe(404)
    await using plain = await createSimulator()
    const { url } = await plain.listen()
    expect(await (await fetch(`${url}/ca`)).json()).toMatchObject({ status: 404 })
  })
})

describe('the certificates', () => {
  const names = {
    host: 'localhost',
    publicUrl: 'https://sim.example.com',
    allowedHosts: ['*.corp.example'],
  }
  const hosts = authorityHosts(names)
  const authority = makeAuthority(hosts, Date.now())

  it('vouch for WeChat’s hosts, this machine and the server’s own names, for no longer than Apple and browsers take', () => {
    const leaf = new X509Certificate(new Certificates(authority, names, Date.now).current.cert)
    for (const host of [...played_hosts, 'localhost', 'sim.example.com', 'a.corp.example'])
      expect({ host, is: leaf.checkHost(host) !== undefined }).toEqual({ host, is: true })
    for (const ip of ['127.0.0.1', '::1']) expect(leaf.checkIP(ip)).toBe(ip)
    for (const host of ['example.com', 'qq.com', 'weixin.qq.com', 'evil.api.weixin.qq.com'])
      expect({ host, is: leaf.checkHost(host) }).toEqual({ host, is: undefined })
    const lasts_ms = leaf.validToDate.getTime() - leaf.validFromDate.getTime()
    expect(lasts_ms).toBeLessThanOrEqual(398 * day_ms)
  })

  it('of any other host are believed by nobody, even if the key of the authority was stolen', async () => {
    const forged = makeLeaf(authority, ['example.com'], Date.now())
    const server = createServer(forged, (_, answer) => answer.end('forged'))
    onTestFinished(() => void server.close())
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    const socket = connectTls({
      port,
      host: '127.0.0.1',
      servername: 'example.com',
      ca: authority.cert,
    })
    const [error] = await once(socket, 'error').catch((no) => [no])
    expect(error.message).toBe('permitted subtree violation')
  })

  it('are made anew before they end, and shown to the next connection', async () => {
    let now = Date.now()
    const certificates = new Certificates(authority, names, () => now)
    const server = createServer((_, answer) => answer.end('x'))
    certificates.serve(server)
    onTestFinished(() => void server.close())
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
    const first = await shown(url, authority.cert)
    now += 300 * day_ms
    expect((await shown(url, authority.cert)).fingerprint256).toBe(first.fingerprint256)
    now += 70 * day_ms
    // The next one begins a day before what its maker takes for now: nobody here believes it yet.
    await expect(shown(url, authority.cert)).rejects.toMatchObject({ code: 'CERT_NOT_YET_VALID' })
  })

  it('need an authority that outlives them and may vouch for their hosts', () => {
    const now = Date.now()
    expect(isGoodAuthority(authority, hosts, now)).toBe(true)
    expect(isGoodAuthority(authority, hosts, now + 3200 * day_ms)).toBe(true)
    expect(isGoodAuthority(authority, hosts, now + 3300 * day_ms)).toBe(false)
    expect(isGoodAuthority(authority, [...hosts, 'other.example'], now)).toBe(false)
  })
})
