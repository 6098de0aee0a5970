import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { en } from '../../views/words/en.ts'
import { type Sim, startSim } from '../sim.ts'
import { openPage } from './browser.ts'
import { fillIn, hans, submitOf } from './registration.ts'

const { phone, register, wechat } = en
const account = { key: 'acme', company: '晨光科技', oauth_scope: 'snsapi_userinfo' as const }

it('Fang, who applied in WeChat, finds her information instead of the form', async () => {
  const { sim, world, fang, acme, platform } = await startSim({ listen: true })
  const page = await openPage(String(sim.url))
  await page.goto(`${world.baseUrl}/phone`)
  await page.getByRole('link', { name: '方芳' }).click()
  await page.getByRole('link', { name: '晨光科技' }).click()
  await page.getByRole('button', { name: '入职登记', exact: true }).click()
  const web = page.frameLocator('iframe')
  await web.getByRole('heading', { name: register.information.title }).waitFor()
  expect(await web.locator('input, form').count()).toBe(0)
  const rows = web.locator('.reg-rows')
  expect(await rows.textContent()).toContain(register.information.sources.direct_application)
  expect(await rows.textContent()).not.toContain('方芳')
  await web.getByRole('link', { name: register.information.show }).click()
  await expect.poll(() => rows.textContent()).toContain('方芳')
  expect(await rows.textContent()).toContain('+86 138 0013 8004')
  expect(await platform.sends(acme, { mobile: fang.mobile })).toMatchObject({ errcode: 0 })
})

it('Han, who has not followed, is asked by WeChat; refusing tells nobody, allowing leads on', async () => {
  const sim = await startSim({ listen: true, world: { accounts: [account] } })
  const page = await openPage(String(sim.sim.url))
  const web = await openLink(page, sim)
  await web.getByRole('button', { name: wechat.consent.deny }).click()
  await web.getByRole('heading', { name: wechat.refused.heading }).waitFor()
  await web.getByRole('link', { name: wechat.refused.again }).click()
  await web.getByRole('button', { name: wechat.consent.allow }).click()
  await web.getByRole('heading', { name: register.form.first.title }).waitFor()
  await fillIn(web, hans)
  await submitOf(web).click()
  await web.getByRole('heading', { name: register.follow.title }).waitFor()
  const { acme, platform, han } = sim
  expect(await platform.sends(acme, { mobile: han.mobile })).toMatchObject({ errcode: 43004 })
})

it('Li, who follows, is not asked when she comes by the menu', async () => {
  const { sim, world } = await startSim({ listen: true, world: { accounts: [account] } })
  const page = await openPage(String(sim.url))
  await page.goto(`${world.baseUrl}/phone/li`)
  await page.getByRole('link', { name: '晨光科技' }).click()
  await page.getByRole('button', { name: '入职登记', exact: true }).click()
  const heading = page.frameLocator('iframe').getByRole('heading', { level: 1 })
  await heading.waitFor()
  expect(await heading.textContent()).toBe(register.form.first.title)
})

/** Han opens the registration page's address, which somebody has sent her. */
async function openLink(page: Page, { world, acme }: Sim) {
  await page.goto(`${world.baseUrl}/phone/han/scan`)
  await page.getByLabel(phone.scan.openLabel).fill(String(acme.info.register_url))
  await page.getByRole('button', { name: phone.scan.openSubmit, exact: true }).click()
  return page.frameLocator('iframe')
}
