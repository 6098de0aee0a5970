import { expect, it } from 'vitest'
import { type Sim, startSim } from '../../sim.ts'
import type { Json } from '../client.ts'
import { authorizePath, codeOf, exchangeFields, webTokenOf } from './visitor.ts'

async function journalOf(sim: Sim, world: string): Promise<Json[]> {
  const answer = await sim.sim.call('exchange.list', { world, surface: 'wechat' })
  return (answer as { items: Json[] }).items
}

interface Known {
  readonly code: string
  readonly access_token: string
  readonly openid: string
  readonly link: string
}

const unknown = 'wx0000000000000000'

it.each([
  { by: 'its appid', path: ({ link }: Known) => `/as/nobody${link}` },
  { by: 'its code', path: ({ code }: Known) => `/sns/oauth2/access_token?code=${code}` },
  {
    by: 'its code, whatever appid it gives',
    path: ({ code }: Known) => `/sns/oauth2/access_token?appid=${unknown}&code=${code}`,
  },
  { by: 'its token', path: ({ access_token }: Known) => `/sns/auth?access_token=${access_token}` },
  { by: 'an openid', path: ({ openid }: Known) => `/sns/userinfo?openid=${openid}` },
])('a call is the world’s that $by names, where its path says none', async ({ path }) => {
  const sim = await startSim()
  await sim.sim.world({ name: 'other' })
  const { http, acme } = sim
  const { access_token, openid } = await webTokenOf(http, acme)
  const known = { access_token, openid, code: await codeOf(http, acme), link: authorizePath(acme) }
  const before = await journalOf(sim, 'test')
  await http('GET', path(known))
  expect(await journalOf(sim, 'test')).toHaveLength(before.length + 1)
  expect(await journalOf(sim, 'other')).toEqual([])
})

it('a link that nothing names is the world’s of its path, and without one nobody’s', async () => {
  const sim = await startSim()
  const path = authorizePath(sim.acme, { appid: unknown })
  await sim.http('GET', `/w/test${path}`)
  expect(await journalOf(sim, 'test')).toMatchObject([
    { endpoint: 'oauth.authorize', decision: [{ rule: 'appid.known', actual: unknown }] },
  ])
  await sim.http('GET', path)
  expect(await journalOf(sim, '_unattributed')).toMatchObject([{ endpoint: 'oauth.authorize' }])
})

it('is reached by the hosts that WeChat has, as the beginning of a path', async () => {
  const { http, acme, world } = await startSim({ listen: true })
  const { headers } = await http('GET', `/w/test/as/li/open.weixin.qq.com${authorizePath(acme)}`)
  const code = new URL(headers.get('location') ?? '').searchParams.get('code') ?? ''
  const query = new URLSearchParams(exchangeFields(acme, code))
  const { json } = await http('GET', `/api.weixin.qq.com/sns/oauth2/access_token?${query}`)
  expect(json).toMatchObject({ scope: 'snsapi_base' })
  const { WECHAT_API_BASE, WECHAT_OPEN_BASE } = world.env
  expect(WECHAT_API_BASE).toBe(WECHAT_OPEN_BASE)
})

it('the timeline shows when codes and tokens expire', async () => {
  const { http, acme, li, world } = await startSim()
  await webTokenOf(http, acme)
  await codeOf(http, acme)
  const { items } = (await world.call('clock.timeline')) as { items: Json[] }
  const subject = li.openidAt(acme)
  expect(items.filter((item) => item['subject'] === subject)).toEqual([
    { at: '2026-01-05T01:05:00.000Z', what: 'expires', kind: 'web OAuth code', subject },
    { at: '2026-01-05T03:00:00.000Z', what: 'expires', kind: 'web OAuth token', subject },
  ])
})

it('two worlds of the same name and seed give the same codes and tokens, a reset other ones', async () => {
  const run = async () => {
    const { http, acme, world } = await startSim()
    const first = await webTokenOf(http, acme, { scope: 'snsapi_userinfo' })
    await world.reset()
    return [first, await webTokenOf(http, acme, { scope: 'snsapi_userinfo' })]
  }
  const [before, after] = await run()
  expect(await run()).toEqual([before, after])
  expect(after?.access_token).not.toBe(before?.access_token)
  expect(after).toMatchObject({ openid: before?.openid, unionid: before?.['unionid'] })
})
