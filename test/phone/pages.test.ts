import { describe, expect, it } from 'vitest'
import { en } from '../../views/words/en.ts'
import { zh } from '../../views/words/zh.ts'
import { tagsOf, unbalanced } from '../page.ts'
import { type Sim, startSim } from '../sim.ts'
import { startBrowsing } from './browser.ts'

const phone = '/w/test/phone'

async function send({ platform, acme, wang }: Sim, message = '欢迎加入', more = {}): Promise<void> {
  await platform.sends(acme, { mobile: wang.mobile, message, ...more })
}

/** Every page of a phone, by its path below the phone. */
const pages = ['', '/find', '/scan', '/me', '/chat/{appid}', '/account/{appid}', '/web?url=/docs']
const langs = [
  { lang: 'zh', words: zh },
  { lang: 'en', words: en },
]

describe.each(langs)('every page of a phone in $lang', ({ lang, words }) => {
  it.each(['', ...pages.map((path) => `/wang${path}`), '?side=wang,li', '/nobody'])(
    '%s is whole, says what it is, and bears the watermark',
    async (path) => {
      const { http, acme } = await startSim()
      const url = `${phone}${path.replace('{appid}', acme.appid)}`
      const { status, headers, text } = await http('GET', url, undefined, {
        'accept-language': lang,
      })
      expect(status).toBe(path === '/nobody' ? 404 : 200)
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(text).toMatch(/^<!DOCTYPE html><html lang=/u)
      expect(unbalanced(text)).toEqual([])
      expect(tagsOf(text).find(({ name }) => name === 'html')?.attributes['lang']).toBe(words.tag)
      expect(tagsOf(text).filter(({ name }) => name === 'h1')).toHaveLength(1)
      expect(text).toContain(words.site.watermark)
      expect(text).not.toMatch(/ (style|on\w+)="/u)
      expect(headers.get('content-security-policy')).toMatch(
        /default-src 'none'.*style-src 'self'/u,
      )
      expect(headers.get('cache-control')).toBe('no-store')
    },
  )
})

describe('the table of phones', () => {
  it('lists the people of the world, with mobile, what is unread, and whom they follow', async () => {
    const sim = await startBrowsing()
    const { browser } = sim
    await send(sim)
    await browser.opens(phone)
    for (const said of ['王小雨', '李雷', '韩梅梅', '方芳', '138 0013 8002', '1 unread'])
      expect(browser.text).toContain(said)
    expect(browser.text.match(/Follows 晨光科技/gu)).toHaveLength(3)
    expect(browser.links(browser.inside)).toContain(`${phone}/${sim.li.id}`)
  })

  it('finds somebody by name, key or mobile', async () => {
    const { browser } = await startBrowsing()
    for (const q of ['李', 'LI', '+8613800138001']) {
      await browser.opens(`${phone}?q=${encodeURIComponent(q)}`)
      expect(browser.text).toContain('李雷')
      expect(browser.text).not.toContain('韩梅梅')
    }
    await browser.opens(`${phone}?q=zhao`)
    expect(browser.text).toContain('No one matches “zhao”.')
  })

  it('says what to do where nobody lives', async () => {
    const { browser } = await startBrowsing({ world: { people: [] } })
    await browser.opens(phone)
    expect(browser.text).toContain('No phones yet')
  })

  it('opens up to four phones side by side, each once, and nobody whom there is not', async () => {
    const { browser, li, han } = await startBrowsing()
    const frames = () =>
      tagsOf(browser.html).flatMap(({ name, attributes }) =>
        name === 'iframe' ? [attributes['src']] : [],
      )
    await browser.opens(`${phone}?side=li,han,li,nobody`)
    expect(frames()).toEqual([`${phone}/${li.id}`, `${phone}/${han.id}`])
    await browser.opens(`${phone}?side=li&side=han&side=wang`)
    expect(frames()).toHaveLength(3)
    expect(browser.page?.headers.get('content-security-policy')).toContain('frame-src')
    await browser.opens(`${phone}?side=nobody`)
    expect(frames()).toEqual([])
  })

  it('opens no more phones than a browser has connections for', async () => {
    const people = ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => ({ key }))
    const { browser } = await startBrowsing({ world: { people } })
    await browser.opens(`${phone}?side=a,b,c,d,e,f`)
    expect(browser.html.match(/<iframe/gu)).toHaveLength(4)
  })
})

describe('a conversation', () => {
  it('is unread until it is opened', async () => {
    const sim = await startBrowsing()
    const { browser, acme, wang } = sim
    await send(sim)
    await send(sim)
    await browser.opens(`${phone}/wang`)
    expect(browser.text).toContain('2 unread')
    await browser.opens(`${phone}/wang/chat/${acme.appid}`)
    expect(browser.text).not.toContain('unread')
    expect((await wang.phone()).unread).toBe(0)
    await browser.opens(`${phone}/wang`)
    expect(browser.text).not.toContain('unread')
  })

  it('shows title, line, keywords and link, and what is text stays text', async () => {
    const sim = await startBrowsing()
    const { browser, acme } = sim
    await send(sim, '<b>欢迎</b> & "hi"', { url: 'https://hr.example.com/' })
    await browser.opens(`${phone}/wang/chat/${acme.appid}`)
    for (const said of [
      '入职通知',
      '<b>欢迎</b> & "hi"',
      '姓名',
      '2026年1月5日 09:00',
      'View details',
    ])
      expect(browser.text).toContain(said)
    expect(browser.html).not.toContain('<b>欢迎')
  })

  it('words instants by the clock of the world', async () => {
    const sim = await startBrowsing()
    const { browser, world, acme } = sim
    await send(sim)
    for (const [by, short, full] of [
      ['PT0S', '09:00', '09:00'],
      ['P1D', 'Yesterday', 'Yesterday 09:00'],
      ['P2D', 'Monday', 'Monday 09:00'],
      ['P30D', '5 Jan', '5 Jan 09:00'],
      ['P365D', '5 Jan 2026', '5 Jan 2026 09:00'],
    ]) {
      await world.advance(by ?? '')
      const times = (path: string) =>
        browser.opens(`${phone}/wang${path}`).then(({ text }) => timesIn(text))
      expect(await times('')).toEqual([short])
      expect(await times(`/chat/${acme.appid}`)).toEqual([full])
    }
  })

  it('leads to what is older, and back', async () => {
    const sim = await startBrowsing()
    const { browser, acme } = sim
    for (let i = 1; i <= 21; i++) await send(sim, `第 ${i} 条`)
    await browser.opens(`${phone}/wang/chat/${acme.appid}`)
    expect(browser.text).not.toContain('第 1 条')
    const older = browser.links(browser.inside).find((link) => link.includes('before='))
    await browser.opens(older ?? '')
    expect(browser.text).toContain('第 1 条')
    expect(browser.text).not.toContain('第 2 条')
    expect(browser.links(browser.inside)).toContain(`${phone}/${sim.wang.id}/chat/${acme.appid}`)
  })
})

function timesIn(html: string): (string | undefined)[] {
  return [...html.matchAll(/<time [^>]*>([^<]*)<\/time>/gu)].map(([, text]) => text)
}
