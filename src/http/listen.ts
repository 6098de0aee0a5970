import { createServer, type IncomingMessage, type Server, type ServerOptions } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { isIPv6, type ListenOptions as SocketOptions } from 'node:net'
import { getRequestListener, type Http2Bindings, type HttpBindings } from '@hono/node-server'
import { StartError } from '../start-error.ts'
import { after } from '../world/clock.ts'
import { destroyConnections, noteRequest, watchConnections } from './connection.ts'
import type { NodeAnswer } from './exact.ts'
import { describeHolder } from './port-owner.ts'
import type { Certificates } from './tls/certificates.ts'
import { default_hostname } from './wire.ts'

/** What answers requests; node's own objects come along for whoever writes straight to them. */
export type Fetch = (
  request: Request,
  bindings: HttpBindings | Http2Bindings,
) => Response | Promise<Response>

/** Who answers requests, in this order. */
export interface Answers {
  /** Asked first; `fetch` answers what it leaves. */
  readonly answer?: NodeAnswer
  readonly fetch: Fetch
}

/** Where to listen. Port 0 takes a free one; `localhost` means both loopback families. */
export interface Place {
  readonly port: number
  readonly host: string
  /** How long running answers may take once `close` was called. */
  readonly grace_ms?: number
  /** By which a port is chosen; --port unless told. */
  readonly setting?: 'port' | 'https_port' | 'proxy_port'
}

/** Answers and where they are given. */
export interface ListenOptions extends Answers, Place {
  /** Then it is HTTPS that is spoken. */
  readonly certificates?: Certificates | undefined
}

/** A server that listens. */
export interface Listening {
  readonly url: string
  readonly port: number
  readonly host: string
  /** Takes no more connections and resolves when the last one is gone. */
  close(): Promise<void>
}

const GRACE_MS = 900
/** For connections without a request: one may be under way on them. */
const SILENT_GRACE_MS = 200
const FREE_PORT_TRIES = 20
/** How long whoever asks may take. */
export const SERVER_LIMITS: ServerOptions = {
  headersTimeout: 20_000,
  requestTimeout: 60_000,
  // Pools of Java clients keep a connection for 60 s and take a reset for a failure of the call.
  keepAliveTimeout: 75_000,
}
/** The same of a handshake. */
export const handshake_ms = 20_000

/** Listens for calls, by HTTP or HTTPS. */
export function listenBoth({ answer, fetch, certificates, ...place }: ListenOptions) {
  const make = () => {
    const server = certificates ? makeTlsServer(certificates) : createServer(SERVER_LIMITS)
    watchConnections(server)
    const pass = requestListener({ ...(answer && { answer }), fetch })
    server.on('request', (incoming, outgoing) => {
      readTarget(incoming)
      pass(incoming, outgoing)
    })
    return server
  }
  return listen(make, place, certificates ? 'https' : 'http')
}

function makeTlsServer(certificates: Certificates): Server {
  const server = createTlsServer({ ...SERVER_LIMITS, handshakeTimeout: handshake_ms })
  certificates.serve(server)
  return server
}

/**
 * Listens on 127.0.0.1 and ::1 when the host is `localhost`, because clients disagree about which of
 * the two that name means; other hosts are bound as asked. There is no `upgrade` listener: with one,
 * clients that offer h2c would wait for it for ever.
 */
export async function listen(
  make: () => Server,
  place: Place,
  scheme: 'http' | 'https' = 'http',
): Promise<Listening> {
  const { host, grace_ms = GRACE_MS } = place
  const servers = await bindAll(make, place)
  const port = portOf(servers[0])
  let closing: Promise<void> | undefined
  const close = async () => {
    await Promise.all(servers.map((server) => closeServer(server, grace_ms)))
  }
  return {
    url: urlOf(host, port, scheme),
    port,
    host,
    close() {
      closing ??= close()
      return closing
    },
  }
}

/** The address under which a server bound to `host` is reached from this machine. */
export function urlOf(host: string, port: number, scheme: 'http' | 'https' = 'http'): string {
  const bare = bareHost(host)
  if (bare === '0.0.0.0') return `${scheme}://127.0.0.1:${port}`
  if (bare === '::') return `${scheme}://localhost:${port}`
  return `${scheme}://${isIPv6(bare) ? `[${bare}]` : bare}:${port}`
}

function bareHost(host: string): string {
  return host.replace(/^\[(.*)\]$/u, '$1')
}

/** A free port of one family may be taken in the other: then the next free one is tried. */
async function bindAll(make: () => Server, place: Place): Promise<Server[]> {
  const { port, host } = place
  for (let tries = 1; ; tries++) {
    try {
      if (host === 'localhost') return await bindLoopback(make, port)
      return [await bind(make(), { port, host: bareHost(host) })]
    } catch (error) {
      const again = port === 0 && codeOf(error) === 'EADDRINUSE' && tries < FREE_PORT_TRIES
      if (!again) throw await whyNot(error, place)
    }
  }
}

async function bindLoopback(make: () => Server, port: number): Promise<Server[]> {
  const v4 = await bind(make(), { port, host: '127.0.0.1' })
  try {
    const v6 = await bind(make(), { port: portOf(v4), host: '::1', ipv6Only: true })
    return [v4, v6]
  } catch (error) {
    if (['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(codeOf(error))) return [v4]
    await closeServer(v4, 0)
    throw error
  }
}

function bind(server: Server, at: SocketOptions): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(at, () => {
      server.off('error', reject)
      resolve(server)
    })
  })
}

/** Answers requests whose target is a path. */
export function requestListener({
  answer,
  fetch,
}: Answers): (...of: Parameters<NodeAnswer>) => void {
  const passOn = getRequestListener(fetch, {
    hostname: default_hostname,
    overrideGlobalObjects: false,
  })
  return (incoming, outgoing) => {
    noteRequest(incoming.socket)
    if (!answer?.(incoming, outgoing)) void passOn(incoming, outgoing)
  }
}

/** A target in absolute form names its own host; what the header says does not count (RFC 9112 §3.2.2). */
function readTarget(incoming: IncomingMessage): void {
  const { url = '' } = incoming
  if (url.startsWith('/')) return
  const [, authority, rest = ''] = /^https?:\/\/([^/?#]*)(.*)$/isu.exec(url) ?? []
  if (authority === undefined) return
  incoming.headers.host = authority.slice(authority.indexOf('@') + 1)
  incoming.url = rest.startsWith('/') ? rest : `/${rest}`
}

async function closeServer(server: Server, grace_ms: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // What ends now must not linger as an idle connection.
  server.keepAliveTimeout = 1
  server.keepAliveTimeoutBuffer = 0
  const cancelSilent = after(Math.min(grace_ms, SILENT_GRACE_MS), () =>
    destroyConnections(server, 'silent'),
  )
  const cancel = after(grace_ms, () => {
    server.closeAllConnections()
    destroyConnections(server, 'all')
  })
  await closed
  cancelSilent()
  cancel()
}

function portOf(server: Server | undefined): number {
  const address = server?.address()
  if (typeof address !== 'object' || address === null) throw new TypeError('not listening')
  return address.port
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}

/** The sentence for whoever wanted to listen there. */
async function whyNot(error: unknown, { port, host, setting = 'port' }: Place) {
  const flag = `--${setting.replace('_', '-')}`
  switch (codeOf(error)) {
    case 'EADDRINUSE': {
      const holder = await describeHolder(port)
      return new StartError(
        `Port ${port} is taken by ${holder}: stop that one, or start with ${flag} 0 (a free port) or another port.`,
        { field: setting, cause: error },
      )
    }
    case 'EACCES':
      return new StartError(
        `Port ${port} needs rights that this user has not: choose a port above 1023, or ${flag} 0.`,
        { field: setting, cause: error },
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartError(
        `Host "${host}" is no address of this machine: use localhost, 0.0.0.0 or one of its own.`,
        { field: 'host', cause: error },
      )
    default:
      return error
  }
}
