import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { Words } from '../../views/words/en.ts'
import { en } from '../../views/words/en.ts'
import { zh } from '../../views/words/zh.ts'
import { startSim } from '../sim.ts'
import { type Look, openPage } from './browser.ts'
import { type Hands, keyboard, mouse } from './hands.ts'
import { fillIn, hans, submitOf } from './registration.ts'

const message = '欢迎加入，请完成入职登记'

interface Case {
  readonly how: string
  readonly look: Look & { readonly lang: 'zh' | 'en' }
  readonly keys?: true
}

const cases: readonly Case[] = [
  { how: 'in Chinese on a phone', look: { lang: 'zh', width: 360 } },
  { how: 'in English on a desktop', look: { lang: 'en', width: 1280 } },
  { how: 'in English on a phone, in the dark', look: { lang: 'en', width: 360, scheme: 'dark' } },
  { how: 'in Chinese on a desktop', look: { lang: 'zh', width: 1280 } },
  { how: 'in Chinese without client script', look: { lang: 'zh', script: false } },
  { how: 'in English by the keyboard alone', look: { lang: 'en' }, keys: true },
]

it.each(cases)(
  'Han follows, registers by the menu, and gets the message: $how',
  async ({ look, keys }) => {
    const { sim, world, platform, acme, han } = await startSim({ listen: true })
    const page = await openPage(String(sim.url), look)
    const hands = keys ? keyboard(page) : mouse
    const words = look.lang === 'zh' ? zh : en
    await page.goto(`${world.baseUrl}/phone`)
    await follow(page, hands, words)
    await register(page, hands, words)

    const line = page.locator('.ph-card-line')
    expect(await line.count()).toBe(0)
    await page.evaluate('globalThis.isSamePage = true').catch(() => {})
    expect(await platform.sends(acme, { mobile: han.mobile, message })).toMatchObject({
      errcode: 0,
    })
    if (look.script === false) {
      expect(await line.count()).toBe(0)
      await page.reload()
    } else {
      await line.waitFor()
      expect(await page.evaluate('globalThis.isSamePage')).toBe(true)
      expect(await page.locator('[data-say]').textContent()).toContain(message)
    }
    expect(await line.allTextContents()).toEqual([message])
    expect(await page.locator('.ph-card-words').textContent()).toContain(hans.name)
  },
)

/** From the table of phones to the conversation with the account, which she never followed before. */
async function follow(page: Page, hands: Hands, { phone: words }: Words): Promise<void> {
  await hands.press(page.getByRole('link', { name: '韩梅梅' }))
  await hands.press(page.getByRole('link', { name: words.chats.look }))
  await hands.type(page.getByLabel(words.find.label), '晨光')
  await hands.press(page.getByRole('button', { name: words.find.submit, exact: true }))
  await hands.press(page.getByRole('link', { name: '晨光科技' }))
  await hands.press(page.getByRole('button', { name: words.account.follow, exact: true }))
  await page.getByText(words.chat.none).waitFor()
}

/** The menu opens the registration page in the web view; by way of WeChat it knows who she is. */
async function register(page: Page, hands: Hands, { phone, register }: Words): Promise<void> {
  await hands.press(page.getByRole('button', { name: '入职登记', exact: true }))
  const web = page.frameLocator('iframe')
  await web.getByRole('heading', { name: register.form.first.title }).waitFor()
  await fillIn(web, hans, hands)
  await hands.press(submitOf(web))
  await web.getByText(register.information.done.registered.title).waitFor()
  expect(await web.locator('.reg-following').count()).toBe(1)
  await hands.press(page.getByRole('link', { name: phone.web.close }))
  await page.getByText(phone.chat.none).waitFor()
}
