import { describe, expect, it } from 'vitest'
import { onEither } from '../../database.ts'
import type { Http } from '../../sim.ts'
import { startFakeWechat } from '../fake-wechat.ts'
import { exchanges } from '../journal.ts'
import { goThrough, startAt, startThrough, type Through } from '../through.ts'
import { Browser, formOf } from './browser.ts'
import { asked, good, registrations } from './candidate.ts'

/** A real phone's browser, which WeChat knows as Li's: two servers, one jar. */
function browserOf({ sim, remote, http }: Through): Browser {
  const both: Http = (method, url, body, headers) => {
    return url.startsWith('/')
      ? http(method, url, body, headers)
      : remote.http(method, url, body, headers)
  }
  const headers = { 'user-agent': 'MicroMessenger', 'x-sim-person': 'li' }
  return new Browser(both, { headers, origin: sim.url ?? '' })
}

onEither('the registration page before another WeChat', (database) => {
  it('goes there and back, and registers the openid that it tells', async () => {
    const through = await startThrough({ database, listen: true })
    const { acme, remote, world, platform } = through
    const browser = browserOf(through)
    const path = `/register/${acme.eid}?lang=zh`
    const form = await browser.open(path)
    expect(form.way[1]).toMatch(`${remote.sim.url}/w/wechat/connect/oauth2/authorize?appid=`)
    expect(form).toMatchObject({ status: 200, url: path })
    expect(form.headers.get('content-security-policy')).toContain(`'self' ${remote.sim.url};`)
    const information = await browser.submit(form, good)
    expect(information.text).toContain('登记成功')
    expect(await registrations({ world }, { name: '李雷' })).toMatchObject([
      { appid: remote.acme.appid, openid: remote.li.openidAt(remote.acme) },
    ])
    expect((await platform.sends(acme, { mobile: '13800138001' })).errcode).toBe(0)
    const listed = { openid: remote.li.openidAt(remote.acme), person: null, state: null }
    expect(await world.call('association.list', { account: acme.eid })).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining(listed)]),
    })
    const known = { account: acme.eid, mobile: '13800138001', name: '李大雷' }
    expect(await world.call('association.create', known)).toMatchObject({
      openid: listed.openid,
      name: '李大雷',
      state: 'following',
    })
  })

  it('asks WeChat whether the candidate follows', async () => {
    const through = await startThrough({ database, listen: true })
    const { acme, remote } = through
    const browser = browserOf(through)
    const path = `/register/${acme.eid}?lang=zh`
    const page = await browser.submit(await browser.open(path), good)
    expect(page.text).toContain('你已关注“晨光科技”')
    await remote.li.unfollows(remote.acme)
    const after = await browser.open(path)
    expect(after.text).toContain('关注以后才能收到通知')
    expect(after.html).not.toContain('<svg')
  })
})

describe('another WeChat', () => {
  it('is asked under the trace of the page, and its secret is in no journal', async () => {
    const through = await startThrough({ listen: true })
    const { acme, world, remote } = through
    await browserOf(through).open(`/register/${acme.eid}`)
    const all = await exchanges(world, {})
    const out = all.find(({ url }) => url.includes('/sns/oauth2/access_token'))
    const page = all.find(({ url }) => url.includes('?code='))
    expect(out).toMatchObject({ direction: 'out', surface: 'gateway', trace: page?.trace })
    expect(JSON.stringify(all)).not.toContain(remote.acme.info.app_secret)
    expect(page?.decision).toContainEqual(expect.objectContaining({ rule: 'sign_in.known' }))
  })

  it('that knows none of the codes ends in a page that says what to do', async () => {
    const { browser, path } = await startBefore('{"errcode":40029,"errmsg":"invalid code"}')
    const page = await browser.open(path)
    expect(asked(page)).toBe(3)
    expect(page.status).toBe(400)
  })

  it.each([
    ['a secret that is wrong', '{"errcode":40125,"errmsg":"invalid appsecret"}'],
    ['no JSON', '<html>502</html>'],
    ['an openid that is none', '{"openid":"../x"}'],
  ])('that answers %s is not asked again by itself', async (_, answer) => {
    const { browser, path } = await startBefore(answer)
    const page = await browser.open(path)
    expect(asked(page)).toBe(1)
    expect(page.status).toBe(502)
    expect(page.text).toContain('微信没有回答')
  })

  it('that does not tell who follows leaves it open', async () => {
    const { browser, path } = await startBefore('{"openid":"o-wang","scope":"snsapi_base"}')
    const page = await browser.open(path)
    expect(page).toMatchObject({ status: 200 })
    expect(page.text).toContain('王＊＊')
    expect(page.text).not.toContain('关注')
  })

  it('sees a draft through, too', async () => {
    const { browser, path } = await startBefore('{"openid":"o-li"}')
    const form = await browser.open(path)
    browser.forget()
    expect(formOf(await browser.submit(form, good)).values).toMatchObject({ name: '李雷' })
  })

  it.each(['api.weixin.qq.com', 'api2.weixin.qq.com', 'sh.api.weixin.qq.com'])(
    'is the real one by its own host for people: %s',
    async (host) => {
      const sim = await startAt('http://127.0.0.1:1')
      await goThrough(sim, { base_url: `https://${host}/` })
      const headers = { 'user-agent': 'MicroMessenger' }
      const { headers: answered } = await sim.http(
        'GET',
        `/register/${sim.acme.eid}`,
        undefined,
        headers,
      )
      expect(answered.get('location')).toMatch(
        /^https:\/\/open\.weixin\.qq\.com\/connect\/oauth2\/authorize\?appid=.*#wechat_redirect$/,
      )
    },
  )
})

/** A page before a WeChat that sends everybody back with a code, and says something of it. */
async function startBefore(answer: string) {
  const wechat = await startFakeWechat({ '/sns/oauth2/access_token': answer })
  const sim = await startAt(wechat.url)
  const people: Http = async (method, url, body, headers) => {
    if (url.startsWith('/')) return sim.http(method, url, body, headers)
    const { searchParams } = new URL(url)
    const back = new URL(searchParams.get('redirect_uri') ?? '')
    back.searchParams.set('code', 'c'.repeat(32))
    back.searchParams.set('state', searchParams.get('state') ?? '')
    const leading = new Headers({ location: back.href })
    return { status: 302, headers: leading, text: '', json: {} }
  }
  const browser = new Browser(people, { headers: { 'user-agent': 'MicroMessenger' } })
  return { browser, path: `/register/${sim.acme.eid}`, sim }
}
