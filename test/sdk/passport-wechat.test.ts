import { describe, expect, it } from 'vitest'
import { tagsOf } from '../page.ts'
import { startSim } from '../sim.ts'
import { startPassport } from './passport.ts'
import { redirectHosts, visit } from './redirect-hosts.ts'

/** A site that signs people in by the strategy as it is published. */
async function startSite(more: object) {
  const sim = await startSim({ listen: true })
  redirectHosts(sim.sim.url ?? '')
  const { WECHAT_APPID: appID, WECHAT_SECRET: appSecret } = sim.world.env
  const port = await startPassport({
    options: { appID, appSecret, state: 'S1', ...more },
    verify: (token, refresh, profile, expires_in, done) =>
      done(null, { token, refresh, profile, expires_in }),
    answer({ response, error, user }) {
      response.statusCode = error ? 500 : user ? 200 : 401
      response.end(JSON.stringify(error ? { code: error.code, message: error.message } : user))
    },
  })
  return { ...sim, login: `http://127.0.0.1:${port}/login?from=menu` }
}

/** Han's WeChat, sent by the site to the authorise page. */
async function arrives(login: string) {
  const sent = await visit(login)
  expect(sent.status).toBe(302)
  return visit(sent.headers.location ?? '', { headers: { 'x-sim-person': 'han' } })
}

describe('passport-wechat', () => {
  it('signs a person in who allows it, with nickname, avatar and unionid', async () => {
    const { login, sim } = await startSite({})
    const sheet = await arrives(login)
    const back = await decides(sheet, sim.url ?? '', 'allow')
    expect(back.status).toBe(303)
    const { status, text } = await visit(back.headers.location ?? '')
    expect(status, text).toBe(200)
    expect(JSON.parse(text)).toMatchObject({
      token: expect.stringMatching(/^98_/),
      refresh: expect.stringMatching(/^98_/),
      expires_in: 7200,
      profile: {
        openid: expect.stringMatching(/^o/),
        nickname: '韩梅梅',
        unionid: expect.stringMatching(/^o/),
        headimgurl: expect.stringContaining('qlogo.cn'),
      },
    })
  })

  it('hears nothing of a person who refuses', async () => {
    const { login, sim } = await startSite({})
    const end = await decides(await arrives(login), sim.url ?? '', 'deny')
    expect(end.status).toBe(200)
    expect(end.headers.location).toBeUndefined()
  })

  it('signs a person in by the openid alone with snsapi_base, without any question', async () => {
    const { login } = await startSite({ scope: 'snsapi_base' })
    const back = await arrives(login)
    expect(back.status).toBe(302)
    const { text } = await visit(back.headers.location ?? '')
    expect(JSON.parse(text).profile).toEqual({ openid: expect.stringMatching(/^o[\w-]{27}$/) })
  })

  it('fails with WeChat’s code when a page is loaded again', async () => {
    const { login } = await startSite({ scope: 'snsapi_base' })
    const { location = '' } = (await arrives(login)).headers
    expect((await visit(location)).status).toBe(200)
    const again = await visit(location)
    expect(again.status).toBe(500)
    expect(JSON.parse(again.text)).toMatchObject({ code: 40163 })
  })
})

/** Sends the sheet's form with the cookie that came with it. */
function decides(
  sheet: Awaited<ReturnType<typeof visit>>,
  origin: string,
  verdict: 'allow' | 'deny',
) {
  const tags = tagsOf(sheet.text)
  const form = new URLSearchParams({ verdict })
  for (const { name, attributes } of tags)
    if (name === 'input') form.set(attributes['name'] ?? '', attributes['value'] ?? '')
  const action = tags.find(({ name }) => name === 'form')?.attributes['action'] ?? ''
  const [cookie = ''] = (sheet.headers['set-cookie'] ?? []).map((one) => one.split(';')[0] ?? '')
  return visit(origin + action, { headers: { cookie }, form })
}
