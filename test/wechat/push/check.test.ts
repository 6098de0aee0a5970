import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { createOutgoing } from '../../../src/http/outgoing.ts'
import type { ServerMode } from '../../../src/wechat/push/reply.ts'
import { checkHandler, type Report } from '../../../src/wechat/push-check/check.ts'
import { realNow } from '../../../src/world/clock.ts'
import { freePort } from '../../cli/program.ts'
import { startChild } from '../../process.ts'
import { type Broken, startHandler } from './broken-handler.ts'
import { handlerOf, secrets, serve } from './sdk-handlers.ts'

const appid = 'wx0123456789abcdef'
const outgoing = createOutgoing({ realNow })

const check = (url: string, mode: ServerMode = 'plain', answer_ms = 5000) =>
  checkHandler({ url, ...secrets, appid, mode, answer_ms, outgoing })

/** The checks that were not good. */
function bad({ checks }: Report): Record<string, string> {
  const named = checks.filter(({ verdict }) => verdict !== 'ok')
  return Object.fromEntries(named.map((one) => [one.check, one.verdict]))
}

interface Case {
  readonly broken: Broken
  readonly answer_ms?: number
  readonly finds: Record<string, string>
  /** A part of what came. */
  readonly says: Record<string, string>
}

const every = [
  'verify',
  'verify.forged',
  'text',
  'event',
  'forged',
  'replay',
  'duplicate',
  'order',
  'xml.external',
  'xml.bomb',
  'oversized',
  'slow',
]

describe('a check of a handler of pushes', () => {
  it('finds nothing in one that does all that it should', async () => {
    const report = await check(await startHandler())
    expect(bad(report)).toEqual({})
    expect(report.checks.map((one) => one.check)).toEqual(every)
    expect(report).toMatchObject({ ok: every.length, failed: 0, warned: 0, not_tried: [] })
  })

  const cases: Case[] = [
    {
      broken: { trusts: true },
      finds: { 'verify.forged': 'FAIL', forged: 'FAIL' },
      says: { forged: 'it was processed: 200 with a reply: {"type":"text"' },
    },
    {
      broken: { echoes_more: true },
      finds: { verify: 'FAIL' },
      says: { verify: '200 "the echostr\\n"' },
    },
    {
      broken: { json: true },
      finds: { text: 'FAIL', event: 'FAIL', duplicate: 'FAIL', order: 'FAIL' },
      says: { text: 'it is neither XML nor success: {"errcode":0}' },
    },
    {
      broken: { dies: true },
      finds: { oversized: 'FAIL' },
      says: { oversized: 'a text after it: no answer: connect:' },
    },
    {
      broken: { expands: true },
      finds: { 'xml.external': 'FAIL', 'xml.bomb': 'FAIL' },
      says: { 'xml.external': 'it fetched /entity', 'xml.bomb': 'the entities were expanded' },
    },
    {
      broken: { hangs: true },
      answer_ms: 1500,
      finds: { 'xml.external': 'FAIL', 'xml.bomb': 'FAIL' },
      says: { 'xml.bomb': 'it hangs: no answer: timeout' },
    },
    {
      broken: { forgets: true },
      finds: { duplicate: 'warn' },
      says: { duplicate: 'the answers differ: 200 with a reply' },
    },
    {
      broken: { chokes: true },
      finds: { order: 'FAIL' },
      says: { order: 'a status of 500; 500 ""' },
    },
    {
      broken: { ageless: true },
      finds: { replay: 'warn' },
      says: { replay: 'it is answered as if it were new' },
    },
  ]

  it.each(cases)(
    'finds and names what is wrong with $broken',
    async ({ broken, answer_ms, finds, says }) => {
      const report = await check(await startHandler(broken), 'plain', answer_ms)
      expect(bad(report)).toEqual(finds)
      for (const [name, words] of Object.entries(says))
        expect(report.checks.find((one) => one.check === name)?.came).toContain(words)
    },
  )

  it('finds one that is slow, by how long it took', async () => {
    const report = await check(await startHandler({ slow_ms: 900 }), 'plain', 400)
    const slow = { text: 'FAIL', duplicate: 'FAIL', order: 'FAIL', slow: 'FAIL' }
    expect(bad(report)).toMatchObject(slow)
    expect(report.checks.at(-1)?.came).toMatch(/^the longest took \d{3,} ms: /)
  })

  it('ends where nobody listens', async () => {
    const report = await check(`http://127.0.0.1:${await freePort()}/wx`)
    expect(bad(report)).toEqual({ verify: 'FAIL' })
    expect(report.not_tried).toEqual(every.slice(1, -1))
  })
})

const warns = { replay: 'warn' } as const
/** What those that exist do not look at. */
const sdk_cases = [
  { sdk: 'wechat', mode: 'plain', finds: warns },
  { sdk: 'co-wechat', mode: 'plain', finds: warns },
  { sdk: 'co-wechat', mode: 'compat', finds: warns },
  { sdk: 'co-wechat', mode: 'aes', finds: { ...warns, 'aes.appid': 'warn' } },
  {
    sdk: 'node-easywechat',
    mode: 'plain',
    finds: { ...warns, 'verify.forged': 'FAIL', forged: 'FAIL' },
  },
  { sdk: 'node-easywechat', mode: 'aes', finds: { ...warns, 'verify.forged': 'FAIL' } },
] as const

it.each(sdk_cases)('finds $finds of an unmodified $sdk in $mode mode', async (one) => {
  const { sdk, mode, finds } = one
  const handler = handlerOf(sdk, { appid, mode }, (message) =>
    message['MsgType'] === 'text' ? '收到' : '',
  )
  // What they look at is asked, not how busy this machine is.
  const report = await check(await serve(handler), mode, 30_000)
  expect(bad(report)).toEqual(finds)
  const hidden = report.checks.filter((found) => found.check.startsWith('aes.'))
  expect(hidden).toHaveLength(mode === 'aes' ? 3 : 0)
})

it('finds that an unmodified wechat in aes mode ends with its process at cipher text that is none', async () => {
  const config = { token: secrets.token, encodingAESKey: secrets.aes_key, appid }
  const script = `
    const handle = require('wechat')(${JSON.stringify(config)}, ({ weixin }, response) =>
      response.reply(weixin.MsgType === 'text' ? '收到' : ''))
    const server = require('node:http').createServer((request, response) => {
      request.query = Object.fromEntries(new URL(request.url, 'http://x').searchParams)
      handle(request, response, (error) => response.writeHead(500).end(String(error)))
    })
    server.listen(0, '127.0.0.1', () => console.log(server.address().port))`
  const child = startChild(process.execPath, ['--eval', script])
  const [port] = await once(child.stdout, 'data')
  const report = await check(`http://127.0.0.1:${String(port).trim()}/wx`, 'aes')
  expect(bad(report)).toEqual({ ...warns, 'aes.appid': 'warn', 'aes.garbage': 'FAIL' })
  expect(report.not_tried).toEqual(['xml.external', 'xml.bomb', 'oversized'])
})
