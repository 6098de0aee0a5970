import { expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import { life } from '../tupu/life.ts'
import { openPage, widths } from './browser.ts'

it.each([
  { lang: 'zh', width: widths.phone, script: false },
  { lang: 'en', width: widths.desktop, script: true },
] as const)(
  'an operator takes Globex from nothing to live by clicks, in $lang at $width pixels',
  async ({ lang, width, script }) => {
    const { sim, world } = await startSim({ listen: true })
    const page = await openPage(String(sim.url), { lang, width, script })
    const press = async (id: string) => {
      await page.locator(`[id="${id}"]`).click()
      await page.locator('.co-notice[role=status]').waitFor()
    }
    await page.goto(`${world.baseUrl}/`)
    await page.locator('header a[href*="/accounts"]').click()
    await page.locator('.co-accounts a', { hasText: '环球制造' }).click()
    await press('next-vendor_permission')
    await page.locator('#vendor-reason').fill('与现有服务商的合同尚未到期')
    await press('vendor-refuse')
    await press('next-vendor_permission')
    await press('next-vendor_permission')
    await press('next-official_account_connected')
    await page.locator('#industry-primary').selectOption('2')
    await page.locator('#industry-secondary').selectOption('34')
    await press('set-industries')
    await press('next-template_applied')
    await press('next-template_applied')
    expect(await life(world, 'globex')).toMatchObject({
      live: false,
      missing: ['template_approved'],
    })
    await press('advance-P7D')
    await press('advance-P7D')
    await press('next-registration_page_published')
    await press('next-eid_issued')
    await press('next-eid_confirmed')
    await press('next-first_registration')
    const { live, checklist } = await life(world, 'globex')
    expect({ live, open: checklist.filter(({ done }) => !done).map(({ step }) => step) }).toEqual({
      live: true,
      open: ['first_message'],
    })
    const today = await page.locator('.co-today').innerText()
    expect(today).toContain(lang === 'en' ? '19 Jan 2026' : '2026年1月19日')
    expect(today).toContain('+14')
  },
)
