import { expect, it } from 'vitest'
import { startReceiver } from '../callback-receiver.ts'
import { PushServer, token } from '../wechat/push/server.ts'
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

it('the server of the official account is set on the same page, and must answer first', async () => {
  const { browser, path, world, acme } = await startOperating({ at: '/acme?tab=callbacks' })
  const server = await new PushServer(token).start()
  const typed = { 'server.url': server.url, 'server.token': token, 'server.mode': 'aes' }
  await browser.presses('save-server', { ...typed, 'server.aes_key': '' })
  expect(browser.path).toBe(path('/acme?tab=callbacks&said=official_account.update'))
  expect(browser.text).toContain('Verified')
  const of = () => world.call('official_account.get', { appid: acme.appid })
  const { url } = server
  const is = { server: { url, token, aes_key: acme.info.aes_key, mode: 'aes', verified: true } }
  expect(await of()).toMatchObject(is)
  for (const [field, value] of [
    ['url', 'http://127.0.0.1:9/nobody'],
    ['token', 'x'],
    ['aes_key', 'short'],
  ]) {
    await browser.presses('save-server', { ...typed, [`server.${field}`]: value ?? '' })
    expect(browser.html).toContain(`id="server-server-${field}-fault"`)
  }
  expect(await of()).toMatchObject(is)
  await browser.presses('save-server', { 'server.url': '' })
  expect(await of()).toMatchObject({ server: null })
})
