import { describe, expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import { PlainBrowser, startBrowsing } from './browser.ts'

/** Every kind of page of phones; `{appid}` is Acme's. */
const pages = [
  '',
  '?side=wang,li',
  '/nobody',
  ...['', '/find', '/scan', '/me', '/sms', '/mail', '/chat/{appid}', '/account/{appid}'].map(
    (path) => `/wang${path}`,
  ),
  '/wang/web?url=/docs',
]
const places = ['/', '/people', '/accounts', '/journal', '/faults', '/docs']

describe('around a phone', () => {
  it.each(pages)('%j stand the places, the world and its clock', async (path) => {
    const { browser, at } = await startBrowsing()
    await browser.opens(at(path))
    const [, around = ''] = /^([\s\S]*)<main/u.exec(browser.html) ?? []
    const links = browser.links(around)
    expect(places.filter((place) => !links.includes(`/w/test${place}`))).toEqual([])
    for (const said of ['World', '<b translate="no">test</b>', '5 Jan 2026 09:00', '中文'])
      expect(around).toContain(said)
    expect(browser.forms(around).map(({ action }) => action)).toContain('/w/test/why')
  })

  it('stands nothing in the frame of another page, which has it', async () => {
    const { http, at } = await startBrowsing()
    const framed = new PlainBrowser(http, { 'sec-fetch-dest': 'iframe' })
    for (const path of ['/wang', '/wang/chat/{appid}', '/nobody']) {
      await framed.opens(at(path))
      expect(framed.html).toContain('<main')
      expect(framed.links()).not.toContain('/w/test/people')
    }
  })

  it('stand the other worlds', async () => {
    const { http } = await startSim({ demo: true })
    const browser = new PlainBrowser(http)
    await browser.opens('/phone/wang')
    expect(browser.links()).toContain('/w/test/')
  })

  it.each(['/wang', '/wang/chat/{appid}', ''])(
    'the clock of %j goes on by a click, and the page stays',
    async (path) => {
      const { browser, at, world } = await startBrowsing()
      await browser.opens(at(path))
      await browser.presses('advance-P1D', { by: 'P1D' })
      expect(browser.path).toMatch(/^\/w\/test\/phone[^?]*\?said=clock.advance/u)
      expect(browser.text).toContain('6 Jan 2026 09:00')
      expect(browser.html).not.toMatch(/name="back" value="[^"]*said=/u)
      expect(await world.call('clock.get')).toMatchObject({ now: '2026-01-06T01:00:00.000Z' })
    },
  )

  it('days are counted from the minute in which the world began', async () => {
    const { browser, at, world } = await startBrowsing()
    await world.call('clock.set', { now: '2026-01-05T01:00:30.000Z' })
    await world.call('account.create', { key: 'late', company: '晚来' })
    await browser.opens(at('/wang'))
    await browser.presses('advance-P14D', { by: 'P14D' })
    expect(browser.text).toContain('+14 d')
  })

  it('a running clock is said to the minute, so that the page is drawn once', async () => {
    const { browser, at, world } = await startBrowsing()
    await world.call('clock.set', { mode: 'running', now: '2026-01-05T01:00:30.000Z' })
    await browser.opens(at('/wang'))
    expect(browser.html).toContain('datetime="2026-01-05T01:00:00.000Z"')
  })
})
