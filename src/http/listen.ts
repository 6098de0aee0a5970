import { createServer, type IncomingMessage, type Server, type ServerOptions } from 'node:http'
import { isIPv6, type Socket, type ListenOptions as SocketOptions } from 'node:net'
import { getRequestListener, type Http2Bindings, type HttpBindings } from '@hono/node-server'
import { StartError } from '../start-error.ts'
import { after } from '../world/clock.ts'
import type { NodeAnswer } from './exact.ts'
import { describeHolder } from './port-owner.ts'
import { default_hostname } from './wire.ts'

/** What answers requests; node's own objects come along for whoever writes straight to them. */
export type Fetch = (
  request: Request,
  bindings: HttpBindings | Http2Bindings,
) => Response | Promise<Response>

/** Where to listen. Port 0 takes a free one; `localhost` means both loopback families. */
export interface ListenOptions {
  /** Asked first; `fetch` answers what it leaves. */
  answer?: NodeAnswer
  fetch: Fetch
  port: number
  host: string
  /** How long running answers may take once `close` was called. */
  grace_ms?: number
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
const SERVER_LIMITS: ServerOptions = {
  headersTimeout: 20_000,
  requestTimeout: 60_000,
  // Pools of Java clients keep a connection for 60 s and take a reset for a failure of the call.
  keepAliveTimeout: 75_000,
}

/**
 * Listens on 127.0.0.1 and ::1 when the host is `localhost`, because clients disagree about which of
 * the two that name means; other hosts are bound as asked. There is no `upgrade` listener: with one,
 * clients that offer h2c would wait for it for ever.
 */
export async function listenBoth(options: ListenOptions): Promise<Listening> {
  const { host, grace_ms = GRACE_MS } = options
  const servers = await bindAll(options)
  const port = portOf(servers[0])
  let closing: Promise<void> | undefined
  const close = async () => {
    await Promise.all(servers.map((server) => closeServer(server, grace_ms)))
  }
  return {
    url: urlOf(host, port),
    port,
    host,
    close() {
      closing ??= close()
      return closing
    },
  }
}

/** The address under which a server bound to `host` is reached from this machine. */
export function urlOf(host: string, port: number): string {
  const bare = bareHost(host)
  if (bare === '0.0.0.0') return `http://127.0.0.1:${port}`
  if (bare === '::') return `http://localhost:${port}`
  return `http://${isIPv6(bare) ? `[${bare}]` : bare}:${port}`
}

function bareHost(host: string): string {
  return host.replace(/^\[(.*)\]$/u, '$1')
}

/** A free port of one family may be taken in the other: then the next free one is tried. */
async function bindAll(options: ListenOptions): Promise<Server[]> {
  const { port, host } = options
  for (let tries = 1; ; tries++) {
    try {
      if (host === 'localhost') return await bindLoopback(options, port)
      return [await bind(options, { port, host: bareHost(host) })]
    } catch (error) {
      const again = port === 0 && codeOf(error) === 'EADDRINUSE' && tries < FREE_PORT_TRIES
      if (!again) throw await whyNot(error, { port, host })
    }
  }
}

async function bindLoopback(answers: Answers, port: number): Promise<Server[]> {
  const v4 = await bind(answers, { port, host: '127.0.0.1' })
  try {
    const v6 = await bind(answers, { port: portOf(v4), host: '::1', ipv6Only: true })
    return [v4, v6]
  } catch (error) {
    if (['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(codeOf(error))) return [v4]
    await closeServer(v4, 0)
    throw error
  }
}

type Answers = Pick<ListenOptions, 'answer' | 'fetch'>

function bind({ answer, fetch }: Answers, at: SocketOptions): Promise<Server> {
  const passOn = getRequestListener(fetch, {
    hostname: default_hostname,
    overrideGlobalObjects: false,
  })
  const server = createServer(SERVER_LIMITS)
  const sockets = watchSilence(server)
  server.on('request', (incoming, outgoing) => {
    sockets.delete(incoming.socket)
    readTarget(incoming)
    if (!answer?.(incoming, outgoing)) void passOn(incoming, outgoing)
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(at, () => {
      server.off('error', reject)
      resolve(server)
    })
  })
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

/** Connections over which nothing has been asked yet: when the server closes they get a short grace. */
const silent = new WeakMap<Server, Set<Socket>>()

function watchSilence(server: Server): Set<Socket> {
  const sockets = new Set<Socket>()
  silent.set(server, sockets)
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  return sockets
}

async function closeServer(server: Server, grace_ms: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // What ends now must not linger as an idle connection.
  server.keepAliveTimeout = 1
  server.keepAliveTimeoutBuffer = 0
  const cancelSilent = after(Math.min(grace_ms, SILENT_GRACE_MS), () => {
    for (const socket of silent.get(server) ?? []) socket.destroy()
  })
  const cancel = after(grace_ms, () => server.closeAllConnections())
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
async function whyNot(error: unknown, { port, host }: { port: number; host: string }) {
  switch (codeOf(error)) {
    case 'EADDRINUSE': {
      const holder = await describeHolder(port)
      return new StartError(
        `Port ${port} is taken by ${holder}: stop that one, or start with --port 0 (a free port) or another port.`,
        { field: 'port', cause: error },
      )
    }
    case 'EACCES':
      return new StartError(
        `Port ${port} needs rights that this user has not: choose a port above 1023, or --port 0.`,
        { field: 'port', cause: error },
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
