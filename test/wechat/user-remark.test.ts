import { expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { startSim } from '../sim.ts'
import { acmesClient, bodyOf, initechsClient, refusalOf, tablesOf } from './client.ts'

const path = '/cgi-bin/user/info/updateremark'
const ok = '{"errcode":0,"errmsg":"ok"}'

async function start(database: 'sqlite' | 'postgres' = 'sqlite') {
  const sim = await startSim({ database })
  const client = await acmesClient(sim)
  const openid = sim.li.openidAt(sim.acme)
  const remark = async () => bodyOf(await client.get('/cgi-bin/user/info', { openid }))['remark']
  return { ...sim, client, openid, remark }
}

onEither('a remark name', (database) => {
  it('stands in user/info until it is changed or taken back, after a refollow too', async () => {
    const { client, openid, remark, li, acme } = await start(database)
    expect(await remark()).toBe('')
    for (const name of ['李雷（三月入职）', '十个汉字也就是三十字', 'x'.repeat(30), '😀', '李雷']) {
      expect((await client.post(path, { openid, remark: name })).text).toBe(ok)
      expect(await remark()).toBe(name)
    }
    await li.unfollows(acme)
    expect(await remark()).toBeUndefined()
    await li.follows(acme)
    expect(await remark()).toBe('李雷')
    expect((await client.post(path, { openid, remark: '' })).text).toBe(ok)
    expect(await remark()).toBe('')
  })
})

it.each([
  { when: 'it has eleven Chinese characters', remark: '一二三四五六七八九十一', errcode: 40092 },
  { when: 'it has 31 bytes', remark: 'x'.repeat(31), errcode: 40092 },
  { when: 'it is no text', remark: 7, errcode: 40092 },
  { when: 'it has a NUL', remark: 'a\0', errcode: 40092 },
  { when: 'it has half of a character', remark: '\ud800', errcode: 40092 },
  { when: 'the openid is missing', openid: undefined, errcode: 41009 },
  { when: 'the openid is nobody’s', openid: 'oAbCdEfGhIjKlMnOpQrStUvWxYz0', errcode: 40003 },
  { when: 'the openid is no text', openid: 7, errcode: 40003 },
])('is refused with $errcode when $when, and nothing is changed', async ({ errcode, ...row }) => {
  const { client, openid, world } = await start()
  const before = await tablesOf(world)
  const answer = await client.post(path, { openid, remark: '李雷', ...row })
  const texts = { 40092: 'invalid remark name', 41009: 'missing openid', 40003: 'invalid openid' }
  expect(refusalOf(answer)).toEqual({ errcode, errmsg: texts[errcode as keyof typeof texts] })
  expect(await tablesOf(world)).toEqual(before)
})

it('is given by the account whose follower it is', async () => {
  const sim = await start()
  const { client } = await initechsClient(sim)
  const answer = await client.post(path, { openid: sim.openid, remark: '李雷' })
  expect(refusalOf(answer)).toMatchObject({ errcode: 40003 })
  expect(await sim.remark()).toBe('')
})

it('goes with whoever withdraws', async () => {
  const { client, wang, acme, world } = await start()
  const openid = wang.openidAt(acme)
  await client.post(path, { openid, remark: '王小雨（行政）' })
  await world.call('association.withdraw', { openid })
  expect(bodyOf(await client.get('/cgi-bin/user/info', { openid }))).toMatchObject({ remark: '' })
})
