import { describe, expect, it } from 'vitest'
import { newestMessage, startReading } from './reading.ts'

/** Types a mobile into the header of a page. */
async function ask(
  reading: Awaited<ReturnType<typeof startReading>>,
  mobile: string,
  base = '/w/test',
) {
  const { browser } = reading
  await browser.opens(`${base}/`)
  const form = browser.forms().find(({ action }) => action.startsWith(`${base}/why`))
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

  it('leads from the evidence to the call, and names the EIDs that there are', async () => {
    const reading = await startReading()
    const { browser, http, acme } = reading
    const body = { eid: 'other', mobile: '13900139000', message: '欢迎加入' }
    await http('POST', '/w/test/tupu/v1/messages', body)
    await ask(reading, '13900139000')
    const { html, text } = browser
    expect(text).toContain(`EIDs of this world${acme.eid}`)
    expect(text).toContain('eid: other')
    expect(text).not.toContain('{"eid"')
    expect(browser.links()).toContain('/w/test/accounts')
    const evidence = html.slice(html.indexOf('id="evidence"'), html.indexOf('Unclaimed calls'))
    const [, seq] = /href="\/w\/test\/journal\/(\d+)"/u.exec(evidence) ?? []
    await browser.opens(`/w/test/journal/${seq}`)
    expect(browser.html).toContain('&quot;eid&quot;: &quot;other&quot;')
  })

  it('of a mobile that nobody has used says to which one the nearest call was', async () => {
    const reading = await startReading()
    const body = { eid: 'nobody-1', mobile: '139 0013 9000', message: '欢迎加入' }
    await reading.http('POST', '/tupu/v1/messages', body)
    await ask(reading, '13700137000')
    const { text } = reading.browser
    expect(text).toContain('the nearest is POST /tupu/v1/messages for the mobile +8613900139000')
    expect(text).toContain('outside all worlds')
    expect(text).not.toContain('instead')
  })

  it('says in which other world there is a message to the mobile', async () => {
    const reading = await startReading()
    const { browser, sim, platform, acme, wang } = reading
    await platform.sends(acme, { mobile: wang.mobile, message: '欢迎加入' })
    await sim.world({ name: 'other' })
    await ask(reading, wang.mobile, '/w/other')
    expect(browser.text).toContain('The world test has received a message to this mobile.')
    const { message } = await newestMessage(reading.world)
    expect(browser.links()).toContain(`/w/test/messages/${message}`)
  })

  it('takes a msgid, a client_msg_id or a trace as well', async () => {
    const reading = await startReading()
    const { browser, world, platform, acme, wang } = reading
    const send = { mobile: wang.mobile, client_msg_id: 'order-18', message: '欢迎加入' }
    const { msgid_str } = (await platform.sends(acme, send)) as unknown as { msgid_str: string }
    const { message, trace } = await newestMessage(world)
    for (const name of [msgid_str, 'order-18', trace]) {
      await ask(reading, name)
      expect(browser.text).toContain('The message was delivered.')
      expect(browser.links()).toContain(`/w/test/messages/${message}`)
    }
  })

  it('what is no mobile and no name of a send is told so', async () => {
    const reading = await startReading()
    await ask(reading, 'Wang')
    expect(reading.browser.text).toContain('“Wang” is neither a mobile number nor')
  })
})
