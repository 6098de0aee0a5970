import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inLang } from '../../src/apidoc/describe.ts'
import { exampleOf } from '../../src/apidoc/examples.ts'
import { problems } from '../../src/core/problem.ts'
import { exampleProfile } from '../../src/docs/profile.ts'
import { createSimulator, type Simulator } from '../../src/simulator.ts'
import { topic_names } from '../../views/docs/topics.ts'
import { en } from '../../views/words/en.ts'
import { zh } from '../../views/words/zh.ts'
import { commandsOf, curlsIn, tagsOf, textOf, unbalanced } from '../page.ts'
import { type Http, httpOf, startSim } from '../sim.ts'
import { documented, surfaces } from './docs.ts'

/** What a page of another server would be read at. */
const origin = 'http://docs.test:4321'

/** Of pages in Chinese a few say it all. */
const chinese_pages = [
  'handle',
  'control/world.create',
  'tupu/message.send',
  'wechat/template.send',
].map((path) => `/docs/${path}?lang=zh`)

let sim: Simulator
/** Every page that links lead to from the first one, by its address. */
const pages = new Map<string, string>()

beforeAll(async () => {
  sim = await createSimulator({ demo: true })
  const todo = ['/docs?lang=en', ...chinese_pages]
  for (let address = todo.pop(); address !== undefined; address = todo.pop()) {
    if (pages.has(address)) continue
    const response = await sim.fetch(new Request(origin + address))
    const html = await response.text()
    pages.set(address, response.status === 200 ? html : '')
    if (address.includes('lang=en')) todo.push(...linksOf(address, html).map(({ page }) => page))
  }
})
afterAll(() => sim.close())

/** Where links of a page lead inside of the documentation, in its own language. */
function linksOf(address: string, html: string) {
  return tagsOf(html).flatMap(({ name, attributes: { href } }) => {
    if (name !== 'a' || href === undefined) return []
    const { pathname, search, hash } = new URL(href, origin + address)
    const isOurs = /^\/docs(\/|$)/u.test(pathname) && !search.includes('lang=zh')
    return isOurs ? [{ page: pathname + search, id: decodeURIComponent(hash.slice(1)) }] : []
  })
}

const english = () => [...pages].filter(([address]) => address.includes('lang=en'))

describe('the pages of the documentation', () => {
  it('are linked with each other, and every link leads to a place that is there', () => {
    const broken = english().flatMap(([address, html]) =>
      linksOf(address, html)
        .filter(({ page, id }) => {
          const text = pages.get(page) ?? ''
          return text === '' || (id !== '' && !text.includes(`id="${id}"`))
        })
        .map(({ page, id }) => `${address} → ${page}#${id}`),
    )
    expect(broken).toEqual([])
  })

  it('are one for each endpoint and each topic, and no endpoint is on two', () => {
    const found = english().map(([address]) => new URL(address, origin).pathname)
    const wanted = [
      '/docs',
      ...topic_names.map((name) => `/docs/${name}`),
      ...surfaces.map(({ name }) => `/docs/${name}`),
      ...documented.map(({ path }) => path),
    ]
    expect(found.toSorted()).toEqual(wanted.toSorted())
  })

  it('are whole: tags in pairs, one first heading, each id once', () => {
    const bad = [...pages].filter(([, html]) => {
      const tags = tagsOf(html)
      const ids = tags.flatMap(({ attributes: { id } }) => id ?? [])
      const heads = tags.filter(({ name }) => name === 'h1')
      return unbalanced(html).length > 0 || heads.length !== 1 || new Set(ids).size < ids.length
    })
    expect(bad.map(([address]) => address)).toEqual([])
  })

  it('name no other origin than their own, but for WeChat’s and examples’', () => {
    const others = [...pages].flatMap(([address, html]) =>
      [...textOf(html).matchAll(/https?:\/\/([a-z0-9][^/\s"'&`。，,]*)/gu)]
        .map(([, host = '']) => host)
        .filter((host) => !known_hosts.test(host))
        .map((host) => `${address}: ${host}`),
    )
    expect(others).toEqual([])
    const foreign = [...pages].filter(([, html]) => /\/(sim\.)?localhost\b/u.test(html))
    expect(foreign.map(([address]) => address)).toEqual([])
    expect(pages.get('/docs/tupu/message.send?lang=en')).toContain(`${origin}/tupu/v1/messages`)
  })

  it('explain every rule and every problem, in both languages', async () => {
    for (const [lang, words] of [
      ['en', en],
      ['zh', zh],
    ] as const) {
      const http = httpOf(sim)
      const rules = textOf((await http('GET', `/docs/rules?lang=${lang}`)).text)
      const errors = textOf((await http('GET', `/docs/errors?lang=${lang}`)).text)
      const unsaid = [
        ...Object.entries(words.rules)
          .map(([rule, means]) => rule + means.replaceAll('`', ''))
          .filter((said) => !rules.includes(said)),
        ...Object.keys(problems).filter((type) => !errors.includes(type)),
      ]
      expect({ lang, unsaid }).toEqual({ lang, unsaid: [] })
    }
  })
})

/** WeChat's own, those of answers, and those that examples make up. */
const known_hosts =
  /^(docs\.test:4321|((api|open|mp)\.)?weixin\.qq\.com|mmbizurl\.cn|thirdwx\.qlogo\.cn|hr\.example\.com|127\.0\.0\.1:9)$/u

describe('an address of the documentation', () => {
  let http: Http
  beforeAll(() => {
    http = httpOf(sim)
  })

  it('of a noun leads to its place on the page of the surface', async () => {
    const { status, headers } = await http('GET', '/docs/control/message')
    expect([status, headers.get('location')]).toEqual([302, '/docs/control#message'])
  })

  it('that leads nowhere is searched for', async () => {
    const { status, text } = await http('GET', '/docs/quota?lang=en')
    expect(status).toBe(404)
    expect(text).toContain('/docs/wechat/quota.get')
  })

  it('of the one long page that there was still is a place on the first page', async () => {
    const { text } = await http('GET', '/docs')
    const old = ['start', 'worlds', 'pages', 'fidelity', 'signature', 'magic', 'profiles']
    const surfaces = ['tupu', 'wechat', 'control'].flatMap((name) => [name, `${name}-codes`])
    const endpoints = documented.map(({ surface, endpoint }) => `${surface.name}-${endpoint.id}`)
    const gone = [...old, 'decisions', ...surfaces, ...endpoints].filter(
      (id) => !text.includes(`id="${id}"`),
    )
    expect(gone).toEqual([])
  })

  it('below a world names that world’s account, and stays in it', async () => {
    const { http: own, acme } = await startSim()
    const { text } = await own('GET', '/w/test/docs/tupu/message.send?lang=en')
    expect(textOf(text)).toContain(`as 晨光科技 with the EID ${acme.eid}`)
    expect(textOf(text)).toContain('http://sim.localhost/w/test/tupu/v1/messages')
    const hrefs = tagsOf(text).flatMap(({ attributes: { href } }) => href ?? [])
    expect(hrefs.filter((href) => href.startsWith('/docs'))).toEqual([])
    expect((await own('GET', '/w/nobody/docs')).status).toBe(404)
  })

  it('says so where no account can send, where calls must be signed, and where a token is needed', async () => {
    const note = async (address: string, own: Http) =>
      textOf((await own('GET', address)).text).match(/Example(?:s call|The world).*/su)?.[0] ?? ''
    const { http: inWorlds, sim: server } = await startSim()
    await server.world({ name: 'new', accounts: [{ key: 'acme', stage: 'new' }], people: [] })
    const signed = { key: 'acme', partner_secret: 'generated' as const }
    await server.world({ name: 'signed', accounts: [signed], people: [] })
    expect(textOf((await inWorlds('GET', '/w/new/docs/tupu/message.send?lang=en')).text)).toContain(
      'The world new has no account that can send yet',
    )
    expect(await note('/w/signed/docs/tupu/message.send?lang=en', inWorlds)).toContain(
      'must be signed, as Signed calls shows',
    )
    const token = 'the-operators-token'
    await using exposed = await createSimulator({ demo: true, exposed: true, controlToken: token })
    const { text } = await httpOf(exposed)('GET', '/docs/control/clock.get', undefined, {
      authorization: `Bearer ${token}`,
    })
    expect(textOf(text)).toContain('-H "Authorization: Bearer $TUPU_SIM_CONTROL_TOKEN"')
    expect(text).not.toContain(token)
  })
})

type Article = (typeof documented)[number] & { html: string; en: string; zh: string | undefined }

/** The page of an endpoint; in Chinese as well, where that was read. */
function readArticle(one: (typeof documented)[number]): Article {
  const html = pages.get(`${one.path}?lang=en`) ?? ''
  const chinese = pages.get(`${one.path}?lang=zh`)
  return { ...one, html, en: textOf(html), zh: chinese && textOf(chinese) }
}

/** What a page should say and does not, with the endpoint of each. */
function unsaid(partsOf: (article: Article) => { in: string; parts: string[] }[]) {
  return documented
    .map(readArticle)
    .flatMap((article) =>
      partsOf(article).flatMap(({ in: text, parts }) =>
        parts
          .filter((part) => !text.includes(part))
          .map((part) => `${article.endpoint.id} does not say ${part}`),
      ),
    )
}

describe('the page of every endpoint', () => {
  it('says how it is called, what it takes, and where that is known from', () => {
    const missing = unsaid(({ endpoint, surface, html, en: text }) => {
      const { id, methods, path, summary, source } = endpoint
      const call = `${methods.join(', ')} ${surface.prefix}${path}`
      const fields = Object.keys({ ...endpoint.input.shape, ...endpoint.later?.shape })
      return [
        { in: text, parts: [call, id, summary.en.replaceAll('`', ''), inLang(source, 'en')] },
        { in: html, parts: fields.map((field) => `<code class="name">${field}</code>`) },
      ]
    })
    expect(missing).toEqual([])
  })

  it('names every refusal with its text, and its meaning in the language of the page', () => {
    const missing = unsaid(({ endpoint, surface, ...texts }) =>
      endpoint.refusals.flatMap((code) => {
        const entry = surface.table?.get(code)
        if (!entry) return [{ in: texts.en, parts: [String(code)] }]
        const label = entry.fidelity
        const meaning = `${entry.en} ${en.fidelity[label].label}`
        return [
          { in: texts.en, parts: [`${code} ${entry.text}`, meaning] },
          ...(texts.zh === undefined
            ? []
            : [{ in: texts.zh, parts: [`${entry.zh} ${zh.fidelity[label].label}`] }]),
        ]
      }),
    )
    expect(missing).toEqual([])
  })

  it('shows an answer with all its digits', () => {
    const missing = unsaid(({ endpoint, en: text }) => {
      const { answer } = exampleOf(endpoint.id)
      const made = JSON.stringify(answer).replaceAll(/\s/gu, '')
      const wanted = made.replaceAll('http://sim.localhost', origin)
      return answer === null ? [] : [{ in: text.replaceAll(/\s/gu, ''), parts: [wanted] }]
    })
    expect(missing).toEqual([])
  })

  it('names the magic mobile of a code', () => {
    expect(textOf(pages.get('/docs/wechat/template.send?lang=en') ?? '')).toMatch(
      /43004 require subscribe.*?magic mobile 19900043004/u,
    )
  })
})

it('a partner profile has pages of its own, in its own words', async () => {
  await using own = await createSimulator({ profiles: [exampleProfile] })
  const http = httpOf(own)
  const { text } = await http('GET', '/docs/tupu.initech?lang=en')
  expect(textOf(text)).toContain('Partner API, profile initech')
  const { text: page } = await http('GET', '/docs/tupu.initech/message.send?lang=en')
  expect(textOf(page)).toContain('POST /partner/v2/notify')
  const [call] = commandsOf(page)
    .flatMap((command) => curlsIn(command))
    .slice(-1)
  expect(JSON.parse(call?.body ?? '')).toMatchObject({
    customer: exampleOf('message.send').input['eid'],
    to: { phone: '138 0013 8000' },
  })
})
