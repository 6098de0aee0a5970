import { describe, expect, it } from 'vitest'
import { tagsOf } from '../../page.ts'
import { type Answer, startSim } from '../../sim.ts'
import { authorizePath, type Link, site, Visitor } from './visitor.ts'

async function start(double_redirect: string) {
  const sim = await startSim()
  await sim.world.call('person.update', { person: 'li', double_redirect })
  const visitor = new Visitor(sim.http)
  const opens = (link: Link = {}) => visitor.opens(`/w/test/as/li${authorizePath(sim.acme, link)}`)
  return { ...sim, visitor, opens }
}

/** Where a page leads: first in a frame, then by itself. */
function openedBy({ status, text, headers }: Answer): (string | undefined)[] {
  expect(status).toBe(200)
  expect(headers.get('location')).toBeNull()
  const tags = tagsOf(text)
  const frame = tags.find(({ name }) => name === 'iframe')?.attributes
  expect(frame?.['sandbox']).toBe('allow-same-origin')
  const refresh = tags.find(({ attributes }) => attributes['http-equiv'] === 'refresh')
  return [frame?.['src'], refresh?.attributes['content']?.replace('0;url=', '')]
}

const back = /^https:\/\/hr\.example\.com\/register\?from=menu&code=\w{32}&state=S1$/

describe('the WeChat of a person that opens redirects twice', () => {
  it('comes back twice with the same code', async () => {
    const { opens } = await start('same_code')
    const [first, second] = openedBy(await opens())
    expect(first).toMatch(back)
    expect(second).toBe(first)
    expect(openedBy(await opens({ connect_redirect: '1' }))).toHaveLength(2)
  })

  it('comes back with two codes that are both good, unless the link has connect_redirect=1', async () => {
    const { opens, http, acme } = await start('second_code')
    const links = openedBy(await opens())
    expect(links[1]).toMatch(back)
    expect(links[1]).not.toBe(links[0])
    for (const link of links) {
      const query = new URLSearchParams({
        appid: acme.appid,
        secret: acme.info.app_secret ?? '',
        code: new URL(link ?? '').searchParams.get('code') ?? '',
        grant_type: 'authorization_code',
      })
      const { json } = await http('GET', `/sns/oauth2/access_token?${query}`)
      expect(json).toMatchObject({ openid: expect.stringMatching(/^o/) })
    }
    const once = await opens({ connect_redirect: '1' })
    expect(once.status).toBe(302)
    expect(once.headers.get('location')).toMatch(back)
  })

  it('does so after a consent, and as a virtual user', async () => {
    const { opens, visitor, world } = await start('same_code')
    const scope = 'snsapi_userinfo'
    const sheet = await opens({ scope, sim_entry: 'link' })
    const [first] = openedBy(await visitor.decides(sheet, 'allow'))
    expect(first).toMatch(back)
    await world.call('phone.snapshot', { person: 'li', on: true })
    await world.call('phone.revoke', { person: 'li', account: 'acme' }).catch(() => undefined)
    expect(openedBy(await opens({ scope, forceSnapShot: 'true' }))).toHaveLength(2)
  })

  it('opens pages of this server once', async () => {
    const { opens } = await start('same_code')
    const answer = await opens({ redirect_uri: 'http://sim.localhost/livez' })
    expect(answer.status).toBe(302)
  })

  it('shows nothing but text of where it leads, and says so in the decision', async () => {
    const { opens, world } = await start('same_code')
    const { text } = await opens({ redirect_uri: `${site}&x="><script>`, state: '"><b>' })
    expect(text).not.toContain('<script')
    expect(text).not.toContain('<b>')
    const { items } = (await world.call('exchange.list', { endpoint: 'oauth.authorize' })) as {
      items: { decision: unknown[] }[]
    }
    expect(items[0]?.decision.at(-1)).toEqual({
      rule: 'redirect.twice',
      row: { double_redirect: 'same_code' },
    })
  })

  it('opens them once again after it was switched off', async () => {
    const { opens, world } = await start('same_code')
    await world.call('person.update', { person: 'li', double_redirect: 'off' })
    expect((await opens()).status).toBe(302)
  })
})
