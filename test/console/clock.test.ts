import { describe, expect, it } from 'vitest'
import { applies } from './onboarding.ts'
import { startOperating } from './operator.ts'

describe('the clock of the header', () => {
  it.each([
    { id: 'advance-P1D', typed: { by: 'P1D' }, now: '2026-01-06T01:00:00.000Z', days: 1 },
    { id: 'advance-P7D', typed: { by: 'P7D' }, now: '2026-01-12T01:00:00.000Z', days: 7 },
    { id: 'advance-P14D', typed: { by: 'P14D' }, now: '2026-01-19T01:00:00.000Z', days: 14 },
  ])('advances by $days days wherever one is', async ({ id, typed, now, days }) => {
    for (const at of ['', '/acme', '/globex']) {
      const { browser, world } = await startOperating({ at })
      expect(browser.html).toContain(`name="by" value="${typed.by}"`)
      await browser.presses(id, typed)
      expect(await world.call('clock.get', {})).toMatchObject({ now })
      expect(browser.text).toContain(`+${days} d`)
    }
  })

  it('goes to what is due next, and is not offered to where nothing is', async () => {
    const sim = await startOperating()
    const { browser, path, lifeOf } = sim
    expect(browser.html).not.toContain('advance-next')
    await applies(sim)
    await browser.opens(path('/globex'))
    await browser.presses('advance-next', { next: 'true' })
    expect(browser.text).toContain('1 × template review: approved')
    expect(await lifeOf('globex')).toMatchObject({ live: true })
  })

  it('lets the clock run and freezes it again, and says how far it is from real time', async () => {
    const { browser, world } = await startOperating()
    await browser.presses('clock-mode', { mode: 'running' })
    expect(await world.call('clock.get', {})).toMatchObject({ mode: 'running' })
    expect(browser.text).toMatch(/Running/u)
    expect(browser.text).toMatch(/Days (behind|ahead of) real time: \d+/u)
    await browser.presses('clock-mode', { mode: 'frozen' })
    expect(await world.call('clock.get', {})).toMatchObject({ mode: 'frozen' })
    expect(browser.text).not.toContain('real time')
  })

  it('tells jobs that ended alike together, and says nothing that an address makes up', async () => {
    const { browser, path, world, platform, acme, wang } = await startOperating()
    await world.call('official_account.update', { appid: acme.appid, delivery: 'PT2S' })
    for (let i = 0; i < 3; i++) await platform.sends(acme, { mobile: wang.mobile })
    await browser.opens(path('/acme'))
    await browser.presses('advance-P1D', { by: 'P1D' })
    expect(browser.text).toContain('3 × message receipt: success')
    await browser.opens(path('/acme?said=snapshot.create&ran=1~receipt~ok'))
    expect(browser.html).not.toContain('role="status"')
    await browser.opens(path('/acme?said=clock.advance&ran=x~<b>~y&ran=~~'))
    expect(browser.text).toContain('No work was due in that time.')
  })
})
