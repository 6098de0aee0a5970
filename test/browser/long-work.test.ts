import { expect, it } from 'vitest'
import { en } from '../../views/words/en.ts'
import { setScene } from './states/state.ts'

const under_way = { page: 'advance', state: 'goes on', reach: async () => {} }

it('an advance of many portions goes on by itself, and leads back with all that has run', async () => {
  const options = { limits: { advance_jobs_max: 10 } }
  const { page, base, world, platform, acme, wang } = await setScene(
    { ...under_way, options },
    { lang: 'en' },
  )
  await world.call('official_account.update', { appid: acme.appid, delivery: 'PT20H' })
  for (let i = 0; i < 45; i++) await platform.sends(acme, { mobile: wang.mobile })
  await page.goto(`${base}/accounts`)
  await page.locator('#clock-menu > summary').click()
  await page.locator('#advance-P1D').click()
  await page.getByText(`45 × ${en.console.kinds.receipt}`).waitFor()
  expect(new URL(page.url()).pathname).toMatch(/\/accounts$/u)
  expect(await world.call('clock.get', {})).toMatchObject({ now: '2026-01-06T01:00:00.000Z' })
})

it('a search among more messages than one call looks through goes on until something is found', async () => {
  const { page, base, platform, acme, wang } = await setScene(under_way, { lang: 'en' })
  await platform.sends(acme, { mobile: '13900139000', message: '合同已生成' })
  const later = () => platform.sends(acme, { mobile: wang.mobile })
  for (let n = 0; n < 42; n++) await Promise.all(Array.from({ length: 50 }, later))
  await page.goto(`${base}/`)
  await page.locator('#search').fill('合同已生成')
  await page.locator('#search-send').click()
  await page.locator('.c-row', { hasText: '合同已生成' }).waitFor()
  expect(new URL(page.url()).searchParams.has('before')).toBe(true)
  await page.locator('#search').fill('nobody')
  await page.locator('#search-send').click()
  await page.getByText(en.console.messages.notFound).waitFor()
})
