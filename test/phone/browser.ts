import { expect } from 'vitest'
import { tagsOf, textOf } from '../page.ts'
import { type Answer, type Http, type StartOptions, startSim } from '../sim.ts'

/** A browser without script: it keeps cookies, reads forms, and follows where they lead. */
export class PlainBrowser {
  readonly #http: Http
  readonly #headers: Record<string, string>
  readonly cookies = new Map<string, string>()
  /** Where it is, and what it shows. */
  path = ''
  page: Answer | undefined

  constructor(http: Http, headers: Record<string, string> = {}) {
    this.#http = http
    this.#headers = { 'accept-language': 'en', ...headers }
  }

  get html(): string {
    return this.page?.text ?? ''
  }

  get text(): string {
    return textOf(this.html).replaceAll(/\s+/gu, ' ')
  }

  /** Opens a page of ours, and whatever it leads to. */
  async opens(path: string): Promise<Answer> {
    return this.#goes(await this.#asks('GET', path), path)
  }

  /** Sends the form that has this button, with what was typed. */
  async presses(button: string, typed: Record<string, string> = {}): Promise<Answer> {
    const form = this.forms().find(({ html }) => html.includes(`id="${button}"`))
    if (!form) throw new Error(`no form at ${this.path} has ${button}`)
    return this.sends(form.action, { ...form.fields, ...typed })
  }

  async sends(action: string, fields: Record<string, string>): Promise<Answer> {
    const body = new URLSearchParams(fields).toString()
    return this.#goes(await this.#asks('POST', action, body), action)
  }

  /** What the page is about, without the frame around it. */
  get inside(): string {
    return /<main[\s\S]*<\/main>/u.exec(this.html)?.[0] ?? ''
  }

  /** The forms of the page that send something. */
  forms(html = this.html): { action: string; fields: Record<string, string>; html: string }[] {
    return [...html.matchAll(/<form[^>]*method="post"[\s\S]*?<\/form>/gu)].map(([html]) => {
      const [form, ...inside] = tagsOf(html)
      const hidden = inside.filter(({ attributes }) => attributes['type'] === 'hidden')
      const pairs = hidden.map(({ attributes: { name = '', value = '' } }) => [name, value])
      return { action: form?.attributes['action'] ?? '', fields: Object.fromEntries(pairs), html }
    })
  }

  /** The addresses of all links. */
  links(html = this.html): string[] {
    return tagsOf(html).flatMap(({ name, attributes: { href } }) =>
      name === 'a' && href !== undefined ? [href] : [],
    )
  }

  async #goes(answer: Answer, path: string): Promise<Answer> {
    const to = answer.headers.get('location')
    if (to !== null && answer.status < 400) {
      expect(to).toMatch(/^\/(?!\/)/u)
      return this.opens(to)
    }
    this.path = path
    this.page = answer
    return answer
  }

  async #asks(method: string, path: string, body?: string): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await this.#http(method, path, body, {
      ...this.#headers,
      ...(cookie ? { cookie } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/u.exec(line) ?? []
      this.cookies.set(name, value)
    }
    return answer
  }
}

/** A test's own world, and a browser to look at its phones; `{appid}` in a path is Acme's. */
export async function startBrowsing(options: StartOptions = {}) {
  const sim = await startSim(options)
  const at = (path: string) => `/w/test/phone${path.replace('{appid}', sim.acme.appid)}`
  return { ...sim, browser: new PlainBrowser(sim.http), at }
}
