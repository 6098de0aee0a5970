import { expect, it } from 'vitest'
import { startReceiver } from '../callback-receiver.ts'
import { startOperating } from './operator.ts'

it('what the platform was told is shown with its answer, and told once more at the press of a button', async () => {
  const receiver = await startReceiver(500)
  const { browser, path, platform, acme, wang } = await startOperating({
    at: '/acme?tab=callbacks',
  })
  await browser.presses('save-callback', { 'callback.url': receiver.url, 'callback.secret': '' })
  expect(browser.text).toContain('No callbacks have been sent.')
  await platform.sends(acme, { mobile: wang.mobile })
  await browser.opens(path('/acme?tab=callbacks'))
  await browser.presses('advance-P1D', { by: 'P1D' })
  expect(browser.text).toContain('× delivery callback:')
  expect(browser.text).toMatch(/Failed message\.delivered .*HTTP 500.*Attempts: 6/u)
  receiver.manner = 204
  const [event] = receiver.events
  await browser.presses(`redeliver-${event}`)
  await browser.presses('advance-next', { next: 'true' })
  expect(receiver.events).toEqual(Array(7).fill(event))
  expect(browser.text).toMatch(/Acknowledged message\.delivered/u)
})
