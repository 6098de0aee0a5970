import { expect, it } from 'vitest'
import { en } from '../../views/words/en.ts'
import { startSim } from '../sim.ts'
import { openPage } from './browser.ts'

it('WeChat’s own address, by the proxy, leads a person to the site that asked, with a code of hers', async () => {
  const { sim, world } = await startSim()
  const { proxyUrl = '' } = await sim.listen({ proxyPort: 0 })
  await world.refresh()
  const origin = 'https://open.weixin.qq.com'
  const userAgent = 'Mozilla/5.0 MicroMessenger/8.0.49'
  const page = await openPage(origin, { proxy: proxyUrl, userAgent })
  const { WECHAT_APPID: appid = '', WECHAT_SECRET: secret = '' } = world.env
  const query = new URLSearchParams({
    appid,
    // Where it leads does not matter here; the browser is to ask no other server.
    redirect_uri: `${origin}/sns/auth`,
    response_type: 'code',
    scope: 'snsapi_userinfo',
    state: 'x',
  })
  await page.goto(`${origin}/connect/oauth2/authorize?${query}#wechat_redirect`)
  await page.getByRole('heading', { name: en.wechat.who.title }).waitFor()
  await page.getByRole('link', { name: '韩梅梅' }).click()
  const back = page.waitForRequest(/\/sns\/auth\?/u)
  await page.getByRole('button', { name: en.wechat.consent.allow }).click()
  const code = new URL((await back).url()).searchParams.get('code') ?? ''
  const exchange = new URLSearchParams({ appid, secret, code, grant_type: 'authorization_code' })
  const answer = await fetch(`${sim.url}/sns/oauth2/access_token?${exchange}`)
  expect(await answer.json()).toMatchObject({
    scope: 'snsapi_userinfo',
    openid: expect.stringMatching(/^o[\w-]{27}$/u),
  })
})
