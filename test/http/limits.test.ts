import { createServer } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startSim } from '../sim.ts'
import { rawCall } from './raw.ts'

const control = '/_sim/v1/worlds'

describe('a body over 1 MB', () => {
  const big = Buffer.alloc(1_048_577, 'x')
  it.each([
    { path: '/tupu/v1/messages', says: '"errcode":100020' },
    { path: `${control}/default/people`, says: '"type":"body_too_large"' },
    { path: '/cgi-bin/stable_token', says: '45002' },
  ])(
    'is refused at $path, whether or not its length was told, and the journal has the refusal',
    async ({ path, says }) => {
      const { http, sim } = await startSim({ listen: true })
      const url = String(sim.url)
      const told = await rawCall(url + path, {
        method: 'POST',
        headers: { 'content-length': String(big.length) },
        chunks: [big],
      })
      const parts = Array.from({ length: 17 }, (_, i) => big.subarray(i * 65_536, (i + 1) * 65_536))
      const chunked = await rawCall(url + path, { method: 'POST', chunks: parts })
      for (const { status, text } of [told, chunked]) {
        expect(status).toBe(path.startsWith('/cgi-bin') ? 200 : 413)
        expect(text).toContain(says)
      }
      const world = path.startsWith(control) ? 'default' : '_unattributed'
      const { json } = await http('GET', `${control}/${world}/exchanges`)
      expect(json['items']).toMatchObject([{ request: { body: '' } }, { request: { body: '' } }])
      expect(await http('GET', '/livez')).toMatchObject({ status: 200 })
    },
  )

  it('is one byte more than what is read', async () => {
    const { acme, sim } = await startSim({ listen: true })
    const url = String(sim.url)
    const head = `{"eid":"${acme.eid}","mobile":"13900139000","message":"x","more":"`
    const body = `${head}${'x'.repeat(1_048_576 - head.length - 2)}"}`
    const { text } = await rawCall(`${url}/tupu/v1/messages`, { method: 'POST', chunks: [body] })
    expect(text).toContain('100011')
  })
})

describe('a call that goes out', () => {
  const gateway = (base_url: string) => ({
    gateway: { kind: 'remote', base_url, appid: 'wx1', app_secret: 's' },
  })

  it.each([
    'http://169.254.169.254',
    'http://169.254.169.254/latest/meta-data',
    'http://2852039166',
    'http://0xa9fea9fe',
    'http://[fe80::1]',
    'http://[::ffff:169.254.169.254]',
    'http://[fd00:ec2::254]',
    'http://100.100.100.200',
    'http://0.0.0.0:80',
  ])('is not configured to %s', async (base_url) => {
    const { http, acme } = await startSim()
    const { json } = await http('PATCH', `${control}/test/accounts/acme`, gateway(base_url))
    expect(json).toMatchObject({
      status: 422,
      type: 'invalid_field',
      field: 'gateway.base_url',
      reason: expect.stringContaining('never called'),
    })
    const [shown] = (await http('GET', `${control}/test`)).json['accounts'] ?? []
    expect(shown).toEqual(acme.info)
  })

  it('does not follow a redirect', async () => {
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(String(request.url))
      response.writeHead(302, { location: '/elsewhere' }).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    const { http, platform, acme, world } = await startSim()
    await http('PATCH', `${control}/test/accounts/acme`, gateway(`http://127.0.0.1:${port}`))
    await world.register('13800138000', { openid: 'oFar' })
    const { errcode } = await platform.sends(acme, { mobile: '13800138000' })
    expect(errcode).toBe(100032)
    expect(asked.length).toBeGreaterThan(0)
    expect(asked).not.toContain('/elsewhere')
  })
})

describe('the log', () => {
  it('has no personal data, whatever is sent and refused', async () => {
    const lines: string[] = []
    const log = (...line: unknown[]) => void lines.push(JSON.stringify(line))
    const { http, platform, acme, world, sim } = await startSim({ log, listen: true })
    const url = String(sim.url)
    await world.register('13800138000', { name: '王小雨', email: 'wang@example.com' })
    await platform.sends(acme, { mobile: '13800138000', email: 'wang@example.com', name: '王小雨' })
    await platform.sends(acme, { mobile: '138 0013 8000', message: '' })
    await http('POST', `${control}/test/associations`, { mobile: '13800138000', state: 'x' })
    await rawCall(`${url}/tupu/v1/messages?mobile=13800138000`, {
      method: 'POST',
      chunks: ['{"mobile":"13800138000"'],
    })
    await rawCall(`${url}${control}/test/messages?mobile=13800138000`, {
      headers: { origin: 'https://evil.example' },
    })
    await rawCall(url + control, { headers: { host: 'evil.example' } })
    expect(lines).toHaveLength(2)
    expect(lines.join('\n')).not.toMatch(/138.?0013|wang@|王小雨/)
  })
})
