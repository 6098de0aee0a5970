import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { describe, expect, it, onTestFinished } from 'vitest'
import { played_hosts } from '../../src/core/locate.ts'
import { tagsOf } from '../page.ts'
import { get, getThrough, startSecure, tunnel, written } from './secure.ts'

const secure = startSecure()
const authorize = (appid = '', redirect = 'https://hr.example.com/cb') =>
  `/connect/oauth2/authorize?appid=${appid}&redirect_uri=${encodeURIComponent(redirect)}&response_type=code&scope=snsapi_base`

describe('the proxy', () => {
  it('answers for each of WeChat’s hosts in a tunnel, in the world of the credentials', async () => {
    const { sim, proxyUrl, ca } = secure()
    const world = await sim.world({ name: 'tunnelled' })
    const { WECHAT_APPID, WECHAT_SECRET } = world.env
    const query = `grant_type=client_credential&appid=${WECHAT_APPID}&secret=${WECHAT_SECRET}`
    for (const host of played_hosts) {
      const url = `https://${host}/cgi-bin/token?${query}`
      expect((await getThrough(proxyUrl, url, { ca })).text).toMatch(/^\{"access_token":"/)
    }
    const { items } = await world.call('exchange.list', { surface: 'wechat' })
    expect(items).toHaveLength(played_hosts.length)
    expect(items[0]).toMatchObject({ endpoint: 'token.get', status: 200 })
  })

  it('shows WeChat’s pages under WeChat’s host, with their looks', async () => {
    const { env, proxyUrl, ca } = secure()
    const origin = 'https://open.weixin.qq.com'
    const headers = { 'user-agent': 'MicroMessenger/8.0.49' }
    const url = origin + authorize(env['WECHAT_APPID'])
    const { status, text } = await getThrough(proxyUrl, url, { ca, headers })
    expect(status).toBe(200)
    const style = tagsOf(text).find(({ name }) => name === 'link')?.attributes['href'] ?? ''
    const css = await getThrough(proxyUrl, new URL(style, origin).href, { ca })
    expect(css).toMatchObject({ status: 200, headers: { 'content-type': /^text\/css/ } })
    const script = 'https://res.wx.qq.com/open/js/jweixin-1.6.0.js'
    expect(await getThrough(proxyUrl, script, { ca })).toMatchObject({
      status: 200,
      headers: { 'content-type': expect.stringContaining('javascript') },
    })
    const person = { ...headers, 'x-sim-person': 'wang' }
    const known = await getThrough(proxyUrl, url, { ca, headers: person })
    expect(known).toMatchObject({ status: 302 })
    expect(known.headers.location).toMatch(/^https:\/\/hr\.example\.com\/cb\?code=\w+/)
  })

  it('answers what a client hands it as a whole address, by http and by https', async () => {
    const { proxyUrl, token, sim, env } = secure()
    const at = { world: 'default', appid: env['WECHAT_APPID'] ?? '' }
    await sim.call('official_account.update', { ...at, require_https: true })
    const asks = (target: string) =>
      written(
        proxyUrl,
        `GET ${target} HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n`,
      )
    expect(await asks(`https://api.weixin.qq.com${token}`)).toContain('{"access_token":"')
    expect(await asks(`http://api.weixin.qq.com:80${token}`)).toContain('{"errcode":43003')
    await sim.call('official_account.update', { ...at, require_https: false })
    expect(await asks(`HTTP://API.weixin.qq.com${token}`)).toContain('{"access_token":"')
  })

  it('leads nowhere but to WeChat’s surfaces', async () => {
    const { proxyUrl, ca } = secure()
    for (const path of ['/_sim/v1/worlds', '/phone', '/tupu/v1/messages', '/livez', '/ca', '/none'])
      expect(await getThrough(proxyUrl, `https://api.weixin.qq.com${path}`, { ca })).toMatchObject({
        status: 421,
        text: expect.stringContaining("serves only WeChat's calls"),
      })
  })

  it.each([
    'example.com:443',
    'api.weixin.qq.com:22',
    'api.weixin.qq.com:80',
    'api.weixin.qq.com',
    'api.weixin.qq.com.evil.example:443',
    'evil@api.weixin.qq.com:443',
    'localhost:443',
    '127.0.0.1:443',
    '[::1]:443',
    '169.254.169.254:80',
    'api.weixin.qq.com:443,example.com:443',
    '/cgi-bin/token',
  ])('opens no tunnel to %s', async (authority) => {
    const { proxyUrl } = secure()
    const text = `CONNECT ${authority} HTTP/1.1\r\nHost: api.weixin.qq.com:443\r\n\r\n`
    const answer = await written(proxyUrl, text)
    expect(answer).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n[\s\S]*\r\n\r\n\{"type":"about:blank",/)
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1)
  })

  it('passes nothing on, not even to this machine, and says so in the log once a host', async () => {
    const { proxyUrl, logged } = secure()
    let calls = 0
    const server = createServer((_, answer) => {
      calls += 1
      answer.end()
    }).on('connection', () => {
      calls += 1
    })
    onTestFinished(() => void server.close())
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    const ask = (line: string) => written(proxyUrl, `${line} HTTP/1.1\r\nHost: x\r\n\r\n`)
    for (const line of [
      `GET http://127.0.0.1:${port}/`,
      `GET http://127.0.0.1:${port}/`,
      `CONNECT 127.0.0.1:${port}`,
      `GET http://api.weixin.qq.com:${port}/`,
      `GET http://user@api.weixin.qq.com/`,
      `GET ftp://api.weixin.qq.com/`,
    ])
      expect(await ask(line)).toMatch(/^HTTP\/1\.1 40[03] /)
    expect(calls).toBe(0)
    const lines = logged.filter(([, event]) => event === 'proxy.refused').map((line) => line[2])
    expect(lines.filter((one) => JSON.stringify(one).includes(`127.0.0.1:${port}`))).toHaveLength(1)
  })

  it('lets nothing that was asked for into the head of its answer', async () => {
    const { proxyUrl } = secure()
    for (const target of ['a%0d%0aX-Evil:%201:443', 'a\tb:443', 'é:443', 'a\x00b:443'])
      expect(await written(proxyUrl, `CONNECT ${target} HTTP/1.1\r\nHost: x\r\n\r\n`)).not.toMatch(
        /x-evil|é|%0d/i,
      )
  })

  it('is no server: who asks it for a page is told where the simulator is', async () => {
    const { proxyUrl, sim } = secure()
    const answer = await fetch(`${proxyUrl}/docs`)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ fix: expect.stringContaining(String(sim.url)) })
  })

  it('keeps a tunnel to the host that it was opened for', async () => {
    const { proxyUrl, ca, token, sim } = secure()
    const inside = async (text: string) => {
      const { socket } = await tunnel(proxyUrl, 'api.weixin.qq.com:443')
      const tls = connectTls({ socket, ca, servername: 'api.weixin.qq.com' })
      tls.write(text)
      let answer = ''
      for await (const chunk of tls) answer += String(chunk)
      return answer
    }
    const path = (target: string, host: string) =>
      inside(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    expect(await path(token, 'api.weixin.qq.com:443')).toMatch(/^HTTP\/1\.1 200 /)
    for (const host of [
      'localhost',
      'open.weixin.qq.com',
      `api.weixin.qq.com:22`,
      new URL(`${sim.url}`).host,
    ])
      expect(await path('/_sim/v1/worlds', host)).toMatch(/^HTTP\/1\.1 421 /)
    expect(await path('http://open.weixin.qq.com/cgi-bin/token', 'api.weixin.qq.com')).toMatch(
      /^HTTP\/1\.1 421 /,
    )
    expect(await path('http://localhost/_sim/v1/worlds', 'api.weixin.qq.com')).toMatch(
      /^HTTP\/1\.1 403 /,
    )
    expect(await inside('CONNECT open.weixin.qq.com:443 HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 403 /,
    )
  })

  it('takes no request with two lengths for two requests', async () => {
    const { proxyUrl, token } = secure()
    const head = `POST http://api.weixin.qq.com${token} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n`
    const hidden = `0\r\n\r\nGET http://api.weixin.qq.com/sns/auth HTTP/1.1\r\nHost: x\r\n\r\n`
    const both = `${head}Content-Length: ${hidden.length}\r\nTransfer-Encoding: chunked\r\n\r\n${hidden}`
    const answer = await written(proxyUrl, both)
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1)
  })

  it('takes what a client sends with its CONNECT, before it was answered', async () => {
    const { proxyUrl, ca, token } = secure()
    const { hostname, port } = new URL(proxyUrl)
    const socket = connect(Number(port), hostname)
    const connecting = 'CONNECT api.weixin.qq.com:443 HTTP/1.1\r\nHost: x\r\n\r\n'
    const hello = Buffer.concat([Buffer.from(connecting), await clientHello()])
    socket.write(hello)
    const [said] = await once(socket, 'data')
    expect(String(said)).toMatch(/^HTTP\/1\.1 200 /)
    const rest = said.length > 60 ? said.subarray(said.indexOf('\r\n\r\n') + 4) : undefined
    const [handshake] = rest?.length ? [rest] : await once(socket, 'data')
    // A record of a handshake: the server has read the hello.
    expect(handshake[0]).toBe(0x16)
    socket.destroy()
    expect((await getThrough(proxyUrl, `https://api.weixin.qq.com${token}`, { ca })).status).toBe(
      200,
    )
  })

  it('breaks a connection off below the tunnel, when a fault says so', async () => {
    const { sim, proxyUrl, token, ca } = secure()
    const fault = {
      surface: 'wechat',
      endpoint: 'token.get',
      times: 1,
      transport: 'reset',
    } as const
    await sim.call('fault.create', { world: 'default', ...fault })
    const url = `https://api.weixin.qq.com${token}`
    await expect(getThrough(proxyUrl, url, { ca })).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(await getThrough(proxyUrl, url, { ca })).toMatchObject({ status: 200 })
  })

  it('is believed by nobody who does not know its authority', async () => {
    const { proxyUrl, httpsUrl, token } = secure()
    const ca = ''
    await expect(
      getThrough(proxyUrl, `https://api.weixin.qq.com${token}`, { ca }),
    ).rejects.toThrow()
    await expect(get(httpsUrl + token, { ca })).rejects.toThrow()
  })
})

/** What a TLS client says first. */
async function clientHello(): Promise<Buffer> {
  const { createServer: createTcp } = await import('node:net')
  const server = createTcp()
  onTestFinished(() => void server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const client = connectTls({ port, host: '127.0.0.1', servername: 'api.weixin.qq.com' })
  client.on('error', () => {})
  const [socket] = await once(server, 'connection')
  const [hello] = await once(socket, 'data')
  socket.destroy()
  client.destroy()
  return hello
}
