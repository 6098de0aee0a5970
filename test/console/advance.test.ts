import { describe, expect, it } from 'vitest'
import { en } from '../../views/words/en.ts'
import { startReceiver } from '../callback-receiver.ts'
import { startSim } from '../sim.ts'
import { startOperating } from './operator.ts'

/** So many receipts are due in an hour, and one advance does ten of them. */
async function startWithMuchToDo(many: number) {
  const sim = await startOperating({ at: '/acme', limits: { advance_jobs_max: 10 } })
  const { world, acme, wang, platform, browser, path } = sim
  await world.call('official_account.update', { appid: acme.appid, delivery: 'PT1H' })
  for (let i = 0; i < many; i++) {
    await platform.sends(acme, { mobile: wang.mobile })
    if (i === 11) await world.call('clock.advance', { by: 'PT1M' })
  }
  await browser.opens(path('/acme'))
  return sim
}

describe('an advance with more to do than one portion', () => {
  it('goes on from a page that shows how far it is, and comes back with all that has run', async () => {
    const { browser, path, world } = await startWithMuchToDo(23)
    await browser.presses('advance-P1D', { by: 'P1D' })
    expect(browser.path).toContain(
      '/w/test/advance?from=2026-01-05T01%3A01%3A00.000Z&to=2026-01-06',
    )
    expect(browser.text).toContain('Advancing to 6 Jan 2026 09:01')
    expect(browser.text).toContain('10 done')
    expect(browser.html).toMatch(/<progress id="advance" value="\d{7}" max="86400000"/u)
    expect(browser.html).toContain('data-onward')
    await browser.presses('advance-on')
    expect(browser.text).toContain('20 done')
    expect(browser.text).toContain(`20 × ${en.console.kinds.receipt}: success`)
    await browser.presses('advance-on')
    expect(browser.path.split('?')[0]).toBe(path('/acme'))
    expect(browser.text).toContain(en.console.flash.done['clock.advance'])
    expect(browser.text).toContain(`23 × ${en.console.kinds.receipt}: success`)
    expect(await world.call('clock.get', {})).toMatchObject({ now: '2026-01-06T01:01:00.000Z' })
  })

  it('stays where it has come to when one stops, and what has happened stays', async () => {
    const { browser, path, world } = await startWithMuchToDo(13)
    await browser.presses('advance-P1D', { by: 'P1D' })
    const stop = /id="advance-stop"/u.exec(browser.html) && browser.links().at(-1)
    expect(stop).toBe(path('/acme'))
    await browser.opens(stop ?? '')
    expect(await world.call('clock.get', {})).toMatchObject({ now: '2026-01-05T02:00:00.000Z' })
    const { items } = (await world.call('clock.timeline', {})) as { items: { kind: string }[] }
    expect(items.filter(({ kind }) => kind === 'receipt')).toHaveLength(3)
  })

  it('does not go on by itself when it is refused', async () => {
    const { browser, world } = await startWithMuchToDo(13)
    await browser.presses('advance-P1D', { by: 'P1D' })
    await world.call('clock.advance', { by: 'P2D' })
    await world.call('clock.advance', { by: 'P2D' })
    const { status } = await browser.presses('advance-on')
    expect(status).toBe(422)
    expect(browser.text).toContain(en.console.refusals.backwards)
    expect(browser.html).not.toContain('data-onward')
    expect(browser.html).toContain('id="advance-stop"')
  })

  it.each(['', '?from=x&to=y', '?from=2026-01-05T01:00:00.000Z'])(
    'has no page at an address that says no way: %s',
    async (query) => {
      const { browser } = await startOperating()
      expect((await browser.opens(`/w/test/advance${query}`)).status).toBe(404)
    },
  )

  it('leads nowhere else than to pages of ours', async () => {
    const { browser } = await startOperating()
    const way = 'from=2026-01-05T01:00:00.000Z&to=2026-01-06T01:00:00.000Z'
    for (const stop of [
      'https%3A%2F%2Felsewhere.example.com',
      '%2F%2Felsewhere.example.com',
      'javascript:x',
    ]) {
      await browser.opens(`/w/test/advance?${way}&stop=${stop}`)
      expect(browser.html).not.toMatch(/href="(?:https?:)?\/\/elsewhere|href="javascript/u)
    }
  })
})

describe('clock.advance with at_most', () => {
  it('stops after so much real time, and has lost nothing when it goes on', async () => {
    const receiver = await startReceiver(204)
    const { world, platform, acme, wang } = await startSim()
    await world.call('account.update', { eid: 'acme', callback: { url: receiver.url } })
    await world.call('fault.create', { surface: 'callback', delay: 'PT0.2S' })
    for (let i = 0; i < 2; i++) await platform.sends(acme, { mobile: wang.mobile })
    const goesOn = () =>
      world.call('clock.advance', { to: '2026-01-06T01:00:00Z', at_most: 'PT0.1S' })
    const kinds = { kind: 'callback' }
    expect(await goesOn()).toMatchObject({ settled: false, ran: [kinds] })
    expect(await goesOn()).toMatchObject({ settled: false, ran: [kinds] })
    expect(await goesOn()).toMatchObject({
      settled: true,
      ran: [],
      now: '2026-01-06T01:00:00.000Z',
    })
    expect(receiver.events).toHaveLength(2)
  })

  it.each(['PT0.05S', 'PT11S', 'soon'])('refuses %s', async (at_most) => {
    const { http } = await startSim()
    const sent = { by: 'P1D', at_most }
    const { status, json } = await http('POST', '/_sim/v1/worlds/test/clock/advance', sent)
    expect({ status, json }).toMatchObject({ status: 422, json: { field: 'at_most' } })
  })
})
