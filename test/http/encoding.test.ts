import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import { rawCall } from './raw.ts'

async function onPort() {
  const sim = await startSim({ listen: true })
  const { acme, wang } = sim
  const send = { eid: acme.eid, mobile: wang.mobile, message: '欢迎加入' }
  const post = (path: string, body: Uint8Array, encoding: string) =>
    rawCall(sim.sim.url + path, {
      method: 'POST',
      headers: { 'content-encoding': encoding },
      chunks: [body],
    })
  return { ...sim, send: Buffer.from(JSON.stringify(send)), post }
}

it.each([
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['br', brotliCompressSync],
  ['identity', (body: Buffer) => body],
  ['GZIP', gzipSync],
  ['deflate, gzip', (body: Buffer) => gzipSync(deflateSync(body))],
])('reads a body that is packed by %s', async (encoding, pack) => {
  const { send, post, wang } = await onPort()
  const answer = await post('/tupu/v1/messages', pack(send), encoding)
  expect(JSON.parse(answer.text)).toMatchObject({ errcode: 0 })
  expect(await wang.inbox()).toMatchObject([{ line: '欢迎加入' }])
})

it('takes no more of a packed body than of any other', async () => {
  const { post, world } = await onPort()
  const bomb = gzipSync(Buffer.alloc(50_000_000, ' '))
  const answer = await post('/tupu/v1/messages', bomb, 'gzip')
  expect(answer.status).toBe(413)
  expect(JSON.parse(answer.text)).toMatchObject({ errcode: 100020 })
  expect(await world.messages()).toEqual([])
})

it.each([
  { encoding: 'zstd', body: Buffer.from('(µ/ý') },
  { encoding: 'gzip', body: Buffer.from('{"eid":"acme"}') },
  { encoding: 'gzip', body: gzipSync('{}').subarray(0, 12) },
  { encoding: '__proto__', body: Buffer.from('{}') },
  { encoding: Array(4).fill('identity').join(', '), body: Buffer.from('{}') },
])('refuses a body that no surface can unpack: $encoding', async ({ encoding, body }) => {
  const { post, acme, world } = await onPort()
  const step = { rule: 'body.encoding', actual: `Content-Encoding: ${encoding}` }
  for (const path of ['/tupu/v1/messages', '/cgi-bin/stable_token']) {
    const answer = await post(path, body, encoding)
    expect(answer.status).toBe(415)
    expect(JSON.parse(answer.text)).toMatchObject({ errcode: 47001 })
    const trace = answer.headers['x-sim-trace']
    const where = { trace, world: '_unattributed' }
    const { items } = (await world.call('exchange.list', where)) as { items: object[] }
    expect(items).toMatchObject([{ decision: [expect.objectContaining(step)] }])
  }
  const control = await post('/_sim/v1/worlds', body, encoding)
  expect(control.status).toBe(415)
  expect(JSON.parse(control.text)).toMatchObject({ type: 'unknown_encoding', fix: /gzip/ })
  for (const path of [`/register/${acme.eid}`, '/accounts/do/x', '/connect/oauth2/confirm']) {
    const page = await post(path, body, encoding)
    expect({ path, status: page.status }).toEqual({ path, status: 415 })
    expect(page.headers['content-type']).toMatch(/^text\/html/)
  }
})
