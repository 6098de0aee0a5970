import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import { openPage, widths } from './browser.ts'

async function openConsoles() {
  const sim = await startSim({ listen: true })
  const url = String(sim.sim.url)
  const [one, other] = await Promise.all([
    openPage(url, { width: widths.desktop }),
    openPage(url, { width: widths.phone }),
  ])
  for (const page of [one, other]) await listening(page, `${sim.world.baseUrl}/`)
  return { ...sim, one, other }
}

/** Opens a page, and waits until it is told of changes. */
async function listening(page: Page, url: string): Promise<void> {
  const told = page.waitForResponse((response) => response.url().includes('/events?'))
  await page.goto(url)
  await told
}

it('two consoles show what one of them sends, and what the clock does to it, without a reload', async () => {
  const { one, other, world, li, acme } = await openConsoles()
  await li.registers(acme, { mobile: '13800138001' })
  await world.call('official_account.update', { appid: acme.appid, delivery: 'PT2M' })
  await one.locator('#send-to').fill('138 0013 8001')
  await one.locator('#send-message').fill('请上传学历证书')
  await one.locator('#send-now').click()
  await one.locator('#sent').getByText('errcode 0').waitFor()
  await other.locator('.c-row').getByText('请上传学历证书').waitFor()
  await other.locator('.c-row').getByText('Accepted').waitFor()
  await world.advance('PT2M')
  for (const page of [one, other]) {
    await page.locator('.c-row').getByText('Delivered').waitFor()
    await page.locator('#clock-menu time span:visible', { hasText: '09:02' }).waitFor()
  }
  expect(await other.locator('.f-nav [aria-current]').textContent()).toBe('Messages 1')
})

it('what comes in moves nothing that somebody reads: a bar says how many, and brings them', async () => {
  const { other, world } = await openConsoles()
  const send = (message: string) => world.call('message.test', { mobile: '13900139000', message })
  for (let n = 0; n < 12; n++) await send(`n ${n}`)
  await other.locator('.c-row').getByText('n 11').waitFor()
  const reading = other.locator('.c-row', { hasText: 'n 3' })
  await reading.scrollIntoViewIfNeeded()
  // So little that the top of the list is just gone.
  await other.evaluate('scrollTo(0, document.querySelector("[data-live=messages]").offsetTop + 20)')
  const before = await reading.evaluate((row) => row.getBoundingClientRect().top)
  await send('fresh')
  const bar = other.getByRole('button', { name: '1 new' })
  await bar.waitFor()
  expect(await other.locator('.c-row', { hasText: 'fresh' }).count()).toBe(0)
  expect(await reading.evaluate((row) => row.getBoundingClientRect().top)).toBe(before)
  await bar.click()
  await other.locator('.c-row').getByText('fresh').waitFor()
  expect(await bar.isVisible()).toBe(false)
})

it('what is typed stays while messages come in, and is counted as the API counts', async () => {
  const { one, world } = await openConsoles()
  await one.locator('#send-message').fill('🎉'.repeat(201))
  await world.call('message.test', { mobile: '13900139000', message: '欢迎' })
  await one.locator('.c-row').getByText('欢迎').waitFor()
  expect(await one.locator('#send-message').inputValue()).toBe('🎉'.repeat(201))
  expect(await one.locator('#send-message-count').textContent()).toBe('201 / 200')
  await one.locator('#send-now').click()
  await one.locator('#sent').getByText('errcode 100013').waitFor()
})

it('menus of the header close by Escape and by a click elsewhere, and by keyboard one comes to all of it', async () => {
  const { one } = await openConsoles()
  const menu = one.locator('#clock-menu')
  await one.keyboard.press('Tab')
  expect(await one.evaluate('document.activeElement.textContent')).toBe('Skip to content')
  await menu.locator('summary').focus()
  await one.keyboard.press('Enter')
  expect(await menu.getAttribute('open')).not.toBeNull()
  await one.keyboard.press('Escape')
  expect(await menu.getAttribute('open')).toBeNull()
  expect(await one.evaluate('document.activeElement.closest("details")?.id')).toBe('clock-menu')
  await menu.locator('summary').click()
  await one.locator('h1').click()
  expect(await menu.getAttribute('open')).toBeNull()
  await menu.locator('summary').click()
  await menu.locator('#clock-mode').focus()
  expect(await menu.getAttribute('open')).not.toBeNull()
  await one.keyboard.press('Tab')
  expect(await menu.getAttribute('open')).toBeNull()
})

it('more pages than a browser has connections show what comes, and what one clicks is answered', async () => {
  const { sim, world } = await startSim({ listen: true })
  const first = await openPage(String(sim.url), { width: widths.desktop })
  const pages = [first]
  for (let n = 0; n < 6; n++) pages.push(await first.context().newPage())
  for (const page of pages) await page.goto(`${world.baseUrl}/`)
  await world.call('message.test', { mobile: '13900139000', message: '欢迎' })
  for (const page of pages) await page.locator('.c-row').getByText('欢迎').waitFor()
})

it('a page whose world has ended says so', async () => {
  const { sim, world } = await startSim({ listen: true })
  const page = await openPage(String(sim.url), { ends: 'gone' })
  const gone = await sim.world({ name: 'gone' })
  await listening(page, `${gone.baseUrl}/accounts`)
  await world.call('world.delete', { world: 'gone' })
  await page.getByText('It may have ended').waitFor()
})

it('a file is read in the encoding that it has, which the form says, and an empty one is refused', async () => {
  const { one, world } = await openConsoles()
  await one.goto(`${world.baseUrl}/accounts/acme?tab=registrations`)
  const choose = (buffer: Buffer) =>
    one.locator('#import-file').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer })
  const says = one.locator('output[for="import-file"]')
  const text = one.locator('#import-csv')
  // 姓名,mobile and 赵敏 as a spreadsheet in China writes them.
  const gbk = Buffer.from('d0d5c3fb2c6d6f62696c650ad5d4c3f42c3133383030313338303039', 'hex')
  await choose(gbk)
  await says.getByText('Read as GB18030.').waitFor()
  expect(await text.inputValue()).toBe('姓名,mobile\n赵敏,13800138009')
  await choose(Buffer.from('\uFEFF姓名,mobile\n赵敏,13800138009'))
  await says.getByText('Read as UTF-8.').waitFor()
  expect(await text.inputValue()).toBe('姓名,mobile\n赵敏,13800138009')
  await choose(Buffer.from(''))
  await one.waitForFunction('document.getElementById("import-csv").value === ""')
  await one.locator('#import-now').click()
  await one.locator('#import-csv-fault').waitFor()
})

it('two consoles see how far the import of a file is, and both that one of them cancels it', async () => {
  const { one, other, world } = await openConsoles()
  const mobiles = Array.from({ length: 5000 }, (_, n) => `1381${String(n).padStart(7, '0')}`)
  const buffer = Buffer.from(`mobile\n${mobiles.join('\n')}`)
  await one.goto(`${world.baseUrl}/accounts/acme?tab=registrations`)
  const file = { name: 'registrations.csv', mimeType: 'text/csv', buffer }
  await one.locator('#import-file').setInputFiles(file)
  await one.locator('#import-csv').waitFor({ state: 'hidden' })
  await one.waitForFunction('document.getElementById("import-csv").value !== ""')
  await one.locator('#import-now').click()
  await one.waitForURL(/imports/u)
  await listening(other, one.url())
  const read = await other.locator('#progress').evaluate((bar) => Number(bar.getAttribute('value')))
  await other.locator(`#progress:not([value="${read}"])`).waitFor()
  await other.locator('#cancel').click()
  for (const page of [one, other]) await page.locator('#way ~ p').getByText('Cancelled').waitFor()
})
