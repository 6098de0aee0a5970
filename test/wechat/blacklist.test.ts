import { expect, it } from 'vitest'
import { type DatabaseName, onEither } from '../database.ts'
import { startSim } from '../sim.ts'
import { acmesClient, bodyOf, errcodeOf, initechsClient, refusalOf, tablesOf } from './client.ts'

const ok = '{"errcode":0,"errmsg":"ok"}'
const nobody = 'oAbCdEfGhIjKlMnOpQrStUvWxYz0'

async function start(database?: DatabaseName) {
  const sim = await startSim(database ? { database } : {})
  const client = await acmesClient(sim)
  const post = (call: string, body: unknown) => client.post(`/cgi-bin/tags/members/${call}`, body)
  const [wang, li] = [sim.wang.openidAt(sim.acme), sim.li.openidAt(sim.acme)]
  return { ...sim, client, post, openids: { wang, li } }
}

onEither('the blacklist', (database) => {
  it('lists whom the account has put on it, also who left, page by page, until nobody is', async () => {
    const { post, acme, li, openids } = await start(database)
    const asks = async (begin_openid?: string) =>
      bodyOf(await post('getblacklist', { begin_openid }))
    expect(await asks()).toEqual({ total: 0, count: 0, next_openid: '' })
    await li.unfollows(acme)
    const openid_list = Object.values(openids).sort()
    const [first, last] = openid_list
    expect((await post('batchblacklist', { openid_list })).text).toBe(ok)
    expect((await post('batchblacklist', { openid_list: [first, first] })).text).toBe(ok)
    const page = { total: 2, count: 2, data: { openid: openid_list }, next_openid: last }
    expect(await asks('')).toEqual(page)
    expect(await asks(first)).toEqual({ ...page, count: 1, data: { openid: [last] } })
    expect(await asks(last)).toEqual({ total: 2, count: 0, next_openid: '' })
    expect((await post('batchunblacklist', { openid_list: [last] })).text).toBe(ok)
    expect(await asks()).toEqual({
      total: 1,
      count: 1,
      data: { openid: [first] },
      next_openid: first,
    })
  })

  it('refuses sends with 43019, by WeChat and by the partner, until the person is off it', async () => {
    const { client, post, acme, wang, platform, openids } = await start(database)
    const { template_id } = acme.info
    const sends = () => client.sends({ touser: openids.wang, template_id, data: {} })
    const openid_list = [openids.wang]
    await post('batchblacklist', { openid_list })
    expect(refusalOf(await sends())).toEqual({ errcode: 43019, errmsg: 'require remove blacklist' })
    expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 43019 })
    expect(await wang.inbox()).toEqual([])
    await post('batchunblacklist', { openid_list })
    expect(errcodeOf(await sends())).toBe(0)
    expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 0 })
  })
})

const texts = { 40003: 'invalid openid', 40032: 'invalid openid list size' }

it.each([
  { when: 'there is no list', errcode: 40032, list: undefined },
  { when: 'the list is a text', errcode: 40032, list: nobody },
  { when: 'the list has 21', errcode: 40032, list: Array(21).fill(nobody) },
  { when: 'one is nobody’s', errcode: 40003, list: [nobody] },
] as const)('is left as it is by a list that is refused with $errcode: $when', async (row) => {
  const { post, openids, world } = await start()
  const before = await tablesOf(world)
  const openid_list = Array.isArray(row.list) ? [openids.li, ...row.list.slice(0, 20)] : row.list
  for (const call of ['batchblacklist', 'batchunblacklist'])
    expect(refusalOf(await post(call, { openid_list }))).toEqual({
      errcode: row.errcode,
      errmsg: texts[row.errcode],
    })
  expect(await tablesOf(world)).toEqual(before)
})

it('takes no openid of another account, and begins after none', async () => {
  const { post, ...sim } = await start()
  const { openid } = await initechsClient(sim)
  expect(errcodeOf(await post('batchblacklist', { openid_list: [openid] }))).toBe(49003)
  expect(errcodeOf(await post('getblacklist', { begin_openid: 'x' }))).toBe(40003)
})
