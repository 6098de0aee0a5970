import { execFileSync } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { inLang } from '../../src/apidoc/describe.ts'
import { exampleOf } from '../../src/apidoc/examples.ts'
import { documentedSurfaces } from '../../src/app.ts'
import { problems } from '../../src/core/problem.ts'
import { exampleProfile } from '../../src/profile-docs.ts'
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
  surface.endpoints.map((endpoint) => [endpoint.id, endpoint, surface] as const),
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

describe.each(endpoints)('the documentation of %s', (id, endpoint, surface) => {
  const anchor = `${surface.name}-${id}`

  it('says how it is called, what it takes, and where that is known from', () => {
    const article = articleOf(english, anchor)
    const text = textOf(article)
    const path = surface.prefix + endpoint.path
    expect(text).toContain(`${endpoint.methods.join(', ')} ${path}`)
    const said = [endpoint.summary.en, inLang(endpoint.source, 'en')]
    for (const part of [id, ...said]) expect(text).toContain(part)
    const shapes = [endpoint.input.shape, endpoint.later?.shape ?? {}]
    for (const field of shapes.flatMap((shape) => Object.keys(shape)))
      expect(article).toContain(`<code class="name">${field}</code>`)
  })

  it('names every refusal with its text, and its meaning in the language of the page', () => {
    const said = [english, chinese].map((html) => textOf(articleOf(html, anchor)))
    for (const code of endpoint.refusals) {
      const entry = surface.table?.get(code)
      expect(said[0]).toContain(entry ? `${code} ${entry.text}` : String(code))
      if (!entry) continue
      expect(said[0]).toContain(`${entry.en} ${en.fidelity[entry.fidelity].label}`)
      expect(said[1]).toContain(`${entry.zh} ${zh.fidelity[entry.fidelity].label}`)
    }
  })

  it('shows an answer with all its digits', () => {
    const { answer } = exampleOf(id)
    const shown = textOf(articleOf(english, anchor)).replaceAll(/\s/gu, '')
    if (answer !== null) expect(shown).toContain(JSON.stringify(answer).replaceAll(/\s/gu, ''))
  })
})

describe('GET /docs', () => {
  it.each([
    { lang: 'English', html: english, words: en },
    { lang: 'Chinese', html: chinese, words: zh },
  ])('explains every rule and every problem in $lang', ({ html, words }) => {
    const text = textOf(html)
    for (const [rule, means] of Object.entries(words.rules)) expect(text).toContain(rule + means)
    for (const type of Object.keys(problems))
      expect(text).toContain(`${type}${words.rules[`control.${type}`]}`)
  })

  it('names the magic mobile of a code', () => {
    expect(textOf(english)).toMatch(/43004 require subscribe.*?magic mobile 19900043004/u)
  })

  it('gives commands that reach their endpoints, each of them', async () => {
    const { sim, http } = await startSim({ demo: true })
    const env = await sim.env()
    const commands = commandsOf(english).filter((command) => command.startsWith('curl '))
    const all = { ...env, ACCESS_TOKEN: 'none' }
    for (const { method, url, headers, body } of commands.flatMap((one) => curlsIn(one, all))) {
      // Nobody sends meanwhile: what the example waits for does not come.
      const { pathname, search } = new URL(url.replace('wait=PT5S', 'wait=PT0S'))
      const { status } = await http(method, pathname + search, body, headers)
      expect({ method, url, status }).toMatchObject({ status: expect.toSatisfy((n) => n < 500) })
    }
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
