import { describe, expect, it } from 'vitest'
import { type DatabaseName, onEither } from '../database.ts'
import { startSim } from '../sim.ts'
import { startChanged } from './at-rest.ts'
import { acmesClient, bodyOf, refusalOf, tablesOf, type WechatClient } from './client.ts'

const path = '/cgi-bin/template/api_set_industry'
const json_type = { 'Content-Type': 'application/json' }
const form_type = { 'Content-Type': 'application/x-www-form-urlencoded' }
const unset =
  'update official_account set primary_industry = null, secondary_industry = null, industries_at = null'
const texts: Readonly<Record<number, string>> = {
  40102: 'invalid industry id',
  40103: 'invalid industry index',
  43002: 'require POST method',
  43100: 'change template too frequently',
  44002: 'empty post data',
  47001: 'data format error',
  48001: 'api unauthorized',
}

/** Acme with the industries 2 and 34, and whoever speaks for it. */
async function start(database: DatabaseName = 'sqlite') {
  const sim = await startSim({ database })
  return { ...sim, ...verbs(await acmesClient(sim)) }
}

/** Acme before it has any industry. */
async function startUnset() {
  const sim = await startChanged(() => unset)
  return { ...sim, ...verbs(await acmesClient(sim)) }
}

function verbs(client: WechatClient) {
  const sets = (body: unknown) => client.post(path, body, json_type)
  const gets = async () => bodyOf(await client.get('/cgi-bin/template/get_industry'))
  return { client, sets, gets }
}

const both = (industry_id1: unknown, industry_id2: unknown) => ({ industry_id1, industry_id2 })
const names = (primary: readonly string[], secondary: readonly string[]) => ({
  primary_industry: { first_class: primary[0], second_class: primary[1] },
  secondary_industry: { first_class: secondary[0], second_class: secondary[1] },
})

describe(`POST ${path}`, () => {
  // biome-ignore format: one way a line
  const refused = [
    { when: 'there is no body', errcode: 44002, body: '' },
    { when: 'the body is no JSON', errcode: 47001, body: '<xml/>' },
    { when: 'the first is unknown', errcode: 40102, body: both('42', '34') },
    { when: 'the second is unknown', errcode: 40102, body: both('2', '0') },
    { when: 'one is no number', errcode: 40102, body: both('IT', '34') },
    { when: 'one is half a number', errcode: 40102, body: both(2.5, 34) },
    { when: 'one is below zero', errcode: 40102, body: both(-2, 34) },
    { when: 'one is a list', errcode: 40102, body: both([3], 34) },
    { when: 'one is true', errcode: 40102, body: both(true, '34') },
    { when: 'both are the same', errcode: 40102, body: both('41', '41') },
    { when: 'both are the same, as text and number', errcode: 40102, body: both('41', 41) },
    { when: 'the first alone is what the second is', errcode: 40102, body: { industry_id1: '34' } },
    { when: 'there are neither', errcode: 40103, body: {} },
    { when: 'both are null', errcode: 40103, body: both(null, null) },
    { when: 'both are empty', errcode: 40103, body: both('', '') },
    { when: 'they have other names', errcode: 40103, body: { industry1: 2, industry2: 34 } },
  ]

  it.each(refused)('answers $errcode when $when', async ({ errcode, body }) => {
    const { sets } = await start()
    expect(refusalOf(await sets(body))).toEqual({ errcode, errmsg: texts[errcode] })
  })

  it('answers 43002 to a GET, and 40103 to a form, which has no such fields to it', async () => {
    const { client } = await start()
    expect(refusalOf(await client.get(path))).toMatchObject({ errcode: 43002 })
    const form = await client.post(path, 'industry_id1=2&industry_id2=34', form_type)
    expect(refusalOf(form)).toEqual({ errcode: 40103, errmsg: texts[40103] })
  })

  it.each([
    { kind: 'sandbox', verified: true },
    { kind: 'sandbox', verified: false },
    { kind: 'subscription', verified: true },
    { kind: 'service', verified: false },
  ])('answers 48001 to an account with $kind, verified: $verified', async (change) => {
    const { sets, world, acme } = await start()
    await world.call('official_account.update', { appid: acme.appid, ...change })
    expect(refusalOf(await sets(both('3', '4')))).toEqual({ errcode: 48001, errmsg: texts[48001] })
  })

  it.each([
    { when: 'the second is missing', body: { industry_id1: '2' } },
    { when: 'the first is missing', body: { industry_id2: 34 } },
  ])('answers 40103 the first time when $when', async ({ body }) => {
    const { sets } = await startUnset()
    expect(refusalOf(await sets(body))).toMatchObject({ errcode: 40103 })
  })

  it.each([
    { as: 'texts', ids: both('1', '41') },
    { as: 'numbers', ids: both(1, 41) },
    { as: 'one of each', ids: both('1', 41) },
  ])('takes $as, and get_industry answers the names of the live service', async ({ ids }) => {
    const { sets, gets } = await start()
    expect(await sets(ids)).toMatchObject({ text: '{"errcode":0,"errmsg":"ok"}' })
    expect(await gets()).toEqual(names(['IT科技', '互联网|电子商务'], ['其他', '其他']))
  })

  it('changes one alone and leaves the other as it is', async () => {
    const { sets, gets } = await start()
    expect((await sets({ industry_id2: 17 })).json).toMatchObject({ errcode: 0 })
    expect(await gets()).toEqual(names(['IT科技', 'IT软件与服务'], ['教育', '院校']))
  })

  it('leaves everything as it was when it refuses', async () => {
    const { sets, world } = await start()
    const before = await tablesOf(world)
    for (const { body } of refused) await sets(body)
    expect(await tablesOf(world)).toEqual(before)
  })

  it('says in its decision what it missed', async () => {
    const { sets, world } = await start()
    await sets(both('2', '2'))
    const { items } = (await world.call('exchange.list', { surface: 'wechat' })) as {
      items: { decision: unknown[] }[]
    }
    expect(items[0]?.decision.at(-1)).toEqual({
      rule: 'industries.differ',
      actual: { industry_id1: 2, industry_id2: 2 },
      expected: 'two different industries',
    })
  })
})

onEither('the industries of an account', (database) => {
  it('are changed once in a calendar month of Beijing', async () => {
    const { sets, world, client } = await start(database)
    const change = async (...ids: [number, number]) => bodyOf(await sets(both(...ids)))['errcode']
    expect(await change(2, 29)).toBe(0)
    expect(refusalOf(await sets(both(2, 30)))).toEqual({ errcode: 43100, errmsg: texts[43100] })
    // 23:59:59 on 31 January in Beijing, which is five in the afternoon of a day in London.
    await world.call('clock.advance', { to: '2026-01-31T15:59:59.999Z' })
    await client.signsIn()
    const before = await tablesOf(world)
    expect(await change(2, 30)).toBe(43100)
    expect(await tablesOf(world)).toEqual(before)
    await world.call('clock.advance', { to: '2026-01-31T16:00:00Z' })
    expect(await change(2, 30)).toBe(0)
    expect(await change(2, 34)).toBe(43100)
  })

  it('are said anew as often as one likes, when nothing changes by it', async () => {
    const { sets, world } = await start(database)
    const before = await tablesOf(world)
    for (const id of [2, '2', 2]) {
      expect((await sets(both(id, 34))).json).toMatchObject({ errcode: 0 })
    }
    expect(await tablesOf(world)).toEqual(before)
    expect((await sets(both(34, 2))).json).toMatchObject({ errcode: 0 })
    expect(refusalOf(await sets(both(2, 34)))).toMatchObject({ errcode: 43100 })
  })
})

describe('the first setting', () => {
  it('does not count: one change is free in the same month', async () => {
    const { sets, gets, world } = await startUnset()
    expect(await gets()).toMatchObject({ errcode: 40102 })
    expect((await sets(both('2', '34'))).json).toMatchObject({ errcode: 0 })
    expect(await gets()).toEqual(names(['IT科技', 'IT软件与服务'], ['商业服务', '中介服务']))
    const [row] = (await tablesOf(world))['official_account'] ?? []
    expect(row).toMatchObject({
      industries_at: Date.parse('2026-01-05T01:00:00Z'),
      industries_month: null,
    })
    expect((await sets(both('2', '33'))).json).toMatchObject({ errcode: 0 })
    expect(refusalOf(await sets(both('2', '32')))).toMatchObject({ errcode: 43100 })
  })
})
