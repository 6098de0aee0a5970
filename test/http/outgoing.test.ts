import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createSocketServer, type Server } from 'node:net'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { forbiddenAddress } from '../../src/auth/forbidden-address.ts'
import { createOutgoing, type Resolve } from '../../src/http/outgoing.ts'

const send = createOutgoing({ realNow: () => performance.now() })
const get = { method: 'GET', timeoutMs: 5000 }
const servers: Server[] = []

afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((server) => new Promise((closed) => server.close(closed))),
  )
})

describe('an outgoing call', () => {
  it('hands back status, headers and bytes of the answer', async () => {
    const { url } = await serves((_request, response) => {
      response.writeHead(201, [
        ['X-Receipt', 'a'],
        ['X-Receipt', 'b'],
      ])
      response.end('收到')
    })
    const answer = await send({ ...get, url })
    expect(answer).toMatchObject({ ok: true, status: 201, headers: { 'x-receipt': 'a, b' } })
    expect(answer.ok && Buffer.from(answer.body).toString()).toBe('收到')
    expect(answer.elapsedMs).toBeGreaterThan(0)
  })

  it.each(['POST', 'GET'])(
    'sends a %s with its headers, query and body as given',
    async (method) => {
      const { url, seen } = await serves(echo)
      const body = '{"event":"message.delivered"}'
      const headers = { 'X-Tupu-Nonce': 'n1', Host: 'elsewhere' }
      await send({ ...get, method, url: `${url}/hook?a=1#part`, headers, body })
      expect(seen).toEqual([`${method} /hook?a=1 ${new URL(url).host} n1 ${body}`])
    },
  )

  it('reaches localhost by its name', async () => {
    const { port } = await serves(echo)
    expect(await send({ ...get, url: `http://localhost:${port}` })).toMatchObject({ status: 200 })
  })

  it.each([301, 302, 307, 308])(
    'takes a %i as an answer and does not follow it',
    async (status) => {
      const { url, seen } = await serves((_request, response) => {
        response.writeHead(status, { location: '/elsewhere' }).end()
      })
      expect(await send({ ...get, url })).toMatchObject({
        ok: true,
        status,
        headers: { location: '/elsewhere' },
      })
      expect(seen).toHaveLength(1)
    },
  )

  it.each([
    { when: 'no header comes', answer: () => {} },
    {
      when: 'the body does not end',
      answer: ((_request, response) => {
        response.writeHead(200, { 'content-length': '10' }).write('half')
      }) satisfies RequestListener,
    },
  ])('times out when $when', async ({ answer }) => {
    const { url } = await serves(answer)
    expect(await send({ ...get, url, timeoutMs: 80 })).toMatchObject({
      ok: false,
      failure: 'timeout',
      detail: expect.stringContaining('80 ms'),
    })
  })

  it('ends before its time when whoever called has no use for it any more', async () => {
    const stop = new AbortController()
    const { url } = await serves(() => stop.abort())
    expect(await send({ ...get, url, signal: stop.signal })).toMatchObject({
      ok: false,
      failure: 'aborted',
    })
    expect(await send({ ...get, url, signal: stop.signal })).toMatchObject({ failure: 'aborted' })
  })

  it('times out when the name takes too long to resolve', async () => {
    const slow = via(() => new Promise(() => {}))
    expect(await slow({ ...get, url: 'http://hr.example', timeoutMs: 50 })).toMatchObject({
      failure: 'timeout',
    })
  })

  it.each([
    { bytes: 1000, maxBytes: 1000, expected: { ok: true } },
    { bytes: 1001, maxBytes: 1000, expected: { ok: false, failure: 'too_large' } },
    { bytes: 1_048_577, maxBytes: undefined, expected: { ok: false, failure: 'too_large' } },
  ])('of $bytes bytes back ends as $expected at a limit of $maxBytes', async (row) => {
    const { url } = await serves((_request, response) => response.end(Buffer.alloc(row.bytes)))
    const limit = row.maxBytes === undefined ? {} : { maxBytes: row.maxBytes }
    expect(await send({ ...get, url, ...limit })).toMatchObject(row.expected)
  })

  it('stops an endless answer at the limit', async () => {
    const { url } = await serves((_request, response) => {
      const more = () => response.write(Buffer.alloc(65_536), (error) => error ?? more())
      more()
    })
    expect(await send({ ...get, url })).toMatchObject({ failure: 'too_large' })
  })

  it('tells headers beyond all measure as too large', async () => {
    const url = await answersRaw(`HTTP/1.1 200 OK\r\nX-Long: ${'a'.repeat(100_000)}\r\n\r\n`)
    expect(await send({ ...get, url })).toMatchObject({ failure: 'too_large' })
  })

  it.each([
    { what: 'nothing', raw: '', failure: 'reset' },
    {
      what: 'half a body',
      raw: 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf',
      failure: 'reset',
    },
    {
      what: 'a change of protocol',
      raw: 'HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n',
      failure: 'not_http',
    },
    { what: 'another protocol', raw: '220 mail.example ESMTP\r\n', failure: 'not_http' },
  ])('to a server that sends $what and closes fails as $failure', async ({ raw, failure }) => {
    expect(await send({ ...get, url: await answersRaw(raw) })).toMatchObject({ ok: false, failure })
  })

  it('that the other side resets fails as reset', async () => {
    const port = await listens(createSocketServer((socket) => socket.resetAndDestroy()))
    expect(await send({ ...get, url: `http://127.0.0.1:${port}` })).toMatchObject({
      failure: 'reset',
    })
  })

  it('to a port that nobody listens on fails as connect', async () => {
    const { url } = await serves(echo)
    await new Promise((closed) => servers.pop()?.close(closed))
    expect(await send({ ...get, url })).toMatchObject({
      failure: 'connect',
      detail: expect.stringContaining('ECONNREFUSED'),
    })
  })

  it('by https to a server without TLS fails as connect', async () => {
    const { url } = await serves(echo)
    expect(await send({ ...get, url: url.replace('http:', 'https:') })).toMatchObject({
      failure: 'connect',
    })
  })
})

describe('the addresses of an outgoing call', () => {
  it('are looked up once, and the checked one is called under the name that was given', async () => {
    const { port, seen } = await serves(echo)
    const answers = [['127.0.0.1'], ['169.254.169.254']]
    const rebinding = via(async () => answers.shift() ?? [])
    expect(await rebinding({ ...get, url: `http://hr.example:${port}` })).toMatchObject({
      ok: true,
    })
    expect(seen).toEqual([`GET / hr.example:${port} - `])
    expect(answers).toHaveLength(1)
  })

  it('are all tried', async () => {
    const { port } = await serves(echo)
    const two = via(async () => ['127.0.0.9', '127.0.0.1'])
    expect(await two({ ...get, url: `http://hr.example:${port}` })).toMatchObject({ ok: true })
  })

  it.each([
    { addresses: ['169.254.169.254'] },
    { addresses: ['127.0.0.1', '169.254.169.254'] },
    { addresses: ['127.0.0.1', 'fe80::1%eth0'] },
    { addresses: ['127.0.0.1', '::ffff:169.254.169.254'] },
    { addresses: ['100.100.100.200'] },
    { addresses: ['0.0.0.0'] },
    { addresses: ['0x7f.1'] },
  ])('$addresses of one name are not called', async ({ addresses }) => {
    const { port, seen } = await serves(echo)
    expect(
      await via(async () => addresses)({ ...get, url: `http://hr.example:${port}` }),
    ).toMatchObject({
      ok: false,
      failure: 'forbidden_address',
      detail: expect.stringContaining(`hr.example resolves to ${addresses.at(-1)}`),
    })
    expect(seen).toEqual([])
  })

  it.each([
    { url: 'http://169.254.169.254/latest/meta-data/' },
    { url: 'http://[::]:80/' },
    { url: 'http://user:secret@127.0.0.1/' },
    { url: 'file:///etc/passwd' },
    { url: 'nonsense' },
  ])('in $url are refused before anything is looked up', async ({ url }) => {
    const never = via(async () => {
      throw new Error('looked up')
    })
    const answer = await never({ ...get, url })
    expect(answer).toMatchObject({ ok: false, failure: 'forbidden_address' })
    expect(JSON.stringify(answer)).not.toContain('secret')
  })

  it.each([
    { when: 'the name is unknown', resolve: () => Promise.reject(new Error('ENOTFOUND')) },
    { when: 'it has no address', resolve: async () => [] },
  ])('fail the call as dns when $when', async ({ resolve }) => {
    expect(await via(resolve)({ ...get, url: 'http://hr.example' })).toMatchObject({
      failure: 'dns',
      detail: expect.stringContaining('hr.example'),
    })
  })
})

describe('an address that somebody configures', () => {
  it.each([
    'http://localhost:3000/hook',
    'http://127.0.0.1:3000',
    'http://[::1]:3000',
    'http://10.0.0.4/',
    'http://192.168.1.4/',
    'http://172.17.0.1/',
    'http://100.64.0.1/',
    'http://[fd00::1]/',
    'http://[::ffff:10.0.0.4]/',
    'http://[64:ff9b::10.0.0.4]/',
    'http://[64:ff9b:1::10.0.0.4]/',
    'http://[2002:0a00:0004::1]/',
    'https://api.weixin.qq.com',
    'http://host.docker.internal:3000',
    'https://hr.example.com/callbacks?x=http://169.254.169.254',
  ])('may be %s', (url) => {
    expect(forbiddenAddress(url)).toBeUndefined()
  })

  it.each([
    { url: 'http://169.254.169.254/', because: 'link-local' },
    { url: 'http://169.254.0.1:8080/', because: 'link-local' },
    { url: 'http://0xA9FEA9FE/', because: 'link-local' },
    { url: 'http://2852039166/', because: 'link-local' },
    { url: 'http://0251.0376.0251.0376/', because: 'link-local' },
    { url: 'http://169.254.43518/', because: 'link-local' },
    { url: 'http://169.254.169.254./', because: 'link-local' },
    { url: 'http://１６９。２５４。１６９。２５４/', because: 'link-local' },
    { url: 'http://%31%36%39.254.169.254/', because: 'link-local' },
    { url: 'http://[fe80::1]/', because: 'link-local' },
    { url: 'http://[febf::1]/', because: 'link-local' },
    { url: 'http://[::ffff:169.254.169.254]/', because: 'link-local' },
    { url: 'http://[::ffff:a9fe:a9fe]/', because: 'link-local' },
    { url: 'http://[::169.254.169.254]/', because: 'link-local' },
    { url: 'http://[::ffff:0:169.254.169.254]/', because: 'link-local' },
    { url: 'http://[64:ff9b::169.254.169.254]/', because: 'link-local' },
    { url: 'http://[64:ff9b:1::169.254.169.254]/', because: 'link-local' },
    { url: 'http://[64:ff9b:1:a9fe:a9:fe00::]/', because: 'link-local' },
    { url: 'http://[2002:a9fe:a9fe::1]/', because: 'link-local' },
    { url: 'http://100.100.100.200/', because: 'Alibaba' },
    { url: 'http://[::ffff:100.100.100.200]/', because: 'Alibaba' },
    { url: 'http://192.0.0.192/', because: 'Oracle' },
    { url: 'http://168.63.129.16/', because: 'Azure' },
    { url: 'http://[fd00:ec2::254]/', because: 'Amazon' },
    { url: 'http://[fd20:ce::254]/', because: 'Google' },
    { url: 'http://0.0.0.0:8878/', because: 'unspecified' },
    { url: 'http://0/', because: 'unspecified' },
    { url: 'http://[::]/', because: 'unspecified' },
    { url: 'http://[::ffff:0.0.0.0]/', because: 'unspecified' },
    { url: 'http://224.0.0.1/', because: 'multicast' },
    { url: 'http://[ff02::1]/', because: 'multicast' },
    { url: 'http://255.255.255.255/', because: 'broadcast' },
    { url: 'ftp://hr.example/', because: 'neither http nor https' },
    { url: 'javascript:alert(1)', because: 'neither http nor https' },
    { url: 'http://user@hr.example/', because: 'credentials' },
    { url: 'http://:secret@hr.example/', because: 'credentials' },
    { url: 'http://', because: 'not an absolute URL' },
    { url: '/callbacks', because: 'not an absolute URL' },
    { url: '', because: 'not an absolute URL' },
    { url: 'http://[fe80::1%25eth0]/', because: 'not an absolute URL' },
  ])('may not be $url: $because', ({ url, because }) => {
    expect(forbiddenAddress(url)).toContain(because)
  })

  it('is never link-local in any IPv6 clothes, and private ones stay allowed in them', () => {
    const forms = (v4: string, hex: string) => [
      `http://${v4}/`,
      `http://[::ffff:${v4}]/`,
      `http://[64:ff9b::${v4}]/`,
      `http://[64:ff9b:1::${v4}]/`,
      `http://[2002:${hex}::1]/`,
    ]
    const byte = fc.nat({ max: 255 })
    fc.assert(
      fc.property(byte, byte, (c, d) => {
        const tail = ((c << 8) | d).toString(16)
        for (const url of forms(`169.254.${c}.${d}`, `a9fe:${tail}`)) {
          expect(forbiddenAddress(url)).toContain('link-local')
        }
        for (const url of forms(`192.168.${c}.${d}`, `c0a8:${tail}`)) {
          expect(forbiddenAddress(url)).toBeUndefined()
        }
      }),
    )
  })
})

const echo: RequestListener = (_request, response) => response.end('ok')

function via(resolve: Resolve) {
  return createOutgoing({ realNow: () => performance.now(), resolve })
}

async function listens(server: Server): Promise<number> {
  servers.push(server)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** A real server that notes each request whole and then answers. */
async function serves(answer: RequestListener) {
  const seen: string[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const { method, url, headers } = request
    seen.push(`${method} ${url} ${headers.host} ${headers['x-tupu-nonce'] ?? '-'} ${body}`)
    answer(request, response)
  })
  const port = await listens(server)
  return { port, url: `http://127.0.0.1:${port}`, seen }
}

async function answersRaw(raw: string): Promise<string> {
  const port = await listens(
    createSocketServer((socket) => {
      socket.on('error', () => socket.destroy())
      socket.once('data', () => socket.end(raw))
    }),
  )
  return `http://127.0.0.1:${port}`
}
