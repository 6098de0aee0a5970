import { expect, it } from 'vitest'
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
