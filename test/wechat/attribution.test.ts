import { expect, it } from 'vitest'
import { type Sim, startSim } from '../sim.ts'
import { acmesClient, errcodeOf, type Json, refusalOf } from './client.ts'

const users = '/cgi-bin/user/get'

/** What a world's journal holds of WeChat, newest first. */
async function journalOf(sim: Sim, world: string): Promise<Json[]> {
  const answer = await sim.sim.call('exchange.list', { world, surface: 'wechat' })
  return (answer as { items: Json[] }).items
}

async function start() {
  const sim = await startSim()
  const other = await sim.sim.world({ name: 'other' })
  return { ...sim, other, client: await acmesClient(sim) }
}

it.each([
  { by: 'its token', path: ({ token }: Known) => `${users}?access_token=${token}` },
  {
    by: 'a token that a reset has ended',
    reset: true,
    path: ({ token }: Known) => `${users}?access_token=${token}`,
  },
  { by: 'its appid', path: ({ appid }: Known) => `/cgi-bin/token?appid=${appid}` },
  { by: 'an openid', path: ({ openid }: Known) => `/cgi-bin/user/info?openid=${openid}` },
])('a call is the world’s that $by names, where its path says none', async ({ path, reset }) => {
  const sim = await start()
  const { client, acme, wang, world, other } = sim
  const known = { token: client.token, appid: acme.appid, openid: wang.openidAt(acme) }
  if (reset) await world.reset()
  const [before, elsewhere] = [await journalOf(sim, 'test'), await journalOf(sim, other.name)]
  await sim.http('GET', path(known))
  expect(await journalOf(sim, 'test')).toHaveLength(before.length + 1)
  expect(await journalOf(sim, other.name)).toEqual(elsewhere)
})

it('a call that nothing names is the world’s of its path, and without one nobody’s', async () => {
  const sim = await start()
  await sim.http('GET', '/w/other/cgi-bin/user/get?access_token=2')
  expect(await journalOf(sim, 'other')).toMatchObject([{ endpoint: 'user.list' }])
  await sim.http('GET', '/cgi-bin/user/get?access_token=2')
  expect(await journalOf(sim, '_unattributed')).toMatchObject([{ endpoint: 'user.list' }])
})

it('a token of one world knows nothing of another’s people', async () => {
  const { client, other } = await start()
  const { openid } = await other.register('13800138009')
  expect(refusalOf(await client.get('/cgi-bin/user/info', { openid }))).toEqual({
    errcode: 40003,
    errmsg: 'invalid openid',
  })
  const { text } = await client.get(users)
  expect(text).not.toContain(openid)
})

it('the decision of a refused call names the rule, and never the token', async () => {
  const sim = await start()
  const { client, world } = sim
  await world.advance('PT2H')
  await client.get(users)
  await client.get('/cgi-bin/nothing')
  const [unknown, expired] = await journalOf(sim, 'test')
  expect(unknown).toMatchObject({ decision: [{ rule: 'path.known', actual: '/cgi-bin/nothing' }] })
  expect(expired).toMatchObject({ decision: [{ rule: 'access_token.living' }] })
  expect(JSON.stringify([unknown, expired])).not.toContain(client.token)
})

it('the decision of a good call says which checks it passed', async () => {
  const sim = await start()
  expect(errcodeOf(await sim.client.get(users))).toBe(0)
  const [good] = await journalOf(sim, 'test')
  expect(good).toMatchObject({
    decision: ['access_token.known', 'access_token.living', 'account.permitted'],
  })
})

interface Known {
  readonly token: string
  readonly appid: string
  readonly openid: string
}
