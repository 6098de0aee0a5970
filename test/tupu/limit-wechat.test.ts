import { expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { errcodeOf, refusalOf, tablesOf } from '../wechat/client.ts'
import { startCounted } from '../wechat/quota-counts.ts'

const path = '/cgi-bin/message/template/send'
const accepted = '19900000000'
const daily = /^reach max api daily quota limit rid: [0-9a-f]{8}-[0-7][0-9a-f]{7}-[0-7][0-9a-f]{7}$/

onEither('a platform’s sends, with WeChat’s quotas', (database) => {
  it('use up the same quota as the account’s own, and are then refused with WeChat’s words', async () => {
    const scene = await startCounted(database, { used: [{ path, used: 99_997 }] })
    const { platform, acme, wang, client, world } = scene
    expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 0 })
    const own = { touser: wang.openidAt(acme), template_id: acme.info.template_id }
    expect(errcodeOf(await client.sends({ ...own, data: { first: { value: '您好' } } }))).toBe(0)
    expect(await platform.sends(acme, { mobile: accepted })).toMatchObject({ errcode: 0 })
    const before = await tablesOf(world)
    for (const mobile of [wang.mobile, accepted]) {
      const refused = await platform.sends(acme, { mobile })
      expect(refused).toEqual({ errcode: 45009, errmsg: expect.stringMatching(daily) })
      expect(await platform.notifies(acme, { mobile })).toBe('sms')
    }
    expect(refusalOf(await client.sends(own))).toMatchObject({ errcode: 45009 })
    // Nothing but TUPU's own record of what it refused.
    const { message: messages = [], ...after } = await tablesOf(world)
    const { message: earlier = [], ...rest } = before
    expect(after).toEqual(rest)
    expect(messages.slice(0, earlier.length)).toEqual(earlier)
    expect(messages.slice(earlier.length)).toMatchObject(
      Array(4).fill({ state: 'refused', errcode: 45009, msgid: null }),
    )
    expect(await client.post('/cgi-bin/clear_quota', { appid: acme.appid })).toMatchObject({
      status: 200,
    })
    expect(await platform.notifies(acme, { mobile: wang.mobile })).toBe('wechat')
  })

  it('count when WeChat refuses them, and do not when TUPU does', async () => {
    const scene = await startCounted(database)
    const { platform, acme, wang, count } = scene
    expect(await platform.sends(acme, { mobile: '13900139000' })).toMatchObject({ errcode: 100011 })
    expect(await platform.sends(acme, { mobile: 'x' })).toMatchObject({ errcode: 100010 })
    expect(await platform.sends(acme, { mobile: '19900043004' })).toMatchObject({ errcode: 43004 })
    expect(await count(path)).toBe(0)
    await wang.unfollows(acme)
    for (const n of [1, 2]) {
      expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 43004 })
      expect(await count(path)).toBe(n)
    }
  })

  it('say in their decision which quota is used up, and by which call it is lifted', async () => {
    const { platform, acme, wang, world } = await startCounted(database, {
      used: [{ path, used: 100_000 }],
    })
    await platform.sends(acme, { mobile: wang.mobile })
    const { items } = (await world.call('exchange.list', { surface: 'tupu' })) as {
      items: { decision: { rule?: string; fix?: { call: string; input: object } }[] }[]
    }
    const step = items[0]?.decision.find(({ rule }) => rule === 'quota.left')
    expect(step).toMatchObject({ row: { path, per: 'day', limit: 100_000 } })
    await world.call(step?.fix?.call ?? '', step?.fix?.input ?? {})
    expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 0 })
  })
})

it('a question whether a mobile can be reached counts as the question for its follower', async () => {
  const { platform, acme, wang, count } = await startCounted('sqlite')
  const { json } = await platform.post('/registrations/query', {
    eid: acme.eid,
    mobile: wang.mobile,
  })
  expect(json).toMatchObject({ reachable: true })
  expect(await count('/cgi-bin/user/info')).toBe(1)
})
