import { describe, expect, it } from 'vitest'
import { PlainBrowser } from '../phone/browser.ts'
import { startReading } from './reading.ts'

/** A page whose answer is about one mobile, to which nothing ever came but a refusal. */
const questions = [
  { page: '/', button: 'search-send', typed: { q: '139 0013 9000' } },
  { page: '/people', button: 'search-send', typed: { q: '8002' } },
  { page: '/accounts/acme?tab=registrations', button: 'search-send', typed: { q: '王小' } },
  { page: '/journal', button: 'filter', typed: { mobile: '139 0013 9000' } },
  { page: '/why', button: 'why-send', typed: { mobile: '139 0013 9000' } },
] as const

async function startAsking() {
  const reading = await startReading()
  const { platform, acme } = reading
  await platform.sends(acme, { mobile: '13900139000', message: '合同已生成' })
  return reading
}

/** What stands in the page besides what each opening changes. */
const mainOf = (html: string) => /<main[\s\S]*<\/main>/u.exec(html)?.[0] ?? ''

describe('what is asked on a page', () => {
  it.each(questions)('$page has an address of its own, which names nobody', async (of) => {
    const { browser } = await startAsking()
    await browser.opens(`/w/test${of.page}`)
    await browser.presses(of.button, of.typed)
    const { path, html } = browser
    const [value = ''] = Object.values(of.typed)
    expect(path).toMatch(/asked=[\w-]+$/u)
    expect(decodeURIComponent(path)).not.toMatch(/139|8002|王小/u)
    expect(mainOf(html)).toContain(`value="${value}"`)
    expect(html).not.toMatch(/(?:href|action)="[^"]*(?:139 ?0013|8002|%E7%8E%8B)/u)
    expect(html).toContain('data-events=')
    await browser.opens(path)
    expect(mainOf(browser.html)).toBe(mainOf(html))
  })

  it.each(questions)('$page is still asked in another language', async (of) => {
    const { browser } = await startAsking()
    await browser.opens(`/w/test${of.page}`)
    await browser.presses(of.button, of.typed)
    const chinese = browser.links().find((href) => href.includes('lang=zh')) ?? ''
    await browser.opens(chinese.replaceAll('&amp;', '&'))
    expect(browser.html).toContain('<html lang="zh')
    expect(mainOf(browser.html)).toContain(`value="${Object.values(of.typed)[0]}"`)
  })

  it.each(questions)('$page is not told to another browser, which may ask anew', async (of) => {
    const { browser, http } = await startAsking()
    await browser.opens(`/w/test${of.page}`)
    await browser.presses(of.button, of.typed)
    const other = new PlainBrowser(http)
    const { path: own } = browser
    for (const path of [own, own.slice(0, -2), own.replace(/asked=.*/u, 'asked=x')]) {
      await other.opens(path)
      expect(other.page?.status).toBe(200)
      expect(other.text).toContain('This search belongs to another browser session.')
      expect(mainOf(other.html)).not.toContain(`value="${Object.values(of.typed)[0]}"`)
    }
    await browser.opens(own)
    expect(browser.text).not.toContain('another browser session')
  })
})

it.each(['/search', '/people/search', '/journal/search', '/accounts/acme/registrations', '/check'])(
  '%s leads to its page, where nothing was asked yet',
  async (path) => {
    const { browser } = await startReading()
    await browser.opens(`/w/test${path}`)
    expect(browser.page?.status).toBe(200)
    expect(browser.path).not.toContain('asked=')
  },
)

it('a question that is not asked yet says nothing of a mobile', async () => {
  const { browser } = await startReading()
  await browser.opens('/w/test/why')
  expect(browser.text).not.toContain('This is not a valid mobile number')
  expect(browser.html).toContain('id="why-send"')
})

it('a state narrows what was searched for, and older ones are a link', async () => {
  const { browser, platform, acme, wang } = await startAsking()
  for (let n = 0; n < 51; n++) await platform.sends(acme, { mobile: wang.mobile })
  await browser.opens('/w/test/')
  await browser.presses('search-send', { q: '13' })
  const older = browser.links().find((href) => href.includes('before='))
  await browser.opens(older?.replaceAll('&amp;', '&') ?? '')
  expect(browser.html.match(/data-row/gu)).toHaveLength(2)
  const refused = browser.links().find((href) => href.includes('state=refused'))
  await browser.opens(refused?.replaceAll('&amp;', '&') ?? '')
  expect(browser.html.match(/data-row/gu)).toHaveLength(1)
  expect(browser.html).toContain('value="13"')
})

it('what was typed into a form that was refused stays in another language', async () => {
  const { browser } = await startReading()
  await browser.opens('/w/test/')
  await browser.presses('send-now', { to: 'nobody', message: '欢迎加入', account: 'acme' })
  expect(browser.page?.status).toBe(422)
  const chinese = browser.links().find((href) => href.includes('lang=zh')) ?? ''
  expect(decodeURIComponent(chinese)).not.toContain('欢迎')
  await browser.opens(chinese.replaceAll('&amp;', '&'))
  expect(browser.html).toContain('<html lang="zh')
  expect(browser.html).toMatch(/id="send-message"[^>]*>欢迎加入</u)
  expect(browser.html).toContain('value="nobody"')
})

it('a message too long for an address is checked all the same', async () => {
  const { browser } = await startReading()
  const message = '长'.repeat(1200)
  await browser.sends('/w/test/check', { to: '13900139000', message, account: 'acme' })
  expect(browser.text).toContain('Would be refused')
  expect(browser.html).toContain(message)
})
