import { describe, expect, it } from 'vitest'
import { tagsOf } from '../page.ts'
import type { Sim } from '../sim.ts'
import { tablesOf } from '../wechat/client.ts'
import { PlainBrowser, startBrowsing } from './browser.ts'

/** What the decision of the last form says. */
async function lastDecision({ world }: Pick<Sim, 'world'>) {
  const { items } = (await world.call('exchange.list')) as {
    items: { endpoint: string; status: number; decision: unknown[] }[]
  }
  return items.find(({ endpoint }) => endpoint.startsWith('phone_page.'))
}

describe('a form that is refused', () => {
  it.each([
    { path: '/li/scan', press: 'scan', typed: { content: 'hello' }, said: 'neither a link nor' },
    {
      path: '/li/scan',
      press: 'open',
      typed: { url: 'ftp://x' },
      said: 'http and https links only',
    },
  ])('at $path says why, and keeps what was typed', async ({ path, press, typed, said }) => {
    const { browser, at, world } = await startBrowsing()
    await browser.opens(at(path))
    const tables = await tablesOf(world)
    expect(await browser.presses(press, typed)).toMatchObject({ status: 422 })
    expect(browser.text).toContain(said)
    for (const text of Object.values(typed)) expect(browser.text).toContain(text)
    expect(tagsOf(browser.html).filter(({ name }) => name === 'h1')).toHaveLength(1)
    expect(await tablesOf(world)).toEqual(tables)
  })

  it('says it in Chinese to whoever reads that', async () => {
    const { http, at, browser: _, li, acme } = await startBrowsing()
    const browser = new PlainBrowser(http, { 'accept-language': 'zh-CN' })
    await browser.opens(at('/li/chat/{appid}'))
    await li.unfollows(acme)
    expect(await browser.presses('tap-0')).toMatchObject({ status: 422 })
    expect(browser.text).toContain('你没有关注此公众号，请先关注。')
  })

  it.each([
    { typed: { mobile: '123' }, field: 'mobile', said: 'Enter a valid mobile number' },
    { typed: { key: 'Zhao!' }, field: 'key', said: 'Use lowercase letters' },
    { typed: { key: 'li' }, field: 'key', said: 'This key is already in use' },
    { typed: { name: 'x'.repeat(101) }, field: 'name', said: 'Enter a name of 1 to 100' },
  ])('for a new person points to $field: $said', async ({ typed, field, said }) => {
    const { browser, at, world } = await startBrowsing()
    await browser.opens(at(''))
    const { action, fields } = browser.forms(browser.inside)[0] ?? { action: '', fields: {} }
    const tables = await tablesOf(world)
    const all = { name: '赵敏', ...typed }
    expect(await browser.sends(action, { ...fields, ...all })).toMatchObject({ status: 422 })
    const input = tagsOf(browser.html).find(({ attributes }) => attributes['id'] === field)
    expect(input?.attributes).toMatchObject({
      'aria-invalid': 'true',
      'aria-describedby': expect.stringContaining(`${field}-fault`),
      value: all[field as keyof typeof all],
    })
    expect(browser.text).toContain(said)
    expect(await tablesOf(world)).toEqual(tables)
  })

  it('is kept in the journal with its decision, as every form is', async () => {
    const sim = await startBrowsing()
    const { browser, at, li, acme } = sim
    await browser.opens(at('/li/account/{appid}'))
    await browser.presses('notices')
    expect(await lastDecision(sim)).toMatchObject({ endpoint: 'phone_page.do', status: 303 })
    await browser.opens(at('/li/account/{appid}'))
    await li.unfollows(acme)
    await browser.presses('block')
    expect(await lastDecision(sim)).toMatchObject({
      endpoint: 'phone_page.do',
      status: 422,
      decision: [{ rule: 'control.conflict', actual: 'person', expected: 'follow first' }],
    })
  })

  it('leaves what is unread unread', async () => {
    const { browser, at, wang, acme, platform } = await startBrowsing()
    await browser.opens(at('/wang/chat/{appid}'))
    await platform.sends(acme, { mobile: wang.mobile })
    const form = browser.forms(browser.inside).find(({ action }) => action.endsWith('/do/tap'))
    await browser.sends(form?.action ?? '', { ...form?.fields, button: '9' })
    expect(browser.text).toContain('This button is no longer in the menu')
    expect((await wang.phone()).unread).toBe(1)
  })
})

describe('a form that is none of ours', () => {
  const follow = '/w/test/phone/han/do/follow'

  it.each([
    ['without a token', { token: '' }, false],
    ['with another token', { token: 'x'.repeat(43) }, false],
    ['whose cookie is gone', {}, true],
  ])('%s does nothing, and gives a form that does', async (_, but, isForgotten) => {
    const { browser, at, han, acme, world } = await startBrowsing()
    await browser.opens(at('/han/account/{appid}'))
    const [form] = browser.forms(browser.inside)
    if (isForgotten) browser.cookies.clear()
    const tables = await tablesOf(world)
    const answer = await browser.sends(follow, { ...form?.fields, ...but })
    expect(answer.status).toBe(403)
    expect(browser.text).toContain('The form has expired')
    expect(await tablesOf(world)).toEqual(tables)
    await browser.presses('follow')
    expect((await han.chat(acme)).state).toBe('following')
  })

  it('does nothing with the token of another browser', async () => {
    const { browser, at, http, han, acme } = await startBrowsing()
    await browser.opens(at('/han/account/{appid}'))
    const other = new PlainBrowser(http)
    await other.opens(at('/li/account/{appid}'))
    const [form] = other.forms(other.inside)
    expect((await browser.sends(follow, form?.fields ?? {})).status).toBe(403)
    expect((await han.chat(acme)).state).toBe('never')
  })

  it.each(['get', 'chat', 'reset', 'x', '%00'])('does no %s', async (verb) => {
    const { browser, at } = await startBrowsing()
    await browser.opens(at('/li/me'))
    const [form] = browser.forms(browser.inside)
    const answer = await browser.sends(`/w/test/phone/li/do/${verb}`, form?.fields ?? {})
    expect(answer.status).toBe(404)
  })

  it('cannot say for whom, but by its path', async () => {
    const { browser, at, li, han, acme } = await startBrowsing()
    await browser.opens(at('/han/account/{appid}'))
    const [form] = browser.forms(browser.inside)
    const more = { person: 'li', world: 'default' }
    const answer = await browser.sends('/w/test/phone/han/do/follow', { ...form?.fields, ...more })
    expect(answer.status).toBe(200)
    expect((await han.chat(acme)).state).toBe('following')
    expect((await li.chat(acme)).state).toBe('following')
    expect(await browser.sends('/w/test/phone/nobody/do/follow', form?.fields ?? {})).toMatchObject(
      {
        status: 404,
      },
    )
  })

  it.each(['https://evil.example/phone/han', '//evil.example/', '/docs', '/phone/a/b/c', ''])(
    'leads back to no %j',
    async (back) => {
      const { browser, at, http } = await startBrowsing()
      await browser.opens(at('/han/account/{appid}'))
      const [form] = browser.forms(browser.inside)
      const body = new URLSearchParams({ ...form?.fields, back }).toString()
      const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await http('POST', follow, body, {
        cookie,
        'content-type': 'application/x-www-form-urlencoded',
      })
      expect(answer.status).toBe(303)
      const location = String(answer.headers.get('location'))
      // Who follows is in the conversation, wherever the form claims to come from.
      expect(location).toMatch(/^\/w\/test\/phone\/han\/chat\/wx[\da-f]{16}\?said=followed$/)
    },
  )
})
