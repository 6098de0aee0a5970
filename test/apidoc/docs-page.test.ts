import { execFileSync } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { inLang } from '../../src/apidoc/describe.ts'
import { exampleOf } from '../../src/apidoc/examples.ts'
import { documentedSurfaces } from '../../src/app.ts'
import { problems } from '../../src/core/problem.ts'
import { exampleProfile } from '../../src/docs/profile.ts'
import { createSimulator } from '../../src/simulator.ts'
import { default_profile } from '../../src/tupu/profile/profile.ts'
import { tupuSurface } from '../../src/tupu/surface.ts'
import { en } from '../../views/words/en.ts'
import { zh } from '../../views/words/zh.ts'
import { commandsOf, curlsIn, tagsOf, textOf } from '../page.ts'
import { startChild } from '../process.ts'
import { httpOf, startSim } from '../sim.ts'

const surfaces = documentedSurfaces([tupuSurface(default_profile)])
const endpoints = surfaces.flatMap((surface) =>
  surface.endpoints.map((endpoint) => ({ endpoint, surface })),
)

async function openDocs(lang: 'en' | 'zh', options = {}): Promise<string> {
  await using sim = await createSimulator(options)
  return (await httpOf(sim)('GET', `/docs?lang=${lang}`)).text
}

const [english, chinese] = await Promise.all([openDocs('en'), openDocs('zh')])

/** The part of a page that documents one endpoint. */
function articleOf(html: string, anchor: string): string {
  const start = html.indexOf(`<article class="endpoint" aria-labelledby="${anchor}"`)
  if (start < 0) throw new Error(`${anchor} is not documented`)
  return html.slice(start, html.indexOf('</article>', start))
}

const articles = endpoints.map(({ endpoint, surface }) => {
  const anchor = `${surface.name}-${endpoint.id}`
  const html = articleOf(english, anchor)
  return { endpoint, surface, html, en: textOf(html), zh: textOf(articleOf(chinese, anchor)) }
})

/** What an article should say and does not, with the endpoint of each. */
function unsaid(
  partsOf: (article: (typeof articles)[number]) => { in: string; parts: string[] }[],
) {
  return articles.flatMap((article) =>
    partsOf(article).flatMap(({ in: text, parts }) =>
      parts
        .filter((part) => !text.includes(part))
        .map((part) => `${article.endpoint.id} does not say ${part}`),
    ),
  )
}

describe('the documentation of every endpoint', () => {
  it('says how it is called, what it takes, and where that is known from', () => {
    const missing = unsaid(({ endpoint, surface, html, en: text }) => {
      const { id, methods, path, summary, source } = endpoint
      const call = `${methods.join(', ')} ${surface.prefix}${path}`
      const fields = Object.keys({ ...endpoint.input.shape, ...endpoint.later?.shape })
      return [
        { in: text, parts: [call, id, summary.en, inLang(source, 'en')] },
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
          { in: texts.zh, parts: [`${entry.zh} ${zh.fidelity[label].label}`] },
        ]
      }),
    )
    expect(missing).toEqual([])
  })

  it('shows an answer with all its digits', () => {
    const missing = unsaid(({ endpoint, en: text }) => {
      const { answer } = exampleOf(endpoint.id)
      const wanted = JSON.stringify(answer).replaceAll(/\s/gu, '')
      return answer === null ? [] : [{ in: text.replaceAll(/\s/gu, ''), parts: [wanted] }]
    })
    expect(missing).toEqual([])
  })
})

describe('GET /docs', () => {
  it('explains every rule and every problem in both languages', () => {
    const missing = [
      { html: english, words: en },
      { html: chinese, words: zh },
    ].flatMap(({ html, words }) => {
      const text = textOf(html)
      const rules = Object.entries(words.rules).map(([rule, means]) => rule + means)
      const types = Object.keys(problems).map((type) => `${type}${words.rules[`control.${type}`]}`)
      return [...rules, ...types].filter((part) => !text.includes(part))
    })
    expect(missing).toEqual([])
  })

  it('names the magic mobile of a code', () => {
    expect(textOf(english)).toMatch(/43004 require subscribe.*?magic mobile 19900043004/u)
  })

  it('gives commands that reach their endpoints, each of them', async () => {
    const { sim, http } = await startSim({ demo: true })
    const env = await sim.env()
    const commands = commandsOf(english).filter((command) => command.startsWith('curl '))
    const all = { ...env, ACCESS_TOKEN: 'none' }
    const down: string[] = []
    for (const { method, url, headers, body } of commands.flatMap((one) => curlsIn(one, all))) {
      // Nobody sends meanwhile: what the example waits for does not come.
      const { pathname, search } = new URL(url.replace('wait=PT5S', 'wait=PT0S'))
      const { status } = await http(method, pathname + search, body, headers)
      if (status >= 500) down.push(`${method} ${url}: ${status}`)
    }
    expect(down).toEqual([])
    const { text } = await http('GET', '/metrics')
    const missed = text.match(/^tupu_sim_endpoint_called\{endpoint="[^"]+"\} 0$/gmu)
    expect(text).toContain('tupu_sim_endpoint_called{endpoint="message.send"} 1')
    expect(missed).toBeNull()
  })

  it('has a section for a partner profile, in its own words', async () => {
    const html = await openDocs('en', { profiles: [exampleProfile] })
    const text = textOf(html)
    expect(text).toContain('Partner API, profile initech')
    const article = articleOf(html, 'tupu.initech-message.send')
    expect(textOf(article)).toContain('POST /partner/v2/notify')
    const [call] = commandsOf(article).flatMap((command) => curlsIn(command))
    expect(JSON.parse(call?.body ?? '')).toMatchObject({
      customer: 'acme-7f3k2m9q',
      to: { phone: '138 0013 8000' },
    })
    const ids = tagsOf(html).flatMap(({ attributes: { id } }) => id ?? [])
    expect(new Set(ids).size).toBe(ids.length)
  })
})

/** The command that signs is run where its tools are. */
const has_tools = (() => {
  try {
    return execFileSync('sh', ['-c', 'command -v openssl && command -v curl']).length > 0
  } catch {
    return false
  }
})()

describe.runIf(has_tools)('the command that signs a call', () => {
  it('is taken from an account that wants signatures, and from no other secret', async () => {
    const world = { accounts: [{ key: 'acme', partner_secret: 'generated' as const }] }
    const { world: signed } = await startSim({ listen: true, world })
    const command = commandsOf(english).find((text) => text.includes('openssl')) ?? ''
    const send = async (secret: string) => {
      const env = { ...process.env, ...signed.env, TUPU_PARTNER_SECRET: secret }
      return JSON.parse(await text(startChild('sh', ['-c', command], { env }).stdout))
    }
    expect(await send(signed.accounts[0]?.partner_secret ?? '')).toMatchObject({ errcode: 0 })
    expect(await send('another')).toMatchObject({ errcode: 100003 })
  })
})
