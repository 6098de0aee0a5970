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
    expect(browser.text).not.toContain('no fallback was sent')
    await world.call('clock.advance', { by: 'PT1S' })
    await http('POST', '/w/test/sink/sms', { to: '13900139000', text: '合同已生成' })
    await browser.opens('/w/test/')
    expect(browser.text).toContain('fell back to SMS')
  })

  it('tells a send without a mobile from one whose person is erased', async () => {
    const { browser, platform, acme, wang, world } = await openInbox()
    await platform.sends(acme, { mobile: '' })
    await browser.opens('/w/test/')
    expect(browser.text).toContain('No mobile')
    expect(browser.text).not.toContain('erased')
    await platform.sends(acme, { mobile: wang.mobile })
    await world.call('association.withdraw', { mobile: wang.mobile })
    await browser.opens('/w/test/')
    expect(browser.text).toContain('erased')
  })

  it('says that a message is lost when no fall-back has come in time', async () => {
    const { browser, platform, acme, world } = await openInbox()
    await platform.sends(acme, { mobile: '13900139000' })
    await world.call('clock.advance', { by: 'PT2M' })
    await browser.opens('/w/test/')
    expect(browser.text).toContain('lost: no fallback was sent')
  })

  it.each([
    {
      is: 'of an unknown outcome that nothing came for',
      send: 'unknown',
      says: 'lost: no fallback was sent',
    },
    {
      is: 'delivered and sent by SMS besides',
      send: 'delivered',
      sms: 1,
      says: 'double: also sent an unnecessary SMS',
    },
    {
      is: 'refused and sent by SMS twice',
      send: 'refused',
      sms: 2,
      says: /double: also sent an unnecessary SMS · .* · fell back to SMS/u,
    },
    {
      is: 'refused and sent by SMS too late',
      send: 'refused',
      late: 'PT2M',
      sms: 1,
      says: 'late: fell back to SMS after more than one minute',
    },
  ])('says what the platform did wrong about a message $is', async (of) => {
    const { browser, platform, acme, wang, world, http } = await openInbox()
    const mobile = of.send === 'refused' ? '13900139000' : wang.mobile
    if (of.send === 'unknown')
      await world.call('fault.create', { endpoint: 'template.send', transport: 'reset', times: 1 })
    await platform.sends(acme, { mobile })
    await world.call('clock.advance', { by: of.late ?? 'PT1S' })
    for (let n = 0; n < (of.sms ?? 0); n++)
      await http('POST', '/w/test/sink/sms', { to: mobile, text: '欢迎' })
    await world.call('clock.advance', { by: 'PT3M' })
    await browser.opens('/w/test/')
    expect(browser.text).toMatch(of.says)
    if (of.send === 'unknown')
      expect(browser.text).toMatch(/Unknown 10003\d.*WeChat did not answer/u)
    expect(browser.html.match(/c-attention/gu)).toHaveLength(1)
    const judged = browser.text.includes('lost:')
      ? 'lost'
      : browser.text.includes('late:')
        ? 'late'
        : 'double'
    const { items } = (await world.call('message.search', {})) as { items: { message: string }[] }
    expect(items).toMatchObject([{ judged }])
    expect(await world.call('message.info', { message: items[0]?.message ?? '' })).toMatchObject({
      judged,
    })
  })

  it('does not call lost what was tried again, and marks what a fault has decided', async () => {
    const { browser, platform, acme, wang, world } = await openInbox()
    await world.call('fault.create', { endpoint: 'message.send', errcode: -1, times: 1 })
    await platform.sends(acme, { mobile: wang.mobile, client_msg_id: 'o-1' })
    await platform.sends(acme, { mobile: wang.mobile, client_msg_id: 'o-1' })
    await world.call('clock.advance', { by: 'PT3M' })
    await browser.opens('/w/test/')
    expect(browser.text).toMatch(
      /Refused -1.*fault TUPU or WeChat is busy · retried under the same client_msg_id/u,
    )
    expect(browser.text).not.toContain('lost:')
    expect(browser.html.match(/c-warn">fault</gu)).toHaveLength(1)
    await browser.opens('/w/test/?state=unknown')
    expect(browser.text).toContain('No messages found')
    expect(browser.html).toMatch(/aria-current="[^"]*"[^>]*>Unknown</u)
  })

  it('cuts nothing of which the whole is not told', async () => {
    const { browser, platform, acme, wang } = await openInbox()
    const message = '合同'.repeat(90)
    await platform.sends(acme, { mobile: wang.mobile, message })
    await browser.opens('/w/test/')
    expect(browser.html).toContain(`title="${message}"`)
  })

  it('is narrowed by state in its address, and by what is searched for without any address', async () => {
    const { browser, platform, acme, wang } = await openInbox()
    await platform.sends(acme, { mobile: wang.mobile, message: '欢迎加入' })
    await platform.sends(acme, { mobile: '13900139000', message: '合同已生成' })
    await browser.opens('/w/test/?state=refused')
    expect(browser.text).toContain('合同已生成')
    expect(browser.html.match(/data-row/gu)).toHaveLength(1)
    await browser.presses('search-send', { q: '139 0013' })
    expect(browser.path).toMatch(/^\/w\/test\/\?state=refused&asked=[\w-]+$/u)
    expect(browser.path).not.toContain('139')
    expect(browser.html.match(/data-row/gu)).toHaveLength(1)
    await browser.presses('search-send', { q: 'nobody', state: '' })
    expect(browser.text).toContain('No messages found')
  })

  it('draws how sends have ended over time, and says the same in a table', async () => {
    const { browser, platform, acme, wang } = await openInbox()
    await platform.sends(acme, { mobile: wang.mobile })
    await platform.sends(acme, { mobile: '13900139000' })
    await browser.opens('/w/test/')
    expect(browser.text).toContain('Delivered 1Pending 0Delivery failed 0Refused 1')
    expect(browser.text).toContain('5 Jan 2026 09:00–09:01, 1 minute per bar')
    expect(browser.text).toContain('5 Jan 2026 09:00–09:011001')
  })

  it('takes longer spans for a longer time, and leads from each to its messages', async () => {
    const { browser, platform, acme, world } = await openInbox()
    await platform.sends(acme, { mobile: '13900139000', message: '第一天' })
    await world.call('clock.advance', { by: 'P2D' })
    await platform.sends(acme, { mobile: '13900139000', message: '第三天' })
    await browser.opens('/w/test/')
    expect(browser.text).toContain('5 Jan 2026 09:00–7 Jan 2026 10:00, 1 hour per bar')
    const [, href = ''] = /<th scope="row"><a href="([^"]*)"/u.exec(browser.html) ?? []
    await browser.opens(href.replaceAll('&amp;', '&'))
    expect(browser.text).toContain('7 Jan 2026 09:00–10:00 ×')
    expect(browser.text).toContain('第三天')
    expect(browser.text).not.toContain('第一天')
    await browser.opens('/w/test/?since=2026-01-05T01:00:00Z&until=2026-01-05T02:00:00Z')
    expect(browser.text).toContain('第一天')
    expect(browser.text).not.toContain('第三天')
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
    expect(browser.text).toContain('Create an account')
    expect(browser.text).not.toContain('Send a test message')
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
    expect(browser.path).toMatch(/^\/w\/test\/\?typed=[\w-]+$/u)
    expect(browser.html).toContain('value="13900139000"')
    expect(browser.html).toContain('看 https://a.example')
    expect(browser.text).toMatch(/"mobile": "13900139000",\s+"message": "看 https:\/\/a\.example"/u)
    for (const page of [`/people/${wang.id}`, '/accounts/acme']) {
      await browser.opens(`/w/test${page}`)
      expect(browser.html).toContain('id="check-now"')
      expect(browser.html).toContain('data-rule="line.hidden"')
    }
    expect((await world.messages()).length).toBe(0)
  })
})
