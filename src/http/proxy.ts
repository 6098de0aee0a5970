import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { createServer as createTlsServer, type TLSSocket } from 'node:tls'
import { type Host, readHost } from '../auth/guard.ts'
import type { Log } from '../core/engine.ts'
import { played_hosts } from '../core/locate.ts'
import { watchConnections } from './connection.ts'
import {
  type Answers,
  handshake_ms,
  type Listening,
  listen,
  type Place,
  requestListener,
  SERVER_LIMITS,
} from './listen.ts'
import type { Certificates } from './tls/certificates.ts'
import { noteEncrypted } from './wire.ts'

/** What a proxy needs to answer in WeChat's place. */
export interface ProxyOptions extends Answers, Place {
  readonly certificates: Certificates
  readonly log: Log
  /** Where the simulator itself is, for whoever takes the proxy for it. */
  readonly simulator: string
}

/** As many connections at a time as a crowd of clients keeps open. */
const connections_max = 512
/** So many hosts that were asked for in vain are named in the log, each once. */
const logged_max = 100
const ports = { 'http:': 80, 'https:': 443 } as const

/**
 * Listens as a proxy for clients whose hosts are in their code. What they ask of WeChat's hosts is answered here, in a tunnel
 * (CONNECT) by our own certificate; nothing is ever passed on.
 */
export function listenProxy(options: ProxyOptions): Promise<Listening> {
  return listen(() => makeProxy(options), { ...options, setting: 'proxy_port' })
}

function makeProxy(options: ProxyOptions): Server {
  const server = createServer(SERVER_LIMITS)
  server.maxConnections = connections_max
  watchConnections(server)
  const refusal = refuser(options)
  const pass = requestListener(options)
  const enterTunnel = tunnels(server, options.certificates)
  server.on('connect', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    // Whoever hangs up has nobody to be told.
    socket.on('error', () => {})
    const host = tunnel_hosts.has(socket) ? undefined : readHost(request.url)
    const isOurs = host !== undefined && isPlayed(host) && host.port === ports['https:']
    if (!isOurs) return refuseTunnel(socket, refusal.of(host))
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    if (head.length > 0) socket.unshift(head)
    return enterTunnel(socket, host.name)
  })
  server.on('request', (incoming, outgoing) => {
    const no = lead(incoming, refusal)
    if (no) sendRefusal(outgoing, no)
    else pass(incoming, outgoing)
  })
  return server
}

/** Which host a tunnel was opened for, by the secured socket inside of it. */
const tunnel_hosts = new WeakMap<Socket, string>()

/** Ends TLS in a tunnel, and takes what comes out of it for requests to the proxy's own server, with its limits. */
function tunnels(server: Server, certificates: Certificates): (raw: Socket, host: string) => void {
  const tls = createTlsServer({ ALPNProtocols: ['http/1.1'], handshakeTimeout: handshake_ms })
  certificates.serve(tls)
  watchConnections(tls, server)
  const hosts = new Map<string, string>()
  const keyOf = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress} ${remotePort}`
  tls.on('secureConnection', (socket: TLSSocket) => {
    tunnel_hosts.set(socket, hosts.get(keyOf(socket)) ?? '')
    server.emit('connection', socket)
  })
  tls.on('tlsClientError', (_error, socket: TLSSocket) => socket.destroy())
  return (raw, host) => {
    const key = keyOf(raw)
    hosts.set(key, host)
    raw.once('close', () => hosts.delete(key))
    tls.emit('connection', raw)
  }
}

/** Gives a request the form that servers know, or says why it is not answered here. */
function lead(incoming: IncomingMessage, refusal: Refuser): Refusal | undefined {
  const { url = '', socket, headers } = incoming
  const inTunnel = tunnel_hosts.get(socket)
  // What is meant for a proxy alone, a password maybe, is nobody's business behind it.
  delete headers['proxy-authorization']
  delete headers['proxy-connection']
  if (inTunnel !== undefined && url.startsWith('/')) {
    const host = readHost(headers.host)
    return host?.name === inTunnel && isUsual(host, 'https:') ? undefined : refusal.misled(inTunnel)
  }
  const target = readTarget(url)
  if (!target) return refusal.noProxyRequest()
  const { scheme, host, rest } = target
  const isOurs = host !== undefined && isPlayed(host) && isUsual(host, scheme)
  if (!isOurs) return refusal.of(host)
  if (inTunnel !== undefined && inTunnel !== host.name) return refusal.misled(inTunnel)
  if (scheme === 'https:') noteEncrypted(incoming)
  headers.host = host.name
  incoming.url = rest.startsWith('/') ? rest : `/${rest}`
  return undefined
}

/** A target in absolute form, taken apart. */
function readTarget(url: string) {
  const [, scheme = '', authority = '', rest = ''] =
    /^(https?:)\/\/([^/?#]*)(.*)$/isu.exec(url) ?? []
  if (scheme === '') return undefined
  const lower = scheme.toLowerCase() as keyof typeof ports
  return { scheme: lower, authority, host: readHost(authority), rest }
}

function isPlayed({ kind, name }: Host): boolean {
  return kind === 'name' && played_hosts.includes(name)
}

function isUsual({ port }: Host, scheme: keyof typeof ports): boolean {
  return port === undefined || port === ports[scheme]
}

interface Refusal {
  readonly status: 400 | 403 | 421
  readonly title: string
  readonly reason: string
  readonly fix: string
}

type Refuser = ReturnType<typeof refuser>

/** Why something is not answered. What was asked for in vain stands in the log, so that a client that is misled is noticed. */
function refuser({ log, simulator }: ProxyOptions) {
  const logged = new Set<string>()
  return {
    of(host: Host | undefined): Refusal {
      // Only what is a host and a port is repeated, by our own spelling.
      const target = host ? `${host.name}${host.port === undefined ? '' : `:${host.port}`}` : ''
      if (!logged.has(target) && logged.size < logged_max) {
        logged.add(target)
        log('warn', 'proxy.refused', { target: target || 'no host' })
      }
      const isPort = host !== undefined && isPlayed(host)
      return {
        status: 403,
        title: 'Not one of the hosts that this proxy answers for',
        reason: isPort
          ? `${target} is a port that WeChat does not have`
          : `${target || 'what was asked for'} is not one of WeChat's hosts that are played here, and nothing is passed on`,
        fix: isPort
          ? 'ask for port 443 by HTTPS, or 80 by HTTP'
          : `let only WeChat's hosts go over the proxy, and name others in NO_PROXY; it answers for ${played_hosts.join(', ')}`,
      }
    },
    misled: (host: string): Refusal => ({
      status: 421,
      title: 'The request is for another host than its tunnel',
      reason: `the tunnel leads to ${host}, and the request inside names another host`,
      fix: `send Host: ${host}, or open a tunnel to the other host`,
    }),
    noProxyRequest: (): Refusal => ({
      status: 400,
      title: 'Not a request to a proxy',
      reason: 'this port is a proxy, and the request does not name a host of WeChat',
      fix: `use it as the proxy of a client; the simulator itself is at ${simulator}`,
    }),
  }
}

function bodyOf({ status, title, reason, fix }: Refusal): Buffer {
  return Buffer.from(JSON.stringify({ type: 'about:blank', title, status, reason, fix }))
}

const problem_type = 'application/problem+json'

function sendRefusal(outgoing: ServerResponse, refusal: Refusal): void {
  const body = bodyOf(refusal)
  const headers = { 'Content-Type': problem_type, 'Content-Length': body.length }
  outgoing.writeHead(refusal.status, { ...headers, Connection: 'close' }).end(body)
}

/** How long whoever was refused a tunnel may take to read why. */
const farewell_ms = 5000

/** Answers CONNECT, for which there is no response to write to. */
function refuseTunnel(socket: Socket, refusal: Refusal): void {
  const body = bodyOf(refusal)
  const head = [
    `HTTP/1.1 ${refusal.status} Forbidden`,
    `Content-Type: ${problem_type}`,
    `Content-Length: ${body.length}`,
    'Connection: close',
  ]
  socket.end(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]))
  socket.setTimeout(farewell_ms, () => socket.destroy())
  socket.resume()
}
