import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSimulator, type Simulator } from '../../src/simulator.ts'
import { docsStyle } from '../../views/assets/docs-style.ts'
import { style } from '../../views/assets/style.ts'
import { tokenStyle } from '../../views/assets/token-style.ts'
import { en } from '../../views/words/en.ts'
import { zh } from '../../views/words/zh.ts'
import { tagsOf, textOf, unbalanced } from '../page.ts'
import { type Answer, type Http, httpOf, startSim } from '../sim.ts'

const paths = ['/', '/docs', '/environment']
const langs = [
  { lang: 'en', words: en },
  { lang: 'zh', words: zh },
]
const pages = paths.flatMap((path) => langs.map(({ lang, words }) => ({ path, lang, words })))

describe.each(pages)('$path in $lang', ({ path, lang, words }) => {
  let page: Answer
  let html: string
  let sim: Simulator
  let http: Http

  // What is only read is drawn once.
  beforeAll(async () => {
    sim = await createSimulator({ demo: true })
    http = httpOf(sim)
    page = await http('GET', `${path}?lang=${lang}`)
    html = page.text
  })
  afterAll(() => sim.close())

  it('is a whole page, and says what it is and that nothing in it is real', () => {
    expect(html.startsWith(`<!DOCTYPE html><html lang="${words.tag}">`)).toBe(true)
    expect(unbalanced(html)).toEqual([])
    expect(textOf(html)).toContain(words.site.watermark)
    expect(tagsOf(html).filter(({ name }) => name === 'h1')).toHaveLength(1)
  })

  it('can be walked by headings, landmarks and labels', () => {
    const tags = tagsOf(html)
    const levels = tags.flatMap(({ name }) => (/^h[1-6]$/u.test(name) ? [Number(name[1])] : []))
    expect(levels.filter((level, i) => level - (levels[i - 1] ?? 0) > 1)).toEqual([])
    for (const landmark of ['header', 'nav', 'main', 'footer'])
      expect(tags.map(({ name }) => name)).toContain(landmark)
    const ids = tags.flatMap(({ attributes: { id } }) => (id === undefined ? [] : [id]))
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([])
    const labels = tags.flatMap(({ attributes }) => attributes['aria-labelledby'] ?? [])
    expect(labels.filter((id) => !ids.includes(id))).toEqual([])
    const unnamed = tags.filter(
      ({ name, attributes }) => name === 'nav' && !attributes['aria-label'],
    )
    expect(unnamed).toEqual([])
    expect(tags.filter(({ name, attributes }) => name === 'img' && !('alt' in attributes))).toEqual(
      [],
    )
  })

  it('links only to what answers, and to places that are there', async () => {
    const hrefs = tagsOf(html).flatMap(({ attributes: { href, src } }) => href ?? src ?? [])
    const places = Map.groupBy(new Set(hrefs), (href) => {
      const url = new URL(href, `http://sim.localhost${path}`)
      expect(url.origin).toBe('http://sim.localhost')
      return url.pathname + url.search
    })
    for (const [address, links] of places) {
      const { status, text } = await http('GET', address)
      expect({ address, status }).toEqual({ address, status: 200 })
      const ids = links.flatMap((href) => href.split('#')[1] ?? [])
      expect(ids.filter((id) => !text.includes(`id="${id}"`))).toEqual([])
    }
    expect(hrefs.length).toBeGreaterThan(10)
  })

  it('has no script or style in its text, and its policy allows none but our own files', () => {
    const { headers } = page
    const own =
      path === '/docs' ? ['/assets/console.js', '/assets/docs.js'] : ['/assets/console.js']
    const scripts = tagsOf(html).filter(({ name }) => name === 'script')
    expect(scripts.map(({ attributes }) => attributes['src']?.replace(/-\w+/u, ''))).toEqual(own)
    expect(html.match(/<script[^>]*>[^<]/u)).toBeNull()
    const names = tagsOf(html).flatMap(({ name, attributes }) => [name, ...Object.keys(attributes)])
    expect(names.filter((name) => /^(style|on\w+)$/u.test(name))).toEqual([])
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    const policy = headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'; style-src 'self'")
    expect(policy).not.toContain('unsafe')
    expect(policy).toContain("script-src 'self';")
  })
})

describe('the language of a page', () => {
  it.each([
    { when: 'nothing is said', accept: undefined, tag: 'en' },
    { when: 'the browser prefers Chinese', accept: 'zh-CN,zh;q=0.9,en;q=0.8', tag: 'zh-CN' },
    { when: 'the browser prefers English to Chinese', accept: 'en-US,zh;q=0.9', tag: 'en' },
    {
      when: 'the browser ranks Chinese first, but names it last',
      accept: 'en;q=0.2,zh',
      tag: 'zh-CN',
    },
    { when: 'the browser would rather have another one', accept: 'de,zh-TW;q=0.5', tag: 'zh-CN' },
    { when: 'the browser refuses Chinese', accept: 'zh;q=0,fr', tag: 'en' },
    { when: 'the address says Chinese', accept: 'en', query: '?lang=zh', tag: 'zh-CN' },
    { when: 'the address says English', accept: 'zh', query: '?lang=en', tag: 'en' },
    { when: 'the address says nonsense', accept: 'zh', query: '?lang=xx', tag: 'zh-CN' },
  ])('is $tag when $when', async ({ accept, query = '', tag }) => {
    const { http } = await startSim()
    const headers: Record<string, string> = accept ? { 'accept-language': accept } : {}
    const answer = await http('GET', `/${query}`, undefined, headers)
    expect(answer.text).toContain(`<html lang="${tag}">`)
    expect(answer.headers.get('vary')).toBe('Accept-Language')
  })
})

describe('the stylesheet', () => {
  it('is named by its own bytes and may be kept for ever', async () => {
    const { http } = await startSim()
    const [, file = ''] = /href="(\/assets\/style[^"]+)"/u.exec((await http('GET', '/')).text) ?? []
    const { status, headers, text } = await http('GET', file)
    expect(status).toBe(200)
    expect(file).toContain(createHash('sha256').update(text).digest('hex').slice(0, 12))
    expect(headers.get('content-type')).toBe('text/css; charset=utf-8')
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect((await http('GET', '/assets/style-000000000000.css')).status).toBe(404)
  })

  it('asks no other server for anything', () => {
    expect(style + docsStyle).not.toMatch(/url\(|@import|https?:/u)
  })

  it.each(['light', 'dark'])('has enough contrast for reading in %s', (scheme) => {
    const [light = '', dark = ''] = tokenStyle.split('prefers-color-scheme: dark')
    const colors = { ...colorsIn(light), ...(scheme === 'dark' ? colorsIn(dark) : {}) }
    const inks = ['ink', 'muted', 'accent', 'fault', 'sure', 'half', 'guess']
    const papers = ['paper', 'soft', 'canvas']
    const pairs = inks.flatMap((ink) => papers.map((paper) => [ink, paper] as const))
    for (const [ink, paper] of [
      ...pairs,
      ['on-stripe', 'stripe'] as const,
      ['on-accent', 'accent'] as const,
      ...['accent', 'fault', 'warn'].map((ink) => [ink, `${ink}-soft`] as const),
      ['plain-ink', 'plain'] as const,
    ]) {
      const ratio = contrast(colors[ink] ?? '', colors[paper] ?? '')
      expect({ ink, paper, ratio }).toMatchObject({ ratio: expect.toSatisfy((n) => n >= 4.5) })
    }
  })
})

function colorsIn(css: string): Record<string, string> {
  return Object.fromEntries(
    [...css.matchAll(/--([a-z-]+): #([0-9a-f]{6})/gu)].map(([, name, hex]) => [name, hex]),
  )
}

/** WCAG's contrast ratio of two colours. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
