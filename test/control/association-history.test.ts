import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { startSim } from '../sim.ts'
import { history, verbsOf } from '../tupu/association/story.ts'

const path = '/_sim/v1/worlds/test/associations'
const mobile = '13900139000'

onEither('GET /_sim/v1/worlds/{world}/associations/history', (database) => {
  it('says who changed what and when, in which exchange, and keeps no values', async () => {
    const { world } = await startSim({ database })
    const { openid } = await world.register(mobile, { name: '陈大文', email: 'chen@example.com' })
    await world.advance('PT1H')
    await world.register(mobile, { email: 'new@example.com', source: 'direct_application' })
    // Nothing changed: nothing is written.
    await world.register(mobile, { name: '陈大文' })
    await world.call('association.release', { mobile })
    const changes = await history(world, { openid })
    expect(changes).toMatchObject([
      {
        at: '2026-01-05T01:00:00.000Z',
        account: 'acme',
        openid,
        verb: 'registered',
        who: 'operator',
        via: 'control',
        fields: ['name', 'mobile', 'email', 'source'],
      },
      { at: '2026-01-05T02:00:00.000Z', verb: 'changed', fields: ['email', 'source'] },
      { verb: 'released', fields: [] },
    ])
    expect(JSON.stringify(changes)).not.toMatch(/陈大文|example|13900139000/)
    const endpoints = []
    for (const { trace } of changes) {
      const { items } = (await world.call('exchange.list', { trace })) as { items: object[] }
      endpoints.push(...items)
    }
    expect(endpoints).toMatchObject([
      { endpoint: 'association.create' },
      { endpoint: 'association.create' },
      { endpoint: 'association.release' },
    ])
  })

  it('tells of the people with whom a world begins that no exchange made them', async () => {
    const { world, wang, acme } = await startSim({ database })
    expect(await history(world, { openid: wang.openidAt(acme) })).toMatchObject([
      { verb: 'registered', who: 'operator', trace: null },
    ])
    expect(await history(world, { account: 'acme' })).toHaveLength(2)
    expect(await history(world, { account: 'globex' })).toEqual([])
  })

  it('comes in pages, in which nothing is missing and nothing comes twice', async () => {
    const { world } = await startSim({ database })
    for (let i = 0; i < 105; i++) await world.register(mobile, { name: `第${i}个` })
    const { openid } = await world.register(mobile)
    const seen: unknown[] = []
    const pages: number[] = []
    for (let after = ''; pages.at(-1) !== 0; ) {
      const page = (await world.call('association.history', { openid, after })) as {
        items: unknown[]
        next_cursor: string
      }
      pages.push(page.items.length)
      seen.push(...page.items)
      after = page.next_cursor
    }
    expect(pages).toEqual([100, 5, 0])
    expect(new Set(seen.map((row) => JSON.stringify(row))).size).toBe(105)
    expect(await verbsOf(world, openid)).toHaveLength(100)
  })
})

describe('a change of an association', () => {
  it.each([
    { query: 'account=nobody', status: 422, field: 'account' },
    { query: 'after=x', status: 422, field: 'after' },
    { query: 'openid=%00', status: 422, field: 'openid' },
    { query: 'mobile=13900139000', status: 422, field: 'mobile' },
  ])('is not looked up by $query', async ({ query, status, field }) => {
    const { http } = await startSim()
    const answer = await http('GET', `${path}/history?${query}`)
    expect(answer).toMatchObject({ status, json: { field } })
  })
})

describe('POST /_sim/v1/worlds/{world}/associations/release', () => {
  it.each([
    { body: {}, status: 422, field: 'mobile' },
    { body: { mobile: '12345' }, status: 422, field: 'mobile' },
    { body: { mobile: '13900139999' }, status: 422, field: 'mobile', reason: /with acme$/ },
    { body: { mobile, account: 'globex' }, status: 409, field: 'account' },
    { body: { mobile, account: 'nobody' }, status: 422, field: 'account' },
  ])('refuses $body by $field', async ({ body, status, field, reason }) => {
    const { http, world } = await startSim()
    await world.register(mobile)
    const before = await history(world)
    const answer = await http('POST', `${path}/release`, body)
    expect(answer).toMatchObject({ status, json: { field } })
    expect(answer.json['reason']).toMatch(reason ?? /./)
    expect(await history(world)).toEqual(before)
  })

  it('frees a mobile at one account only, and leaves what was sent', async () => {
    const { world, acme, platform } = await startSim()
    await world.call('account.create', { key: 'initech' })
    await world.register(mobile)
    await world.register(mobile, { account: 'initech' })
    await platform.sends(acme, { mobile, message: '之前' })
    await world.call('association.release', { mobile, account: 'initech' })
    expect(await platform.sends(acme, { mobile })).toMatchObject({ errcode: 0 })
    await world.call('association.release', { mobile })
    expect(await platform.sends(acme, { mobile })).toMatchObject({ errcode: 100011 })
    expect(await world.messages({ mobile })).toMatchObject([{ line: '之前' }, {}, {}])
  })
})

describe('POST /_sim/v1/worlds/{world}/associations/withdraw', () => {
  it.each([
    { body: {}, status: 422, field: 'mobile' },
    { body: { mobile, openid: 'o' }, status: 422, field: 'mobile' },
    { body: { mobile: '12345' }, status: 422, field: 'mobile' },
    { body: { openid: 'no openid' }, status: 422, field: 'openid' },
    { body: { mobile: '13900139999' }, status: 422, field: 'mobile' },
    { body: { openid: 'oNobody' }, status: 422, field: 'openid' },
    { body: { mobile, account: 'globex' }, status: 409, field: 'account' },
  ])('refuses $body by $field', async ({ body, status, field }) => {
    const { http, world } = await startSim()
    await world.register(mobile)
    const before = await history(world)
    const answer = await http('POST', `${path}/withdraw`, body)
    expect(answer).toMatchObject({ status, json: { field } })
    expect(await history(world)).toEqual(before)
  })

  it('takes an openid that is not registered any more, once', async () => {
    const { http, world, acme, platform } = await startSim()
    const { openid } = await world.register(mobile, { name: '陈大文' })
    await platform.sends(acme, { mobile, message: '陈大文，你好' })
    await world.call('association.release', { mobile })
    expect(await http('POST', `${path}/withdraw`, { openid })).toMatchObject({
      status: 200,
      json: { account: 'acme', eid: acme.eid, appid: acme.appid, erased: true },
    })
    expect(await world.messages()).toMatchObject([{ text: '', state: 'delivered' }])
    expect(await http('POST', `${path}/withdraw`, { openid })).toMatchObject({ status: 422 })
  })
})
