import { describe, expect, it } from 'vitest'
import type { WorldHandle } from '../../src/world-handle.ts'
import { onEither } from '../database.ts'
import { startSim } from '../sim.ts'
import { held } from '../tupu/callback/held.ts'
import { hands, secret, startTold } from '../tupu/callback/told.ts'
import { exchanges } from '../tupu/journal.ts'

const accounts = '/_sim/v1/worlds/test/accounts'
const callbacks = '/_sim/v1/worlds/test/callbacks'

onEither('the callback of an account', (database) => {
  it('is given when it is made, changed and taken away, and shown wherever the account is', async () => {
    const { http, world, sim } = await startTold({ database })
    const shown = async (name = 'test') =>
      ((await sim.call('world.get', { world: name })) as typeof world).accounts.map(
        ({ callback }) => callback,
      )
    const [first] = await shown()
    expect(first).toEqual({ url: expect.stringContaining('/hook?of=hr'), secret })
    const more = { key: 'more', callback: { url: 'https://hr.example.com/hook' } }
    expect(await http('POST', accounts, more)).toMatchObject({
      status: 201,
      json: { callback: { url: 'https://hr.example.com/hook', secret: null } },
    })
    const change = { callback: { url: 'http://[::1]:1/x', secret: '秘密' } }
    expect(await http('PATCH', `${accounts}/more`, change)).toMatchObject({
      status: 200,
      json: change,
    })
    await http('PATCH', `${accounts}/more`, { company: '晨光' })
    expect(await shown()).toEqual([first, change.callback])
    await http('PATCH', `${accounts}/more`, { callback: null })
    await http('PATCH', `${accounts}/acme`, { callback: null })
    expect(await shown()).toEqual([null, null])
    await world.reset()
    expect(await shown()).toEqual([first])
  })
})

onEither('callbacks', (database) => {
  it('are listed from the oldest or from the newest, page by page', async () => {
    const { http, send } = await startTold({ database })
    const page = async (query: string) => {
      const { json } = await http('GET', `${callbacks}?${query}`)
      return json as unknown as { items: { callback: string }[]; next_cursor: string }
    }
    for (let n = 0; n < 103; n++) await send({ message: `number ${n}` })
    const walk = async (order: string) => {
      const first = await page(`order=${order}`)
      const second = await page(`order=${order}&after=${first.next_cursor}`)
      const sizes = [first, second].map(({ items }) => items.length)
      expect(sizes).toEqual([100, 3])
      expect((await page(`order=${order}&after=${second.next_cursor}`)).items).toEqual([])
      return [first, second].flatMap(({ items }) => items)
    }
    const oldest = (await walk('oldest')).map(({ callback }) => callback)
    const newest = (await walk('newest')).map(({ callback }) => callback)
    expect(newest).toEqual(oldest.toReversed())
    expect(new Set(oldest).size).toBe(103)
  })
})

describe('the callback of an account', () => {
  it('is nothing unless it is given', async () => {
    const { acme, globex } = await startSim()
    expect([acme.info.callback, globex.info.callback]).toEqual([null, null])
  })

  it.each([
    { callback: { url: 'http://169.254.169.254/latest' }, field: 'callback.url' },
    { callback: { url: 'http://2852039166/' }, field: 'callback.url' },
    { callback: { url: 'http://[fe80::1]/' }, field: 'callback.url' },
    { callback: { url: 'http://0.0.0.0/' }, field: 'callback.url' },
    { callback: { url: 'ftp://hr.example.com/' }, field: 'callback.url' },
    { callback: { url: 'http://li:pw@hr.example.com/' }, field: 'callback.url' },
    { callback: { url: '/hook' }, field: 'callback.url' },
    { callback: { url: 'http://hr.example.com/\0' }, field: 'callback.url' },
    { callback: { url: `http://hr.example.com/${'x'.repeat(2000)}` }, field: 'callback.url' },
    { callback: {}, field: 'callback.url' },
    { callback: 'http://hr.example.com/', field: 'callback' },
    { callback: { url: 'http://hr.example.com/', secret: '' }, field: 'callback.secret' },
    { callback: { url: 'http://hr.example.com/', secret: 7 }, field: 'callback.secret' },
    { callback: { url: 'http://hr.example.com/', tries: 7 }, field: 'callback.tries' },
  ])('is refused as $callback, by name', async ({ callback, field }) => {
    const { http, sim } = await startSim()
    const before = await sim.call('world.get', { world: 'test' })
    const refused = { status: 422, json: { field } }
    expect(await http('PATCH', `${accounts}/acme`, { callback })).toMatchObject(refused)
    expect(await http('POST', accounts, { key: 'more', callback })).toMatchObject(refused)
    const body = { name: 'other', accounts: [{ key: 'acme', callback }] }
    expect(await http('POST', '/_sim/v1/worlds', body)).toMatchObject({
      status: 422,
      json: { field: `accounts.0.${field}` },
    })
    const after = await sim.call('world.get', { world: 'test' })
    expect({ ...(after as object), clock: 0 }).toEqual({ ...(before as object), clock: 0 })
  })

  it('shows its secret to whoever may see the account, and to no reader of the journal', async () => {
    const { http, world } = await startTold()
    await http('PATCH', `${accounts}/acme`, { callback: { url: 'http://hr/', secret: 'deep one' } })
    const journal = JSON.stringify(await exchanges(world, {}))
    expect(journal).toContain('http://hr/')
    expect(journal).not.toContain('deep one')
    expect(journal).not.toContain(secret)
    expect(JSON.stringify(await world.call('world.get'))).toContain('deep one')
  })
})

onEither('GET /_sim/v1/worlds/{world}/callbacks', (database) => {
  it('lists what happened in its order, by account, by state, and page by page', async () => {
    const { acme, world, http, platform, wang, receiver } = await startTold({ database })
    const { json: other } = await http('POST', accounts, {
      key: 'other',
      callback: { url: receiver.url },
    })
    await world.register('13800138008', { account: 'other' })
    const sent = []
    for (let i = 0; i < 3; i++) {
      sent.push(await platform.sends(acme, { mobile: wang.mobile }))
      sent.push(await platform.sends(acme, { eid: other['eid'], mobile: '13800138008' }))
    }
    receiver.manner = 500
    const list = async (query = '') => (await http('GET', `${callbacks}?${query}`)).json
    const { items, next_cursor } = (await list()) as unknown as Page
    expect(items.map(({ body }) => body.msgid_str)).toEqual(sent.map(({ msgid_str }) => msgid_str))
    expect(items.map(({ callback }) => callback)).toEqual(
      items.map(({ callback }) => callback).toSorted(),
    )
    expect(items.map(({ account }) => account)).toEqual([
      'acme',
      'other',
      'acme',
      'other',
      'acme',
      'other',
    ])
    expect(await list('account=other&state=pending')).toMatchObject({
      items: [items[1], items[3], items[5]],
    })
    expect(await list('state=failed')).toEqual({ items: [], next_cursor: '0.' })
    expect(await list(`after=${next_cursor}`)).toEqual({ items: [], next_cursor })
    expect(await list(`after=0.${items[3]?.callback}`)).toMatchObject({ items: items.slice(4) })
    await platform.sends(acme, { mobile: wang.mobile })
    expect(await list(`after=${next_cursor}`)).toMatchObject({ items: [{ account: 'acme' }] })
    await world.reset()
    await platform.sends(acme, { mobile: wang.mobile })
    expect(await list(`after=${next_cursor}`)).toMatchObject({ items: [{ account: 'acme' }] })
  })
})

interface Page {
  readonly items: readonly {
    readonly callback: string
    readonly account: string
    readonly body: { readonly msgid_str: string }
  }[]
  readonly next_cursor: string
}

describe('callbacks', () => {
  it.each([
    { query: 'account=nobody', status: 422, field: 'account' },
    { query: 'state=lost', status: 422, field: 'state' },
    { query: 'after=x', status: 422, field: 'after' },
    { query: 'limit=7', status: 422, field: 'limit' },
  ])('are not listed for $query', async ({ query, status, field }) => {
    const { http } = await startSim()
    expect(await http('GET', `${callbacks}?${query}`)).toMatchObject({ status, json: { field } })
  })

  it('are not told again when there is none of that id, or nobody to tell', async () => {
    const { http, world, send, callback } = await startTold()
    const again = (id: string) => http('POST', `${callbacks}/${id}/redeliver`, {})
    expect(await again('evt_1')).toMatchObject({ status: 404, json: { field: 'callback' } })
    await send()
    const before = await callback()
    await world.call('account.update', { eid: 'acme', callback: null })
    expect(await again(before.callback)).toMatchObject({
      status: 409,
      json: { field: 'callback', fix: expect.stringContaining('account.update') },
    })
    expect(await callback()).toEqual(before)
  })

  it('that are due stand in the timeline, and in what an advance has run', async () => {
    const { send, world, callback } = await startTold({ manner: 500 })
    await send()
    await world.advance('PT0S')
    const { callback: subject, due_at: at } = await callback()
    const timeline = (await world.call('clock.timeline')) as { items: object[] }
    expect(timeline.items).toContainEqual({ at, what: 'due', kind: 'callback', subject })
    expect(await world.advance('PT1S')).toMatchObject({ ran: [], due_next: at })
  })

  it('make no difference to the export of the same calls', async () => {
    const live = async () => {
      const { send, world, receiver } = await startTold({ manner: 500 })
      await send({ client_msg_id: 'a' })
      await world.advance('PT10S')
      receiver.manner = 200
      await send()
      await world.advance('P1D')
      const text = JSON.stringify(await world.call('world.export'))
      return text.replaceAll(receiver.url, 'http://hr/')
    }
    expect(await live()).toBe(await live())
  })
})

describe('a withdrawal', () => {
  it("takes the platform's own id out of what it is still to be told", async () => {
    const sim = await startTold({ manner: 500 })
    const { world, wang, callback, receiver } = sim
    await hands(sim).send({ client_msg_id: 'wang-13800138002' })
    await world.advance('PT0S')
    expect((await callback()).body).toMatchObject({ client_msg_id: 'wang-13800138002' })
    await world.call('association.withdraw', { account: 'acme', mobile: wang.mobile })
    expect((await callback()).body).toMatchObject({ client_msg_id: null, state: 'delivered' })
    receiver.manner = 204
    await world.advance('PT10S')
    expect(receiver.received[1]?.body).toMatchObject({ client_msg_id: null })
    expect(await everything(world)).not.toContain('wang-138')
  })
  it('takes it out of a try that is under way, too', async () => {
    const answer = held()
    const { world, wang, send, http, receiver } = await startTold({ manner: answer.manner })
    await send({ client_msg_id: 'wang-13800138002' })
    const advance = http('POST', '/_sim/v1/worlds/test/clock/advance', { by: 'PT0S' })
    await answer.asked
    await world.call('association.withdraw', { account: 'acme', mobile: wang.mobile })
    answer.release(500)
    expect((await advance).status).toBe(200)
    expect(receiver.received[0]?.body).toMatchObject({ client_msg_id: 'wang-13800138002' })
    expect(await everything(world)).not.toContain('wang-138')
  })
})

/** What a world holds, and what its journal shows of callbacks to whoever may see everything. */
async function everything(world: Pick<WorldHandle, 'call'>): Promise<string> {
  const kept = await world.call('exchange.list', { surface: 'callback' })
  const { items } = kept as { items: { seq: number }[] }
  expect(items.length).toBeGreaterThan(0)
  const shown = items.map(({ seq }) =>
    world.call('exchange.get', { seq: String(seq), reveal: 'true' }),
  )
  return JSON.stringify([await Promise.all(shown), await world.call('world.export')])
}
