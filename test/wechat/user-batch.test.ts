import { describe, expect, it } from 'vitest'
import { type DatabaseName, onEither } from '../database.ts'
import { startSim } from '../sim.ts'
import { acmesClient, bodyOf, initechsClient, refusalOf, tablesOf } from './client.ts'

const path = '/cgi-bin/user/info/batchget'
const nobody = 'oAbCdEfGhIjKlMnOpQrStUvWxYz0'

async function start(database?: DatabaseName) {
  const sim = await startSim(database ? { database } : {})
  const client = await acmesClient(sim)
  const asks = (user_list: unknown) => client.post(path, { user_list })
  const [wang, li] = [sim.wang.openidAt(sim.acme), sim.li.openidAt(sim.acme)]
  return { ...sim, client, asks, openids: { wang, li } }
}

onEither(`POST ${path}`, (database) => {
  it('answers of each openid what user/info does, in the order and language asked for', async () => {
    const { client, asks, acme, li, openids } = await start(database)
    await li.unfollows(acme)
    const one = async (query: Record<string, string>) =>
      (await client.get('/cgi-bin/user/info', query)).text
    const [first, second] = [{ openid: openids.li, lang: 'en' }, { openid: openids.wang }]
    const { text } = await asks([first, second, first])
    expect(text).toBe(
      `{"user_info_list":[${await one(first)},${await one(second)},${await one(first)}]}`,
    )
    expect(text).toMatch(/^\{"user_info_list":\[\{"subscribe":0,"openid":"o/)
  })

  it('answers a hundred at once, and no more', async () => {
    const { asks, openids } = await start(database)
    const hundred = Array(100).fill({ openid: openids.li })
    expect(bodyOf(await asks(hundred))['user_info_list']).toHaveLength(100)
    expect(refusalOf(await asks([...hundred, { openid: openids.li }]))).toEqual({
      errcode: 40032,
      errmsg: 'invalid openid list size',
    })
  })
})

describe('a batch', () => {
  it.each([
    { when: 'there is no list', body: {}, errcode: 40032 },
    { when: 'the list is null', body: { user_list: null }, errcode: 40032 },
    { when: 'the list is empty', body: { user_list: [] }, errcode: 40032 },
    { when: 'the list is none', body: { user_list: { openid: nobody } }, errcode: 47001 },
    { when: 'one openid is nobody’s', body: { user_list: [{ openid: nobody }] }, errcode: 40003 },
    { when: 'one openid is none', body: { user_list: [{ openid: 'x\0' }] }, errcode: 40003 },
    { when: 'one openid is missing', body: { user_list: [{ lang: 'en' }] }, errcode: 40003 },
    { when: 'one entry is a text', body: { user_list: [nobody] }, errcode: 40003 },
    { when: 'one entry is null', body: { user_list: [null] }, errcode: 40003 },
    { when: 'there is no body', body: '', errcode: 44002 },
  ])('is refused as a whole with $errcode when $when', async ({ body, errcode }) => {
    const { client, openids, world } = await start()
    const list = typeof body === 'object' && 'user_list' in body ? body.user_list : undefined
    const before = await tablesOf(world)
    const filled =
      Array.isArray(list) && list.length > 0
        ? { user_list: [{ openid: openids.li }, ...list, { openid: openids.wang }] }
        : body
    const texts = { 40003: 'invalid openid', 40032: 'invalid openid list size' }
    expect(refusalOf(await client.post(path, filled))).toMatchObject({
      errcode,
      errmsg: { ...texts, 47001: 'data format error', 44002: 'empty post data' }[errcode],
    })
    expect(await tablesOf(world)).toEqual(before)
  })

  it('is refused when one openid is the same person’s at another account', async () => {
    const { asks, openids, ...sim } = await start()
    const { openid } = await initechsClient(sim)
    const answer = await asks([{ openid: openids.li }, { openid }])
    expect(refusalOf(answer)).toEqual({ errcode: 40003, errmsg: 'invalid openid' })
  })

  it('wants a verified account', async () => {
    const { asks, world, acme, openids } = await start()
    await world.call('official_account.update', { appid: acme.appid, verified: false })
    expect(refusalOf(await asks([{ openid: openids.li }]))).toMatchObject({ errcode: 48001 })
  })
})
