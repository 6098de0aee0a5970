import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import { openPage } from './browser.ts'

const narrowest = 320

/** Opens a page, and waits until it is told of changes. */
async function listening(page: Page, url: string): Promise<void> {
  const told = page.waitForResponse((response) => response.url().includes('/events?'))
  await page.goto(url)
  await told
}

const scrollsSideways = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')

it('the journal and a message follow what happens without a reload, and fit the narrowest phone', async () => {
  const { sim, world, platform, acme, wang } = await startSim({ listen: true })
  await world.call('official_account.update', { appid: acme.appid, delivery: 'PT2M' })
  const page = await openPage(String(sim.url), { width: narrowest })
  await listening(page, `${world.baseUrl}/journal`)
  await platform.sends(acme, { mobile: wang.mobile, message: '合同已生成，点击查看' })
  const row = page.locator('[data-live="calls"] .c-row', { hasText: 'message.send' })
  await row.waitFor()
  expect(await scrollsSideways(page)).toBe(false)
  await row.click()
  await page.locator('#tools').waitFor()
  expect(await scrollsSideways(page)).toBe(false)
  const opened = page.waitForResponse((response) => response.url().includes('/events?'))
  await page.getByRole('link', { name: 'Open message' }).click()
  await opened
  await page.getByText('Delivery is pending.').waitFor()
  expect(await scrollsSideways(page)).toBe(false)
  await world.advance('PT2M')
  await page.getByText('The message was delivered.').waitFor()
  await page.getByRole('button', { name: 'Copy as cURL' }).click()
  await page.getByRole('button', { name: 'Copied' }).first().waitFor()
})
