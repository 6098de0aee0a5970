import { once } from 'node:events'
import { Agent, request as httpRequest } from 'node:http'
import { connect, createServer, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterEach, describe, expect, it } from 'vitest'
import { type Listening, listenBoth, urlOf } from '../../src/http/listen.ts'
import { StartError } from '../../src/start-error.ts'

const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
)
const opened: { close(): unknown }[] = []

afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close()
})

const hello = () => new Response('hello')

async function start(options: Partial<Parameters<typeof listenBoth>[0]> = {}): Promise<Listening> {
  const listening = await listenBoth({ fetch: hello, port: 0, host: 'localhost', ...options })
  opened.push(listening)
  return listening
}

/** A program that is none of ours and says nothing that we understand. */
async function stranger(host: string, port = 0): Promise<number> {
  const server = createServer((socket) =>
    socket.on('error', () => {}).end('HTTP/1.0 200 OK\r\n\r\nhi'),
  )
  server.listen({ port, host, ipv6Only: host === '::1' })
  await once(server, 'listening')
  opened.push(server)
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}

async function raw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(text)
  return await answerOf(socket)
}

async function answerOf(socket: Socket): Promise<string> {
  let answer = ''
  for await (const chunk of socket) answer += String(chunk)
  return answer
}

async function refusal(attempt: Promise<unknown>): Promise<StartError> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof StartError)) throw new Error(`no StartError: ${error}`)
  return error
}

describe('where the server listens', () => {
  it('answers on 127.0.0.1 for localhost, at the port that it names', async () => {
    const { url, port, host } = await start()
    expect({ url, host }).toEqual({ url: `http://localhost:${port}`, host: 'localhost' })
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('hello')
  })

  it.runIf(hasIpv6)('answers on ::1 at the same port', async () => {
    const { port } = await start()
    expect(await (await fetch(`http://[::1]:${port}/`)).text()).toBe('hello')
  })

  it('binds one family alone when an address is given', async () => {
    const { port, url } = await start({ host: '127.0.0.1' })
    expect(url).toBe(`http://127.0.0.1:${port}`)
    expect(await (await fetch(url)).text()).toBe('hello')
    await expect(fetch(`http://[::1]:${port}/`)).rejects.toThrow()
  })

  it.runIf(hasIpv6)('takes an IPv6 address with brackets or without', async () => {
    const { url } = await start({ host: '[::1]' })
    expect(await (await fetch(url)).text()).toBe('hello')
    expect(url).toMatch(/^http:\/\/\[::1\]:\d+$/)
  })

  it('gives two servers with port 0 different ports', async () => {
    const [one, two] = [await start(), await start()]
    expect(one.port).not.toBe(two.port)
  })

  it.each([
    { host: 'localhost', url: 'http://localhost:1' },
    { host: '127.0.0.1', url: 'http://127.0.0.1:1' },
    { host: '::1', url: 'http://[::1]:1' },
    { host: '[::1]', url: 'http://[::1]:1' },
    { host: '0.0.0.0', url: 'http://127.0.0.1:1' },
    { host: '::', url: 'http://localhost:1' },
    { host: '192.168.1.5', url: 'http://192.168.1.5:1' },
    { host: 'sim.example.com', url: 'http://sim.example.com:1' },
  ])('bound to $host it is reached at $url from this machine', ({ host, url }) => {
    expect(urlOf(host, 1)).toBe(url)
  })
})

describe('a port that is taken', () => {
  it('names one of us with its process and data, and both ways out, in one sentence', async () => {
    const livez = { name: 'tupu-simulator', version: '9.8.7', pid: 4711, data: '/srv/sim.db' }
    const { port } = await start({ fetch: () => Response.json(livez) })
    const { message, field } = await refusal(start({ port }))
    expect(field).toBe('port')
    expect(message).toBe(
      `Port ${port} is taken by another TUPU simulator (version 9.8.7, process 4711, data /srv/sim.db): ` +
        'stop that one, or start with --port 0 (a free port) or another port.',
    )
  })

  it('says that a stranger has it, and both ways out', async () => {
    const port = await stranger('127.0.0.1')
    const { message } = await refusal(start({ port }))
    expect(message).toMatch(`Port ${port} is taken by another program: stop that one, or start`)
  })

  it('does not believe a stranger who answers JSON of his own', async () => {
    const { port } = await start({ fetch: () => Response.json({ name: 'wiremock', pid: 1 }) })
    expect((await refusal(start({ port }))).message).toMatch('taken by another program:')
  })

  it.runIf(hasIpv6)('is refused when only ::1 has it, and 127.0.0.1 is let go', async () => {
    const port = await stranger('::1')
    expect((await refusal(start({ port }))).message).toMatch(`Port ${port} is taken`)
    expect(await stranger('127.0.0.1', port)).toBe(port)
  })

  it('says so when the host is no address of this machine', async () => {
    const { message, field } = await refusal(start({ host: '192.0.2.1' }))
    expect(field).toBe('host')
    expect(message).toBe(
      'Host "192.0.2.1" is no address of this machine: use localhost, 0.0.0.0 or one of its own.',
    )
  })
})

describe('clients that offer HTTP/2', () => {
  it.each([
    {
      client: 'the HTTP client of Java',
      upgrade: 'Upgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
    },
    { client: 'a web socket', upgrade: 'Upgrade: websocket\r\nSec-WebSocket-Version: 13' },
  ])('$client gets an ordinary HTTP/1.1 answer', async ({ upgrade }) => {
    const { port } = await start({ fetch: async (request) => new Response(await request.text()) })
    const answer = await raw(
      port,
      `POST /x HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close, Upgrade, HTTP2-Settings\r\n` +
        `${upgrade}\r\nContent-Length: 4\r\n\r\nbody`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(answer).toMatch(/\r\n\r\nbody$/)
  })

  it('a client without a Host header gets an answer too', async () => {
    const { port } = await start({
      fetch: (request) => new Response(new URL(request.url).pathname),
    })
    expect(await raw(port, 'GET /readyz HTTP/1.0\r\n\r\n')).toMatch(/200 OK[\s\S]*\/readyz$/)
  })
})

describe('the end of the server', () => {
  it('does not wait for connections that are idle', async () => {
    const { port, close } = await start({ grace_ms: 60_000 })
    const agent = new Agent({ keepAlive: true })
    const call = httpRequest({ port, host: '127.0.0.1', agent }).end()
    const [answer] = await once(call, 'response')
    answer.resume()
    await once(answer, 'end')
    await close()
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow()
  })

  it('lets a running answer end, and then waits no longer', async () => {
    const asked = Promise.withResolvers<void>()
    const answer = Promise.withResolvers<Response>()
    const { port, close } = await start({
      grace_ms: 60_000,
      fetch: () => {
        asked.resolve()
        return answer.promise
      },
    })
    const call = fetch(`http://127.0.0.1:${port}/`)
    await asked.promise
    const closed = close()
    answer.resolve(new Response('at last'))
    expect(await (await call).text()).toBe('at last')
    await closed
  })

  it('cuts an answer that never ends when its time is over', async () => {
    const { port, close } = await start({
      grace_ms: 50,
      fetch: () =>
        new Response(new ReadableStream({ start: (out) => out.enqueue(Buffer.from('…')) })),
    })
    const endless = await fetch(`http://127.0.0.1:${port}/`)
    const text = endless.text()
    text.catch(() => {})
    await close()
    await expect(text).rejects.toThrow()
  })

  it('may be asked for twice', async () => {
    const { close } = await start()
    await Promise.all([close(), close()])
    await close()
  })

  it('frees the port for the next one', async () => {
    const { port, close } = await start()
    await close()
    expect((await start({ port })).port).toBe(port)
  })
})
