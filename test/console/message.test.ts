import { describe, expect, it } from 'vitest'
import { isDoneVerb } from '../../src/console/mend.ts'
import { en } from '../../views/words/en.ts'
import { commandsOf } from '../page.ts'
import { type Info, newestMessage, startReading } from './reading.ts'

describe('the page of a message', () => {
  it('says that it did not arrive, why, whether the platform did right, and what decided; then the bytes and the phone', async () => {
    const { browser, world, http, acme, wang, platform } = await startReading()
    await wang.mutes(acme)
    await platform.sends(acme, {
      mobile: wang.mobile,
      message: '合同已生成',
      client_msg_id: 'o-18',
    })
    await world.advance('PT0.8S')
    await http('POST', '/w/test/sink/sms', { to: wang.mobile, text: '请打开微信' })
    const { message } = await newestMessage(world)
    await browser.opens('/w/test/')
    expect(browser.links()).toContain(`/w/test/messages/${message}`)
    await browser.opens(`/w/test/messages/${message}`)
    const { text, html } = browser
    // By the clock of the world, as the sentence says it: the machine's has gone on otherwise.
    expect(html).toContain('+800 ms · 请打开微信')
    const order = [
      'The message was refused.',
      'has turned off notifications',
      'The platform fell back to SMS after 0.8 s, as expected.',
      'Turn on notifications',
      'Timeline',
      'POST /tupu/v1/messages',
      'Decision',
      'The mobile is registered with the account',
      'WeChat: The person has not turned off notifications',
      'phone.unmute',
      'Not shown on the phone.',
    ]
    const found = order.map((part) => text.indexOf(part))
    expect(found).not.toContain(-1)
    expect(found).toEqual(found.toSorted((a, b) => a - b))
    expect(text).toContain('200 · 43101')
    expect(html).toContain('&quot;client_msg_id&quot;: &quot;o-18&quot;')
    expect(text).toContain('curl http')
    expect(browser.links()).toContain(`/w/test/phone/${wang.id}`)
    expect(html).not.toContain(' style=')
  })

  it('every leg of its picture leads to its exchange, and so does the list of them', async () => {
    const { browser, world, http, acme, wang, platform } = await startReading()
    await wang.mutes(acme)
    await platform.sends(acme, { mobile: wang.mobile, message: '合同已生成' })
    await http('POST', '/w/test/sink/sms', { to: wang.mobile, text: '请打开微信' })
    await browser.opens(`/w/test/messages/${(await newestMessage(world)).message}`)
    const picture = browser.html.match(/<svg class="c-story"[\s\S]*?<\/svg>/u)?.[0] ?? ''
    const list = browser.html.match(/<ol class="c-legs">[\s\S]*?<\/ol>/u)?.[0] ?? ''
    const leads = (part: string) =>
      [...part.matchAll(/href="\/w\/test\/journal\/(\d+)"/gu)].map(([, seq = '']) => seq)
    expect(leads(picture)).toEqual(leads(list))
    expect(leads(picture).length).toBeGreaterThan(4)
    for (const [seq, of] of [
      [leads(picture)[0], 'POST /tupu/v1/messages'],
      [leads(picture).at(-1), 'POST /sink/sms'],
    ]) {
      await browser.opens(`/w/test/journal/${seq}`)
      expect(browser.text).toContain(`Journal${of}`)
    }
  })

  it('its picture cuts what is wider than the way that it stands over', async () => {
    const { browser, world, acme, wang, platform } = await startReading()
    await platform.sends(acme, { mobile: wang.mobile, message: 'W'.repeat(60) })
    await browser.opens(`/w/test/messages/${(await newestMessage(world)).message}`)
    const [said = ''] = browser.html.match(/>W+…<\/text>/u) ?? []
    expect(said.length).toBeGreaterThan(15)
    expect(said.length).toBeLessThan(26)
  })

  it('its button sends the control call that mends it, and the next message arrives', async () => {
    const { browser, world, acme, wang, platform } = await startReading()
    await wang.mutes(acme)
    await platform.sends(acme, { mobile: wang.mobile, message: '一' })
    const { message } = await newestMessage(world)
    await browser.opens(`/w/test/messages/${message}`)
    await browser.presses('mend')
    expect(browser.path).toContain(`/w/test/messages/${message}`)
    expect(browser.text).toContain('Notifications turned on.')
    expect(await platform.sends(acme, { mobile: wang.mobile, message: '二' })).toMatchObject({
      errcode: 0,
    })
  })

  it('when that is mended says so, however it came about, and sends the message again', async () => {
    const { browser, world, acme, wang, platform } = await startReading()
    await wang.mutes(acme)
    const asked = { mobile: wang.mobile, message: '一', url: 'https://hr.example.com/t/1' }
    await platform.sends(acme, { ...asked, keywords: { keyword2: '晨光' }, client_msg_id: 'o-1' })
    const { message } = await newestMessage(world)
    await browser.opens(`/w/test/messages/${message}`)
    const stale = browser.forms().find(({ html }) => html.includes('id="mend"'))
    await wang.unmutes(acme)
    await browser.opens(`/w/test/messages/${message}`)
    expect(browser.text).toContain('The message was refused. The cause has since been resolved.')
    expect(browser.text).toMatch(/Notifications are now on\.At the time of the call: The person/u)
    expect(browser.html).not.toContain('id="mend"')
    await browser.sends(stale?.action ?? '', stale?.fields ?? {})
    expect(browser.text).toContain('This had been resolved already. No changes were made.')
    await browser.presses('again')
    expect(browser.text).toContain('Message sent again.')
    expect(browser.text).toContain('The message was delivered.')
    const newest = await newestMessage(world)
    expect(browser.path).toContain(`/w/test/messages/${newest.message}`)
    expect(newest).toMatchObject({ client_msg_id: 'o-1', text: '一', url: asked.url })
    expect(newest).toMatchObject({ keywords: { keyword2: '晨光' } })
  })

  it('sends nothing again that may have come', async () => {
    const { browser, world, acme, wang, platform } = await startReading()
    await world.call('fault.create', { surface: 'tupu', errcode: -1, stage: 'after', times: 1 })
    await platform.sends(acme, { mobile: wang.mobile, message: '一' })
    const { message } = await newestMessage(world)
    await browser.opens(`/w/test/messages/${message}`)
    expect(browser.text).toContain('The fault no longer applies.')
    expect(browser.html).not.toContain('id="again"')
  })

  it('has words for whatever its button has done', () => {
    const calls = Object.keys(en.console.mend).map((name) => name.split(' ')[0] ?? '')
    expect(calls.filter((call) => !isDoneVerb(call))).toEqual([])
  })

  it('sends no other call than one that an explanation may name, and none into another world', async () => {
    const { browser, world, acme, wang, platform } = await startReading()
    await wang.mutes(acme)
    await platform.sends(acme, { mobile: wang.mobile, message: '一' })
    const { message } = await newestMessage(world)
    await browser.opens(`/w/test/messages/${message}`)
    const [form] = browser.forms().filter(({ html }) => html.includes('id="mend"'))
    const fields = form?.fields ?? {}
    const { status } = await browser.sends(form?.action ?? '', {
      ...fields,
      call: 'world.delete',
      input: '{"world":"test"}',
    })
    expect(status).toBe(404)
    const input = JSON.stringify({ ...JSON.parse(fields['input'] ?? ''), world: 'default' })
    await browser.sends(form?.action ?? '', { ...fields, input })
    expect(await platform.sends(acme, { mobile: wang.mobile, message: '二' })).toMatchObject({
      errcode: 0,
    })
  })

  it.each<{ when: string; judged: Info['judged']; says: string; after: string; sms: number }>([
    {
      when: 'nothing has come yet',
      judged: 'pending',
      says: 'not fallen back yet',
      after: 'PT1S',
      sms: 0,
    },
    { when: 'nothing came', judged: 'lost', says: 'The message is lost', after: 'PT2M', sms: 0 },
    {
      when: 'it came late',
      judged: 'late',
      says: 'after 2 min. The limit is one minute.',
      after: 'PT2M',
      sms: 1,
    },
    {
      when: 'it came twice',
      judged: 'double',
      says: 'also sent an unnecessary',
      after: 'PT1S',
      sms: 2,
    },
  ])('of a refused one says when $when: $judged', async ({ judged, says, after, sms }) => {
    const { browser, world, http, acme, wang, platform } = await startReading()
    await wang.mutes(acme)
    await platform.sends(acme, { mobile: wang.mobile, message: '合同已生成' })
    await world.advance(after)
    for (let n = 0; n < sms; n++)
      await http('POST', '/w/test/sink/sms', { to: wang.mobile, text: '请打开微信' })
    const { message } = await newestMessage(world)
    expect(await world.call('message.info', { message })).toMatchObject({ judged })
    await browser.opens(`/w/test/messages/${message}`)
    expect(browser.text).toContain(says)
  })

  it('of one that arrived shows what stands on the phone, and has no button', async () => {
    const { browser, world, acme, wang, platform } = await startReading()
    await platform.sends(acme, { mobile: wang.mobile, message: '欢迎加入' })
    await browser.opens(`/w/test/messages/${(await newestMessage(world)).message}`)
    expect(browser.text).toContain('The message was delivered.')
    expect(browser.text).toContain('No fallback was needed, and none was sent.')
    expect(browser.html).not.toContain('id="mend"')
    const cardOf = () => browser.html.match(/<article class="ph-card"[\s\S]*?<\/article>/u)?.[0]
    const card = cardOf()
    expect(card).toContain('<dt>姓名</dt><dd>王小雨</dd>')
    await browser.opens(`/w/test/phone/${wang.id}/chat/${acme.appid}`)
    expect(cardOf()).toBe(card)
  })

  it('of one with a link the phone’s view leads to the conversation, as the phone shows it', async () => {
    const { browser, world, acme, wang, platform } = await startReading()
    const url = 'https://hr.example.com/t/1'
    await platform.sends(acme, { mobile: wang.mobile, message: '欢迎加入', url })
    await browser.opens(`/w/test/messages/${(await newestMessage(world)).message}`)
    expect(browser.links()).toContain(`/w/test/phone/${wang.id}/chat/${acme.appid}`)
  })

  it('its command makes the same call again, whole but for secrets, and its text says in which zone', async () => {
    const { browser, world, acme, wang, platform } = await startReading()
    await platform.sends(acme, { mobile: wang.mobile, message: '欢迎加入' })
    await browser.opens(`/w/test/messages/${(await newestMessage(world)).message}`)
    const [command = '', story = ''] = commandsOf(browser.html).slice(-2)
    expect(command).toMatch(/^curl /u)
    expect(command).toContain(`"mobile":"${wang.mobile}"`)
    expect(story).toMatch(/\(UTC\+8\)\n09:00:00\.000 /u)
    expect(browser.text).toMatch(/09:00\s*\(UTC\+8\)/u)
  })

  it('of somebody who has withdrawn says nothing of what it was', async () => {
    const { browser, world, acme, wang, platform } = await startReading()
    await platform.sends(acme, { mobile: wang.mobile, message: '合同已生成' })
    const { message } = await newestMessage(world)
    await world.call('association.withdraw', { account: 'acme', mobile: wang.mobile })
    await browser.opens(`/w/test/messages/${message}`)
    expect(browser.page?.status).toBe(200)
    expect(browser.text).toContain('Erased message')
    expect(browser.html).not.toMatch(new RegExp(`${wang.mobile.slice(-8)}|合同已生成`, 'u'))
  })

  it('that nobody has is a page in the same frame', async () => {
    const { browser } = await startReading()
    const { status } = await browser.opens('/w/test/messages/176757480000000000000001')
    expect(status).toBe(404)
    expect(browser.text).toContain('This message does not exist in this world.')
  })
})
