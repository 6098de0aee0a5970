import { generate } from 'lean-qr'
import { toSvgPath } from 'lean-qr/extras/svg'
import { describe, expect, it } from 'vitest'
import { type StartOptions, startSim } from '../../sim.ts'
import { Browser, linkIn, wechat_agent } from './browser.ts'
import { asked, pageOf } from './candidate.ts'

async function start(options: StartOptions = {}) {
  const sim = await startSim(options)
  return { ...sim, browser: new Browser(sim.http), path: `/register/${sim.acme.eid}` }
}

describe('a browser that is not WeChat’s', () => {
  it('is told so, with a QR code of the page', async () => {
    const { browser, path } = await start()
    const page = await browser.open(`${path}?lang=zh`)
    expect(page.status).toBe(200)
    expect(page.text).toContain('请在微信里打开')
    const code = generate(`http://sim.localhost${path}?lang=zh`)
    expect(page.html).toContain(`d="${toSvgPath(code)}"`)
    expect(asked(page)).toBe(0)
  })

  it('may choose who is looking, and gets to the page by that', async () => {
    const { browser, path } = await start()
    const page = await browser.open(path)
    const who = await browser.open(linkIn(page, '选择是谁在看'), page)
    expect(who.url).toMatch(/^\/connect\/oauth2\/who\?appid=/)
    const form = await browser.open(linkIn(who, '李雷'), who)
    expect(form.text).toContain('信息登记')
    expect(form.html).toContain('name="csrf"')
  })

  it('may not on an exposed server, and gets no cookie there', async () => {
    const { browser, path } = await start({ exposed: true })
    const page = await browser.open(path)
    expect(page.text).toContain('请在微信里打开')
    expect(page.html).not.toContain('/connect/oauth2/')
    expect(page.headers.get('set-cookie')).toBeNull()
  })

  it.each([
    { what: 'the path', path: '/as/li', headers: {} },
    { what: 'a header', path: '', headers: { 'x-sim-person': 'li' } },
    { what: 'the phone opened last', path: '', headers: { cookie: 'sim_phone=li' } },
  ])('is one to us where $what says who is looking', async ({ path, headers }) => {
    const { http, acme } = await startSim()
    const page = await new Browser(http, { headers }).open(`${path}/register/${acme.eid}`)
    expect(page.text).toContain('信息登记')
  })

  it('is one to us where the query says who is looking', async () => {
    const { browser, path } = await start()
    const page = await browser.open(`${path}?sim_person=wang`)
    expect(page.text).toContain('登记信息')
    expect(page.url).toBe(path)
  })
})

describe('WeChat’s browser', () => {
  it('goes to WeChat at once', async () => {
    const { http, path } = await start()
    const browser = new Browser(http, { headers: { 'user-agent': wechat_agent } })
    const answer = await browser.ask(path)
    expect(answer.headers.get('location')).toContain('/connect/oauth2/authorize?')
  })
})

describe('a snapshot of the page', () => {
  it('asks to open the full one, which it becomes when the person allows it', async () => {
    const { http, acme, li, world } = await startSim()
    await world.call('account.update', { eid: 'acme', oauth_scope: 'snsapi_userinfo' })
    await world.call('phone.snapshot', { person: 'li', on: true })
    const browser = new Browser(http)
    const page = await browser.open(pageOf(acme))
    expect(page.text).toContain('请使用完整服务')
    expect(page.html).not.toContain('<form')
    expect(asked(await browser.open(pageOf(acme)))).toBe(0)
    const full = linkIn(page, '使用完整服务')
    expect(new URL(full, 'http://x').searchParams.get('forcePopup')).toBe('true')
    const sheet = await browser.open(full, page)
    const allowed = await browser.submit(sheet, { verdict: 'allow' })
    expect(allowed.text).toContain('信息登记')
    const [latest] = ((await world.call('exchange.list', {})) as Listed).items
    expect(JSON.stringify(latest?.decision)).toContain(li.openidAt(acme))
  })

  it('takes no form', async () => {
    const { http, acme, world } = await startSim()
    await world.call('account.update', { eid: 'acme', oauth_scope: 'snsapi_userinfo' })
    await world.call('phone.snapshot', { person: 'li', on: true })
    const browser = new Browser(http)
    await browser.open(pageOf(acme))
    for (const path of [pageOf(acme), `${pageOf(acme)}/withdraw`])
      expect((await browser.post(path, { name: '李雷' })).text).toContain('请使用完整服务')
  })
})

interface Listed {
  readonly items: readonly { readonly decision: unknown }[]
}
