import { expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { startSim } from '../sim.ts'
import { acmesClient } from '../wechat/client.ts'

const lapses = [
  { call: 'access_token.expire', errcode: 42001 },
  { call: 'access_token.revoke', errcode: 40001 },
] as const

onEither('a token that is ended by hand', (database) => {
  it.each(lapses)('is worth $errcode from then on, after $call', async ({ call, errcode }) => {
    const sim = await startSim({ database })
    const { acme, world } = sim
    const { appid } = acme
    const client = await acmesClient(sim)
    const stable = String((await client.asksStableToken()).json['access_token'])
    const { token } = client
    expect(await world.call(call, { appid, token })).toEqual({ appid, tokens: 1 })
    expect(await client.worth(token)).toBe(errcode)
    expect(await client.worth(stable)).toBe(0)
    expect(await world.call(call, { appid })).toEqual({ appid, tokens: 1 })
    expect(await client.worth(stable)).toBe(errcode)
    const next = String((await client.asksStableToken()).json['access_token'])
    expect(next).not.toBe(stable)
    expect(await client.worth(next)).toBe(0)
  })
})

it.each(lapses)(
  '$call without a token ends those of one account alone',
  async ({ call, errcode }) => {
    const sim = await startSim({ world: { accounts: [{ key: 'acme' }, { key: 'hooli' }] } })
    const { acme, world } = sim
    const hooli = world.accounts.find(({ key }) => key === 'hooli')
    const [client, other] = [await acmesClient(sim), await acmesClient(sim)]
    const { json } = await sim.http('POST', '/cgi-bin/stable_token', {
      grant_type: 'client_credential',
      appid: hooli?.appid,
      secret: hooli?.app_secret,
    })
    expect(await world.call(call, { appid: acme.appid })).toEqual({ appid: acme.appid, tokens: 2 })
    expect(await client.worth(client.token)).toBe(errcode)
    expect(await other.worth(other.token)).toBe(errcode)
    expect(await client.worth(String(json['access_token']))).toBe(0)
  },
)

it.each(lapses)('$call takes a token at its word, whatever it was worth', async (of) => {
  const sim = await startSim()
  const { acme, world } = sim
  const { appid } = acme
  const client = await acmesClient(sim)
  const { token } = client
  for (const { call } of lapses) await world.call(call, { appid, token })
  await world.call(of.call, { appid, token })
  expect(await client.worth(token)).toBe(of.errcode)
})

it.each(lapses)('$call refuses what is no token of the account', async ({ call }) => {
  const { acme, http } = await startSim()
  const verb = call.split('.')[1]
  const path = `/_sim/v1/worlds/test/official-accounts/${acme.appid}/access-tokens/${verb}`
  expect(await http('POST', path, { token: 'x' })).toMatchObject({
    status: 422,
    json: { field: 'token' },
  })
})
