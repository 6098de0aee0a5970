import { describe, expect, it } from 'vitest'
import { startSim } from '../../sim.ts'
import { tablesOf } from '../client.ts'
import { authorizePath, toldBy } from './visitor.ts'

describe('an official account may use web OAuth', () => {
  it.each([
    { account: { kind: 'service', verified: true }, may: true },
    { account: { kind: 'sandbox', verified: true }, may: true },
    { account: { kind: 'sandbox', verified: false }, may: true },
    { account: { kind: 'service', verified: false }, may: false },
    { account: { kind: 'subscription', verified: true }, may: false },
    { account: { kind: 'subscription', verified: false }, may: false },
  ])('as $account: $may', async ({ account, may }) => {
    const { http, acme, world } = await startSim()
    await world.call('official_account.update', { appid: acme.appid, ...account })
    for (const scope of ['snsapi_base', 'snsapi_userinfo']) {
      const { status, text } = await http('GET', `/as/li${authorizePath(acme, { scope })}`)
      expect(status).toBe(may ? 302 : 200)
      if (!may) expect(text).toContain('10005')
    }
  })

  it('after the change that the decision names', async () => {
    const { http, acme, world } = await startSim()
    await world.call('official_account.update', { appid: acme.appid, verified: false })
    const path = `/as/li${authorizePath(acme)}`
    const trace = (await http('GET', path)).headers.get('x-sim-trace')
    const { items } = (await world.call('exchange.list', { trace })) as {
      items: { decision: { fix: { call: string; input: object } }[] }[]
    }
    const fix = items[0]?.decision.at(-1)?.fix
    await world.call(fix?.call ?? '', fix?.input)
    expect((await http('GET', path)).status).toBe(302)
  })
})

describe('with domains set, web OAuth', () => {
  const oauth_domains = ['hr.example.com', '10.0.0.7']

  it.each([
    'https://hr.example.com/cb',
    'http://hr.example.com',
    'https://HR.Example.COM/cb',
    'https://hr.example.com:443/cb',
    'http://10.0.0.7/cb',
  ])('leads back to %s', async (redirect_uri) => {
    const { http, acme, world } = await startSim()
    await world.call('official_account.update', { appid: acme.appid, oauth_domains })
    toldBy(await http('GET', `/as/li${authorizePath(acme, { redirect_uri })}`))
  })

  it.each([
    'https://hr.example.com:8443/cb',
    'https://example.com/',
    'https://a.hr.example.com/',
    'https://hr.example.com.evil.example/',
    'https://evil.example/?hr.example.com',
    'https://evil.example/#hr.example.com',
    'https://evil.example\\@hr.example.com/',
    'https://hr.example.com@evil.example/',
    'http://localhost/',
    'http://127.0.0.1:3000/',
    'http://[::1]/',
    'javascript:location="https://hr.example.com"',
  ])('shows 10003 for %s, and nothing else happens', async (redirect_uri) => {
    const { http, acme, world } = await startSim()
    await world.call('official_account.update', { appid: acme.appid, oauth_domains })
    const before = await tablesOf(world)
    for (const page of ['authorize', 'who']) {
      const path = authorizePath(acme, { redirect_uri }).replace('authorize', page)
      const answer = await http('GET', `/as/han${path}`)
      expect(answer.headers.get('location')).toBeNull()
      expect(answer.text).toContain('10003')
    }
    expect(await tablesOf(world)).toEqual(before)
  })

  it('leads nowhere when the list is empty, and anywhere when there is none', async () => {
    const { http, acme, world } = await startSim()
    const path = `/as/li${authorizePath(acme)}`
    await world.call('official_account.update', { appid: acme.appid, oauth_domains: [] })
    expect((await http('GET', path)).text).toContain('10003')
    await world.call('official_account.update', { appid: acme.appid, oauth_domains: null })
    expect((await http('GET', path)).status).toBe(302)
  })
})
