import { describe, expect, it } from 'vitest'
import { held, industry_path, list_path, send_path, startFakeWechat } from './fake-wechat.ts'
import { exchanges } from './journal.ts'
import { goThrough, startAt, startThrough } from './through.ts'

describe('the facts of an account behind a remote gateway', () => {
  it('are asked when it is configured and when the checklist is read, and not at each send', async () => {
    const wechat = await startFakeWechat()
    const { acme, wang, platform, http } = await startAt(wechat.url)
    const asked = () => wechat.calls.filter((path) => path === list_path).length
    expect(asked()).toBe(1)
    await platform.sends(acme, { mobile: wang.mobile })
    await platform.sends(acme, { mobile: wang.mobile })
    expect(asked()).toBe(1)
    const { json } = await http('GET', `/tupu/v1/accounts/${acme.eid}`)
    expect(json).toMatchObject({ errcode: 0, live: true, missing: [] })
    expect(asked()).toBe(2)
  })

  it('say since when a step is done, as far as they tell', async () => {
    const wechat = await startFakeWechat({ [list_path]: { template_list: [] } })
    const { acme, http, world } = await startAt(wechat.url)
    const read = async () => (await http('GET', `/tupu/v1/accounts/${acme.eid}`)).json
    await world.advance('P1D')
    expect(await read()).toMatchObject({ live: false, missing: ['template_approved'] })
    wechat.answers[list_path] = {
      template_list: [{ template_id: 't'.repeat(43), title: 'x', content: '{{first.DATA}}' }],
    }
    const known = {
      official_account_connected: '2026-01-05T01:00:00.000Z',
      industries_set: '2026-01-05T01:00:00.000Z',
      template_approved: '2026-01-06T01:00:00.000Z',
    }
    expect(instantsOf(await read())).toMatchObject(known)
    await world.advance('P1D')
    expect(instantsOf(await read())).toMatchObject(known)
  })

  it.each([
    { what: 'busy', list: { errcode: -1, errmsg: 'system error' } },
    {
      what: 'out of its quota',
      list: { errcode: 45009, errmsg: 'reach max api daily quota limit' },
    },
    { what: 'unreadable', list: '<html>Bad gateway</html>' },
  ])('stay as they were known while WeChat is $what', async ({ list }) => {
    const wechat = await startFakeWechat()
    const { acme, wang, platform, http } = await startAt(wechat.url)
    wechat.answers[list_path] = list
    const { json } = await http('GET', `/tupu/v1/accounts/${acme.eid}`)
    expect(json).toMatchObject({ live: true })
    expect((await platform.sends(acme, { mobile: wang.mobile })).errcode).toBe(0)
  })

  it('of a gateway that was changed while it was asked count for nothing', async () => {
    const hold = held('{"template_list":[]}')
    const first = await startFakeWechat()
    const second = await startFakeWechat()
    const sim = await startAt(first.url)
    first.answers[list_path] = hold.fake
    const read = sim.http('GET', `/tupu/v1/accounts/${sim.acme.eid}`)
    await hold.asked
    await goThrough(sim, { base_url: second.url })
    hold.release()
    expect((await read).json).toMatchObject({ live: true })
    expect((await sim.platform.sends(sim.acme, { mobile: sim.wang.mobile })).errcode).toBe(0)
  })

  it('make its sends refused when something is missing', async () => {
    const wechat = await startFakeWechat({
      [industry_path]: { errcode: 40102, errmsg: 'x' },
    })
    const { acme, wang, platform } = await startAt(wechat.url)
    expect(await platform.sends(acme, { mobile: wang.mobile })).toEqual({
      errcode: 100002,
      errmsg: 'account is not live, missing: industries_set',
    })
  })

  it.each([
    { what: 'that it is live', list: undefined, but: {}, errcode: 0 },
    {
      what: 'that it is live, without that keyword',
      list: undefined,
      but: { keywords: { keyword9: 'x' } },
      errcode: 100014,
    },
    { what: 'that it has no template', list: { template_list: [] }, but: {}, errcode: 100002 },
    { what: 'nothing again', list: '<html>', but: {}, errcode: 100032 },
    {
      what: 'that it is busy',
      list: { errcode: -1, errmsg: 'system error' },
      but: {},
      errcode: -1,
    },
  ])('that WeChat did not tell at first are asked by a send, and tell $what', async (row) => {
    const wechat = await startFakeWechat()
    const told = wechat.answers[list_path]
    wechat.answers[list_path] = '<html>'
    const { acme, wang, platform, world } = await startAt(wechat.url)
    wechat.answers[list_path] = row.list ?? told ?? ''
    const answer = await platform.sends(acme, { mobile: wang.mobile, ...row.but })
    expect(answer.errcode).toBe(row.errcode)
    expect(wechat.calls.filter((path) => path === send_path)).toHaveLength(
      row.errcode === 0 ? 1 : 0,
    )
    const state = { 0: 'accepted', 100032: 'unknown' }[row.errcode] ?? 'refused'
    expect(await world.messages()).toMatchObject([{ state, answer: { errcode: row.errcode } }])
  })
})

describe('a registration behind a remote gateway', () => {
  it('is reachable when WeChat says so', async () => {
    const { acme, wang, http, remote, world } = await startThrough()
    const query = async () => {
      const body = { eid: acme.eid, mobile: wang.mobile }
      return (await http('POST', '/tupu/v1/registrations/query', body)).json
    }
    expect(await query()).toMatchObject({ reachable: true, reason: null })
    await remote.wang.unfollows(remote.acme)
    expect(await query()).toMatchObject({ reachable: false, reason: 'not_following' })
    const [latest] = await exchanges(world)
    const kept = await exchanges(world, { trace: latest?.trace ?? '' })
    expect(kept.map(({ surface }) => surface)).toEqual(['tupu', 'gateway'])
  })

  it('is not called unreachable when WeChat does not say', async () => {
    const wechat = await startFakeWechat({ 'user/info': '<html>' })
    const { acme, wang, http } = await startAt(wechat.url)
    const body = { eid: acme.eid, mobile: wang.mobile }
    const { json } = await http('POST', '/tupu/v1/registrations/query', body)
    expect(json).toEqual({ errcode: 100032, errmsg: 'wechat answered something unreadable' })
  })
})

/** When each step of a checklist was done. */
function instantsOf(answer: object): Record<string, string | null> {
  const { checklist } = answer as { checklist: { step: string; at: string | null }[] }
  return Object.fromEntries(checklist.map(({ step, at }) => [step, at]))
}
