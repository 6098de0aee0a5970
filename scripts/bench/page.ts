import { z } from 'zod'

/** A candidate's browser that WeChat has led to the form. */
export interface Visitor {
  readonly path: string
  readonly cookie: string
}

const visitors_count = 50
const redirects_max = 10
const made = z.object({ person: z.string() })

/** Candidates who are not registered yet, each with a session of the registration page. */
export async function visitors({
  origin,
  eid,
}: {
  origin: string
  eid: string
}): Promise<Visitor[]> {
  const found: Visitor[] = []
  for (let n = 0; n < visitors_count; n++) {
    const body = JSON.stringify({ key: `visitor-${n}` })
    const response = await fetch(`${origin}/_sim/v1/worlds/bench/people`, { method: 'POST', body })
    const { person } = made.parse(await response.json())
    found.push(await walkIn(origin, `/w/bench/as/${person}/register/${eid}`))
  }
  return found
}

/** Follows the redirects of web OAuth until the page itself answers. */
async function walkIn(origin: string, path: string): Promise<Visitor> {
  const jar = new Map<string, string>()
  let url = new URL(path, origin)
  for (let hop = 0; hop < redirects_max; hop++) {
    const response = await fetch(url, { headers: { cookie: written(jar) }, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    const location = response.headers.get('location')
    if (response.status === 200) return { path: url.pathname + url.search, cookie: written(jar) }
    if (location === null) throw new Error(`${url} answered ${response.status}`)
    url = new URL(location, url)
  }
  throw new Error(`${path} leads nowhere`)
}

function written(jar: ReadonlyMap<string, string>): string {
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
}

/** The page itself; fails when it has no form. */
export async function readFormPage(origin: string, visitor: Visitor | undefined): Promise<string> {
  if (!visitor) throw new Error('nobody visits')
  const { path, cookie } = visitor
  const headers = { cookie, accept: 'text/html', 'accept-language': 'zh-CN' }
  const text = await (await fetch(new URL(path, origin), { headers })).text()
  if (!text.includes('<form')) throw new Error(`${path} shows no form`)
  return text
}
