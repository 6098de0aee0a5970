import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { startSim } from '../sim.ts'
import { tablesOf } from '../wechat/client.ts'
import { applies } from './onboarding.ts'
import { startOperating } from './operator.ts'

describe('a form that is refused', () => {
  it.each([
    {
      at: '/acme?tab=templates',
      id: 'set-industries',
      typed: { primary: '2', secondary: '2' },
      says: 'Select two different industries.',
      field: 'industry-secondary',
    },
    {
      at: '/acme?tab=settings',
      id: 'save-tupu',
      typed: { retention_days: '0' },
      says: 'Enter a whole number in the allowed range.',
      field: 'tupu-retention_days',
    },
    {
      at: '/acme?tab=settings',
      id: 'save-tupu',
      typed: { minute_limit: 'many' },
      says: 'Enter a whole number in the allowed range.',
      field: 'tupu-minute_limit',
    },
    {
      at: '/acme?tab=callbacks',
      id: 'save-callback',
      typed: { 'callback.url': 'ftp://example.com/' },
      says: 'Enter an http or https URL',
      field: 'callback-callback-url',
    },
    {
      at: '/acme?tab=settings',
      id: 'save-wechat',
      typed: { review: 'after_reads', reads: '0' },
      says: 'Enter a whole number in the allowed range.',
      field: 'wechat-reads',
    },
    {
      at: '/acme?tab=eid',
      id: 'eid-rotate',
      typed: { overlap: 'P90D' },
      says: 'Enter a valid duration.',
      field: 'rotate-overlap',
    },
    {
      at: '/acme',
      id: 'next-first_registration',
      typed: { mobile: '12345' },
      says: 'Enter a valid mobile number',
      field: 'register-mobile',
    },
    {
      at: '',
      id: 'make',
      typed: { key: 'Not A Key' },
      says: 'Use lowercase letters, digits and hyphens, starting with a letter',
      field: 'make-key',
    },
    {
      at: '',
      id: 'make',
      typed: { key: 'acme' },
      says: 'This is already in use.',
      field: 'make-key',
    },
  ])(
    'says at $field why, keeps what was typed, and changes nothing',
    async ({ at, id, typed, says, field }) => {
      const world = { people: [] }
      const sim = await startOperating({ at, world })
      const before = await tablesOf(sim.world)
      const { status } = await sim.browser.presses(id, typed)
      expect(status).toBe(422)
      expect(sim.browser.text).toContain(says)
      expect(sim.browser.html).toContain(`id="${field}-fault"`)
      // A list holds no choice that it does not offer.
      for (const text of Object.values(typed).filter((text) => text !== 'P90D'))
        expect(sim.browser.html).toContain(`value="${text}"`)
      expect(await tablesOf(sim.world)).toEqual(before)
    },
  )

  it('says above the page what is no field’s fault, with the words of the call', async () => {
    const sim = await startOperating()
    const { browser, path, world } = sim
    const application = await applies(sim)
    await browser.opens(path('/globex?tab=templates'))
    await world.call('application.approve', { application })
    expect((await browser.presses(`approve-${application}`)).status).toBe(422)
    expect(browser.html).toContain('role="alert"')
    expect(browser.text).toContain('No changes were made')
    expect(browser.text).toContain('Details: it is approved')
  })

  it('names the field that a form has left out', async () => {
    const sim = await startOperating()
    const application = await applies(sim)
    const { browser, path } = sim
    await browser.opens(path('/globex'))
    const form = browser.forms().find(({ action }) => action.endsWith('application.approve'))
    const { application: left_out, ...fields } = form?.fields ?? {}
    expect(left_out).toBe(application)
    await browser.sends(form?.action ?? '', fields)
    expect(browser.text).toContain('Details: application is missing')
  })

  it('speaks Chinese to whoever reads Chinese', async () => {
    const { browser, path } = await startOperating()
    await browser.opens(path('/globex?lang=zh'))
    await browser.presses('next-vendor_permission')
    await browser.presses('vendor-refuse', { reason: '' })
    expect(browser.text).toContain('请填写原因，最多 500 个字符。')
  })

  it.each([
    { of: 'another browser', token: 'x' },
    { of: 'nobody', token: '' },
  ])('is one with the token of $of', async ({ token }) => {
    const { browser, lifeOf } = await startOperating()
    const { status } = await browser.presses('next-vendor_permission', { token })
    expect(status).toBe(403)
    expect(browser.text).toContain('The form has expired or belongs to another browser')
    expect((await lifeOf('globex')).events).toHaveLength(1)
  })

  it('leads to the first page when it does not say where it stood', async () => {
    const { browser } = await startOperating()
    await browser.presses('next-vendor_permission', { back: 'https://elsewhere.example.com/' })
    expect(browser.path).toBe('/w/test/?said=vendor.ask')
  })
})

onEither('what is no page', (database) => {
  it.each([
    ['/w/test/accounts/nobody', 'This account does not exist in this world.', '/w/test/'],
    ['/w/test/accounts/%00', 'This account does not exist in this world.', '/w/test/'],
    ['/w/test/accounts/%ed%a0%80', 'This account does not exist in this world.', '/w/test/'],
    ['/w/test/accounts/acme/more', 'There is no page at this address.', '/w/test/'],
    ['/w/gone/accounts', 'This world does not exist', '/'],
  ])('%s is 404 with a page that leads on', async (path, says, leads) => {
    const { browser } = await startOperating({ database })
    expect((await browser.opens(path)).status).toBe(404)
    expect(browser.text).toContain(says)
    expect(browser.links()).toContain(leads)
  })

  it('is a form of another control call', async () => {
    const { browser, path, http } = await startOperating({ database })
    const { fields } = browser.forms()[0] ?? { fields: {} }
    expect((await browser.sends('/w/test/do/snapshot.create', fields)).status).toBe(404)
    expect((await http('GET', '/w/test/do/clock.advance')).status).toBe(405)
    expect((await http('POST', path('/globex'))).status).toBe(405)
  })
})

describe('on a server that others reach', () => {
  it('nothing is shown or done without the control token', async () => {
    const controlToken = 'the-operators-token'
    const { http, world } = await startSim({ exposed: true, controlToken })
    const path = '/w/test/accounts/globex'
    expect((await http('GET', path)).status).toBe(401)
    expect((await http('POST', '/w/test/do/vendor.ask', 'eid=globex')).status).toBe(401)
    const { events } = (await world.call('account.get', { eid: 'globex' })) as { events: unknown[] }
    expect(events).toHaveLength(1)
    const authorization = `Bearer ${controlToken}`
    expect((await http('GET', path, undefined, { authorization })).status).toBe(200)
  })
})
