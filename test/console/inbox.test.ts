import { describe, expect, it } from 'vitest'
import { PlainBrowser } from '../phone/browser.ts'
import { type StartOptions, startSim } from '../sim.ts'

async function openInbox(options: StartOptions = {}) {
  const sim = await startSim(options)
  const browser = new PlainBrowser(sim.http)
  await browser.opens('/w/test/')
  return { ...sim, browser }
}

describe('the inbox', () => {
  it('lists what a platform has sent, newest first, and says why one did not arrive', async () => {
    const { browser, platform, acme, wang, world, http } = await openInbox()
    expect(browser.text).toContain('No messages yet')
    await platform.sends(acme, { mobile: wang.mobile, message: '欢迎加入' })
    await platform.sends(acme, { mobile: '13900139000', message: '合同已生成' })
    await browser.opens('/w/test/')
    expect(browser.text).toMatch(/Refused 100011.*合同已生成.*Delivered.*欢迎加入/u)
    expect(browser.text).toContain('No one has registered this mobile')
    expect(browser.text).not.toContain('no fall-back came')
    await world.call('clock.advance', { by: 'PT1S' })
    await http('POST', '/w/test/sink/sms', { to: '13900139000', text: '合同已生成' })
    await browser.opens('/w/test/')
    expect(browser.text).toContain('fell back to SMS')
  })

  it('says that a message is lost when no fall-back has come in time', async () => {
    const { browser, platform, acme, world } = await openInbox()
    await platform.sends(acme, { mobile: '13900139000' })
    await world.call('clock.advance', { by: 'PT2M' })
    await browser.opens('/w/test/')
    expect(browser.text).toContain('lost: no fallback was sent')
  })

  it('is narrowed by state in its address, and by what is searched for without any address', async () => {
    const { browser, platform, acme, wang } = await openInbox()
    await platform.sends(acme, { mobile: wang.mobile, message: '欢迎加入' })
    await platform.sends(acme, { mobile: '13900139000', message: '合同已生成' })
    await browser.opens('/w/test/?state=refused')
    expect(browser.text).toContain('合同已生成')
    expect(browser.html.match(/data-row/gu)).toHaveLength(1)
    await browser.presses('search-send', { q: '139 0013' })
    expect(browser.path).toMatch(/^\/w\/test\/search/u)
    expect(browser.path).not.toContain('139')
    expect(browser.html.match(/data-row/gu)).toHaveLength(1)
    await browser.presses('search-send', { q: 'nobody', state: '' })
    expect(browser.text).toContain('No messages found')
  })

  it('draws how the sends of each minute have ended, and says the same in words', async () => {
    const { browser, platform, acme, wang } = await openInbox()
    await platform.sends(acme, { mobile: wang.mobile })
    await platform.sends(acme, { mobile: '13900139000' })
    await browser.opens('/w/test/')
    const label =
      'Messages per minute, 5 Jan 2026 09:00 to 5 Jan 2026 09:00: Delivered 1, Pending 0, Delivery failed 0, Refused 1'
    expect(browser.html).toContain(`aria-label="${label}"`)
    expect(browser.text).toContain('5 Jan 2026 09:001001')
  })
})

describe('the form for a test message', () => {
  it('sends as the platform, shows the answer beside it, and keeps what was sent', async () => {
    const { browser, wang } = await openInbox()
    await browser.presses('send-now', {
      to: wang.mobile,
      message: '请上传学历证书',
      account: 'acme',
    })
    expect(browser.text).toContain('errcode 0')
    expect(browser.text).toContain('No fallback is needed.')
    expect(browser.html).toMatch(/<textarea[^>]*>请上传学历证书<\/textarea>/u)
    expect(browser.path).not.toContain(wang.mobile.slice(-8))
    expect(await wang.inbox()).toMatchObject([{ line: '请上传学历证书' }])
  })

  it.each([
    { to: '12-34', message: '欢迎', keywords: 'keyword1=a=b\nkeyword2=c', errcode: 100010 },
    { to: '+8613800138002', message: '', keywords: 'keyword1=a', errcode: 100012 },
  ])('keeps all that was typed after $errcode, and names nobody in an address', async (typed) => {
    const { browser } = await openInbox()
    const { errcode, ...fields } = typed
    await browser.presses('send-now', { ...fields, account: 'acme' })
    expect(browser.text).toContain(`errcode ${errcode}`)
    expect(browser.html).toContain(`value="${fields.to}"`)
    expect(browser.html).toMatch(new RegExp(`id="send-message"[^>]*>${fields.message}<`, 'u'))
    expect(browser.html).toMatch(new RegExp(`id="send-keywords"[^>]*>${fields.keywords}<`, 'u'))
    expect(browser.path).not.toMatch(/12-34|138/u)
  })

  it('says what a platform does when it is refused', async () => {
    const { browser } = await openInbox()
    await browser.presses('send-now', { to: '139 0013 9000', message: '欢迎', account: 'acme' })
    expect(browser.text).toContain('errcode 100011')
    expect(browser.html).toMatch(/id="send-to"[^>]* value="139 0013 9000"/u)
    expect(browser.text).toContain(
      'The platform should fall back. Fall back to SMS or email at once',
    )
  })

  it('takes keywords one a line, and the key of a person', async () => {
    const { browser, world } = await openInbox()
    const typed = { to: 'wang', message: '欢迎', account: 'acme', keywords: 'keyword1=王小雨\n\n' }
    await browser.presses('send-now', typed)
    expect(browser.text).toContain('errcode 0')
    expect(browser.html).toMatch(/id="send-to"[^>]* value="王小雨 · 138 0013 8002"/u)
    expect(browser.html).toMatch(/id="send-keywords"[^>]*>keyword1=王小雨<\/textarea>/u)
    expect(browser.text).toContain('"keyword1": "王小雨"')
    expect(await world.message()).toMatchObject({ keywords: { keyword1: '王小雨' } })
    await browser.presses('send-now', { ...typed, to: 'nobody' })
    expect(browser.page?.status).toBe(422)
    expect(browser.text).toContain('No person has this key')
  })

  it('takes the name of a person, alone or with the mobile, as it stands in the form', async () => {
    const { browser, world } = await openInbox()
    const rest = { message: '欢迎', account: 'acme' }
    for (const to of ['李雷', '李雷 · 138 0013 8001', 'li']) {
      await browser.presses('send-now', { ...rest, to })
      expect(await world.message()).toMatchObject({ mobile: '+8613800138001' })
      expect(browser.html).toMatch(/id="send-to"[^>]* value="李雷 · 138 0013 8001"/u)
      expect(browser.path).not.toMatch(/138|%E6/u)
    }
    await world.call('person.create', { name: '李雷', mobile: '13800138077' })
    for (const to of ['李雷', '没有此人']) {
      await browser.presses('send-now', { ...rest, to })
      expect(browser.html).toContain('id="send-to-fault"')
    }
    await browser.presses('send-now', { ...rest, to: '李雷 · 138 0013 8077' })
    expect(await world.message()).toMatchObject({ mobile: '+8613800138077' })
    expect((await world.messages()).length).toBe(4)
  })

  it.each(['no equals sign', 'keyword1=王小雨\nno equals sign', 'key.word=a\u0000b'])(
    'marks the field in which a keyword line is wrong: %j',
    async (keywords) => {
      const { browser, world } = await openInbox()
      await browser.presses('send-now', { to: 'wang', message: '欢迎', account: 'acme', keywords })
      expect(browser.page?.status).toBe(422)
      expect(browser.html).toContain('id="send-keywords-fault"')
      expect(browser.text).toContain('Enter one keyword per line')
      expect((await world.messages()).length).toBe(0)
    },
  )

  it('comes back to the filtered inbox on which it stood', async () => {
    const { browser } = await openInbox()
    await browser.opens('/w/test/?state=refused')
    await browser.presses('send-now', { to: 'li', message: '欢迎', account: 'acme' })
    expect(browser.path).toMatch(/^\/w\/test\/\?state=refused&whom=li&/u)
    expect(browser.text).toContain('errcode 100011')
  })

  it('is not there without an account to send by', async () => {
    const { browser } = await openInbox({ world: { accounts: [], people: [] } })
    expect(browser.html).not.toContain('id="send-now"')
    expect(browser.text).toContain('No messages yet')
  })

  it('shows the same call as a command, whatever stands in it', async () => {
    const { browser } = await openInbox()
    await browser.presses('send-now', { to: '13900139000', message: "it's here", account: 'acme' })
    expect(browser.text).toContain("it'\\''s here")
    expect(browser.text).toContain('curl http://sim.localhost/w/test/tupu/v1/messages')
  })
})

describe('the check beside a send', () => {
  it('says before anything is sent what would be refused, cut or not shown, and keeps what was typed', async () => {
    const { browser, world, wang } = await openInbox()
    expect(browser.text).toMatch(/Before you send.*Would be accepted.*2023 rules.*does not show/su)
    const form = browser.forms().find(({ html }) => html.includes('id="check-now"'))
    const typed = { to: '13900139000', message: '看 https://a.example', keywords: 'nope=1' }
    await browser.sends('/w/test/check', { ...form?.fields, ...typed })
    expect(browser.text).toMatch(/Would be refused.*no such keyword/su)
    expect(browser.text).toMatch(/As an SMS in China.*with a link/su)
    expect(browser.path).toBe('/w/test/check')
    expect(browser.html).toContain('value="13900139000"')
    expect(browser.html).toContain('看 https://a.example')
    for (const page of [`/people/${wang.id}`, '/accounts/acme']) {
      await browser.opens(`/w/test${page}`)
      expect(browser.html).toContain('id="check-now"')
      expect(browser.html).toContain('data-rule="line.hidden"')
    }
    expect((await world.messages()).length).toBe(0)
  })
})
