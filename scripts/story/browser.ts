/** A page as a browser ends up on it. */
export interface Page {
  readonly status: number
  /** Path and query. */
  readonly url: string
  readonly html: string
  /** What it says, without its tags. */
  readonly text: string
}

/** Any call to the simulator. */
export type Fetch = (request: Request) => Promise<Response>

const redirects_max = 10

/** The web view of somebody's WeChat: one cookie jar, redirects followed. */
export interface Browser {
  open(url: string): Promise<Page>
  /** Fills in the page's form and sends it. */
  submit(page: Page, fields: Readonly<Record<string, string>>): Promise<Page>
}

export function browserOf(fetch: Fetch, origin: string): Browser {
  const jar = new Map<string, string>()
  async function go(url: string, body?: URLSearchParams, left = redirects_max): Promise<Page> {
    const at = new URL(url, origin)
    const headers = { cookie: [...jar].map((pair) => pair.join('=')).join('; ') }
    const sent = body ? { method: 'POST', body } : {}
    const response = await fetch(new Request(at, { headers, redirect: 'manual', ...sent }))
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/su)
      jar.set(name, value)
    }
    const location = response.headers.get('location')
    if (location === null) return pageOf(at, response.status, await response.text())
    if (left === 0) throw new Error(`${url} leads in a circle`)
    return go(new URL(location, at).href, undefined, left - 1)
  }
  return {
    open: (url) => go(url),
    submit(page, fields) {
      const { action, values } = formOf(page)
      return go(
        new URL(action, new URL(page.url, origin)).href,
        new URLSearchParams({ ...values, ...fields }),
      )
    },
  }
}

function pageOf({ pathname, search }: URL, status: number, html: string): Page {
  return { status, url: pathname + search, html, text: html.replaceAll(/<[^>]*>/gu, ' ') }
}

/** Where a page's form goes, and what it sends besides what is typed. */
function formOf({ html, url }: Page) {
  const [, opening, inside = ''] = /<form([^>]*)>([\s\S]*?)<\/form>/u.exec(html) ?? []
  if (opening === undefined) throw new Error(`${url} has no form`)
  const hidden = [...inside.matchAll(/<input[^>]*type="hidden"[^>]*>/gu)].map(([tag]) => tag)
  const values = hidden.map((tag) => [attribute(tag, 'name'), attribute(tag, 'value')])
  return {
    action: attribute(opening, 'action'),
    values: Object.fromEntries(values) as Record<string, string>,
  }
}

function attribute(tag: string, name: string): string {
  const [, value = ''] = new RegExp(`\\s${name}="([^"]*)"`, 'u').exec(tag) ?? []
  return value.replaceAll('&amp;', '&')
}
