import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { tagsOf } from '../page.ts'
import { acmesClient } from '../wechat/client.ts'
import { startBrowsing } from './browser.ts'

onEither('by clicks alone', (database) => {
  it('a candidate follows, taps the menu, receives and opens', async () => {
    const { browser, at, han, acme, platform } = await startBrowsing({ database })
    await browser.opens(at('/han'))
    expect(browser.text).toContain('No chats yet.')
    await browser.opens(at('/han/find?q=晨光'))
    await browser.opens(
      browser.links(browser.inside).find((link) => link.includes('/account/')) ?? '',
    )
    await browser.presses('follow')
    expect(browser.path).toBe(`/w/test/phone/${han.id}/chat/${acme.appid}?said=followed`)
    expect(browser.text).toContain('You now follow this account.')
    await browser.presses('tap-0')
    const frame = tagsOf(browser.html).find(({ name }) => name === 'iframe')
    expect(frame?.attributes['src']).toMatch(`/w/test/as/${han.id}/register/${acme.eid}`)
    await han.registers(acme)
    await platform.sends(acme, { mobile: han.mobile, url: 'https://hr.example.com/' })
    await browser.opens(browser.links(browser.inside).find((link) => link.includes('/chat/')) ?? '')
    const { msgid_str } = (await han.chat(acme)).messages[0] ?? {}
    await browser.presses(`open-${msgid_str}`)
    expect(browser.html).toContain('src="https://hr.example.com/"')
    const back = browser.links(browser.inside).find((link) => link.includes('/chat/'))
    expect(back).toBe(`/w/test/phone/${han.id}/chat/${acme.appid}`)
  })

  it('somebody new is made, and the phone is in hand at once', async () => {
    const { browser, at, world } = await startBrowsing({ database })
    await browser.opens(at(''))
    const { action, fields } = browser.forms(browser.inside)[0] ?? { action: '', fields: {} }
    await browser.sends(action, {
      ...fields,
      name: '赵敏',
      mobile: '138 0013 8009',
      key: 'zhao',
      follows: 'acme',
    })
    expect(browser.path).toMatch(/^\/w\/test\/phone\/p-[2-9a-z]{12}$/u)
    expect(browser.text).toContain('赵敏’s phone')
    expect(browser.text).toContain('晨光科技')
    expect(await world.call('phone.get', { person: 'zhao' })).toMatchObject({
      name: '赵敏',
      mobile: '+8613800138009',
    })
    await browser.opens(at(''))
    await browser.sends(action, { ...fields, name: '', mobile: ' ', key: '' })
    expect(browser.text).toContain('person-1’s phone')
  })
})

describe('the switches of an account', () => {
  it.each([
    ['notices', 'muted', 'following'],
    ['block', 'blocking', 'following'],
  ])('%s turns the relation %s, and back', async (id, there, back) => {
    const { browser, at, li, acme } = await startBrowsing()
    const state = async () => (await li.chat(acme)).state
    const isOn = () =>
      tagsOf(browser.html).find((tag) => tag.attributes['id'] === id)?.attributes['aria-checked']
    await browser.opens(at('/li/account/{appid}'))
    const before = isOn()
    await browser.presses(id)
    expect(await state()).toBe(there)
    expect(isOn()).not.toBe(before)
    await browser.presses(id)
    expect(await state()).toBe(back)
    expect(isOn()).toBe(before)
  })

  it('share nickname and avatar, leave, and come back', async () => {
    const { browser, at, li, acme } = await startBrowsing()
    await browser.opens(at('/li/account/{appid}'))
    await browser.presses('consent')
    expect((await li.chat(acme)).consented).toBe(true)
    await browser.presses('consent')
    expect((await li.chat(acme)).consented).toBe(false)
    await browser.presses('unfollow')
    expect((await li.chat(acme)).state).toBe('unfollowed')
    expect(browser.text).toContain('Follow again')
    await browser.presses('follow')
    expect((await li.chat(acme)).state).toBe('following')
  })

  it('put a phone into snapshot mode, and out of it', async () => {
    const { browser, at, li } = await startBrowsing()
    await browser.opens(at('/li/me'))
    await browser.presses('snapshot')
    expect((await li.phone()).snapshot).toBe(true)
    await browser.presses('snapshot')
    expect((await li.phone()).snapshot).toBe(false)
  })
})

describe('a tap', () => {
  it('on a button that opens nothing says what WeChat tells the account, once', async () => {
    const sim = await startBrowsing()
    const { browser, at } = sim
    const client = await acmesClient(sim)
    const button = [{ type: 'click', name: '帮助', key: 'HELP' }]
    await client.post('/cgi-bin/menu/create', { button })
    await browser.opens(at('/li/chat/{appid}'))
    await browser.presses('tap-0')
    expect(browser.text).toContain('You tapped “帮助”')
    expect(browser.text).toContain('CLICK with EventKey HELP')
    const back = browser.forms(browser.inside)[0]?.fields['back'] ?? ''
    await browser.opens(back)
    expect(browser.text).not.toContain('You tapped')
  })

  it('keeps the language that was asked for', async () => {
    const { browser, at } = await startBrowsing()
    await browser.opens(at('/li/chat/{appid}?lang=zh'))
    await browser.presses('tap-0')
    expect(browser.html).toContain('<html lang="zh')
    await browser.opens(browser.links(browser.inside).find((link) => link.includes('/chat/')) ?? '')
    expect(browser.html).toContain('<html lang="zh')
  })
})

describe('the scanner', () => {
  it('follows by a code, and opens a link', async () => {
    const sim = await startBrowsing()
    const { browser, at, acme, han } = sim
    const client = await acmesClient(sim)
    const { json } = await client.post('/cgi-bin/qrcode/create', {
      action_name: 'QR_STR_SCENE',
      action_info: { scene: { scene_str: 'desk' } },
    })
    for (const said of ['You now follow this account.', 'You already follow this account.']) {
      await browser.opens(at('/han/scan'))
      await browser.presses('scan', { content: String(json['url']) })
      expect(browser.text).toContain(said)
      expect(browser.path).toContain(`/chat/${acme.appid}?said=`)
    }
    await browser.opens(at('/han/scan'))
    await browser.presses('scan', { content: acme.info.register_url ?? '' })
    expect(browser.html).toContain(`/as/${han.id}/register/${acme.eid}"`)
    await browser.opens(at('/han/scan'))
    await browser.presses('open', { url: 'https://hr.example.com/' })
    expect(browser.html).toContain('src="https://hr.example.com/"')
  })
})
