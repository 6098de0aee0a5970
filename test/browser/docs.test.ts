import { expect, it } from 'vitest'
import { en } from '../../views/words/en.ts'
import { startSim } from '../sim.ts'
import { keptPage } from './browser.ts'

it('a button copies the example, whose language is remembered, and the contents begin where one reads', async () => {
  const { sim } = await startSim({ listen: true })
  const page = await keptPage(String(sim.url), { lang: 'en', width: 1280 })
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(`${sim.url}/w/test/docs/control/clock.get`)
  await page.getByText('Python', { exact: true }).click()
  await page.getByRole('button', { name: en.docs.copy }).click()
  await page.getByRole('button', { name: en.docs.copied }).waitFor()
  expect(await page.evaluate('navigator.clipboard.readText()')).toContain('urlopen("http')
  await page.goto(`${sim.url}/w/test/docs/control/world.list`)
  const open = page.locator('details[open] > summary')
  expect(await open.allTextContents()).toEqual(['Python'])
  expect(await page.evaluate(`document.querySelector('.contents').scrollTop`)).toBeGreaterThan(0)
})
