import { describe, expect, it } from 'vitest'
import { startReplicas } from '../db/replicas.ts'
import { startSim } from '../sim.ts'
import { PlainBrowser, startBrowsing } from './browser.ts'

describe('a conversation that was looked at before', () => {
  it('shows nothing more of what was erased', async () => {
    const { browser, at, platform, acme, wang, world } = await startBrowsing()
    await platform.sends(acme, {
      mobile: wang.mobile,
      message: '欢迎加入',
      url: 'https://a.example/',
    })
    await browser.opens(at('/wang/chat/{appid}'))
    expect(browser.text).toContain('欢迎加入')
    await world.call('association.withdraw', { account: 'acme', mobile: wang.mobile })
    await browser.opens(at('/wang/chat/{appid}'))
    expect(browser.text).toContain('***')
    expect(browser.html).not.toMatch(/欢迎加入|do\/open/u)
  })

  it('shows nothing more of it on another replica either', async () => {
    const { one, two } = await startReplicas()
    const { platform, acme, wang, world } = one
    await platform.sends(acme, { mobile: wang.mobile, message: '欢迎加入' })
    const path = `/w/${world.name}/phone/${wang.id}/chat/${acme.appid}`
    expect((await two.http('GET', path)).text).toContain('欢迎加入')
    await world.call('association.withdraw', { account: 'acme', mobile: wang.mobile })
    const { text } = await two.http('GET', path)
    expect(text).toContain('***')
    expect(text).not.toContain('欢迎加入')
  })

  it('shows what came after a reset under the msgid of what was before', async () => {
    const { browser, at, platform, acme, wang, world } = await startBrowsing()
    const opens = async (message: string) => {
      const { msgid_str } = await platform.sends(acme, { mobile: wang.mobile, message })
      await browser.opens(at('/wang/chat/{appid}'))
      return { msgid_str, text: browser.text }
    }
    const before = await opens('第一条')
    await world.reset()
    const after = await opens('第二条')
    expect(after.msgid_str).toBe(before.msgid_str)
    expect(after.text).toContain('第二条')
    expect(after.text).not.toContain('第一条')
  })

  it('is each simulator’s own, whatever ids another has given out', async () => {
    const texts = ['第一条', '第二条']
    const pages: string[] = []
    for (const message of texts) {
      const { http, platform, acme, wang } = await startSim()
      await platform.sends(acme, { mobile: wang.mobile, message })
      pages.push((await http('GET', `/w/test/phone/wang/chat/${acme.appid}`)).text)
    }
    expect(pages.map((page) => texts.filter((text) => page.includes(text)))).toEqual([
      ['第一条'],
      ['第二条'],
    ])
  })

  it('speaks the language that is asked for', async () => {
    const { browser, at, platform, acme, wang } = await startBrowsing()
    await platform.sends(acme, { mobile: wang.mobile, url: 'https://a.example/' })
    for (const [lang, words] of [
      ['zh', '查看详情'],
      ['en', 'View details'],
      ['zh', '查看详情'],
    ]) {
      await browser.opens(`${at('/wang/chat/{appid}')}?lang=${lang}`)
      expect(browser.text).toContain(words)
      const actions = browser.forms(browser.inside).map(({ action }) => action)
      expect(actions.filter((action) => !action.endsWith(`?lang=${lang}`))).toEqual([])
    }
  })

  it('gives each browser forms of its own', async () => {
    const { http, browser, at, platform, acme, wang } = await startBrowsing()
    await platform.sends(acme, { mobile: wang.mobile, url: 'https://a.example/' })
    const browsers = [browser, new PlainBrowser(http), browser]
    const tokens: (string | undefined)[] = []
    for (const each of browsers) {
      await each.opens(at('/wang/chat/{appid}'))
      const [token, ...others] = new Set(
        each.forms(each.inside).map(({ fields }) => fields['token']),
      )
      expect(others).toEqual([])
      tokens.push(token)
    }
    expect(tokens[1]).not.toBe(tokens[0])
    expect(tokens[2]).toBe(tokens[0])
  })
})
