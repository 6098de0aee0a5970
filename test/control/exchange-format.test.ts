import { text as textOf } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { startChild } from '../process.ts'
import { journal_path as exchanges, type Shown, startScene } from './journal-scene.ts'

const pairs = z.array(z.strictObject({ name: z.string(), value: z.string() }))

/** HAR 1.2, as its specification has it: what it does not know begins with an underscore. */
const har = z.object({
  log: z.object({
    version: z.literal('1.2'),
    creator: z.strictObject({ name: z.string().min(1), version: z.string().min(1) }),
    pages: z.array(z.never()),
    entries: z.array(
      z.object({
        startedDateTime: z.iso.datetime(),
        time: z.number().min(0),
        request: z.strictObject({
          method: z.string(),
          url: z.url(),
          httpVersion: z.string().min(1),
          cookies: pairs,
          headers: pairs,
          queryString: pairs,
          postData: z.strictObject({ mimeType: z.string(), text: z.string() }).optional(),
          headersSize: z.int().min(-1),
          bodySize: z.int().min(-1),
        }),
        response: z.strictObject({
          status: z.int(),
          statusText: z.string(),
          httpVersion: z.string().min(1),
          cookies: pairs,
          headers: pairs,
          content: z.strictObject({ size: z.int(), mimeType: z.string().min(1), text: z.string() }),
          redirectURL: z.string(),
          headersSize: z.int().min(-1),
          bodySize: z.int().min(-1),
        }),
        cache: z.strictObject({}),
        timings: z.strictObject({ send: z.number(), wait: z.number(), receive: z.number() }),
        comment: z.string(),
        _sim: z.record(z.string(), z.unknown()),
      }),
    ),
    _next_cursor: z.string().nullable(),
  }),
})

it('the list is an archive of HTTP too, oldest first, masked as the list is', async () => {
  const { http, acme, seqs } = await startScene()
  const { status, text, headers } = await http('GET', `${exchanges}?format=har`)
  expect({ status, type: headers.get('content-type') }).toEqual({
    status: 200,
    type: 'application/json; charset=utf-8',
  })
  const { entries } = har.parse(JSON.parse(text)).log
  const order = entries.map(({ _sim }) => Number(_sim['seq']))
  expect(order).toEqual(Object.values(seqs).sort((a, b) => a - b))
  const send = entries[order.indexOf(seqs['accepted'] ?? 0)]
  expect(send?.request).toMatchObject({
    method: 'POST',
    url: 'http://sim.localhost/w/test/tupu/v1/messages',
  })
  expect(send?.request.postData?.text).toContain('138****8002')
  expect(send?.response.content.text).toMatch(/^\{"errcode":0/)
  for (const secret of [acme.info.app_secret, '13800138002']) expect(text).not.toContain(secret)
})

it('an exchange is a curl command that makes the same call again, and gets the same answer', async () => {
  const scene = await startScene({ listen: true })
  const { http, acme, platform, seqs } = scene
  const mobile = 'it\'s $HOME `id` \\ "\n13900139000'
  const first = await platform.post('/messages', { eid: acme.eid, mobile, message: '你好' })
  const [latest] = (await scene.list({ limit: 1 })).items
  for (const seq of [latest?.seq, seqs['lookup'], seqs['stray'], seqs['method']]) {
    const { text } = await http('GET', `${exchanges}/${seq}?format=curl&reveal=true`)
    expect(text).not.toContain('# ')
    const stdout = await textOf(startChild('sh', ['-c', text.replace(/^curl /, 'curl -s ')]).stdout)
    const shown = async (query = '') =>
      (await http('GET', `${exchanges}/${seq}${query}`)).json as unknown as Shown
    // WeChat's answers end with the name of their exchange.
    const plain = (body: string) => body.replace(/ rid: [\w-]+/, '')
    expect(plain(stdout)).toEqual(plain((await shown('?reveal=true')).answer.body))
    const [again] = (await scene.list({ limit: 1 })).items
    expect(again?.request.body).toBe((await shown()).request.body)
  }
  expect(first.json).toMatchObject({ errcode: 100010 })
})

it('a body that is no text says so in its curl command, which a shell can still be given', async () => {
  const { http } = await startScene()
  await http('POST', '/w/test/tupu/v1/messages', Uint8Array.of(0xff, 0, 0x41))
  const { items } = (await http('GET', `${exchanges}?limit=1`)).json as unknown as {
    items: Shown[]
  }
  const { text } = await http('GET', `${exchanges}/${items[0]?.seq}?format=curl`)
  expect(text).toMatch(/^# The body had bytes that are no text/)
  expect(text).not.toContain('\0')
})

it('what is masked in a curl command says so', async () => {
  const { http, seqs } = await startScene()
  const { text } = await http('GET', `${exchanges}/${seqs['token']}?format=curl&reveal=true`)
  expect(text).toMatch(/^# \*\*\* and .*\ncurl '.*secret=\*\*\*/)
})

it('an exchange is HTTP, as it was on the wire', async () => {
  const { http, seqs } = await startScene()
  const { text, headers } = await http('GET', `${exchanges}/${seqs['unknown']}?format=http`)
  expect(headers.get('content-type')).toBe('text/plain; charset=utf-8')
  const [head, asked, answerHead, answer] = text.split('\r\n\r\n')
  expect(head).toMatch(/^POST \/w\/test\/tupu\/v1\/messages HTTP\/1\.1\r\nHost: sim\.localhost\r\n/)
  expect(asked).toContain('"mobile":"139****9000"')
  expect(answerHead).toMatch(/^HTTP\/1\.1 200 OK\r\nContent-Type: application\/json/)
  expect(answer).toBe('{"errcode":100011,"errmsg":"no openid for this mobile"}\r\n')
})
