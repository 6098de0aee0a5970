import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { type Sim, type StartOptions, startSim } from '../sim.ts'
import { acmesClient } from '../wechat/client.ts'
import { type Look, openPage } from './browser.ts'

async function look(path: string, options: StartOptions = {}, look: Look = {}) {
  const sim = await startSim({ listen: true, ...options })
  const page = await openPage(String(sim.sim.url), look)
  const open = (to: string) =>
    page.goto(`${sim.world.baseUrl}/phone${to.replace('{appid}', sim.acme.appid)}`)
  await open(path)
  return { ...sim, page, open }
}

function send({ platform, acme, wang }: Sim, message = '欢迎加入') {
  return platform.sends(acme, { mobile: wang.mobile, message })
}

/** What is said to those who do not see the page. */
const said = (page: Page) => page.locator('[data-say]').textContent()

describe('a phone that lies open', () => {
  it('shows what arrives without being reloaded, and says so', async () => {
    const sim = await look('/wang')
    const { page } = sim
    await page.evaluate('globalThis.isTheSame = true')
    await send(sim)
    await page.getByText('欢迎加入', { exact: true }).waitFor()
    expect(await page.locator('.ph-line .ph-unread').textContent()).toContain('1 unread')
    expect(await page.locator('.ph-tabs .ph-unread').textContent()).toContain('1 unread')
    expect(await said(page)).toBe('New message from 晨光科技: 欢迎加入')
    await send(sim)
    await page.getByText('2 unread').first().waitFor()
    expect(await page.evaluate('globalThis.isTheSame')).toBe(true)
  })

  it('takes as read what arrives in an open conversation', async () => {
    const sim = await look('/wang/chat/{appid}')
    const { page, wang } = sim
    await send(sim, '第一条')
    await page.getByText('第一条', { exact: true }).waitFor()
    expect((await wang.phone()).unread).toBe(0)
    expect(await said(page)).toBe('New message from 晨光科技: 第一条')
  })

  it('shows the newest at once, and stays where it was for whoever has scrolled up', async () => {
    const sim = await look('/wang')
    const { page, open } = sim
    for (let i = 1; i <= 9; i++) await send(sim, `第 ${i} 条`)
    await open('/wang/chat/{appid}')
    const isSeen = (text: string) =>
      page.getByText(text, { exact: true }).evaluate((one) => {
        const { top, bottom } = one.getBoundingClientRect()
        return top > 0 && bottom < 800
      })
    expect(await isSeen('第 9 条')).toBe(true)
    await send(sim, '第 10 条')
    await page.getByText('第 10 条', { exact: true }).waitFor()
    expect(await isSeen('第 10 条')).toBe(true)
    await page.locator('.ph-scroll').evaluate((box) => box.scrollBy(0, -900))
    const top = () =>
      page.getByText('第 5 条', { exact: true }).evaluate((one) => one.getBoundingClientRect().top)
    const before = await top()
    await send(sim, '第 11 条')
    await page.getByText('第 11 条', { exact: true }).waitFor()
    expect(await top()).toBeCloseTo(before, 0)
  })

  it('keeps focus, an open menu, and what was typed', async () => {
    const sim = await look('/wang/chat/{appid}')
    const { page, open, wang, acme } = sim
    await page.locator('.ph-menu summary').click()
    await page.locator('[id="tap-1.0"]').focus()
    await send(sim)
    await page.getByText('欢迎加入', { exact: true }).waitFor()
    const below = [
      { type: 'click', name: '联系我们', key: 'CONTACT' },
      { type: 'click', name: '关于我们', key: 'ABOUT' },
    ]
    const button = [
      { type: 'click', name: '帮助', key: 'HELP' },
      { name: '服务', sub_button: below },
    ]
    await (await acmesClient(sim)).post('/cgi-bin/menu/create', { button })
    await page.getByText('联系我们').waitFor()
    expect(await page.locator('.ph-menu details[open]').count()).toBe(1)
    expect(await page.evaluate('document.activeElement.id')).toBe('tap-1.0')
    await page.locator('#content').fill('你好')
    await send(sim, '第 2 条')
    await page.getByText('第 2 条', { exact: true }).waitFor()
    expect(await page.locator('#content').inputValue()).toBe('你好')
    await wang.unfollows(acme)
    await page.locator('#content').waitFor({ state: 'detached' })
    await wang.follows(acme)
    await open('/wang/find')
    await page.locator('#q').fill('晨光')
    await wang.unfollows(acme)
    await page.getByText('Unfollowed').waitFor()
    expect(await page.locator('#q').inputValue()).toBe('晨光')
  })

  it('keeps the focus on a line of the list while its badge counts', async () => {
    const sim = await look('/wang')
    const { page, acme } = sim
    await page.locator(`#chat-${acme.appid}`).focus()
    await send(sim)
    await page.getByText('欢迎加入', { exact: true }).waitFor()
    expect(await page.evaluate('document.activeElement.id')).toBe(`chat-${acme.appid}`)
  })

  it('is live after a reset of its world', async () => {
    const sim = await look('/wang')
    await send(sim)
    await sim.page.getByText('1 unread').first().waitFor()
    await sim.world.reset()
    await sim.page.getByText('No messages yet').waitFor()
    await send(sim, '重新来过')
    await sim.page.getByText('重新来过', { exact: true }).waitFor()
  })
})

describe('two phones side by side', () => {
  it('are two people, each told of its own', async () => {
    const sim = await look('?side=wang,fang', {}, { width: 1280 })
    const { page, platform, acme, fang } = sim
    const [wangs, fangs] = ['王小雨’s phone', '方芳’s phone'].map((title) =>
      page.frameLocator(`iframe[title="${title}"]`),
    )
    await fangs?.getByText('No messages yet').waitFor()
    await send(sim, '给王小雨')
    await wangs?.getByText('给王小雨', { exact: true }).waitFor()
    await platform.sends(acme, { mobile: fang.mobile, message: '给方芳' })
    await fangs?.getByText('给方芳', { exact: true }).waitFor()
    expect(await wangs?.getByText('给方芳').count()).toBe(0)
    expect(await fangs?.getByText('给王小雨').count()).toBe(0)
  })
})

describe('the menu of a conversation', () => {
  it('opens by the keyboard, closes by Escape, and gives the focus back', async () => {
    const { page } = await look('/li/chat/{appid}')
    await page.locator('.ph-menu summary').focus()
    await page.keyboard.press('Enter')
    expect(await page.locator('.ph-menu details[open]').count()).toBe(1)
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.id')).toBe('tap-1.0')
    await page.keyboard.press('Escape')
    expect(await page.locator('.ph-menu details[open]').count()).toBe(0)
    expect(await page.evaluate('document.activeElement.id')).toBe('open-menu-1')
  })

  it('works without script', async () => {
    const { page, li, acme } = await look('/li/chat/{appid}', {}, { script: false })
    await page.locator('.ph-menu summary').click()
    await page.locator('[id="tap-1.1"]').click()
    const src = await page.locator('iframe').getAttribute('src')
    expect(src).toContain(`/as/${li.id}/register/${acme.eid}`)
  })
})

it('a page of ours in the web view gives the phone its title', async () => {
  const { page, acme, open } = await look('/li')
  await open(`/li/web?url=/register/${acme.eid}`)
  const frame = page.frameLocator('iframe')
  await frame.locator('h1').waitFor()
  await expect.poll(() => page.locator('h1').textContent()).not.toContain('localhost')
})
