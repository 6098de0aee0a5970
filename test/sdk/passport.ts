import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void
type Verify = (token: string, refresh: string, profile: object, age: number, done: Done) => void
type Done = (error: Error | null, user: object) => void
type Authenticated = (error: PassportError | null, user: unknown) => void

/** What the strategy fails with: WeChat's code. */
export type PassportError = Error & { code?: number }

interface Passport {
  use(strategy: object): void
  initialize(): Middleware
  authenticate(name: string, options: object, done: Authenticated): Middleware
}

const require = createRequire(import.meta.url)
const Strategy: new (options: object, verify: Verify) => object = require('passport-wechat')
/** The one that the strategy was made for. */
const { Passport }: { Passport: new () => Passport } = createRequire(
  require.resolve('passport-wechat'),
)('passport')

/** A request of a site, and what the strategy made of it. */
export interface Visit {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly error: PassportError | null
  readonly user: unknown
}

/** How a site signs people in by `passport-wechat` as it is published. */
export interface Site {
  readonly options: object
  readonly verify: Verify
  /** Before the strategy sees a request. */
  readonly before?: (visit: Pick<Visit, 'request' | 'response'>) => void
  readonly answer: (visit: Visit) => void
}

/** Listens until the test is over; answers its port. */
export async function startPassport({ options, verify, before, answer }: Site): Promise<number> {
  const passport = new Passport()
  passport.use(new Strategy(options, verify))
  const server = createServer((request, response) => {
    if (request.url === '/favicon.ico') return response.writeHead(204).end()
    asExpress(request)
    before?.({ request, response })
    const done: Authenticated = (error, user) => answer({ request, response, error, user })
    const authenticate = passport.authenticate('wechat', { session: false }, done)
    return passport.initialize()(request, response, () => {
      authenticate(request, response, () => undefined)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** As much of Express as the strategy asks for. */
function asExpress(request: IncomingMessage): void {
  const { searchParams } = new URL(request.url ?? '', 'http://site')
  Object.assign(request, {
    query: Object.fromEntries(searchParams),
    protocol: 'http',
    originalUrl: request.url,
    get: (name: string) => request.headers[name.toLowerCase()],
  })
}

/** As if the name of WeChat's host led to a way of the simulator: where the strategy sends a browser. */
export function leadBrowser(response: ServerResponse, to: string): void {
  const setHeader = response.setHeader.bind(response)
  response.setHeader = (name, value) =>
    setHeader(name, String(value).replace('https://open.weixin.qq.com', to))
}
