import { describe, expect, it } from 'vitest'
import { Browser } from '../tupu/register/browser.ts'
import { PlainBrowser, startBrowsing } from './browser.ts'

const mark = 'This is a simulator'
const english = { 'accept-language': 'en' }

/** A browser that shows pages inside of another page, as it says with every request. */
async function startFramed() {
  const sim = await startBrowsing()
  const framed = new PlainBrowser(sim.http, { 'sec-fetch-dest': 'iframe' })
  return { ...sim, framed }
}

describe('one watermark a window', () => {
  it('stands on a phone that is alone, and not on one in a frame', async () => {
    const { browser, framed, at } = await startFramed()
    await browser.opens(at('/wang'))
    expect(browser.text).toContain(mark)
    await framed.opens(at('/wang'))
    expect(framed.text).not.toContain(mark)
    await framed.opens(at('/wang/chat/{appid}'))
    expect(framed.text).not.toContain(mark)
    await framed.opens(at('/nobody'))
    expect(framed.text).not.toContain(mark)
  })

  it('stands above pages of the registration and of WeChat that say why there is nothing else', async () => {
    const { browser, framed, world } = await startFramed()
    await world.call('eid.suspend', { eid: 'acme' })
    const { eid } = world.accounts[0] ?? {}
    for (const path of [`/register/${eid}`, '/register/nobody', '/connect/oauth2/authorize']) {
      await browser.opens(`/w/test/as/wang${path}`)
      expect(browser.text, path).toContain(mark)
      await framed.opens(`/w/test/as/wang${path}`)
      expect(framed.text, path).not.toContain(mark)
    }
  })

  it('stands above the registration page, and not on it where it is open on a phone', async () => {
    const { acme, http } = await startFramed()
    const inside = new Browser(http, { headers: { ...english, 'sec-fetch-dest': 'iframe' } })
    const alone = new Browser(http, { headers: english })
    for (const person of ['li', 'wang']) {
      const path = `/w/test/as/${person}/register/${acme.eid}`
      expect((await alone.open(path)).text).toContain(mark)
      expect((await inside.open(path)).text).not.toContain(mark)
      expect((await alone.open(path)).text).toContain(mark)
    }
  })
})

describe('the menu of an account', () => {
  it('is gone for who has unfollowed it, and there for who follows', async () => {
    const { browser, at, li, acme } = await startBrowsing()
    await browser.opens(at('/li/chat/{appid}'))
    expect(browser.html).toContain('id="tap-0"')
    await li.unfollows(acme)
    await browser.opens(at('/li/chat/{appid}'))
    expect(browser.html).not.toContain('id="tap-')
    expect(browser.html).toMatch(/<nav class="ph-menu"[^>]*><\/nav>/u)
    expect(browser.text).not.toContain('This account has no menu')
    await browser.presses('follow')
    expect(browser.html).toContain('id="tap-0"')
  })
})

describe('a page in the web view', () => {
  it('of somebody else has the way out above it, for it may forbid frames', async () => {
    const { browser, at, acme } = await startBrowsing()
    await browser.opens(at('/li/web?url=https%3A%2F%2Fhr.example.com%2Ft'))
    expect(browser.text).toContain('hr.example.com may forbid being shown in a frame.')
    expect(browser.html).toMatch(
      /id="outside-too" href="https:\/\/hr\.example\.com\/t" target="_blank" rel="noopener noreferrer"/u,
    )
    await browser.opens(at(`/li/web?url=/register/${acme.eid}`))
    expect(browser.html).not.toContain('outside-too')
  })
})

it('a hundred people stand in one list of phones, and one more is found by looking', async () => {
  const people = Array.from({ length: 101 }, (_, i) => ({ key: `p${i}`, name: `候选人${i}` }))
  const { browser, at } = await startBrowsing({ world: { people } })
  await browser.opens(at(''))
  expect(browser.html.match(/class="ph-person"/gu)).toHaveLength(100)
  expect(browser.text).toContain('Only the first 100 are listed')
  expect(new Set(browser.html.match(/ph-hue-\d+/gu)).size).toBe(12)
})

it('the registration page writes dates as the phone does', async () => {
  const { http, acme } = await startBrowsing()
  const path = `/w/test/as/wang/register/${acme.eid}`
  const page = await new Browser(http, { headers: english }).open(path)
  expect(page.text).toContain('5 Jan 2026 09:00')
  expect((await new Browser(http).open(path)).text).toContain('2026年1月5日 09:00')
})
