import { describe, expect, it } from 'vitest'
import { type DatabaseName, onEither } from '../database.ts'
import { startSim } from '../sim.ts'
import { startChanged } from './at-rest.ts'
import { acmesClient, bodyOf, errcodeOf, initechsClient, refusalOf, tablesOf } from './client.ts'

const ok = '{"errcode":0,"errmsg":"ok"}'
const nobody = 'oAbCdEfGhIjKlMnOpQrStUvWxYz0'

async function start(database?: DatabaseName) {
  const sim = await startSim(database ? { database } : {})
  const client = await acmesClient(sim)
  const post = (path: string, body: unknown) => client.post(`/cgi-bin/${path}`, body)
  const [wang, li] = [sim.wang.openidAt(sim.acme), sim.li.openidAt(sim.acme)]
  const makes = async (name: string) =>
    (bodyOf(await post('tags/create', { tag: { name } }))['tag'] as { id: number }).id
  const tags = (openid_list: string[], tagid: unknown) =>
    post('tags/members/batchtagging', { openid_list, tagid })
  const counts = async () => {
    const { tags: all } = bodyOf(await client.get('/cgi-bin/tags/get'))
    return (all as { id: number; count: number }[]).map(({ id, count }) => [id, count])
  }
  const idsOf = async (openid: string) =>
    bodyOf(await post('tags/getidlist', { openid }))['tagid_list']
  return { ...sim, client, post, makes, tags, counts, idsOf, openids: { wang, li } }
}

onEither('tags', (database) => {
  it('are made from 100 on, listed after the starred one, renamed and deleted, with whoever has them', async () => {
    const { client, post, makes, tags, counts, idsOf, openids } = await start(database)
    const { text } = await post('tags/create', { tag: { name: '三月入职' } })
    expect(text).toBe('{"tag":{"id":100,"name":"三月入职"}}')
    expect(await makes('十个汉字就是三十字节')).toBe(101)
    expect((await tags([openids.li, openids.wang, openids.li], 100)).text).toBe(ok)
    expect((await tags([openids.li], '101')).text).toBe(ok)
    expect((await tags([openids.li], 2)).text).toBe(ok)
    expect((await client.get('/cgi-bin/tags/get')).text).toBe(
      '{"tags":[{"id":2,"name":"星标组","count":1},{"id":100,"name":"三月入职","count":2},' +
        '{"id":101,"name":"十个汉字就是三十字节","count":1}]}',
    )
    expect(await idsOf(openids.li)).toEqual([2, 100, 101])
    expect((await post('tags/update', { tag: { id: 100, name: '四月入职' } })).text).toBe(ok)
    const untag = { openid_list: [openids.li, openids.wang], tagid: 101 }
    expect((await post('tags/members/batchuntagging', untag)).text).toBe(ok)
    expect(await counts()).toEqual([
      [2, 1],
      [100, 2],
      [101, 0],
    ])
    expect((await post('tags/delete', { tag: { id: 100 } })).text).toBe(ok)
    expect(await idsOf(openids.wang)).toEqual([])
    expect(await makes('三月入职')).toBe(102)
    expect(await counts()).toEqual([
      [2, 1],
      [101, 0],
      [102, 0],
    ])
  })

  it('stand in what is told of a follower, the first as the old group, until the person leaves', async () => {
    const { client, post, makes, tags, counts, acme, li, openids } = await start(database)
    const [first, second] = [await makes('甲'), await makes('乙')]
    await tags([openids.li], second)
    await tags([openids.li], first)
    const told = { groupid: first, tagid_list: [first, second] }
    const info = async () => bodyOf(await client.get('/cgi-bin/user/info', { openid: openids.li }))
    expect(await info()).toMatchObject(told)
    const user_list = [{ openid: openids.wang }, { openid: openids.li }]
    const batch = await post('user/info/batchget', { user_list })
    expect(bodyOf(batch)['user_info_list']).toMatchObject([{ groupid: 0, tagid_list: [] }, told])
    await li.blocks(acme)
    expect(await info()).toMatchObject(told)
    await li.unfollows(acme)
    expect(await info()).toMatchObject({ subscribe: 0, tagid_list: [] })
    expect(await counts()).toContainEqual([first, 0])
    await li.follows(acme)
    expect(await info()).toMatchObject({ groupid: 0, tagid_list: [] })
  })

  it('list whoever has them, page by page, until nobody is left', async () => {
    const { post, makes, tags, openids } = await start(database)
    const tagid = await makes('甲')
    expect((await post('user/tag/get', { tagid })).text).toBe('{"count":0}')
    const all = Object.values(openids).sort()
    await tags(all, tagid)
    const last = all.at(-1)
    expect((await post('user/tag/get', { tagid, next_openid: '' })).text).toBe(
      `{"count":2,"data":{"openid":${JSON.stringify(all)}},"next_openid":"${last}"}`,
    )
    const rest = await post('user/tag/get', { tagid, next_openid: all[0] })
    expect(bodyOf(rest)).toEqual({ count: 1, data: { openid: [last] }, next_openid: last })
    expect(bodyOf(await post('user/tag/get', { tagid, next_openid: last }))).toEqual({ count: 0 })
  })
})

it('are a hundred at most, and twenty on one follower', async () => {
  const { post, makes, tags, openids } = await start()
  for (let n = 0; n < 100; n++) await makes(`第${n}`)
  const refused = await post('tags/create', { tag: { name: '再来' } })
  expect(refusalOf(refused)).toEqual({
    errcode: 45056,
    errmsg: 'too many tag now, no need to add new',
  })
  for (let n = 0; n < 20; n++) await tags([openids.li], 100 + n)
  expect(refusalOf(await tags([openids.wang, openids.li], 120))).toEqual({
    errcode: 45059,
    errmsg: 'can not tagging one user too much',
  })
  expect((await tags([openids.wang, openids.li], 119)).text).toBe(ok)
  const fifty = Array(50).fill(openids.wang)
  expect((await tags(fifty, 120)).text).toBe(ok)
  expect(errcodeOf(await tags([...fifty, openids.wang], 120))).toBe(40032)
})

const texts = {
  40003: 'invalid openid',
  40032: 'invalid openid list size',
  41009: 'missing openid',
  45058: "can't modify sys tag",
  45157: 'invalid tag name',
  45158: 'tag name too long',
  45159: 'invalid tag id',
  47001: 'data format error',
}
const [create, update, remove] = ['tags/create', 'tags/update', 'tags/delete']
const [give, take] = ['tags/members/batchtagging', 'tags/members/batchuntagging']
const [fans, list] = ['user/tag/get', 'tags/getidlist']

/** 100 is there, by the name of 甲; in the lists `li` stands for Li. */
// biome-ignore format: one way a line
const rows: readonly { when: string; errcode: keyof typeof texts; path: string; body: object }[] = [
  { when: 'there is no tag', errcode: 47001, path: create, body: {} },
  { when: 'the tag is a text', errcode: 47001, path: create, body: { tag: '乙' } },
  { when: 'it has no name', errcode: 45157, path: create, body: { tag: {} } },
  { when: 'its name is empty', errcode: 45157, path: create, body: { tag: { name: '' } } },
  { when: 'its name is a number', errcode: 45157, path: create, body: { tag: { name: 7 } } },
  { when: 'its name has a NUL', errcode: 45157, path: create, body: { tag: { name: 'a\0' } } },
  { when: 'its name is taken', errcode: 45157, path: create, body: { tag: { name: '甲' } } },
  { when: 'its name is the platform’s', errcode: 45157, path: create, body: { tag: { name: '星标组' } } },
  { when: 'its name has 31 bytes', errcode: 45158, path: create, body: { tag: { name: 'x'.repeat(31) } } },
  { when: 'a reserved one is renamed', errcode: 45058, path: update, body: { tag: { id: 2, name: '乙' } } },
  { when: 'an unknown one is renamed', errcode: 45159, path: update, body: { tag: { id: 99, name: '乙' } } },
  { when: 'it is renamed to one that is taken', errcode: 45157, path: update, body: { tag: { id: 100, name: '星标组' } } },
  { when: 'a reserved one is deleted', errcode: 45058, path: remove, body: { tag: { id: 0 } } },
  { when: 'one without an id is deleted', errcode: 45159, path: remove, body: { tag: {} } },
  { when: 'the list is missing', errcode: 40032, path: give, body: { tagid: 100 } },
  { when: 'the list is empty', errcode: 40032, path: take, body: { openid_list: [], tagid: 100 } },
  { when: 'the key is tagId', errcode: 45159, path: give, body: { openid_list: ['li'], tagId: 100 } },
  { when: 'the tag is the old blacklist', errcode: 45159, path: give, body: { openid_list: ['li'], tagid: 1 } },
  { when: 'the tag is broken', errcode: 45159, path: take, body: { openid_list: ['li'], tagid: 100.5 } },
  { when: 'one is nobody’s', errcode: 40003, path: give, body: { openid_list: ['li', nobody], tagid: 100 } },
  { when: 'one is a number', errcode: 40003, path: take, body: { openid_list: ['li', 7], tagid: 100 } },
  { when: 'fans of an unknown tag are asked', errcode: 45159, path: fans, body: { tagid: 7 } },
  { when: 'fans after none are asked', errcode: 40003, path: fans, body: { tagid: 100, next_openid: 'x' } },
  { when: 'nobody’s tags are asked', errcode: 41009, path: list, body: {} },
  { when: 'a stranger’s tags are asked', errcode: 40003, path: list, body: { openid: nobody } },
]

describe('a call of tags', () => {
  it.each(rows)('is refused with $errcode when $when ($path)', async ({ path, body, errcode }) => {
    const { post, makes, world, openids } = await start()
    await makes('甲')
    const before = await tablesOf(world)
    const said = JSON.parse(JSON.stringify(body).replaceAll('"li"', `"${openids.li}"`))
    expect(refusalOf(await post(path, said))).toEqual({ errcode, errmsg: texts[errcode] })
    expect(await tablesOf(world)).toEqual(before)
  })

  it('is refused for whoever left, and for the same person’s openid at another account', async () => {
    const { makes, tags, acme, li, openids, ...sim } = await start()
    const tagid = await makes('甲')
    const { openid } = await initechsClient(sim)
    expect(refusalOf(await tags([openid], tagid))).toEqual({
      errcode: 49003,
      errmsg: 'not match openid with appid',
    })
    await li.unfollows(acme)
    expect(errcodeOf(await tags([openids.li], tagid))).toBe(40003)
  })

  it('is refused when over a hundred thousand would lose the tag', async () => {
    const sim = await startChanged(
      ({ acme }) => `
      insert into tag select epoch, appid, 100, '甲', created_at from official_account where appid = '${acme.appid}';
      insert into tagging (epoch, openid, id, appid, tagged_at)
      with recursive nth (n) as (select 0 union all select n + 1 from nth where n < 100000)
      select epoch, printf('o%d', nth.n), 100, appid, created_at from nth, official_account where appid = '${acme.appid}'`,
    )
    const client = await acmesClient(sim)
    const answer = await client.post('/cgi-bin/tags/delete', { tag: { id: 100 } })
    expect(refusalOf(answer)).toEqual({
      errcode: 45057,
      errmsg: "can't delete the tag that has too many fans",
    })
  })
})

it('tags go with whoever withdraws', async () => {
  const { world, makes, tags, idsOf, acme, wang, openids } = await start()
  await tags([openids.wang], await makes('不合适'))
  await world.call('association.withdraw', { openid: openids.wang })
  expect(await idsOf(wang.openidAt(acme))).toEqual([])
})
