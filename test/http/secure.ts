import { once } from 'node:events'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll } from 'vitest'
import { createSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator.ts'

/** A simulator with all ways in, and the demo; for all tests of a file. */
export interface Secure {
  readonly sim: Simulator
  readonly env: Readonly<Record<string, string>>
  readonly ca: string
  readonly httpsUrl: string
  readonly proxyUrl: string
  /** The path of a token for the demo's official account. */
  readonly token: string
  /** What stands in the log. */
  readonly logged: readonly (readonly unknown[])[]
}

export function startSecure(options: SimulatorOptions = {}): () => Secure {
  let started: Secure | undefined
  beforeAll(async () => {
    const logged: (readonly unknown[])[] = []
    const log = (...line: readonly unknown[]) => void logged.push(line)
    const sim = await createSimulator({ demo: true, log, ...options })
    const at = await sim.listen({ httpsPort: 0, proxyPort: 0 })
    const env = await sim.env()
    const { ca = '', httpsUrl = '', proxyUrl = '' } = at
    const query = `appid=${env['WECHAT_APPID']}&secret=${env['WECHAT_SECRET']}`
    const token = `/cgi-bin/token?grant_type=client_credential&${query}`
    started = { sim, env, ca, httpsUrl, proxyUrl, token, logged }
  })
  afterAll(() => started?.sim.close())
  return () => started as Secure
}

export interface Got {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** A call by HTTPS that believes one authority alone; with a `socket`, over that one. */
export function get(
  url: string,
  of: {
    readonly ca: string
    readonly headers?: Readonly<Record<string, string>>
    readonly method?: string
    readonly body?: string
    readonly socket?: Socket
  },
): Promise<Got> {
  const { ca, headers = {}, method = 'GET', body, socket } = of
  return new Promise((resolve, reject) => {
    const through = socket ? { socket } : {}
    const { hostname: servername } = new URL(url)
    const options = { ca, method, headers, servername, agent: false, ...through }
    const call = httpsRequest(url, options as object, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }),
      )
      answer.on('error', reject)
    })
    call.on('error', reject).end(body)
  })
}

/** What a proxy says to CONNECT, and the way that it has opened. */
export async function tunnel(
  proxyUrl: string,
  authority: string,
): Promise<{ status: number; socket: Socket }> {
  const call = httpRequest(proxyUrl, { method: 'CONNECT', path: authority, agent: false }).end()
  const [answer, socket] = await once(call, 'connect')
  return { status: answer.statusCode, socket }
}

/** A call through a tunnel of its own. */
export async function getThrough(
  proxyUrl: string,
  url: string,
  of: Parameters<typeof get>[1],
): Promise<Got> {
  const { hostname } = new URL(url)
  const { status, socket } = await tunnel(proxyUrl, `${hostname}:443`)
  if (status !== 200) throw new Error(`no tunnel to ${hostname}: ${status}`)
  return get(url, { ...of, socket })
}

/** All that comes back for what is written, until the other side closes. */
export async function written(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.write(text)
  let answer = ''
  for await (const chunk of socket) answer += String(chunk)
  return answer
}
