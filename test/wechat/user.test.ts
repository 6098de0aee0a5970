import { describe, expect, it } from 'vitest'
import { first_instant, startSim } from '../sim.ts'
import { acmesClient, bodyOf, initechsClient, refusalOf } from './client.ts'

const info = '/cgi-bin/user/info'
const list = '/cgi-bin/user/get'
const subscribe_time = Date.parse(first_instant) / 1000

async function start() {
  const sim = await startSim()
  const client = await acmesClient(sim)
  const of = (openid: string, more: Record<string, string> = {}) =>
    client.get(info, { openid, ...more })
  return { ...sim, client, of, openid: sim.li.openidAt(sim.acme) }
}

describe('GET /cgi-bin/user/info', () => {
  it('answers all keys of a follower in WeChat’s order, the empty ones too, and no errcode', async () => {
    const { of, openid } = await start()
    const answer = await of(openid)
    const { unionid } = bodyOf(answer)
    expect(unionid).toMatch(/^o[\w-]{27}$/)
    expect(answer.text).toBe(
      `{"subscribe":1,"openid":"${openid}","nickname":"","sex":0,"language":"zh_CN","city":"","province":"","country":"","headimgurl":"","subscribe_time":${subscribe_time},"unionid":"${unionid}","remark":"","groupid":0,"tagid_list":[],"subscribe_scene":"ADD_SCENE_SEARCH","qr_scene":0,"qr_scene_str":""}`,
    )
  })

  it('answers the short list of keys of whoever follows no more', async () => {
    const { of, openid, li, acme } = await start()
    await li.unfollows(acme)
    expect((await of(openid)).text).toBe(
      `{"subscribe":0,"openid":"${openid}","nickname":"","sex":0,"language":"zh_CN","city":"","province":"","country":"","headimgurl":"","tagid_list":[]}`,
    )
  })

  it('answers likewise of whoever is known and never followed', async () => {
    const { of, han, acme } = await start()
    const { openid } = await han.registers(acme, { state: 'never' })
    expect(bodyOf(await of(openid))).toMatchObject({ subscribe: 0, openid, tagid_list: [] })
  })

  it('calls whoever mutes or blocks the account a follower', async () => {
    const { of, openid, li, acme } = await start()
    await li.mutes(acme)
    expect(bodyOf(await of(openid))).toMatchObject({ subscribe: 1 })
    await li.blocks(acme)
    expect(bodyOf(await of(openid))).toMatchObject({ subscribe: 1 })
  })

  it('tells the time of the latest follow, under the same openid', async () => {
    const { of, openid, li, acme, world } = await start()
    await world.advance('PT1H')
    await li.mutes(acme)
    expect(bodyOf(await of(openid))).toMatchObject({ subscribe_time })
    await li.unfollows(acme)
    await li.follows(acme)
    expect(bodyOf(await of(openid))).toMatchObject({ subscribe_time: subscribe_time + 3600 })
  })

  it.each([
    { lang: 'zh_TW', language: 'zh_TW' },
    { lang: 'en', language: 'en' },
    { lang: 'zh_CN', language: 'zh_CN' },
    { lang: 'fr', language: 'zh_CN' },
    { lang: '', language: 'zh_CN' },
  ])('answers the language $language to lang=$lang', async ({ lang, language }) => {
    const { of, openid } = await start()
    expect(bodyOf(await of(openid, { lang }))).toMatchObject({ language })
  })

  it('knows a person by one unionid at all accounts, and by an openid at each', async () => {
    const { of, openid, wang, acme, ...sim } = await start()
    const initech = await initechsClient(sim)
    const theirs = await initech.client.get(info, { openid: initech.openid })
    const { unionid } = bodyOf(await of(openid))
    expect(bodyOf(theirs)).toMatchObject({ unionid })
    expect(bodyOf(await of(wang.openidAt(acme)))['unionid']).not.toBe(unionid)
    // What openids begin with is the account's.
    expect(wang.openidAt(acme).slice(0, 6)).toBe(openid.slice(0, 6))
    expect(initech.openid.slice(0, 6)).not.toBe(openid.slice(0, 6))
  })

  it.each([
    { what: 'missing', query: {}, errcode: 41009, errmsg: 'missing openid' },
    { what: 'empty', query: { openid: '' }, errcode: 41009, errmsg: 'missing openid' },
    {
      what: 'nobody’s',
      query: { openid: 'oAbCdEfGhIjKlMnOpQrStUvWxYz0' },
      errcode: 40003,
      errmsg: 'invalid openid',
    },
    { what: 'no openid', query: { openid: 'x' }, errcode: 40003, errmsg: 'invalid openid' },
    { what: 'a NUL', query: { openid: '\0' }, errcode: 40003, errmsg: 'invalid openid' },
    {
      what: 'one with a blank',
      query: { openid: '<openid> ' },
      errcode: 40003,
      errmsg: 'invalid openid',
    },
  ])('answers $errcode when the openid is $what', async ({ query, errcode, errmsg }) => {
    const { client, openid } = await start()
    const filled = Object.entries(query).map(([k, v]) => [k, v.replace('<openid>', openid)])
    const answer = await client.get(info, Object.fromEntries(filled))
    expect(refusalOf(answer)).toEqual({ errcode, errmsg })
  })

  it('answers 40003 to the openid of the same person at another account', async () => {
    const { of, ...sim } = await start()
    const { openid } = await initechsClient(sim)
    expect(refusalOf(await of(openid))).toEqual({ errcode: 40003, errmsg: 'invalid openid' })
  })
})

describe('GET /cgi-bin/user/get', () => {
  it('answers the followers, oldest first, with the last as next_openid, and no errcode', async () => {
    const { client, openid, wang, fang, acme, li, world } = await start()
    await world.advance('PT1H')
    await li.unfollows(acme)
    await li.follows(acme)
    const [first, second] = [wang.openidAt(acme), fang.openidAt(acme)].sort()
    expect((await client.get(list)).text).toBe(
      `{"total":3,"count":3,"data":{"openid":["${first}","${second}","${openid}"]},"next_openid":"${openid}"}`,
    )
  })

  it('begins after next_openid, and past the end has no data, so that iterators stop', async () => {
    const { client } = await start()
    const { data } = bodyOf(await client.get(list)) as { data: { openid: string[] } }
    const [first = '', second = '', third = ''] = data.openid
    expect((await client.get(list, { next_openid: '' })).text).toContain('"count":3')
    expect((await client.get(list, { next_openid: first })).text).toBe(
      `{"total":3,"count":2,"data":{"openid":["${second}","${third}"]},"next_openid":"${third}"}`,
    )
    expect((await client.get(list, { next_openid: third })).text).toBe(
      '{"total":3,"count":0,"next_openid":""}',
    )
  })

  it('counts who mutes or blocks, and not who left or never came', async () => {
    const { client, li, wang, fang, han, acme } = await start()
    await li.mutes(acme)
    await wang.blocks(acme)
    await fang.unfollows(acme)
    await han.registers(acme, { state: 'never' })
    expect(bodyOf(await client.get(list))).toMatchObject({ total: 2, count: 2 })
  })

  it('goes on after somebody who has left meanwhile', async () => {
    const { client, li, wang, fang, acme } = await start()
    const { data } = bodyOf(await client.get(list)) as { data: { openid: string[] } }
    const [first = ''] = data.openid
    const gone = [li, wang, fang].find((person) => person.openidAt(acme) === first)
    await gone?.unfollows(acme)
    expect(bodyOf(await client.get(list, { next_openid: first }))).toMatchObject({
      total: 2,
      count: 2,
      data: { openid: data.openid.slice(1) },
    })
  })

  it('answers nobody when there is nobody', async () => {
    const { client, li, wang, fang, acme } = await start()
    for (const person of [li, wang, fang]) await person.unfollows(acme)
    expect((await client.get(list)).text).toBe('{"total":0,"count":0,"next_openid":""}')
  })

  it.each([
    { what: 'nobody’s', of: async () => 'oAbCdEfGhIjKlMnOpQrStUvWxYz0' },
    { what: 'no openid', of: async () => 'x\0' },
    {
      what: 'another account’s',
      of: async (sim: Started) => (await initechsClient(sim)).openid,
    },
    {
      what: 'of somebody who never followed',
      of: async ({ han, acme }: Started) => (await han.registers(acme, { state: 'never' })).openid,
    },
  ])('answers 40003 when next_openid is $what', async ({ of }) => {
    const sim = await start()
    const answer = await sim.client.get(list, { next_openid: await of(sim) })
    expect(refusalOf(answer)).toEqual({ errcode: 40003, errmsg: 'invalid openid' })
  })
})

type Started = Awaited<ReturnType<typeof start>>
