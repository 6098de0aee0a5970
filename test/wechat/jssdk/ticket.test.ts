import { describe, expect, it } from 'vitest'
import { type DatabaseName, onEither } from '../../database.ts'
import { startSim } from '../../sim.ts'
import { acmesClient, refusalOf, tablesOf } from '../client.ts'

const path = '/cgi-bin/ticket/getticket'

async function start(database?: DatabaseName) {
  const sim = await startSim(database ? { database } : {})
  const client = await acmesClient(sim)
  const asks = async (type = 'jsapi') => (await client.get(path, { type })).json
  return { ...sim, client, asks }
}

describe('GET /cgi-bin/ticket/getticket', () => {
  it('answers a ticket of 86 characters with errcode 0, and the same one while it lives', async () => {
    const { asks, client, world } = await start()
    const first = await asks()
    expect(first).toEqual({
      errcode: 0,
      errmsg: 'ok',
      ticket: expect.stringMatching(/^[\w-]{86}$/),
      expires_in: 7200,
    })
    await world.advance('PT1H59M59.999S')
    await client.signsIn()
    expect(await asks()).toEqual({ ...first, expires_in: 0 })
    await world.advance('PT0.001S')
    await client.signsIn()
    const next = await asks()
    expect(next).toMatchObject({ errcode: 0, expires_in: 7200 })
    expect(next['ticket']).not.toBe(first['ticket'])
  })

  it('has another ticket for cards, which begins as theirs do', async () => {
    const { asks } = await start()
    const { ticket } = await asks()
    const card = await asks('wx_card')
    expect(card['ticket']).toMatch(/^IpK_[\w-]{82}$/)
    expect((await asks())['ticket']).toBe(ticket)
  })

  it('gives another account, and the account after a reset, another one', async () => {
    const { asks, client, world } = await start()
    const { ticket } = await asks()
    await world.reset()
    await client.signsIn()
    expect((await asks())['ticket']).not.toBe(ticket)
  })

  it.each(['', 'JSAPI', '2', 'wx_card '])('refuses the type %j with 40097', async (type) => {
    const { client, world } = await start()
    const before = await tablesOf(world)
    const answer = await client.get(path, { type })
    expect(refusalOf(answer)).toMatchObject({ errcode: 40097, errmsg: 'invalid args' })
    expect(await tablesOf(world)).toEqual(before)
  })

  it('tells the timeline when tickets end', async () => {
    const { asks, world } = await start()
    await asks()
    expect(await world.call('clock.timeline')).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ kind: 'jsapi ticket', at: '2026-01-05T03:00:00.000Z' }),
      ]),
    })
  })
})

onEither('tickets', (database) => {
  it('are one for two who ask at once', async () => {
    const { asks } = await start(database)
    const answers = await Promise.all([asks(), asks(), asks()])
    expect(new Set(answers.map(({ ticket }) => ticket)).size).toBe(1)
  })
})
