import type { Server as HttpServer } from 'node:http'
import type { Server, Socket } from 'node:net'

/** Connections of a server by their far end, each as it came: under TLS, the socket below it. */
interface Connections {
  readonly open: Map<string, Socket>
  /** Over which nothing has been asked yet: when the server closes they get a short grace. */
  readonly silent: Map<string, Socket>
}

const watched = new WeakMap<Server, Connections>()
/** What is known of a socket over which requests come, secured or not. */
const ofSocket = new WeakMap<Socket, { readonly connections: Connections; readonly key: string }>()

/** Keeps an eye on the connections of a server, by HTTP or HTTPS; with `of`, among those of another one. */
export function watchConnections(server: Server, of: Server = server): void {
  const connections = watched.get(of) ?? { open: new Map(), silent: new Map() }
  watched.set(of, connections)
  server.on('connection', (socket: Socket) => {
    const key = keyOf(socket)
    ofSocket.set(socket, { connections, key })
    // One that was secured has come before.
    if (connections.open.has(key)) return
    connections.open.set(key, socket)
    connections.silent.set(key, socket)
    socket.once('close', () => {
      connections.open.delete(key)
      connections.silent.delete(key)
    })
  })
  server.on('secureConnection', (socket: Socket) => {
    ofSocket.set(socket, { connections, key: keyOf(socket) })
  })
}

/** Two connections at a time never have both ends in common. */
function keyOf({ remoteAddress, remotePort, localAddress, localPort }: Socket): string {
  return `${remoteAddress} ${remotePort} ${localAddress} ${localPort}`
}

/** A request has come over it. */
export function noteRequest(socket: Socket): void {
  const { connections, key } = ofSocket.get(socket) ?? {}
  if (key !== undefined) connections?.silent.delete(key)
}

/** The connection as it came: of a secured one, what lies below TLS. */
export function socketBelow(socket: Socket): Socket {
  const { connections, key = '' } = ofSocket.get(socket) ?? {}
  return connections?.open.get(key) ?? socket
}

/** Ends connections without a word. */
export function destroyConnections(server: HttpServer, which: 'silent' | 'all'): void {
  const connections = watched.get(server)
  const sockets = which === 'silent' ? connections?.silent : connections?.open
  for (const socket of sockets?.values() ?? []) socket.destroy()
}
