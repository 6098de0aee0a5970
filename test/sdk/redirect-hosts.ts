import http, { type IncomingMessage, type RequestOptions } from 'node:http'
import https from 'node:https'
import { onTestFinished } from 'vitest'

const hosts = ['api.weixin.qq.com', 'open.weixin.qq.com', 'mp.weixin.qq.com']

type OnResponse = (response: IncomingMessage) => void

/**
 * Leads calls of WeChat's hosts to a simulator, over real sockets, until the test is over: for SDKs that have these hosts in
 * their code, and stay as they were published. To load before them. Answers the calls that were led, as they were meant.
 */
export function redirectHosts(to: string): readonly string[] {
  const { hostname, port } = new URL(to)
  const led: string[] = []
  const { request } = https
  const redirected = (options: RequestOptions, onResponse?: OnResponse) => {
    const host = options.hostname ?? options.host ?? ''
    if (!hosts.includes(host)) return request(options, onResponse)
    led.push(`${options.method} https://${host}${options.path}`)
    const headers = { ...options.headers, host }
    const { agent: _, ...rest } = options
    return http.request(
      { ...rest, protocol: 'http:', host: hostname, hostname, port, headers },
      onResponse,
    )
  }
  https.request = redirected as typeof request
  onTestFinished(() => {
    https.request = request
  })
  return led
}

/** What a browser of WeChat is answered at an address; it follows no redirect. */
export function visit(
  url: string,
  { headers = {}, form }: { headers?: Record<string, string>; form?: URLSearchParams } = {},
): Promise<{ status: number; headers: http.IncomingHttpHeaders; text: string }> {
  const { protocol, hostname, port, pathname, search } = new URL(url)
  const options: RequestOptions = {
    method: form ? 'POST' : 'GET',
    hostname,
    port,
    path: pathname + search,
    headers: {
      'user-agent': 'Mozilla/5.0 MicroMessenger/8.0.49',
      ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      ...headers,
    },
  }
  return new Promise((resolve, reject) => {
    const request = (protocol === 'https:' ? https : http).request(options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
      })
    })
    request.on('error', reject)
    request.end(form?.toString())
  })
}
