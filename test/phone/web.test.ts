import { describe, expect, it } from 'vitest'
import { tagsOf } from '../page.ts'
import { startBrowsing } from './browser.ts'

const phone = '/w/test/phone'

describe('a web page in the phone', () => {
  it.each([
    ['https://hr.example.com/a?b=1', 'https://hr.example.com/a?b=1', 'allow-scripts'],
    ['/register/x', 'http://sim.localhost/w/test/as/{li}/register/x', undefined],
  ])('%s is opened in a frame', async (url, src, sandbox) => {
    const { browser, li } = await startBrowsing()
    await browser.opens(`${phone}/li/web?${new URLSearchParams({ url })}`)
    const frame = tagsOf(browser.html).find(({ name }) => name === 'iframe')
    expect(frame?.attributes['src']).toBe(src.replace('{li}', li.id))
    expect(frame?.attributes['sandbox']?.split(' ')[0]).toBe(sandbox)
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///x', '//x', ''])(
    '%j is opened nowhere',
    async (url) => {
      const { browser } = await startBrowsing()
      await browser.opens(`${phone}/li/web?${new URLSearchParams({ url })}`)
      expect(browser.html).not.toContain('<iframe')
      expect(browser.text).toContain('WeChat opens http and https links only.')
    },
  )

  it.each([
    ['/w/test/phone/li/me', '/w/test/phone/li/me'],
    ['/phone/li/me?lang=en', '/w/test/phone/li/me?lang=en'],
    ['/w/other/phone/li/me', '/w/test/phone/li/me'],
    ['https://evil.example/phone/li', '/w/test/phone/{li}'],
    ['//evil.example/phone/li', '/w/test/phone/{li}'],
    ['/\\evil.example/phone/li', '/w/test/phone/{li}'],
    ['javascript:alert(1)', '/w/test/phone/{li}'],
    ['/docs', '/w/test/phone/{li}'],
    ['/phone/li/web?url=/x', '/w/test/phone/{li}'],
  ])('leads back to %s as %s', async (back, wanted) => {
    const { browser, li } = await startBrowsing()
    await browser.opens(`${phone}/li/web?${new URLSearchParams({ url: '/docs', back })}`)
    const tag = tagsOf(browser.html).find(({ attributes }) => attributes['id'] === 'back')
    expect(tag?.attributes['href']).toBe(wanted.replace('{li}', li.id))
  })
})
