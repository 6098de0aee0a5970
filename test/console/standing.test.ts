import { expect, it } from 'vitest'
import { applies } from './onboarding.ts'
import { startOperating } from './operator.ts'

it.each([
  { verb: 'suspend', says: 'The EID is suspended', errcode: 100004, errmsg: 'eid suspended' },
  {
    verb: 'revoke',
    says: 'The EID is permanently revoked',
    errcode: 100005,
    errmsg: 'eid revoked',
  },
])('an account whose EID was $verb is nowhere shown as if it could send', async (of) => {
  const { browser, path, world } = await startOperating({ at: '/acme' })
  expect(browser.html).toContain('c-good">Live')
  await world.call(`eid.${of.verb}`, { eid: 'acme' })
  const { errcode, errmsg } = of
  for (const at of ['/acme', '']) {
    await browser.opens(path(at))
    expect(browser.text).toContain(of.says)
    expect(browser.text).toContain(`Messages are refused with ${errcode}: ${errmsg}.`)
    expect(browser.text).not.toContain('Live')
    expect(browser.html).not.toContain('value="message.send"')
    expect(browser.html).not.toContain('id="next"')
  }
  const sendable = { ok: false, errcode, errmsg }
  const { items } = (await world.call('account.list')) as { items: unknown[] }
  expect(items[0]).toMatchObject({ key: 'acme', live: false, sendable })
  expect(await world.call('account.get', { eid: 'acme' })).toMatchObject({ live: false, sendable })
})

it('an account that is not set up says what is missing, and what a send gets', async () => {
  const { browser } = await startOperating()
  expect(browser.text).toContain('Not live yet')
  expect(browser.text).toContain('Messages are refused with 100002: account is not live, missing: ')
})

it('an account whose template is disabled says so wherever it stands, and its button enables it', async () => {
  const { browser, path, world, acme, platform, wang } = await startOperating({ at: '/acme' })
  const { appid } = acme
  const { template_id } = acme.info
  await world.call('template.disable', { appid, template_id })
  for (const at of ['', '/acme']) {
    await browser.opens(path(at))
    expect(browser.text).toContain('Template disabled')
    expect(browser.text).toContain('Messages are refused with 40037: invalid template_id.')
    expect(browser.text).not.toMatch(/Live|Ready to send/u)
  }
  // As contracted, it stays live to TUPU.
  const standing = { live: true, sendable: { ok: true }, template_state: 'disabled' }
  expect(await world.call('account.get', { eid: 'acme' })).toMatchObject(standing)
  await browser.presses('mend')
  expect(browser.path).toBe(path('/acme?said=template.enable'))
  expect(browser.html).toContain('c-good">Live')
  expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 0 })
})

it('a template is disabled and enabled among its like', async () => {
  const { browser, acme, world } = await startOperating({ at: '/acme?tab=templates' })
  const { template_id } = acme.info
  await browser.presses(`disable-${template_id}`)
  await browser.presses(`enable-${template_id}`)
  expect(browser.text).toContain('Template enabled.')
  expect(await world.call('account.get', { eid: 'acme' })).toMatchObject({
    template_state: 'active',
  })
})

it('an account that is suspended is resumed on its first tab', async () => {
  const { browser, world, path } = await startOperating({ at: '/acme' })
  await world.call('eid.suspend', { eid: 'acme' })
  await browser.opens(path('/acme'))
  await browser.presses('mend')
  expect(browser.path).toBe(path('/acme?said=eid.resume'))
  expect(browser.html).toContain('c-good">Live')
})

it('an EID that nobody has yet is not shown as if it were in use', async () => {
  const { browser, world, path } = await startOperating({ at: '/globex?tab=eid' })
  expect(browser.text).toMatch(/globex-\w+Not issued/u)
  expect(browser.text).not.toMatch(/Active|Current EID/u)
  expect(browser.html).not.toMatch(/id="eid-(?:turn|revoke|rotate)"/u)
  await world.call('eid.suspend', { eid: 'globex' })
  await browser.opens(path('/globex?tab=eid'))
  await browser.presses('eid-turn')
  await world.call('eid.issue', { eid: 'globex' })
  await browser.opens(path('/globex?tab=eid'))
  expect(browser.text).toMatch(/globex-\w+Active Current EID/u)
})

it('a live account with steps left says that they block nothing', async () => {
  const sim = await startOperating()
  await sim.world.call('application.approve', { application: await applies(sim) })
  await sim.browser.opens(sim.path('/globex'))
  expect(sim.browser.text).toContain('They do not depend on the remaining steps.')
  expect(sim.browser.html).toContain('id="next"')
})

it('the first message is answered on the page from which it was sent', async () => {
  const { browser, path, wang } = await startOperating({ at: '/acme' })
  await browser.presses('next-first_message', { to: '12-34', message: '欢迎' })
  expect(browser.path).toMatch(new RegExp(`^${path('/acme')}\\?said=message\\.test&`, 'u'))
  expect(browser.text).toContain('errcode 100010')
  expect(browser.html).toMatch(/id="send-to"[^>]* value="12-34"/u)
  await browser.presses('next-first_message', { to: wang.mobile, message: '欢迎' })
  expect(browser.text).toContain('errcode 0')
  expect(browser.text).toContain('Onboarding is complete')
})
