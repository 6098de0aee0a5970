import { expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import { errcodeOf, refusalOf, tokenIn, WechatClient } from './client.ts'

/** On a real port: an address is part of a connection. */
async function start(ip_whitelist: readonly string[] | null) {
  const sim = await startSim({ listen: true })
  const { acme, world } = sim
  await world.call('official_account.update', { appid: acme.appid, ip_whitelist })
  const { port } = new URL(sim.sim.url ?? '')
  const from = (host: string) =>
    new WechatClient((method, path, ...rest) => {
      return sim.http(method, `http://${host}:${port}${path}`, ...rest)
    }, acme)
  return { ...sim, from }
}

it('lets the addresses on the list fetch tokens', async () => {
  const { from } = await start(['203.0.113.7', '127.0.0.1'])
  tokenIn(await from('127.0.0.1').asksToken())
  tokenIn(await from('127.0.0.1').asksStableToken())
})

it('lets everybody fetch tokens when there is no list', async () => {
  const { from } = await start(null)
  tokenIn(await from('127.0.0.1').asksToken())
})

it('refuses other addresses, and names them as WeChat does', async () => {
  const { from } = await start(['203.0.113.7'])
  const errmsg = 'invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist'
  for (const answer of [
    await from('127.0.0.1').asksToken(),
    await from('127.0.0.1').asksStableToken(),
  ]) {
    expect(refusalOf(answer)).toEqual({ errcode: 40164, errmsg })
  }
})

it('refuses everybody when the list is empty', async () => {
  const { from } = await start([])
  expect(errcodeOf(await from('127.0.0.1').asksToken())).toBe(40164)
})

it('is looked at before the secret’s value, and after its presence', async () => {
  const { from } = await start([])
  const client = from('127.0.0.1')
  const { secret: _, ...rest } = client.credentials
  expect(errcodeOf(await client.asksToken(rest))).toBe(41004)
  expect(errcodeOf(await client.asksToken({ ...rest, secret: 'wrong' }))).toBe(40164)
})

it('is asked for tokens only: whoever has one is let in from anywhere', async () => {
  const { from, world, acme } = await start(null)
  const client = from('127.0.0.1')
  const token = await client.signsIn()
  await world.call('official_account.update', { appid: acme.appid, ip_whitelist: [] })
  expect(await client.worth(token)).toBe(0)
})

it('counts a call in process as one from this machine', async () => {
  const { acme, http, world } = await startSim()
  const client = new WechatClient(http, acme)
  const set = (ip_whitelist: string[]) =>
    world.call('official_account.update', { appid: acme.appid, ip_whitelist })
  await set(['127.0.0.1'])
  tokenIn(await client.asksToken())
  await set(['203.0.113.7'])
  expect(errcodeOf(await client.asksToken())).toBe(40164)
})

it('goes by the address that a trusted proxy has seen', async () => {
  const sim = await startSim({ trustProxy: true })
  const { acme, world, http } = sim
  await world.call('official_account.update', { appid: acme.appid, ip_whitelist: ['203.0.113.7'] })
  const seen = (addresses: string) =>
    new WechatClient((method, path, body, headers) => {
      return http(method, path, body, { ...headers, 'X-Forwarded-For': addresses })
    }, acme)
  tokenIn(await seen('198.51.100.1, 203.0.113.7').asksToken())
  expect(errcodeOf(await seen('203.0.113.7, 198.51.100.1').asksToken())).toBe(40164)
})
