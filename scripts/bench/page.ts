import { z } from 'zod'
import type { Seeded } from './seed.ts'

/** A browser that stands on a page. */
export interface Visitor {
  readonly path: string
  readonly cookie: string
}

const visitors_count = 50
const redirects_max = 10
const made = z.object({ person: z.string() })

/** What a page has that is no page of an error. */
export const marks = { form: '<form', chat: '<ol class="ph-messages"' } as const

/** Candidates who are not registered yet, each with a session of the registration page. */
export async function visitForm({
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

/** Followers' phones, each of which shows what the account has sent. */
export async function visitChats(
  origin: string,
  { people, appid }: Pick<Seeded, 'people' | 'appid'>,
): Promise<Visitor[]> {
  const found: Visitor[] = []
  for (const person of people.slice(0, visitors_count)) {
    found.push(await walkIn(origin, `/w/bench/phone/${person}/chat/${appid}`))
  }
  return found
}

/** What a phone that lies open reads. */
export function eventsOf(person: string): string {
  return `/w/bench/phone/${person}/events`
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

/** The page itself; fails when it lacks the mark. */
export async function readPage(
  origin: string,
  { visitor, mark }: { visitor: Visitor | undefined; mark: string },
): Promise<string> {
  if (!visitor) throw new Error('nobody visits')
  const { path, cookie } = visitor
  const headers = { cookie, accept: 'text/html', 'accept-language': 'zh-CN' }
  const text = await (await fetch(new URL(path, origin), { headers })).text()
  if (!text.includes(mark)) throw new Error(`${path} shows no ${mark}`)
  return text
}
