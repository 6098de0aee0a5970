import { expect, it } from 'vitest'
import { leadBrowser, startPassport } from '../sdk/passport.ts'
import { redirectHosts } from '../sdk/redirect-hosts.ts'
import { startSim } from '../sim.ts'
import { codeOn, type WebsiteApp } from '../wechat/oauth/website-login.ts'
import { openPage } from './browser.ts'

/** A website that signs people in by `passport-wechat` as it is published, as the client of a website. */
async function startWebsite() {
  const sim = await startSim({ listen: true })
  redirectHosts(sim.sim.url ?? '')
  const given = { key: 'portal', name: '入职平台' }
  const app = (await sim.world.call('website_app.create', given)) as WebsiteApp
  const users: unknown[] = []
  const port = await startPassport({
    options: {
      appID: app.appid,
      appSecret: app.app_secret,
      client: 'web',
      scope: 'snsapi_login',
      state: 'S1',
    },
    verify: (_token, _refresh, profile, _age, done) => done(null, profile),
    before: ({ response }) => leadBrowser(response, sim.world.baseUrl),
    answer({ response, error, user }) {
      if (!error && user) users.push(user)
      response.setHeader('content-type', 'text/html; charset=utf-8')
      response.end(`<title>${error ? 'failed' : user ? 'welcome' : 'refused'}</title>`)
    },
  })
  return { ...sim, origin: `http://localhost:${port}`, users }
}

it.each([
  { verdict: 'allow', title: 'welcome', script: true },
  { verdict: 'deny', title: 'refused', script: true },
  { verdict: 'allow', title: 'welcome', script: false },
])(
  'a desktop logs in at a website when the phone that scans says $verdict, with script: $script',
  async ({ verdict, title, script }) => {
    const { sim, world, origin, users, li } = await startWebsite()
    const desktop = await openPage(String(sim.url), { others: [origin], width: 1280, script })
    await desktop.goto(`${origin}/login`)
    const code = codeOn(await desktop.content())
    const phone = await openPage(String(sim.url))
    await phone.goto((await li.scans(code)).url ?? '')
    if (script) await desktop.getByText('Scanned. Confirm on the phone.').waitFor()
    await phone.locator(`button[value=${verdict}]`).click()
    await phone.getByRole('heading', { level: 1 }).waitFor()
    if (!script) await desktop.getByText('I have confirmed on the phone').click()
    await expect.poll(() => desktop.title(), { timeout: 15_000 }).toBe(title)
    const { unionid } = (await world.call('phone.get', { person: 'li' })) as { unionid: string }
    const known = [expect.objectContaining({ unionid, nickname: '李雷' })]
    expect(users).toEqual(verdict === 'allow' ? known : [])
  },
)
