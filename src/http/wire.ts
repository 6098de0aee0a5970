import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw, type ZlibOptions } from 'node:zlib'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context, Hono } from 'hono'
import { requestOrigin } from '../auth/origin.ts'
import type { Engine } from '../core/engine.ts'
import type { RequestHead } from '../core/request.ts'
import type { Answer, TransportFault } from '../core/surface.ts'

/** What the server hands along with a request: node's own objects, when it came through a socket. */
export interface Bindings {
  readonly engine: Engine
  readonly incoming?: IncomingMessage
  readonly outgoing?: ServerResponse
}
export type App = Hono<{ Bindings: Bindings }>
export type AppContext = Context<{ Bindings: Bindings }>

export const body_bytes_usual = 1_048_576
/** Up to here it is cheaper to copy an answer into a text than to write two pieces. */
const text_bytes_max = 8192
/** Whom a request without a `Host` asks. */
export const default_hostname = 'localhost'
/** Where a request without a usable `Host` thinks that it is: calls in process. */
const fallback_origin = 'http://sim.localhost'

/** What a request says before its body is read. */
export function readHead(c: AppContext): RequestHead {
  const { engine, incoming } = c.env
  if (incoming) return readNodeHead(engine, incoming)
  const { method, raw } = c.req
  const { host, pathname, search } = new URL(raw.url)
  const headers = Object.fromEntries(raw.headers)
  const origin = originOf(engine, { headers, usualHost: host, encrypted: false })
  return { method, url: pathname + search, headers, ip: '', origin }
}

/** The same of node's own request, without anything made that nobody may ask for. */
export function readNodeHead(engine: Engine, incoming: IncomingMessage): RequestHead {
  const { method = '', url = '', headers } = incoming
  const { publicUrl, trustProxy } = engine.settings
  const encrypted = isEncrypted(incoming)
  const origin =
    publicUrl || trustProxy
      ? originOf(engine, { headers, usualHost: default_hostname, encrypted })
      : plainOrigin(headers.host, encrypted)
  const { remoteAddress: ip = '', localAddress: own_ip } = incoming.socket
  return { method, url, headers, ip, own_ip, origin }
}

/** Requests for an https address that a client has handed to a proxy as it is. */
const asked_encrypted = new WeakSet<IncomingMessage>()

/** A client asks for an https address, though the way to us is plain. */
export function noteEncrypted(incoming: IncomingMessage): void {
  asked_encrypted.add(incoming)
}

function isEncrypted(incoming: IncomingMessage): boolean {
  return 'encrypted' in incoming.socket || asked_encrypted.has(incoming)
}

function originOf(
  engine: Engine,
  {
    headers,
    usualHost,
    encrypted,
  }: {
    readonly headers: RequestHead['headers']
    readonly usualHost: string
    readonly encrypted: boolean
  },
): string {
  const { publicUrl, trustProxy } = engine.settings
  return requestOrigin({
    host: first(headers['host']) ?? usualHost,
    encrypted,
    publicUrl,
    trustProxy,
    headers: { get: (name) => first(headers[name.toLowerCase()]) ?? null },
    fallback: fallback_origin,
  })
}

const plain_host = /^[\w.-]+(:\d{1,5})?$|^\[[\da-f:]+\](:\d{1,5})?$/i

function plainOrigin(host: string | undefined, encrypted: boolean): string {
  const scheme = encrypted ? 'https' : 'http'
  return host !== undefined && plain_host.test(host) ? `${scheme}://${host}` : fallback_origin
}

/** A header's first value. */
export function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}

/** Why a body cannot be handed on. */
export type BodyTransportFault = Extract<TransportFault, 'body_too_large' | 'unknown_encoding'>

/** The whole body, unpacked, or why there is none: it is over the limit, packed or not, or packed in no way that we know. */
export async function readBody(
  c: AppContext,
  bytes_max = body_bytes_usual,
): Promise<Buffer | BodyTransportFault> {
  const { incoming } = c.env
  if (incoming)
    return new Promise((resolve, reject) => readNodeBody(incoming, resolve, reject, bytes_max))
  return unpack(await readWeb(c.req.raw, bytes_max), c.req.header('content-encoding'), bytes_max)
}

/** The same of node's own request. */
export function readNodeBody(
  incoming: IncomingMessage,
  goOn: (body: Buffer | BodyTransportFault) => void,
  fail: (error: unknown) => void,
  bytes_max = body_bytes_usual,
): void {
  readNode(incoming, bytes_max, fail, (sent) => {
    const body = unpack(sent, first(incoming.headers['content-encoding']), bytes_max)
    if (body instanceof Promise) body.then(goOn, fail)
    else goOn(body)
  })
}

function unpack(
  sent: Buffer | undefined,
  packed: string | undefined,
  bytes_max: number,
): Buffer | BodyTransportFault | Promise<Buffer | BodyTransportFault> {
  if (!sent) return 'body_too_large'
  return packed === undefined || sent.length === 0 ? sent : unpackBy(packed, sent, bytes_max)
}

const inflateWrapped = promisify(inflate)
const inflateBare = promisify(inflateRaw)
/** In the first byte: how it is packed, if it begins as zlib says (RFC 1950). */
const method_bits = 0x0f
const deflate_method = 8

/** By the name deflate some clients send what has zlib's head, as they should, and some what has none. */
function inflateEither(body: Buffer, options: ZlibOptions): Promise<Buffer> {
  const isWrapped = ((body[0] ?? 0) & method_bits) === deflate_method
  return isWrapped ? inflateWrapped(body, options) : inflateBare(body, options)
}

/** What can be unpacked, by its name in `Content-Encoding`. */
const unpackers = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: inflateEither,
  br: promisify(brotliDecompress),
} as const

/** Nobody packs a body more often; each time may unpack to the whole limit. */
const packings_max = 3

/** The last of several packings was put on last. */
async function unpackBy(
  packed: string,
  sent: Buffer,
  bytes_max: number,
): Promise<Buffer | BodyTransportFault> {
  const names = packed.toLowerCase().split(',').reverse()
  if (names.length > packings_max) return 'unknown_encoding'
  let body = sent
  for (const name of names) {
    const way = name.trim()
    if (way === 'identity' || way === '') continue
    if (!Object.hasOwn(unpackers, way)) return 'unknown_encoding'
    try {
      body = await unpackers[way as keyof typeof unpackers](body, {
        maxOutputLength: bytes_max,
      })
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      return code === 'ERR_BUFFER_TOO_LARGE' ? 'body_too_large' : 'unknown_encoding'
    }
  }
  return body
}

/** Aborts when the connection of a request is closed, or its caller in process gives up. */
export function hangUpOf(c: AppContext): AbortSignal {
  const { outgoing } = c.env
  return outgoing ? closeOf(outgoing) : c.req.raw.signal
}

/** The same of node's own response; also when it was sent. */
export function closeOf(outgoing: ServerResponse): AbortSignal {
  const close = new AbortController()
  if (outgoing.destroyed) close.abort()
  else outgoing.once('close', () => close.abort())
  return close.signal
}

/** Sends an answer, and says when the connection is over with it: straight onto node's own response where there is one. */
export function write(c: AppContext, answer: Answer, close = false): Response {
  const { outgoing } = c.env
  if (outgoing) {
    writeNode(outgoing, answer, close)
    return RESPONSE_ALREADY_SENT
  }
  const { status, body } = answer
  const headers = new Headers()
  const lines = linesOf(answer, close)
  for (let i = 0; i < lines.length; i += 2) headers.append(lines[i] ?? '', lines[i + 1] ?? '')
  const isEmpty = status === 204 || status === 304
  const bytes = answer.stream ? ReadableStream.from(piecesOf(answer)) : new Uint8Array(body)
  return new Response(isEmpty ? null : bytes, { status, headers })
}

/** The same on node's own response. Head and body go out in one write. */
export function writeNode(outgoing: ServerResponse, answer: Answer, close = false): void {
  if (outgoing.destroyed) return
  const { status, body } = answer
  const lines = linesOf(answer, close)
  if (answer.stream) {
    outgoing.writeHead(status, lines)
    if (outgoing.req.method === 'HEAD') outgoing.end()
    // Whoever hangs up has nobody to be told.
    else pipeline(piecesOf(answer), outgoing).catch(() => {})
    return
  }
  // A 204 has no body, not even one of no length (RFC 9110 §8.6).
  if (status !== 204) lines.push('Content-Length', String(body.length))
  outgoing.writeHead(status, lines)
  // To a text node joins the head, and writes one piece; to bytes it is a piece of its own.
  if (body.length > text_bytes_max) outgoing.end(body)
  else outgoing.end(body.toString('latin1'), 'latin1')
}

/** An answer that comes piece by piece: the next one is made when the one before it has gone. */
async function* piecesOf({ body, stream }: Answer): AsyncGenerator<Uint8Array> {
  yield body
  for await (const text of stream ?? []) yield Buffer.from(text)
}

/** Names and values in turn. An answer's headers are one text each; of several cookies, each is a line. */
export function linesOf({ headers }: Answer, close: boolean): string[] {
  const lines: string[] = []
  for (const name in headers) {
    const value = headers[name] ?? ''
    if (name !== 'Set-Cookie') lines.push(name, value)
    else for (const cookie of value.split('\n')) lines.push(name, cookie)
  }
  if (close) lines.push('Connection', 'close')
  return lines
}

/** One of the two is called, once. */
function readNode(
  incoming: IncomingMessage,
  bytes_max: number,
  fail: (error: unknown) => void,
  goOn: (body: Buffer | undefined) => void,
): void {
  const chunks: Buffer[] = []
  let bytes = 0
  let isOver = false
  const end = (next: () => void) => {
    if (!isOver) next()
    isOver = true
  }
  incoming.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > bytes_max) {
      incoming.removeAllListeners('data')
      incoming.resume()
      end(() => goOn(undefined))
    } else chunks.push(chunk)
  })
  incoming.on('end', () => end(() => goOn(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))))
  incoming.on('error', (error) => end(() => fail(error)))
}

async function readWeb(request: Request, bytes_max: number): Promise<Buffer | undefined> {
  if (!request.body) return Buffer.alloc(0)
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body) {
    bytes += chunk.length
    if (bytes > bytes_max) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
