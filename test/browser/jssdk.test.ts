import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import type { FrameLocator, Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { en } from '../../views/words/en.ts'
import { startSim } from '../sim.ts'
import { openPage } from './browser.ts'

/** As much of the SDK as signs a page. */
interface Sdk {
  prefix: string
  getJsConfig(page: object): Promise<object>
}
const WechatApi: new (appid: string, secret: string) => Sdk = createRequire(import.meta.url)(
  'co-wechat-api',
)

const jsApiList = ['chooseImage', 'closeWindow', 'hideOptionMenu', 'flyAway']
const wechat_agent = 'Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Mobile MicroMessenger/8.0.49'

/** A platform's page, which writes down what the JS-SDK tells it. */
function pageOf(script: string, config: object): string {
  return `<!DOCTYPE html><title>入职</title><body>
<script src="${script}"></script>
<script>
const say = (text) => document.body.append(Object.assign(document.createElement('p'), { textContent: text }))
const told = (name) => wx[name]({ success: () => say(name + ' done'), cancel: (r) => say(r.errMsg), fail: (r) => say(r.errMsg) })
wx.config(${JSON.stringify(config)})
wx.error((res) => say(JSON.stringify(res)))
wx.ready(() => {
  say('ready')
  for (const name of ['hideOptionMenu', 'chooseImage', 'scanQRCode']) told(name)
  wx.checkJsApi({ jsApiList: ['chooseImage', 'flyAway'], success: (res) => say(JSON.stringify(res.checkResult)) })
})
</script>
<button onclick="wx.closeWindow()">离开</button>`
}

/** A platform whose pages are signed by co-wechat-api, for the address that `signed` makes of their own. */
async function startPlatform(host: 'localhost' | '127.0.0.1', signed = (url: string) => url) {
  const sim = await startSim({ listen: true })
  const { WECHAT_API_BASE, WECHAT_APPID = '', WECHAT_SECRET = '' } = sim.world.env
  const sdk = new WechatApi(WECHAT_APPID, WECHAT_SECRET)
  sdk.prefix = `${WECHAT_API_BASE}/cgi-bin/`
  const script = `${sim.world.baseUrl}/open/js/jweixin-1.6.0.js`
  const server = createServer(async (request, response) => {
    if (request.url === '/favicon.ico') return response.writeHead(204).end()
    const url = signed(`http://${request.headers.host}${request.url}`)
    const config = await sdk.getJsConfig({ url, jsApiList })
    response.setHeader('content-type', 'text/html; charset=utf-8')
    return response.end(pageOf(script, config))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://${host}:${(server.address() as AddressInfo).port}`
  return { ...sim, origin, page: `${origin}/welcome?from=menu#top` }
}

function said(page: Page | FrameLocator, text: string): Promise<void> {
  return page.getByText(text, { exact: true }).waitFor()
}

/** Li's phone, in whose web view the page is opened. */
async function opens(platform: Awaited<ReturnType<typeof startPlatform>>) {
  const { sim, world, origin, page: url } = platform
  const page = await openPage(String(sim.url), { others: [origin] })
  await page.goto(`${world.baseUrl}/phone/li/web?${new URLSearchParams({ url })}`)
  return { page, web: page.frameLocator('iframe.ph-web') }
}

it('a platform’s page in the phone is ready, may do what it asked for, and closes its window', async () => {
  const { page, web } = await opens(await startPlatform('127.0.0.1'))
  await said(web, 'ready')
  await said(web, 'hideOptionMenu done')
  await said(web, 'chooseImage:cancel')
  await said(web, 'scanQRCode:permission denied')
  await said(web, '{"chooseImage":true,"flyAway":false}')
  await web.getByRole('button', { name: '离开' }).click()
  await page.getByRole('heading', { name: en.phone.chats.title }).waitFor()
})

it('a page that is signed for its server’s address behind a proxy hears of an invalid signature', async () => {
  const platform = await startPlatform('localhost', (url) =>
    url.replace('localhost', 'hr.internal'),
  )
  const { web } = await opens(platform)
  const url = platform.page.replace('#top', '')
  const refused = { errMsg: 'config:invalid signature', realAuthUrl: [url, url] }
  await said(web, JSON.stringify(refused))
  await said(web, 'chooseImage:the permission value is offline verifying')
  const { acme, world } = platform
  const js_domains = ['hr.example.com']
  await world.call('official_account.update', { appid: acme.appid, js_domains })
  const again = await opens(platform)
  await said(again.web, '{"errMsg":"config:invalid url domain"}')
})

it('a page outside the phone is told in a browser that calls itself WeChat’s, and in no other', async () => {
  const platform = await startPlatform('localhost')
  const { sim, origin, page: url, world } = platform
  const look = { others: [origin], userAgent: wechat_agent }
  const inside = await openPage(String(sim.url), look)
  await inside.goto(url)
  await said(inside, 'ready')
  await said(inside, 'chooseImage:cancel')
  const outside = await openPage(String(sim.url), { others: [origin] })
  await outside.goto(url)
  await outside.getByRole('button', { name: '离开' }).click()
  expect(await outside.locator('p').count()).toBe(0)
  expect(await world.call('exchange.list', { endpoint: 'jssdk.config' })).toMatchObject({
    items: [{ endpoint: 'jssdk.config' }],
  })
})
