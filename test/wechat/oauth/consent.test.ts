import { describe, expect, it } from 'vitest'
import { onEither } from '../../database.ts'
import { tagsOf, textOf } from '../../page.ts'
import { type StartOptions, startSim } from '../../sim.ts'
import { type Json, tablesOf } from '../client.ts'
import { authorizePath, exchange, formOf, type Link, site, toldBy, Visitor } from './visitor.ts'

const scope = 'snsapi_userinfo'

/** Han, who never followed, at Acme's links. */
async function start(options: StartOptions = {}) {
  const sim = await startSim(options)
  const visitor = new Visitor(sim.http)
  const { acme, world } = sim
  const opens = (link: Link = {}, headers: Record<string, string> = {}, person = 'han') =>
    visitor.opens(`/w/test/as/${person}${authorizePath(acme, { scope, ...link })}`, headers)
  const relation = async (): Promise<Json | undefined> => {
    const { follower = [] } = await tablesOf(world)
    return follower.find(({ person }) => person === sim.han.id)
  }
  return { ...sim, visitor, opens, relation }
}

onEither('a link with snsapi_userinfo', (database) => {
  it('asks, and leads back with a code when the person allows it', async () => {
    const { http, acme, opens, visitor, relation, world } = await start({ database })
    const before = await tablesOf(world)
    const sheet = await opens()
    expect(sheet.status).toBe(200)
    const text = textOf(sheet.text)
    for (const word of ['晨光科技', '申请', '获取你的昵称、头像', '韩梅梅', '拒绝', '允许'])
      expect(text).toContain(word)
    expect(await tablesOf(world)).toEqual(before)
    const answer = await visitor.decides(sheet, 'allow')
    expect(answer.status).toBe(303)
    const { url, code } = toldBy(answer)
    expect(url).toBe(`${site}&code=${code}&state=S1`)
    const { now } = (await world.call('clock.get')) as { now: string }
    expect(await relation()).toMatchObject({ state: 'never', consented_at: Date.parse(now) })
    expect((await exchange(http, acme, code)).json).toMatchObject({
      scope,
      openid: (await relation())?.['openid'],
    })
  })

  it('tells the site nothing when the person refuses, and asks again the next time', async () => {
    const { opens, visitor, world } = await start({ database })
    const before = await tablesOf(world)
    const sheet = await opens()
    const answer = await visitor.decides(sheet, 'deny')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('location')).toBeNull()
    expect(textOf(answer.text)).toContain('你已拒绝')
    expect(answer.text).not.toMatch(/code=/)
    expect(await tablesOf(world)).toEqual(before)
    const again = tagsOf(answer.text).find(({ attributes }) => attributes['href']?.includes('/as/'))
    const asked = await visitor.opens(again?.attributes['href'] ?? '')
    expect(textOf(asked.text)).toContain('获取你的昵称、头像')
  })

  it('does not ask again within thirty days', async () => {
    const { opens, visitor, world } = await start({ database })
    await visitor.decides(await opens(), 'allow')
    expect((await opens()).status).toBe(302)
    await world.advance('P29DT23H59M59S')
    expect((await opens()).status).toBe(302)
    await world.advance('PT1S')
    expect((await opens()).status).toBe(200)
  })
})

describe('nobody is asked', () => {
  it.each([
    { verbs: [], silent: true },
    { verbs: ['mute'], silent: true },
    { verbs: ['block'], silent: true },
    { verbs: ['unfollow'], silent: false },
    { verbs: ['unfollow', 'follow'], silent: true },
  ])('who followed, then did $verbs, in the phone: $silent', async ({ verbs, silent }) => {
    const { opens, world } = await start()
    for (const verb of verbs) await world.call(`phone.${verb}`, { person: 'li', account: 'acme' })
    expect((await opens({}, {}, 'li')).status).toBe(silent ? 302 : 200)
  })

  it.each([
    { comes: 'by the phone’s path', entry: undefined, silent: true },
    { comes: 'from the menu', entry: 'menu', silent: true },
    { comes: 'from the chat', entry: 'chat', silent: true },
    { comes: 'from elsewhere', entry: 'link', silent: false },
  ])('who follows and comes $comes: $silent', async ({ entry, silent }) => {
    const { opens } = await start()
    const { status } = await opens({ sim_entry: entry }, {}, 'li')
    expect(status).toBe(silent ? 302 : 200)
  })

  it.each([
    { frame: 'iframe', silent: true },
    { frame: 'document', silent: false },
    { frame: undefined, silent: false },
  ])('who follows, by the phone’s cookie in a $frame: $silent', async ({ frame, silent }) => {
    const { http, acme } = await start()
    const { status } = await http('GET', authorizePath(acme, { scope }), undefined, {
      cookie: 'sim_phone=li',
      ...(frame === undefined ? {} : { 'sec-fetch-dest': frame }),
    })
    expect(status).toBe(silent ? 302 : 200)
  })

  it.each(['x-sim-person', 'sim_person'])('is not so for who is named by %s alone', async (by) => {
    const { http, acme } = await start()
    const isHeader = by === 'x-sim-person'
    const path = authorizePath(acme, isHeader ? { scope } : { scope, sim_person: 'li' })
    const { status } = await http('GET', path, undefined, isHeader ? { [by]: 'li' } : {})
    expect(status).toBe(200)
  })
})

it('who follows and is chosen at a link from elsewhere is asked', async () => {
  const { http, acme, li } = await start()
  const page = await http('GET', authorizePath(acme, { scope }).replace('authorize', 'who'))
  const links = tagsOf(page.text).map(({ attributes }) => attributes['href'] ?? '')
  const lis = links.find((href) => href.includes(`/as/${li.id}/`)) ?? ''
  expect(textOf((await http('GET', lis)).text)).toContain('获取你的昵称、头像')
})

describe('forcePopup=true', () => {
  it('asks who allowed it already', async () => {
    const { opens, visitor } = await start()
    await visitor.decides(await opens(), 'allow')
    expect((await opens({ forcePopup: 'true' })).status).toBe(200)
    expect((await opens({ forcePopup: 'false' })).status).toBe(302)
    const answer = await visitor.decides(await opens({ forcePopup: 'true' }), 'allow')
    expect(answer.status).toBe(303)
  })

  it('asks nobody who comes from the chat or menu, and nobody for snsapi_base', async () => {
    const { opens } = await start()
    expect((await opens({ forcePopup: 'true' }, {}, 'li')).status).toBe(302)
    expect((await opens({ forcePopup: 'true', scope: 'snsapi_base' })).status).toBe(302)
  })
})

describe('the sheet', () => {
  it('lets its form lead on to the web, and nothing else', async () => {
    const { opens } = await start()
    const sheet = await opens()
    const policy = sheet.headers.get('content-security-policy')
    expect(policy).toContain("form-action 'self' http: https:;")
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
    expect(sheet.headers.get('cache-control')).toBe('no-store')
  })

  it('is tied to a cookie that its form will bring back', async () => {
    const { http, acme, opens } = await start()
    const cookie = `sim_form=${'x'.repeat(43)}`
    const inPath = await opens({}, { cookie })
    expect(inPath.headers.get('set-cookie')).toBeNull()
    // Without a person in the path the cookie may be of a path that the form is not sent to.
    const headers = { cookie, 'x-sim-person': 'han' }
    const named = await http('GET', authorizePath(acme, { scope }), undefined, headers)
    const path = formOf(named).action.split('/oauth2/')[0]
    expect(path).toMatch(/^\/as\/p-\w+\/connect$/)
    expect(named.headers.get('set-cookie')).toMatch(/^sim_form=[\w-]{43}; Path=/)
    expect(named.headers.get('set-cookie')).toContain(`; Path=${path}; HttpOnly; SameSite=Lax`)
  })

  it('goes on as the person in the path, whoever was named before', async () => {
    const { http, acme, relation } = await start()
    const visitor = new Visitor(http)
    const sheet = await visitor.opens(authorizePath(acme, { scope }), { 'x-sim-person': 'han' })
    const { action } = formOf(sheet)
    expect(action).toMatch(/^\/as\/p-\w+\/connect\/oauth2\/confirm\?/)
    expect((await visitor.decides(sheet, 'allow')).status).toBe(303)
    expect(await relation()).toMatchObject({ state: 'never' })
  })

  it.each([
    { from: 'another browser', cookie: false, change: {} },
    { from: 'a foreign page, without its token', cookie: true, change: { csrf_token: undefined } },
    { from: 'a foreign page, with a token of its own', cookie: true, change: { csrf_token: 'x' } },
  ])('is shown once more when the form comes from $from', async ({ cookie, change }) => {
    const { http, opens, visitor, world } = await start()
    const sheet = await opens()
    const before = await tablesOf(world)
    const sender = cookie ? visitor : new Visitor(http)
    const answer = await sender.decides(sheet, 'allow', change)
    expect(answer.status).toBe(403)
    expect(answer.headers.get('location')).toBeNull()
    expect(textOf(answer.text)).toContain('页面已失效，请再确认一次。')
    expect(await tablesOf(world)).toEqual(before)
    expect((await sender.decides(answer, 'allow')).status).toBe(303)
  })

  it('trusts nothing that its form carries', async () => {
    const { opens, visitor, world, acme } = await start()
    const sheet = await opens()
    await world.call('official_account.update', {
      appid: acme.appid,
      oauth_domains: ['hr.example.com'],
    })
    const before = await tablesOf(world)
    for (const change of [
      { redirect_uri: 'javascript:alert(1)' },
      { redirect_uri: 'https://evil.example/' },
      { appid: 'wx0000000000000000' },
      { state: 'x'.repeat(129) },
    ]) {
      const answer = await visitor.decides(sheet, 'allow', change)
      expect(answer.headers.get('location')).toBeNull()
      expect(textOf(answer.text)).toMatch(/10003|AppID|state/)
    }
    expect(await tablesOf(world)).toEqual(before)
  })

  it('is no answer to a person who is nobody', async () => {
    const { opens, visitor, http } = await start()
    const sheet = await opens()
    const { action, fields } = formOf(sheet)
    const body = new URLSearchParams({ ...fields, verdict: 'allow' }).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await http('POST', action.replace('/as/han/', '/as/nobody/'), body, headers)
    expect(textOf(answer.text)).toContain('请在微信客户端打开链接')
    expect((await visitor.decides(sheet, 'allow')).status).toBe(303)
  })
})
