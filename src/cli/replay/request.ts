import { createHash, createHmac } from 'node:crypto'
import { form_cookie, formToken } from '../../auth/csrf.ts'
import type { BundledExchange } from '../../control/bundle/format.ts'
import { realNow } from '../../world/clock.ts'
import type { Bindings } from './bindings.ts'

/** Headers that follow from the way by which a call goes. */
const own_headers =
  /^(?:host|content-length|content-encoding|accept-encoding|connection|transfer-encoding|keep-alive|cookie|x-forwarded-.*|forwarded)$/

/** Fields by which a form proves that it was made for the browser that sends it. */
const form_tokens = /^(?:token|csrf|csrf_token)$/

/** What a browser keeps: cookies by name and path, and by what the forms of its pages are known. */
export class Browser {
  readonly #tokens = new Map<string, string>()
  readonly #kept = new Map<
    string,
    { readonly name: string; readonly path: string; readonly value: string }
  >()

  keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      const path = /;\s*path=([^;]*)/i.exec(line)?.[1] ?? '/'
      this.#kept.set(`${name} ${path}`, { name, path, value })
    }
  }

  /** Reads a page: its forms are sent with their own proofs. */
  see(html: string): void {
    for (const [, name = '', value = ''] of html.matchAll(/\bname="(\w+)" value="([^"]+)"/g))
      if (form_tokens.test(name)) this.#tokens.set(name, value)
  }

  /** A form as it is sent from here. `secret`: of this browser, for forms whose page nobody has kept. */
  fill(form: string, secret: string): string {
    const pairs = form.split('&').map((pair) => {
      const [name = ''] = pair.split('=', 1)
      const value = this.#tokens.get(name) ?? formToken(secret)
      return form_tokens.test(name) ? `${name}=${encodeURIComponent(value)}` : pair
    })
    return pairs.join('&')
  }

  /** The value of a cookie at a path, of the longest path first. */
  find(name: string, at: string): string | undefined {
    const fitting = [...this.#kept.values()].filter(
      (one) => one.name === name && at.startsWith(one.path),
    )
    return fitting.sort((a, b) => b.path.length - a.path.length)[0]?.value
  }
}

/** What a call is made with besides what the file says. */
export interface Caller {
  readonly bindings: Bindings
  readonly browser: Browser
  /** Of control calls. */
  readonly token: string | undefined
  /** Where all calls go; undefined: to the host that the file names. */
  readonly origin: string | undefined
  /** The secret by which an account's calls are signed; undefined: they are not, or it is not known. */
  secretOf(eid: string): Promise<string | undefined>
}

/** A browser that has no cookie for forms yet may bring one of its own. */
const form_secret = 'r'.repeat(43)

/** A call of the file as it is made again. */
export async function makeRequest(exchange: BundledExchange, caller: Caller): Promise<Request> {
  const { bindings, browser, token } = caller
  const { method, request } = exchange
  const url = bindings.actual(exchange.url)
  const path = url.split('?', 1)[0] ?? ''
  const sent = bindings.actual(request.body ?? '')
  const form = browser.find(form_cookie, path) ?? form_secret
  const body = isForm(exchange) && isPage(exchange) ? browser.fill(sent, form) : sent
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (own_headers.test(name)) continue
    for (const one of [value].flat()) headers.append(name, bindings.actual(one))
  }
  const names = String(request.headers['cookie'] ?? '')
    .split(/;\s*/)
    .map((pair) => pair.split('=', 1)[0] ?? '')
  const values = [...new Set([...names, form_cookie])].flatMap((name) => {
    const value = name === form_cookie ? form : browser.find(name, path)
    return value === undefined ? [] : [`${name}=${value}`]
  })
  if (isPage(exchange)) headers.set('cookie', values.join('; '))
  if (token !== undefined && exchange.surface !== 'tupu' && exchange.surface !== 'wechat')
    headers.set('authorization', `Bearer ${token}`)
  await sign(exchange, { headers, url, body }, caller)
  const host = String(request.headers['host'] ?? 'sim.localhost')
  const hasBody = method !== 'GET' && method !== 'HEAD'
  return new Request(new URL(url, caller.origin ?? `http://${host}`), {
    method,
    headers,
    redirect: 'manual',
    ...(hasBody && { body }),
  })
}

/** Surfaces whose callers are browsers. */
function isPage({ surface, request }: BundledExchange): boolean {
  return (
    request.headers['cookie'] !== undefined || ['console', 'phone', 'register'].includes(surface)
  )
}

function isForm({ method, request }: BundledExchange): boolean {
  return method === 'POST' && /form-urlencoded/.test(String(request.headers['content-type'] ?? ''))
}

/** A signature is good for five minutes, and for one body: what was rightly signed is signed anew. */
async function sign(
  exchange: BundledExchange,
  {
    headers,
    url,
    body,
  }: { readonly headers: Headers; readonly url: string; readonly body: string },
  { secretOf }: Caller,
): Promise<void> {
  const nonce = headers.get('x-tupu-nonce')
  if (nonce === null || isDoubted(exchange)) return
  const eid =
    /"eid"\s*:\s*"([^"]+)"/.exec(body)?.[1] ?? new URL(url, 'http://any').searchParams.get('eid')
  const secret = await secretOf(eid ?? /accounts\/([^/?]+)/.exec(url)?.[1] ?? '')
  if (secret === undefined) return
  const timestamp = String(Math.floor(realNow() / 1000))
  const digest = createHash('sha256').update(body).digest('hex')
  const signed = [timestamp, nonce, exchange.method, url, digest].join('\n')
  headers.set('x-tupu-timestamp', timestamp)
  headers.set(
    'x-tupu-signature',
    `sha256=${createHmac('sha256', secret).update(signed).digest('hex')}`,
  )
}

/** Whether its signature, or its nonce, was refused: it is sent as it was, and refused again. */
function isDoubted({ answer }: BundledExchange): boolean {
  return /"errcode":100003\b/.test(answer.body ?? '')
}
