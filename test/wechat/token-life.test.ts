import { describe, expect, it } from 'vitest'
import { onBoth } from '../database.ts'
import { type Sim, startSim } from '../sim.ts'
import { refusalOf, tokenIn, WechatClient } from './client.ts'

async function start(): Promise<Sim & { client: WechatClient }> {
  const sim = await startSim()
  return { ...sim, client: new WechatClient(sim.http, sim.acme) }
}

describe('an access token', () => {
  it('is good for five minutes after a newer one was fetched, and not a millisecond longer', async () => {
    const { client, world } = await start()
    const first = tokenIn(await client.asksToken())
    await world.advance('PT1H')
    const second = tokenIn(await client.asksToken())
    await world.advance('PT4M59.999S')
    expect(await client.worth(first)).toBe(0)
    await world.advance('PT0.001S')
    expect(await client.worth(first)).toBe(40001)
    expect(await client.worth(second)).toBe(0)
  })

  it('dies at once when two newer ones were fetched', async () => {
    const { client } = await start()
    const [first, second, third] = [
      tokenIn(await client.asksToken()),
      tokenIn(await client.asksToken()),
      tokenIn(await client.asksToken()),
    ]
    expect(await client.worth(first)).toBe(40001)
    expect(await client.worth(second)).toBe(0)
    expect(await client.worth(third)).toBe(0)
  })

  it('keeps its five minutes when a third is fetched, and gets no more', async () => {
    const { client, world } = await start()
    tokenIn(await client.asksToken())
    const second = tokenIn(await client.asksToken())
    tokenIn(await client.asksToken())
    await world.advance('PT4M59.999S')
    expect(await client.worth(second)).toBe(0)
    await world.advance('PT0.001S')
    expect(await client.worth(second)).toBe(40001)
  })

  it('expires after two hours to the millisecond, and is called expired for ever', async () => {
    const { client, world } = await start()
    const token = tokenIn(await client.asksToken())
    await world.advance('PT1H59M59.999S')
    expect(await client.worth(token)).toBe(0)
    await world.advance('PT0.001S')
    expect(await client.worth(token)).toBe(42001)
    const renewed = tokenIn(await client.asksToken())
    expect(await client.worth(renewed)).toBe(0)
    await world.advance('PT10M')
    expect(await client.worth(token)).toBe(42001)
  })

  it('is not prolonged by the five minutes', async () => {
    const { client, world } = await start()
    const token = tokenIn(await client.asksToken())
    await world.advance('PT1H58M')
    tokenIn(await client.asksToken())
    await world.advance('PT2M')
    expect(await client.worth(token)).toBe(42001)
    await world.advance('P1D')
    expect(await client.worth(token)).toBe(42001)
  })

  it('says in its errmsg that it is expired, in the words by which SDKs know it', async () => {
    const { client, world } = await start()
    await client.signsIn()
    await world.advance('PT2H')
    expect(refusalOf(await client.get('/cgi-bin/user/get'))).toEqual({
      errcode: 42001,
      errmsg: 'access_token expired',
    })
  })
})

onBoth('many who fetch a token at once', (database) => {
  it('each get their own, of which the two newest are good', async () => {
    const sim = await startSim({ database })
    const client = new WechatClient(sim.http, sim.acme)
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.asksToken()))
    const tokens = answers.map(tokenIn)
    expect(new Set(tokens).size).toBe(20)
    const worths = []
    for (const token of tokens) worths.push(await client.worth(token))
    expect(worths.filter((code) => code === 0)).toHaveLength(2)
  })
})
