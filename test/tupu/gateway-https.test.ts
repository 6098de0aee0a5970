import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { expect, it, onTestFinished } from 'vitest'
import { type Http, type Sim, startSim } from '../sim.ts'
import { exchanges, tables } from './journal.ts'
import { Browser } from './register/browser.ts'
import { good } from './register/candidate.ts'
import { goThrough } from './through.ts'

/** Where the tunnel leads to our TUPU from. */
const public_url = 'https://tupu.example.com'
const secrets = { token: 'simToken2026', aes_key: 'kq3Zt7XbN1vPdLh5RgYm8WcJ4sEaUo0TfKi6BxQn9Dy' }

/** A simulator that speaks HTTPS by a CA which this process trusts from now on. */
async function startSecure(
  options: Parameters<typeof startSim>[0],
): Promise<Sim & { url: string }> {
  const sim = await startSim(options)
  await sim.sim.listen({ port: 0, httpsPort: 0 })
  const known = getCACertificates('default')
  setDefaultCACertificates([...known, (await sim.http('GET', '/ca')).text])
  onTestFinished(() => setDefaultCACertificates(known))
  const { TUPU_HTTPS_URL = '' } = await sim.sim.env()
  return { ...sim, url: `https://localhost:${new URL(TUPU_HTTPS_URL).port}` }
}

/** A WeChat with its strict rules on, in front of it our TUPU, and its own pushes to that. */
async function startStrict() {
  const wechat = await startSecure({ world: { name: 'wechat' } })
  const tupu = await startSecure({ publicUrl: public_url })
  const { appid } = wechat.acme
  const rules = {
    rules: '2023',
    require_https: true,
    ip_whitelist: ['127.0.0.1'],
    oauth_domains: ['tupu.example.com'],
    quotas: 'documented',
    delivery: 'PT1M',
  }
  await wechat.world.call('official_account.update', { appid, ...rules })
  const base_url = `${wechat.url}/w/wechat`
  const app_secret = wechat.acme.info.app_secret ?? ''
  await goThrough(tupu, { base_url, appid, app_secret, ...secrets })
  const server = { url: `${tupu.url}/w/test/tupu/wechat/${tupu.acme.eid}`, mode: 'aes', ...secrets }
  await wechat.world.call('official_account.update', { appid, server })
  return { tupu, wechat }
}

/** A real phone's browser, which WeChat knows as Li's: two servers, one jar. */
function browserOf({ tupu, wechat }: Record<'tupu' | 'wechat', Sim>): Browser {
  const both: Http = (method, url, body, headers) =>
    (url.startsWith('/') ? tupu : wechat).http(
      method,
      url.replace(/^https:\/\/[^/]+/, ''),
      body,
      headers,
    )
  const headers = { 'user-agent': 'MicroMessenger', 'x-sim-person': 'li' }
  return new Browser(both, { headers, origin: public_url })
}

it('TUPU does all of its work before a WeChat over HTTPS that has its strict rules on', async () => {
  const { tupu, wechat } = await startStrict()
  const { acme, world, platform } = tupu
  const { appid } = wechat.acme
  const shown = await world.call('account.get', { eid: acme.eid })
  expect(shown).toMatchObject({ live: true, sendable: { ok: true } })

  // The menu leads to where candidates reach our pages.
  await world.call('registration_page.publish', { eid: acme.eid })
  const register = `${public_url}/w/test/register/${acme.eid}`
  expect(JSON.stringify((await tables(wechat.world))['menu'])).toContain(register)

  // That WeChat tells who they are.
  const browser = browserOf({ tupu, wechat })
  const form = await browser.open(`/w/test/register/${acme.eid}?lang=zh`)
  expect(form.way[1]).toContain(`redirect_uri=${encodeURIComponent(register)}`)
  expect((await browser.submit(form, good)).text).toContain('登记成功')

  // A message stands on its phones, and what became of it is told by a push.
  const sent = await platform.sends(acme, { mobile: good.mobile, message: '欢迎加入' })
  expect(sent).toMatchObject({ errcode: 0 })
  expect((await tables(wechat.world))['template_message']).toMatchObject([
    { openid: wechat.li.openidAt(wechat.acme), msgid: sent.msgid_str },
  ])
  expect(await world.messages()).toMatchObject([{ state: 'accepted' }])
  await wechat.world.advance('PT1M')
  expect(await world.messages()).toMatchObject([{ state: 'delivered' }])

  // A token that has grown old, or is void, is replaced.
  for (const end of ['access_token.expire', 'access_token.revoke']) {
    await wechat.world.call(end, { appid })
    expect((await platform.sends(acme, { mobile: good.mobile })).errcode).toBe(0)
  }
  const all = await exchanges(wechat.world, { surface: 'wechat' })
  const sends = all.filter(({ url }) => url.includes('/message/template/send'))
  const codes = sends.map(({ answer }) => JSON.parse(answer.body).errcode)
  expect(codes.toReversed()).toEqual([0, 42001, 0, 40001, 0])
})
