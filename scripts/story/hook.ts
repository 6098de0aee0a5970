import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'

/** What TUPU told the platform of one message. */
export interface Told {
  readonly event: string
  readonly event_id: string
  readonly state: string
  readonly reason: string | null
  readonly client_msg_id: string | null
}

/** The platform's side of the delivery callback: a real server. */
export interface Hook {
  readonly url: string
  /** Everything that has come, acknowledged or not, oldest first. */
  readonly told: Told[]
  /** What it answers; may be changed at any time. */
  status: number
  close(): Promise<void>
}

/** Opens one, which acknowledges everything until it is told otherwise. */
export async function openHook(): Promise<Hook> {
  const server = createServer(async (request, response) => {
    hook.told.push(JSON.parse(await text(request)) as Told)
    response.writeHead(hook.status).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const hook: Hook = {
    url: `http://127.0.0.1:${port}/delivered`,
    told: [],
    status: 204,
    close() {
      server.closeAllConnections()
      return new Promise((done) => server.close(() => done()))
    },
  }
  return hook
}
