import { describe, expect, it } from 'vitest'
import { PlainBrowser } from '../phone/browser.ts'
import { startSim } from '../sim.ts'

async function openAt(path: string, options = {}) {
  const sim = await startSim(options)
  const browser = new PlainBrowser(sim.http)
  await browser.opens(path)
  return { ...sim, browser }
}

/** What a browser says when somebody follows a link. */
const navigation = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }

describe('the menu of worlds', () => {
  it('makes a world and leads into it, resets it, and ends it', async () => {
    const { browser, world, sim } = await openAt('/')
    await browser.presses('world-make', { name: 'qa-1' })
    expect(browser.path).toBe('/w/qa-1/?said=world.create')
    expect(browser.text).toContain('World qa-1')
    expect(browser.links().filter((link) => link === '/w/test/')).toHaveLength(1)
    const made = await sim.world({ name: 'qa-1', if_exists: 'reuse' })
    await made.call('message.test', { mobile: '13900139000', message: '欢迎' })
    await browser.opens('/w/qa-1/')
    expect(browser.text).toContain('Refused 100011')
    await browser.presses('world-reset')
    expect(browser.path).toBe('/w/qa-1/?said=world.reset')
    expect(browser.text).toContain('No messages yet')
    await browser.presses('world-end')
    expect(browser.path).toBe('/?said=world.delete')
    expect((await browser.opens('/w/qa-1/')).status).toBe(404)
    expect(await world.call('clock.get', {})).toMatchObject({ mode: 'frozen' })
  })

  it('opens a world of that name if it is there, and says why no world can have a name', async () => {
    const { browser } = await openAt('/')
    await browser.presses('world-make', { name: 'test' })
    expect(browser.path).toBe('/w/test/')
    const { status } = await browser.presses('world-make', { name: 'No Name' })
    expect(status).toBe(422)
    expect(browser.text).toContain('starting with a letter or digit (at most 63 characters)')
    expect(browser.html).toMatch(/id="world-name-hint">Use lowercase letters/u)
    expect(browser.html).toMatch(/<details[^>]* id="world-menu"[^>]* open/u)
    expect(browser.html).toMatch(
      /<input[^>]* id="world-name"[^>]* value="No Name"[^>]* aria-invalid="true" autofocus/u,
    )
  })

  it('asks for a name before it lists the worlds, in the order of their numbers', async () => {
    const { browser, sim } = await openAt('/')
    for (const n of [10, 9, 1]) await sim.world({ name: `ci-${n}` })
    await browser.opens('/w/ci-10/')
    const menu = /id="world-menu"[\s\S]*?<\/details>/u.exec(browser.html)?.[0] ?? ''
    const worlds = [...menu.matchAll(/href="\/(?:w\/)?([^"/]*)/gu)].map(([, name]) => name)
    expect(worlds).toEqual(['', 'ci-1', 'ci-9', 'ci-10', 'test'])
    expect(menu.indexOf('id="world-make"')).toBeLessThan(menu.indexOf('f-worlds'))
  })

  it('never offers to end the default world', async () => {
    const { browser } = await openAt('/')
    expect(browser.html).toContain('id="world-reset"')
    expect(browser.html).not.toContain('id="world-end"')
  })
})

describe('the frame', () => {
  it.each([
    '/w/test/',
    '/w/test/docs',
    '/w/test/coverage',
    '/w/test/environment',
    '/w/test/nothing',
  ])('at %s stays in its world, with its clock and the one question', async (path) => {
    const { http } = await startSim()
    const { text } = await http('GET', path, undefined, { ...navigation, 'accept-language': 'en' })
    expect(text).toContain('<b translate="no">test</b>')
    expect(text).toContain('datetime="2026-01-05T01:00:00.000Z"')
    expect(text).toContain('action="/w/test/why"')
    expect(text).toContain('href="/w/test/accounts"')
  })

  it('moves the clock from the documentation, and stays there', async () => {
    const { browser, world } = await openAt('/w/test/docs/handle')
    await browser.presses('advance-P14D', { by: 'P14D' })
    expect(browser.path).toBe('/w/test/docs/handle?said=clock.advance')
    expect(await world.call('clock.get', {})).toMatchObject({ now: '2026-01-19T01:00:00.000Z' })
    expect(browser.text).toContain('+14 d')
  })

  it('counts what is there, and no further than a thousand', async () => {
    const { browser, platform, acme, wang } = await openAt('/w/test/')
    await platform.sends(acme, { mobile: wang.mobile })
    await browser.opens('/w/test/docs')
    expect(browser.text).toContain('Messages 1People 4Accounts 2')
  })
})

describe('the language', () => {
  it('is kept by the browser, and phone, registration and docs follow it', async () => {
    const { browser, acme } = await openAt('/w/test/?lang=zh')
    expect(browser.cookies.get('sim_lang')).toBe('zh')
    const { eid } = acme
    for (const path of [
      '/w/test/',
      '/w/test/docs',
      '/w/test/phone/wang',
      `/w/test/register/${eid}/notice`,
    ]) {
      await browser.opens(path)
      expect(browser.html, path).toContain('<html lang="zh-CN">')
    }
    await browser.opens('/w/test/phone/wang?lang=en')
    await browser.opens('/w/test/')
    expect(browser.html).toContain('<html lang="en">')
    expect(browser.links().filter((link) => link.includes('lang='))).toEqual(['/w/test/?lang=zh'])
  })
})

describe('a page that is lost', () => {
  it('is a page for browsers and a problem for programs, and stands in the journal either way', async () => {
    const { http } = await startSim()
    const page = await http('GET', '/nothing', undefined, {
      ...navigation,
      'accept-language': 'en',
    })
    expect(page.status).toBe(404)
    expect(page.text).toContain('Page not found')
    // What Java asks for by itself.
    const accept = 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2'
    const other = await http('GET', '/nothing', undefined, { accept })
    expect(other).toMatchObject({ status: 404, json: { type: 'unknown_path' } })
    const { json } = await http('GET', '/_sim/v1/worlds/_unattributed/exchanges')
    expect(json).toMatchObject({ items: [{ url: '/nothing' }, { url: '/nothing' }] })
  })

  it.each([
    ['POST', '/messages', { eid: 'acme', mobile: '13800138002' }],
    ['GET', '/staff/nobody', undefined],
    ['POST', '/', {}],
  ])('%s %s of a platform is no page, and stands in the journal', async (method, path, body) => {
    const { http } = await startSim()
    expect(await http(method, path, body)).toMatchObject({ json: { type: 'unknown_path' } })
    const { json } = await http('GET', '/_sim/v1/worlds/_unattributed/exchanges')
    expect(json).toMatchObject({ items: [{ surface: 'none', url: path }] })
  })
})

describe('why did it not arrive', () => {
  it('is answered with the rule, and no address says whom it is about', async () => {
    const { browser, platform, acme } = await openAt('/w/test/')
    await platform.sends(acme, { mobile: '13900139000' })
    await browser.sends('/w/test/why', { mobile: '139 0013 9000' })
    expect(browser.path).toMatch(/^\/w\/test\/why\?asked=[\w-]+$/u)
    expect(browser.text).toContain('The latest message to 139 0013 9000 did not arrive.')
    expect(browser.text).toContain('association.known')
    await browser.sends('/w/test/why', { mobile: '13900139001' })
    expect(browser.text).toContain('No message to 139 0013 9001 has been received.')
    await browser.sends('/w/test/why', { mobile: 'x' })
    expect(browser.text).toContain('“x” is neither a mobile number nor')
  })
})
