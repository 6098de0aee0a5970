import { describe, expect, it } from 'vitest'
import { newestMessage, startReading } from './reading.ts'

/** Types a mobile into the header of a page. */
async function ask(reading: Awaited<ReturnType<typeof startReading>>, mobile: string) {
  const { browser } = reading
  await browser.opens('/w/test/')
  const form = browser.forms().find(({ action }) => action.startsWith('/w/test/why'))
  return browser.sends(form?.action ?? '', { ...form?.fields, mobile })
}

describe('why did it not arrive?', () => {
  it('says why, on what evidence, and mends it; the mobile stands in no address', async () => {
    const reading = await startReading()
    const { browser, world, platform, acme } = reading
    await platform.sends(acme, { mobile: '13900139000', message: '欢迎加入' })
    await ask(reading, '139 0013 9000')
    const { text, html } = browser
    expect(text).toContain('The latest message to 139 0013 9000 did not arrive.')
    expect(text).toContain('Nobody has registered the mobile +8613900139000')
    expect(text).toContain('association.known')
    expect(text).toContain('association.create {')
    expect(html).not.toMatch(/(?:href|action)="[^"]*139/u)
    const { message } = await newestMessage(world)
    expect(browser.links()).toContain(`/w/test/messages/${message}`)
    await browser.presses('mend')
    expect(browser.path).toContain(`/w/test/messages/${message}?said=association.create`)
    expect(await platform.sends(acme, { mobile: '13900139000' })).toMatchObject({ errcode: 0 })
  })

  it('of a message that arrived says so', async () => {
    const reading = await startReading()
    const { browser, platform, acme, wang } = reading
    await platform.sends(acme, { mobile: wang.mobile, message: '欢迎加入' })
    await ask(reading, wang.mobile)
    expect(browser.text).toContain('The latest message to 138 0013 8002 arrived.')
    expect(browser.text).toContain('WeChat accepted it at 5 Jan 2026 09:00:00')
    expect(browser.text).not.toMatch(/\dT\d\d:\d\d/u)
    expect(browser.html).not.toContain('id="mend"')
  })

  it.each([
    {
      when: 'the EID is nobody’s',
      path: '/w/test/tupu/v1/messages',
      eid: 'nobody-1',
      says: 'has the EID nobody-1',
    },
    {
      when: 'the call went to another world',
      path: '/tupu/v1/messages',
      eid: 'nobody-1',
      says: 'outside all worlds',
    },
    {
      when: 'the path is wrong',
      path: '/w/test/tupu/messages',
      eid: 'any',
      says: 'No endpoint matches POST /w/test/tupu/messages; the nearest call is',
    },
  ])('where nothing came because $when shows the call that came instead', async (of) => {
    const reading = await startReading()
    const { browser, http } = reading
    await http('POST', of.path, { eid: of.eid, mobile: '13900139000', message: '欢迎加入' })
    await ask(reading, '13900139000')
    expect(browser.text).toContain('No message to 139 0013 9000 has been received.')
    expect(browser.text).toContain('Unclaimed calls')
    expect(browser.text).toContain(of.says)
    const [call = ''] = browser.links().filter((href) => /\/journal\/\d+/u.test(href))
    await browser.opens(call)
    expect(browser.html).toContain('139****9000')
  })

  it('where nothing came at all says how a platform is connected', async () => {
    const reading = await startReading()
    await ask(reading, '13900139000')
    expect(reading.browser.text).toContain('the base URL of this world is')
    expect(reading.browser.links()).toContain('/w/test/environment')
  })

  it('what is no mobile is told so', async () => {
    const reading = await startReading()
    await ask(reading, 'Wang')
    expect(reading.browser.text).toContain('This is not a valid mobile number')
  })
})
