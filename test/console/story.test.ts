import { expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { startOperating } from './operator.ts'

onEither('an operator', (database) => {
  it('takes an account from nothing to live by clicks alone, in both minds of its vendor', async () => {
    const { browser, lifeOf, platform, globex, world } = await startOperating({ database })
    expect(browser.text).toContain('Not live yetTo do: Connect the official account')
    await browser.presses('next-vendor_permission')
    await browser.presses('vendor-refuse', { reason: '合同尚未到期' })
    expect(browser.text).toContain('Reason: 合同尚未到期')
    await browser.presses('next-vendor_permission')
    await browser.presses('next-vendor_permission')
    expect(browser.text).toContain('The vendor has agreed.')
    await browser.presses('next-official_account_connected', { existing: 'true', rules: '2014' })
    await browser.presses('set-industries', { primary: '2', secondary: '34' })
    await browser.presses('next-template_applied')
    await browser.presses('next-template_applied')
    expect(browser.text).toMatch(/Due nexttemplate review\d+ Jan 2026/u)
    await browser.presses('advance-P7D', { by: 'P7D' })
    expect(browser.text).toContain('No work was due in that time.')
    await browser.presses('advance-P7D', { by: 'P7D' })
    expect(browser.text).toContain('1 × template review: approved')
    expect(browser.text).toContain('19 Jan 2026 09:0019 Jan 09:00+14 d')
    expect(browser.html).toContain('c-good">Live')
    await browser.presses('next-registration_page_published')
    await browser.presses('next-eid_issued')
    await browser.presses('next-eid_confirmed')
    await browser.presses('next-first_registration', { mobile: '138 0013 8009' })
    expect(await platform.sends(globex, { mobile: '13800138009' })).toMatchObject({ errcode: 0 })
    await browser.opens('/w/test/accounts/globex')
    const { live, checklist } = await lifeOf('globex')
    expect(live).toBe(true)
    expect(checklist.filter(({ done }) => !done)).toEqual([])
    expect(browser.forms().some(({ html }) => html.includes('id="next-'))).toBe(false)
    expect(await world.call('clock.get', {})).toMatchObject({ now: '2026-01-19T01:00:00.000Z' })
  })
})

it('writes every click into the journal, and no look', async () => {
  const { browser, world, path } = await startOperating()
  await browser.opens(path(''))
  await browser.opens(path('/globex'))
  await browser.presses('next-vendor_permission')
  const { items } = (await world.call('exchange.list', {})) as {
    items: { endpoint: string; url: string }[]
  }
  const own = items.filter(({ endpoint }) => endpoint.startsWith('console_page.'))
  expect(own).toMatchObject([{ endpoint: 'console_page.do', url: '/w/test/do/vendor.ask' }])
})
