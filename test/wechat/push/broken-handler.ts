import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { isSignature } from '../../../src/wechat/push/crypto.ts'
import { sleep } from '../../../src/world/clock.ts'
import { token } from './server.ts'

/** In what a handler differs from one that does all that it should. */
export interface Broken {
  /** Checks no signature. */
  readonly trusts?: boolean
  /** Milliseconds before each answer to a text. */
  readonly slow_ms?: number
  /** Answers messages with `{"errcode":0}`. */
  readonly json?: boolean
  /** Ends with the first body over 1 MB. */
  readonly dies?: boolean
  /** Reads XML as a library does that expands entities, and fetches them. */
  readonly expands?: boolean
  /** Hangs at a DOCTYPE. */
  readonly hangs?: boolean
  /** Answers the echostr with a line end behind it. */
  readonly echoes_more?: boolean
  /** Says something else each time that it is asked. */
  readonly forgets?: boolean
  /** Knows no event but `subscribe`. */
  readonly chokes?: boolean
  /** Takes any time for now. */
  readonly ageless?: boolean
}

const bytes_max = 1_048_576

/** A platform's handler in plain mode; returns its address. */
export async function startHandler(broken: Broken = {}): Promise<string> {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end())
  })
  const end = () => {
    server.close()
    server.closeAllConnections()
  }
  let count = 0

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const query = new URL(request.url ?? '', 'http://x').searchParams
    const of = (name: string) => query.get(name) ?? ''
    const isGood = isSignature(of('signature'), token, of('timestamp'), of('nonce'))
    if (!isGood && !broken.trusts) return response.writeHead(403).end('no')
    if (request.method === 'GET')
      return response.end(`${of('echostr')}${broken.echoes_more ? '\n' : ''}`)
    const age = Date.now() / 1000 - Number(of('timestamp'))
    if (age > 300 && !broken.ageless) return response.writeHead(403).end('too old')
    const xml = await bodyOf(request)
    if (xml === undefined) return broken.dies ? end() : response.writeHead(413).end()
    if (broken.json) return response.end('{"errcode":0}')
    if (xml.includes('<!DOCTYPE') && broken.hangs) return undefined
    if (xml.includes('<!DOCTYPE') && !broken.expands) return response.writeHead(400).end()
    const read = await expand(xml)
    if (broken.chokes && read('Event') === 'TEMPLATESENDJOBFINISH') throw new Error('no such event')
    if (read('MsgType') !== 'text') return response.end('success')
    if (broken.slow_ms) await sleep(broken.slow_ms)
    count++
    const said = `收到：${read('Content')}${broken.forgets ? count : ''}`
    return response.end(
      `<xml><ToUserName>${read('FromUserName')}</ToUserName><FromUserName>${read('ToUserName')}</FromUserName>` +
        `<CreateTime>1</CreateTime><MsgType>text</MsgType><Content>${said}</Content></xml>`,
    )
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(end)
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/wx?tenant=1`
}

/** Undefined: it is too large, and all of it was read. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += (chunk as Buffer).length
    if (size <= bytes_max) chunks.push(chunk as Buffer)
  }
  return size > bytes_max ? undefined : Buffer.concat(chunks).toString()
}

/** What a reader hands out that does as a DOCTYPE says. */
async function expand(xml: string): Promise<(name: string) => string> {
  const entities = new Map<string, string>()
  const resolve = (text: string): string =>
    text.replace(/&(\w+);/g, (whole, name) => entities.get(name) ?? whole)
  for (const [, name = '', system, text = ''] of xml.matchAll(
    /<!ENTITY (\w+) (SYSTEM )?"([^"]*)">/g,
  ))
    entities.set(name, system ? await (await fetch(text)).text() : resolve(text))
  const content = resolve(xml)
  return (name) =>
    new RegExp(`<${name}>(?:<!\\[CDATA\\[)?(.*?)(?:\\]\\]>)?</${name}>`, 's').exec(content)?.[1] ??
    ''
}
