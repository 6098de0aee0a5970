import { expect, it } from 'vitest'
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
  await page.getByText('45 × receipt of a message').waitFor()
  expect(new URL(page.url()).pathname).toMatch(/\/accounts$/u)
  expect(await world.call('clock.get', {})).toMatchObject({ now: '2026-01-06T01:00:00.000Z' })
})
