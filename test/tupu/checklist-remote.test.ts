import { describe, expect, it } from 'vitest'
import { WechatClient } from '../wechat/client.ts'
import { startFakeWechat } from './fake-wechat.ts'
import { exchanges } from './journal.ts'
import { doneSteps, life, stepOf } from './life.ts'
import { startAt, startThrough } from './through.ts'

const menu_path = 'get_current_selfmenu_info'
const create_path = 'menu/create'
const published = 'registration_page_published'

/** A menu as WeChat tells one of its console. */
function consoleMenu(...urls: string[]) {
  const list = urls.map((url) => ({ type: 'view', name: '登记', url }))
  return {
    is_menu_open: 1,
    selfmenu_info: { button: [{ name: '更多', sub_button: { list } }] },
  }
}

describe('the checklist of an account behind a remote gateway', () => {
  it('is undone until its own page is in that WeChat’s menu, where everything else stays', async () => {
    const { world, acme, http, remote } = await startThrough()
    const client = new WechatClient(remote.http, remote.acme)
    await client.signsIn()
    const menu = async () => (await client.get('/cgi-bin/menu/get')).json['menu'] as unknown as Menu
    const before = (await menu()).button
    expect(await doneSteps(http, acme)).not.toContain(published)
    expect(await stepOf(world, 'acme', published)).toMatchObject({
      next: { call: 'registration_page.publish', input: { eid: 'acme' } },
    })
    await world.advance('P1D')
    await world.call('registration_page.publish', { eid: 'acme', name: '入职' })
    const url = `http://sim.localhost/w/test/register/${acme.eid}`
    expect((await menu()).button).toEqual([
      ...before,
      { type: 'view', name: '入职', url, sub_button: [] },
    ])
    expect(await stepOf(world, 'acme', published)).toMatchObject({
      done: true,
      at: '2026-01-06T01:00:00.000Z',
    })
    expect(await doneSteps(http, acme)).toContain(published)
  })

  it('names no call that only that WeChat’s own console can answer', async () => {
    const wechat = await startFakeWechat({ 'template/get_industry': { errcode: 40102 } })
    const { world } = await startAt(wechat.url)
    const { checklist, missing } = await life(world, 'acme')
    expect(missing).toEqual(['industries_set'])
    const calls = checklist.filter(({ next }) => next !== null).map(({ next }) => next?.call)
    expect(calls).toEqual(['registration_page.publish'])
  })

  it('knows a page by its EID wherever our server stood when it was published', async () => {
    const wechat = await startFakeWechat()
    const { world, acme } = await startAt(wechat.url)
    const at = async (...urls: string[]) => {
      wechat.answers[menu_path] = consoleMenu(...urls)
      return (await stepOf(world, 'acme', published)).done
    }
    expect(await at('https://hr.example.com/')).toBe(false)
    expect(await at(`https://hr.example.com/register/${acme.eid}x`)).toBe(false)
    expect(await at(`https://hr.example.com/apply/${acme.eid}`)).toBe(false)
    expect(await at('https://a.cn/', `https://sim:8878/w/test/register/${acme.eid}?a=1`)).toBe(true)
    expect(await at(`http://localhost:1/register/${acme.eid}`)).toBe(true)
  })

  it('keeps what was known of a menu while WeChat says nothing of it', async () => {
    const wechat = await startFakeWechat()
    const { world, acme, platform, wang } = await startAt(wechat.url)
    wechat.answers[menu_path] = consoleMenu(`http://localhost:1/register/${acme.eid}`)
    expect(await stepOf(world, 'acme', published)).toMatchObject({ done: true })
    wechat.answers[menu_path] = '<html>'
    expect(await stepOf(world, 'acme', published)).toMatchObject({ done: true })
    expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 0 })
    expect(await stepOf(world, 'acme', published)).toMatchObject({ done: true })
    wechat.answers[menu_path] = { is_menu_open: 0 }
    expect(await stepOf(world, 'acme', published)).toMatchObject({ done: false })
  })

  it('is not asked for its menu by sends', async () => {
    const wechat = await startFakeWechat()
    const { acme, platform, wang } = await startAt(wechat.url)
    const asked = () => wechat.calls.filter((path) => path === menu_path).length
    const before = asked()
    await platform.sends(acme, { mobile: wang.mobile })
    expect(asked()).toBe(before)
  })
})

interface Menu {
  readonly button: object[]
}

describe('registration_page.publish through a remote gateway', () => {
  it.each([
    { what: 'refuses', answer: { errcode: 40018, errmsg: 'invalid button name' }, says: '40018' },
    { what: 'says nothing', answer: '<html>', says: 'did not answer' },
  ])('is 409 when WeChat $what, and the journal has what was sent', async ({ answer, says }) => {
    const wechat = await startFakeWechat({
      [menu_path]: consoleMenu('https://a.cn/'),
      [create_path]: answer,
    })
    const { world, http } = await startAt(wechat.url)
    const path = '/_sim/v1/worlds/test/accounts/acme/registration-page/publish'
    const refused = await http('POST', path, {})
    expect(refused).toMatchObject({ status: 409, json: { reason: expect.stringContaining(says) } })
    const kept = await exchanges(world, { trace: refused.headers.get('x-sim-trace') ?? '' })
    expect(kept.map(({ url }) => url).join()).toContain(create_path)
    const { events } = await life(world, 'acme')
    expect(events.filter(({ verb }) => verb === published)).toHaveLength(1)
  })

  it('is 409 without any call when the menu cannot be read', async () => {
    const wechat = await startFakeWechat({ [menu_path]: { errcode: 48001, errmsg: 'no' } })
    const { http } = await startAt(wechat.url)
    const path = '/_sim/v1/worlds/test/accounts/acme/registration-page/publish'
    expect(await http('POST', path, {})).toMatchObject({ status: 409 })
    expect(wechat.calls).not.toContain(create_path)
  })
})
