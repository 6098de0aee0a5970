import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'
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

export const body_bytes_max = 1_048_576
/** Where a request without a usable `Host` thinks that it is: calls in process. */
const fallback_origin = 'http://sim.localhost'

/** What a request says before its body is read. */
export function readHead(c: AppContext): RequestHead {
  const { engine, incoming } = c.env
  const { publicUrl, trustProxy } = engine.settings
  const headers = incoming ? incoming.headers : Object.fromEntries(c.req.raw.headers)
  const url = incoming?.url ?? relative(c.req.url)
  const origin =
    publicUrl || trustProxy || !incoming
      ? requestOrigin({
          host: headers['host'] ?? new URL(c.req.url).host,
          encrypted: false,
          publicUrl,
          trustProxy,
          headers: { get: (name) => first(headers[name.toLowerCase()]) ?? null },
          fallback: fallback_origin,
        })
      : plainOrigin(headers['host'])
  return {
    method: c.req.method,
    url,
    headers,
    ip: incoming?.socket.remoteAddress ?? '',
    origin,
  }
}

const plain_host = /^[\w.-]+(:\d{1,5})?$|^\[[\da-f:]+\](:\d{1,5})?$/i

function plainOrigin(host: string | undefined): string {
  return host !== undefined && plain_host.test(host) ? `http://${host}` : fallback_origin
}

function relative(url: string): string {
  const { pathname, search } = new URL(url)
  return pathname + search
}

/** A header's first value. */
export function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}

/** Why a body cannot be handed on. */
export type BodyTransportFault = Extract<TransportFault, 'body_too_large' | 'unknown_encoding'>

/** The whole body, unpacked, or why there is none: it is over the limit, packed or not, or packed in no way that we know. */
export async function readBody(c: AppContext): Promise<Buffer | BodyTransportFault> {
  const { incoming } = c.env
  const sent = await (incoming ? readNode(incoming) : readWeb(c.req.raw))
  if (!sent) return 'body_too_large'
  const packed = first(readHead(c).headers['content-encoding'])
  return packed === undefined || sent.length === 0 ? sent : unpack(sent, packed)
}

/** What can be unpacked, by its name in `Content-Encoding`. */
const unpackers = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const

/** The last of several packings was put on last. */
async function unpack(sent: Buffer, packed: string): Promise<Buffer | BodyTransportFault> {
  let body = sent
  for (const name of packed.toLowerCase().split(',').reverse()) {
    const way = name.trim()
    if (way === 'identity' || way === '') continue
    if (!Object.hasOwn(unpackers, way)) return 'unknown_encoding'
    try {
      body = await unpackers[way as keyof typeof unpackers](body, {
        maxOutputLength: body_bytes_max,
      })
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      return code === 'ERR_BUFFER_TOO_LARGE' ? 'body_too_large' : 'unknown_encoding'
    }
  }
  return body
}

/**
 * Straight onto node's own response where there is one: a `Response` costs more than the decision. An answer's headers are
 * one text each; of several cookies, each is a line.
 */
export function write(c: AppContext, answer: Answer, close = false): Response {
  const { outgoing } = c.env
  const headers: Record<string, string | string[]> = { ...answer.headers }
  const cookies = answer.headers['Set-Cookie']
  if (cookies !== undefined) headers['Set-Cookie'] = cookies.split('\n')
  if (close) headers['Connection'] = 'close'
  if (!outgoing) {
    const empty = answer.status === 204 || answer.status === 304
    const pairs = Object.entries(headers).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, one]),
    )
    return new Response(empty ? null : new Uint8Array(answer.body), {
      status: answer.status,
      headers: pairs,
    })
  }
  // A 204 has no body, not even one of no length (RFC 9110 §8.6).
  if (answer.status !== 204) headers['Content-Length'] = String(answer.body.length)
  if (!outgoing.destroyed) {
    outgoing.writeHead(answer.status, headers)
    outgoing.end(answer.body)
  }
  return RESPONSE_ALREADY_SENT
}

function readNode(incoming: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > body_bytes_max) {
        incoming.removeAllListeners('data')
        incoming.resume()
        resolve(undefined)
      } else chunks.push(chunk)
    })
    incoming.on('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)))
    incoming.on('error', reject)
  })
}

async function readWeb(request: Request): Promise<Buffer | undefined> {
  if (!request.body) return Buffer.alloc(0)
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body) {
    bytes += chunk.length
    if (bytes > body_bytes_max) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
