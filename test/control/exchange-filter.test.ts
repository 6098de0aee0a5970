import fc from 'fast-check'
import { expect, it } from 'vitest'
import { first_instant, startSim } from '../sim.ts'
import { type Scene, type Shown, startScene } from './journal-scene.ts'

const later = '2026-01-05T02:00:00.000Z'

const all = [
  'lookup',
  'method',
  'stray',
  'info',
  'unknown',
  'advance',
  'refused',
  'unfollow',
  'token',
  'accepted',
  'create',
]

/** What each filter finds in the scene, newest first. */
const cases: readonly (readonly [object | ((scene: Scene) => object), readonly string[]])[] = [
  [{}, all],
  [{ surface: 'tupu' }, ['lookup', 'method', 'unknown', 'refused', 'accepted']],
  [{ surface: 'wechat' }, ['stray', 'info', 'token']],
  [{ surface: 'sink' }, []],
  [{ endpoint: 'message.send' }, ['method', 'unknown', 'refused', 'accepted']],
  [{ endpoint: 'user.*' }, ['info']],
  [{ direction: 'in', endpoint: 'clock.*' }, ['advance']],
  [{ direction: 'out' }, []],
  [{ account: 'acme' }, ['lookup', 'info', 'unknown', 'refused', 'unfollow', 'token', 'accepted']],
  [
    ({ acme }) => ({ account: acme.eid, surface: 'tupu' }),
    ['lookup', 'unknown', 'refused', 'accepted'],
  ],
  [({ acme }) => ({ account: acme.appid, surface: 'wechat' }), ['info', 'token']],
  [{ account: 'globex' }, []],
  [{ mobile: '138-0013-8002' }, ['lookup', 'refused', 'unfollow', 'accepted', 'create']],
  [{ mobile: '8613900139000' }, ['unknown']],
  [{ mobile: '13800138001' }, ['create']],
  [{ mobile: '13700137000' }, []],
  [{ person: 'wang', surface: 'tupu' }, ['lookup', 'refused', 'accepted']],
  [({ li }) => ({ person: li.id, surface: 'wechat' }), ['info']],
  [
    ({ wang, acme }) => ({ openid: wang.openidAt(acme), surface: 'tupu' }),
    ['lookup', 'refused', 'accepted'],
  ],
  [({ li, acme }) => ({ openid: li.openidAt(acme), surface: 'wechat' }), ['info']],
  [({ msgid }) => ({ msgid }), ['lookup', 'accepted']],
  [({ msgid }) => ({ msgid: msgid.slice(0, 18) }), []],
  [{ msgid: '1' }, []],
  [{ client_msg_id: 'order-17' }, ['lookup', 'accepted']],
  [{ client_msg_id: 'order-1' }, []],
  [{ errcode: '0' }, ['lookup', 'info', 'token', 'accepted']],
  [{ errcode: '!0' }, ['method', 'stray', 'unknown', 'refused']],
  [{ errcode: '43004' }, ['refused']],
  [{ errcode: '-1' }, []],
  [{ status: '405' }, ['method']],
  [{ status: 201 }, ['create']],
  [{ rule: 'follower.following' }, ['refused']],
  [{ rule: 'association.known' }, ['unknown']],
  [{ rule: 'wechat.accepted' }, ['accepted']],
  [{ text: '欢迎' }, ['stray', 'accepted']],
  [{ text: '第二条' }, ['refused']],
  [{ text: 'require subscribe' }, ['refused']],
  [({ acme }) => ({ text: acme.info.app_secret }), []],
  [{ since: later }, ['lookup', 'method', 'stray', 'info', 'unknown']],
  [{ until: later }, ['advance', 'refused', 'unfollow', 'token', 'accepted', 'create']],
  [{ since: first_instant, until: first_instant }, []],
  [{ unmatched: 'true' }, ['method', 'stray']],
  [
    { platform: 'true' },
    ['lookup', 'method', 'stray', 'info', 'unknown', 'refused', 'token', 'accepted'],
  ],
  [{ platform: 'true', surface: 'control' }, []],
  [{ platform: 'false' }, all],
  [{ unmatched: 'true', surface: 'wechat', text: '欢迎', errcode: '!0' }, ['stray']],
  [{ mobile: '13800138002', errcode: '43004', until: later, surface: 'tupu' }, ['refused']],
  [{ mobile: '13800138002', errcode: '43004', since: later }, []],
]

it('each filter finds what fits, however it was spelled, and all that are given must fit', async () => {
  const scene = await startScene()
  for (const [filter, names] of cases) {
    const given = typeof filter === 'function' ? filter(scene) : filter
    expect({ given, names: await scene.named({ ...given }) }).toEqual({ given, names })
  }
  const [send] = (await scene.list({ endpoint: 'message.send', errcode: 0 })).items
  expect(await scene.named({ trace: send?.trace })).toEqual(['accepted'])
  expect(await scene.named({ trace: send?.trace, errcode: '!0' })).toEqual([])
})

it.each([
  { filter: { endpoint: 'message.sned' }, field: 'endpoint', fix: 'message.send' },
  { filter: { endpoint: 'mesage.*' }, field: 'endpoint', fix: 'message.*' },
  { filter: { rule: 'follower.folowing' }, field: 'rule', fix: 'follower.following' },
  { filter: { rule: 'template.no_such_rule' }, field: 'rule', fix: 'template.known' },
  { filter: { rule: '' }, field: 'rule', fix: 'leave it out' },
  { filter: { trace: '' }, field: 'trace', fix: 'leave it out' },
  { filter: { account: 'acmee' }, field: 'account', fix: 'acme' },
  { filter: { person: 'wangg' }, field: 'person', fix: 'wang' },
  { filter: { mobile: '1380013' }, field: 'mobile', fix: '' },
  { filter: { surface: 'we-chat' }, field: 'surface', fix: 'wechat' },
  { filter: { errcode: '!' }, field: 'errcode', fix: '' },
  { filter: { since: 'yesterday' }, field: 'since', fix: '' },
  { filter: { limit: 501 }, field: 'limit', fix: '' },
  { filter: { wait: 'PT61S' }, field: 'wait', fix: '' },
  { filter: { colour: 'red' }, field: 'colour', fix: '' },
])('refuses $filter, and says what was probably meant', async ({ filter, field, fix }) => {
  const { world } = await startSim()
  await expect(world.call('exchange.list', filter)).rejects.toMatchObject({
    status: 422,
    problem: { field, fix: expect.stringContaining(fix) },
  })
})

it('takes every rule that a decision shows, those of single fields too, wherever filters are taken', async () => {
  const { world, acme, platform } = await startSim()
  await platform.sends(acme, { mobile: 'abc' })
  const rule = 'mobile.valid'
  expect(await world.call('exchange.list', { rule })).toMatchObject({ items: [{ status: 200 }] })
  await world.call('verify.run', { exchanges: { rule: 'access_token.known' }, count: 0 })
  for (const call of [
    world.call('verify.run', { exchanges: { rule: 'access_token.now' } }),
    world.call('wait.run', { for: { exchange: { rule: 'access_token.now' } } }),
  ])
    await expect(call).rejects.toMatchObject({
      status: 422,
      problem: { fix: expect.stringContaining('access_token.known') },
    })
})

it('does not find what a withdrawal has blanked', async () => {
  const { list, named, acme, wang, world } = await startScene()
  const found = { mobile: '13800138002', surface: 'tupu' }
  const openid = wang.openidAt(acme)
  expect(await named(found)).toEqual(['lookup', 'refused', 'accepted'])
  await world.call('association.withdraw', { account: 'acme', openid })
  expect(await named(found)).toEqual([])
  for (const filter of [
    { person: 'wang' },
    { openid },
    { text: '欢迎加入' },
    { client_msg_id: 'order-17' },
  ])
    expect((await list({ ...filter, surface: 'tupu' })).items).toEqual([])
})

/** Filters that say of what an item shows whether it fits. */
const shown_filters: Readonly<Record<string, (item: Shown, value: string) => boolean>> = {
  surface: (item, value) => item.surface === value,
  endpoint: (item, value) => item.endpoint === value,
  status: (item, value) => String(item.status) === value,
  trace: (item, value) => item.trace === value,
  since: (item, value) => item.at >= value,
  until: (item, value) => item.at < value,
  text: (item, value) => (item.url + item.request.body + item.answer.body).includes(value),
}

it('what a filtered list has is what fits of the whole list, in its order, whatever the pages', async () => {
  const { list } = await startScene()
  const whole = (await list({ limit: 500 })).items
  const valuesOf = (name: string): string[] => {
    if (name === 'text') return ['acme', 'errcode', 'user', '00', 'does not exist']
    const key = name === 'since' || name === 'until' ? 'at' : name
    return [...new Set(whole.map((item) => String(item[key as keyof Shown])))].filter(Boolean)
  }
  const record = Object.fromEntries(
    Object.keys(shown_filters).map((name) => [name, fc.constantFrom(...valuesOf(name))]),
  )
  const filters = fc.record(record, { requiredKeys: [] })
  await fc.assert(
    fc.asyncProperty(filters, fc.integer({ min: 1, max: 4 }), async (filter, limit) => {
      const wanted = whole.filter((item) =>
        Object.entries(filter).every(([name, value]) => shown_filters[name]?.(item, value ?? '')),
      )
      const found: Shown[] = []
      for (let after: string | null = ''; after !== null; ) {
        const page = await list({ ...filter, limit, ...(after === '' ? {} : { after }) })
        expect(page.items.length).toBeLessThanOrEqual(limit)
        expect(page.more).toBe(page.next_cursor !== null)
        found.push(...page.items)
        after = page.next_cursor
      }
      expect(found).toEqual(wanted)
    }),
    { numRuns: 60 },
  )
})
