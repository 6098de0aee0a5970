import type { FrameLocator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { zh } from '../../views/words/zh.ts'
import { startSim } from '../sim.ts'
import { openPage } from './browser.ts'
import { fillIn, submitOf } from './registration.ts'

const people = [
  { name: '李雷', mobile: '13800138001', email: 'li@example.com', message: '李雷，周一九点报到' },
  {
    name: '王小雨',
    mobile: '13800138002',
    email: 'wang@example.com',
    message: '小雨，周二十点报到',
  },
] as const

it('shows two phones in one browser as two people, both live', async () => {
  const wang = { key: 'wang', name: '王小雨', mobile: '13800138002', follows: ['acme'] }
  const li = { key: 'li', name: '李雷', mobile: '13800138001', follows: ['acme'] }
  const { sim, world, platform, acme } = await startSim({
    listen: true,
    world: { people: [li, wang] },
  })
  const page = await openPage(String(sim.url), { width: 1280, lang: 'zh' })
  await page.goto(`${world.baseUrl}/phone`)
  for (const { name } of people) await page.getByRole('checkbox', { name }).check()
  await page.getByRole('button', { name: zh.phone.people.side }).click()

  for (const person of people) await openMenu(phoneOf(page, person.name))
  for (const person of people) {
    const web = phoneOf(page, person.name).frameLocator('iframe')
    const { message: _, ...candidate } = person
    await fillIn(web, candidate)
    await submitOf(web).click()
  }
  for (const { name, mobile } of people) {
    const own = phoneOf(page, name).frameLocator('iframe').locator('.reg-rows')
    await own.getByText(`${mobile.slice(0, 3)}****${mobile.slice(-4)}`).waitFor()
    await phoneOf(page, name).getByRole('link', { name: zh.phone.web.close }).click()
    await phoneOf(page, name).getByText(zh.phone.chat.none).waitFor()
  }

  for (const { mobile, message } of people)
    expect(await platform.sends(acme, { mobile, message })).toMatchObject({ errcode: 0 })
  for (const { name, message } of people) {
    const line = phoneOf(page, name).locator('.ph-card-line')
    await line.waitFor()
    expect(await line.allTextContents()).toEqual([message])
  }
})

function phoneOf(page: Page, name: string): FrameLocator {
  return page.frameLocator(`iframe[title*="${name}"]`)
}

async function openMenu(phone: FrameLocator): Promise<void> {
  await phone.getByRole('link', { name: '晨光科技' }).click()
  await phone.getByRole('button', { name: '入职登记', exact: true }).click()
}
