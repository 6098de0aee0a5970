import { type Tag, tagsOf, textOf } from '../../page.ts'
import type { Http } from '../../sim.ts'

/** A page as a browser ends up on it. */
export interface Page {
  readonly status: number
  /** Path and query, as the address bar has them. */
  readonly url: string
  readonly html: string
  readonly headers: Headers
  /** Every address on the way here, this one included. */
  readonly way: readonly string[]
  /** What it says, without its tags. */
  readonly text: string
  readonly tags: readonly Tag[]
}

interface Cookie {
  readonly origin: string
  readonly name: string
  readonly value: string
  readonly path: string
}

const redirects_max = 20
const inner_origin = 'http://sim.localhost'

/** How WeChat's own browser calls itself. */
export const wechat_agent = 'Mozilla/5.0 (iPhone) MicroMessenger/8.0.50 Language/zh_CN'

interface BrowserOf {
  readonly headers?: Readonly<Record<string, string>>
  readonly takesCookies?: boolean
  /** Of the server whose pages it opens first. */
  readonly origin?: string
}

/** A browser: one cookie jar, redirects followed, forms sent as they stand. */
export class Browser {
  readonly #http: Http
  readonly #headers: Readonly<Record<string, string>>
  readonly #takesCookies: boolean
  readonly #origin: string
  #cookies: Cookie[] = []

  constructor(http: Http, of: BrowserOf = {}) {
    this.#http = http
    this.#headers = of.headers ?? {}
    this.#takesCookies = of.takesCookies ?? true
    this.#origin = of.origin ?? inner_origin
  }

  get cookies(): readonly Cookie[] {
    return this.#cookies
  }

  /** Its cookies have gone: they were cleared, or grew old. */
  forget(): void {
    this.#cookies = []
  }

  /** Opens an address, seen from a page if it is a link there, and goes wherever it leads. */
  async open(href: string, from: Pick<Page, 'url'> = { url: '/' }): Promise<Page> {
    const url = this.#resolved(href, from.url)
    return this.#follow(url, await this.#send('GET', url), [url])
  }

  /** Opens an address and goes nowhere else. */
  async ask(url: string): Promise<Page> {
    return this.#pageOf(url, await this.#send('GET', url), [url])
  }

  /** Sends a form and goes wherever that leads. */
  async post(url: string, fields: Readonly<Record<string, string>>): Promise<Page> {
    return this.#follow(url, await this.#send('POST', url, fields), [url])
  }

  /** Fills in a page's form and presses its first button, or the one that is named. */
  async submit(
    page: Page,
    fields: Readonly<Record<string, string | undefined>> = {},
    button?: { lang: string },
  ): Promise<Page> {
    const { action, values, buttons } = formOf(page)
    const pressed = button && buttons.find((one) => one['lang']?.startsWith(button.lang))
    const all: Record<string, string | undefined> = { ...values, ...fields }
    if (pressed) all[pressed['name'] ?? ''] = pressed['value']
    const sent = Object.entries(all).filter((pair): pair is [string, string] => {
      return pair[1] !== undefined
    })
    const to = pressed?.['formaction'] ?? action
    return this.post(this.#resolved(to, page.url), Object.fromEntries(sent))
  }

  async #follow(url: string, answer: Answer, way: readonly string[]): Promise<Page> {
    const location = answer.headers.get('location')
    if (answer.status < 300 || answer.status > 399 || location === null) {
      return this.#pageOf(url, answer, way)
    }
    if (way.length > redirects_max) throw new Error(`a loop: ${way.join(' → ')}`)
    const next = this.#resolved(location, url)
    return this.#follow(next, await this.#send('GET', next), [...way, next])
  }

  #pageOf(url: string, { status, text: html, headers }: Answer, way: readonly string[]): Page {
    return { status, url, html, headers, way, text: textOf(html), tags: tagsOf(html) }
  }

  /** An address of the first server as path and query; another server's whole. */
  #resolved(href: string, base: string): string {
    const { origin, pathname, search } = new URL(href, new URL(base, this.#origin))
    return origin === this.#origin ? pathname + search : origin + pathname + search
  }

  async #send(method: string, url: string, fields?: Readonly<Record<string, string>>) {
    const { origin, pathname } = new URL(url, this.#origin)
    const held = this.#cookies
      .filter((one) => one.origin === origin && isBelow(pathname, one.path))
      .toSorted((a, b) => b.path.length - a.path.length)
      .map(({ name, value }) => `${name}=${value}`)
    const cookie = [...held, this.#headers['cookie'] ?? ''].filter((one) => one !== '').join('; ')
    const body = fields && new URLSearchParams(fields).toString()
    const type = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }
    const headers = { ...this.#headers, ...type, ...(cookie ? { cookie } : {}) }
    const answer = await this.#http(method, url, body, headers)
    if (this.#takesCookies)
      for (const line of answer.headers.getSetCookie()) this.#keep(line, origin)
    return answer
  }

  #keep(line: string, origin: string): void {
    const [pair = '', ...attributes] = line.split('; ')
    const at = pair.indexOf('=')
    const path = attributes.find((one) => one.startsWith('Path='))?.slice(5) ?? '/'
    const cookie = { origin, name: pair.slice(0, at), value: pair.slice(at + 1), path }
    const key = (one: Cookie) => JSON.stringify([one.origin, one.name, one.path])
    this.#cookies = [...this.#cookies.filter((one) => key(one) !== key(cookie)), cookie]
  }
}

type Answer = Awaited<ReturnType<Http>>

/** What a form would send if nothing were changed, and where to. */
export function formOf({ html, url }: Pick<Page, 'html' | 'url'>) {
  const [, opening = '', inside = ''] = /(<form[^>]*>)([\s\S]*?)<\/form>/.exec(html) ?? []
  if (opening === '') throw new Error(`${url} has no form`)
  const tags = tagsOf(inside)
  const values: Record<string, string> = {}
  for (const { name, attributes } of tags) {
    const { name: field = '', type, value = '' } = attributes
    if (name !== 'input') continue
    if (type !== 'checkbox' || 'checked' in attributes) values[field] = value
  }
  const chosen = tags.find(({ name, attributes }) => name === 'option' && 'selected' in attributes)
  if (chosen) values['region'] = chosen.attributes['value'] ?? ''
  const buttons = tags.filter(({ name }) => name === 'button').map(({ attributes }) => attributes)
  return { action: tagsOf(opening)[0]?.attributes['action'] ?? url, values, buttons }
}

/** Where a link leads that has this text somewhere inside it. */
export function linkIn({ html, url }: Pick<Page, 'html' | 'url'>, text: string): string {
  const links = [...html.matchAll(/<a [^>]*>[\s\S]*?<\/a>/g)].map(([link]) => link)
  const found = links.find((link) => textOf(link).includes(text))
  if (found === undefined) throw new Error(`${url} has no link ${text}`)
  return tagsOf(found)[0]?.attributes['href'] ?? url
}

function isBelow(path: string, cookiePath: string): boolean {
  const base = cookiePath.replace(/\/$/, '')
  return path === base || path.startsWith(`${base}/`)
}
