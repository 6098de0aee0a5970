import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import { life } from '../tupu/life.ts'
import { openPage, widths } from './browser.ts'

/** Presses a button, and waits for the page that says what was done. */
function presserOf(page: Page) {
  return async (id: string, said: string) => {
    await page.locator(`[id="${id}"]`).click()
    await page.waitForURL((url) => url.searchParams.get('said') === said)
    await page.locator('[role=status]').first().waitFor()
  }
}

it.each([
  { lang: 'zh', width: widths.phone, script: false },
  { lang: 'en', width: widths.desktop, script: true },
] as const)(
  'an operator takes Globex from nothing to its first message by clicks, in $lang at $width pixels',
  async ({ lang, width, script }) => {
    const { sim, world } = await startSim({ listen: true, world: { accounts: [], people: [] } })
    const page = await openPage(String(sim.url), { lang, width, script })
    const press = presserOf(page)
    await page.goto(`${world.baseUrl}/`)
    await page.locator('nav a[href*="/accounts"]').first().click()
    await page.locator('#make-key').fill('globex')
    await page.locator('#make-company').fill('环球制造')
    await press('make', 'account.create')
    await press('next-vendor_permission', 'vendor.ask')
    await page.locator('#ask-vendor-refuse > summary').click()
    await page.locator('#vendor-reason').fill('与现有服务商的合同尚未到期')
    await press('vendor-refuse', 'vendor.refuse')
    await press('next-vendor_permission', 'vendor.ask')
    await press('next-vendor_permission', 'vendor.grant')
    await press('next-official_account_connected', 'account.connect')
    await press('set-industries', 'industry.set')
    await press('next-template_applied', 'application.create')
    await press('next-template_applied', 'application.submit')
    expect(await life(world, 'globex')).toMatchObject({
      live: false,
      missing: ['template_approved'],
    })
    await page.locator('#clock-menu > summary').click()
    await press('advance-P14D', 'clock.advance')
    await press('next-registration_page_published', 'registration_page.publish')
    await press('next-eid_issued', 'eid.issue')
    await press('next-eid_confirmed', 'eid.confirm')
    await press('next-first_registration', 'association.create')
    const line = await page.locator('#send-message').inputValue()
    await press('next-first_message', 'message.test')
    await page.locator('#sent', { hasText: 'errcode 0' }).waitFor()
    await page.locator('.c-banner a').click()
    await page.locator('.c-rows', { hasText: line }).waitFor()
    const { live, checklist } = await life(world, 'globex')
    expect({ live, open: checklist.filter(({ done }) => !done) }).toEqual({ live: true, open: [] })

    await page.locator('nav a[href*="/people"]').first().click()
    await page.locator('.c-rows a').click()
    await page.locator('.c-head a[href*="/phone/"]').click()
    await page.locator('a', { hasText: '环球制造' }).first().click()
    expect(await page.locator('.ph-card-line').allTextContents()).toEqual([line])
  },
)

it('after a click the page stands where it stood, and says what was done', async () => {
  const { sim, world } = await startSim({ listen: true })
  const page = await openPage(String(sim.url), { lang: 'en', width: widths.phone, script: true })
  await page.goto(`${world.baseUrl}/accounts/acme?tab=settings`)
  const press = presserOf(page)
  for (const [id, said] of [
    ['save-wechat', 'official_account.update'],
    ['save-tupu', 'account.update'],
  ] as const) {
    const button = page.locator(`#${id}`)
    await button.scrollIntoViewIfNeeded()
    const before = (await button.boundingBox())?.y ?? 0
    await press(id, said)
    expect(Math.abs(((await button.boundingBox())?.y ?? 0) - before), id).toBeLessThan(2)
    const banner = await page.locator('[role=status]').first().boundingBox()
    expect(banner?.y, id).toBeGreaterThanOrEqual(0)
  }
  expect(await page.evaluate('scrollY')).toBeGreaterThan(100)
})

it('at the top of a page one stays there, and sees what was made', async () => {
  const { sim, world } = await startSim({ listen: true })
  const page = await openPage(String(sim.url), { lang: 'en', width: widths.desktop, script: true })
  await page.goto(`${world.baseUrl}/faults`)
  const press = presserOf(page)
  await page.locator('#clock-menu summary').click()
  await press('advance-PT1H', 'clock.advance')
  expect(await page.evaluate('scrollY')).toBe(0)
  await page.locator('#fault-errcode').fill('-1')
  await page.locator('#fault-make').scrollIntoViewIfNeeded()
  expect(await page.evaluate('scrollY')).toBeGreaterThan(0)
  await press('fault-make', 'fault.create')
  expect(await page.evaluate('scrollY')).toBe(0)
})

it('the command beside a test message says what is typed there', async () => {
  const { sim, world } = await startSim({ listen: true })
  const page = await openPage(String(sim.url), { lang: 'en', width: widths.desktop, script: true })
  await page.goto(`${world.baseUrl}/`)
  await page.locator('#send-curl > summary').click()
  await page.locator('#send-message').fill('看得见吗')
  await page.locator('#send-command', { hasText: '"message": "看得见吗"' }).waitFor()
  expect(await page.locator('#send-message').inputValue()).toBe('看得见吗')
})
