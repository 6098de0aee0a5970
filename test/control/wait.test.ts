import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { startReplicas } from '../db/replicas.ts'
import { first_instant, type Http, type Sim, startSim } from '../sim.ts'
import { held } from '../tupu/callback/held.ts'
import { startTold } from '../tupu/callback/told.ts'

const path = '/_sim/v1/worlds/test/wait'

const waits = (http: Http, body: object) => http('POST', path, body)

const timeout = 'PT60S'
/** Who was told of nothing looks later than this. */
const told_ms_max = 4000

/** Resolves when somebody waits at a simulator, as that says itself. */
async function isWaitedAt(http: Http): Promise<void> {
  const waiters = async () =>
    Number(/^tupu_sim_waiters (\d+)$/m.exec((await http('GET', '/metrics')).text)?.[1])
  await expect.poll(waiters, { interval: 5 }).toBe(1)
}

/** A world in which nothing is delivered by itself. */
async function startManual(options: Parameters<typeof startSim>[0] = {}): Promise<Sim> {
  const sim = await startSim(options)
  const { appid } = sim.acme
  await sim.world.call('official_account.update', { appid, delivery: 'manual' })
  return sim
}

interface Awaited {
  readonly what: string
  readonly of: object
  happens(sim: Sim): Promise<unknown>
  readonly found: object
}

/** One of each kind, and how it comes about. */
const awaited: readonly Awaited[] = [
  {
    what: 'an exchange',
    of: { exchange: { surface: 'tupu' } },
    happens: ({ platform, acme }) => platform.sends(acme, { mobile: '13900139000' }),
    found: { surface: 'tupu', endpoint: 'message.send', request: { body: /139\*{4}9000/ } },
  },
  {
    what: 'a message',
    of: { message: { mobile: '138 0013 8002', account: 'acme', state: 'accepted' } },
    happens: ({ platform, acme, wang }) => platform.sends(acme, { mobile: wang.mobile }),
    found: { mobile: '+8613800138002', state: 'accepted', line: '欢迎加入' },
  },
  {
    what: 'a registration',
    of: { registration: { mobile: '13800138001' } },
    happens: ({ li, acme }) => li.registers(acme),
    found: { mobile: '+8613800138001', account: 'acme', state: 'following' },
  },
  {
    what: 'a step',
    of: { step: { account: 'globex', step: 'vendor_permission' } },
    async happens({ world }) {
      await world.call('vendor.ask', { eid: 'globex' })
      await world.call('vendor.grant', { eid: 'globex' })
    },
    found: { step: 'vendor_permission', state: 'done', done: true },
  },
  {
    what: 'a callback',
    of: { callback: { account: 'acme', state: 'pending' } },
    async happens({ world, platform, acme, wang }) {
      const callback = { url: 'http://127.0.0.1:9/' }
      await world.call('account.update', { eid: acme.eid, callback })
      const { msgid_str } = await platform.sends(acme, { mobile: wang.mobile })
      await world.call('message.receipt', { message: msgid_str, status: 'success' })
    },
    found: { account: 'acme', state: 'pending', body: { event: 'message.delivered' } },
  },
  {
    what: 'a push',
    of: { push: { event: 'subscribe', state: 'pending' } },
    async happens({ world }) {
      const server = { url: 'http://127.0.0.1:9/' }
      await world.call('account.create', { key: 'initech', company: '首创软件', server })
      await world.call('phone.follow', { person: 'li', account: 'initech' })
    },
    found: { account: 'initech', event: 'subscribe', state: 'pending', xml: /<EventKey>/ },
  },
]

onEither('a wait', (database) => {
  it.each(awaited)('for $what is answered as soon as it is there, and not before', async (one) => {
    const sim = await startManual({ database })
    const { http } = sim
    let isOver = false
    const waiting = waits(http, { for: one.of, timeout }).finally(() => {
      isOver = true
    })
    await isWaitedAt(http)
    expect(isOver).toBe(false)
    await one.happens(sim)
    const since = performance.now()
    const { status, json } = await waiting
    expect(performance.now() - since).toBeLessThan(told_ms_max)
    const still = { from: first_instant, now: first_instant, ran: [] }
    expect({ status, json }).toMatchObject({ status: 200, json: still })
    expectFound(json['found'], one.found)
    const again = await waits(http, { for: one.of })
    expect(again).toMatchObject({ status: 200, json: { found: json['found'] } })
  })
})

/** Like `toMatchObject`, with patterns for texts. */
function expectFound(found: unknown, wanted: object): void {
  const asMatcher = (value: unknown): unknown => {
    if (value instanceof RegExp) return expect.stringMatching(value)
    if (typeof value !== 'object' || value === null) return value
    const members = Object.entries(value).map(([name, one]) => [name, asMatcher(one)])
    return expect.objectContaining(Object.fromEntries(members))
  }
  expect(found).toEqual(asMatcher(wanted))
}

describe('two simulators on one database', () => {
  it('wake who waits at the one for whatever happens at the other', async () => {
    const { one, two } = await startReplicas()
    await one.world.call('official_account.update', { appid: one.acme.appid, delivery: 'manual' })
    for (const { of, happens, found } of awaited) {
      const waiting = waits(two.http, { for: of, timeout })
      await isWaitedAt(two.http)
      await happens(one)
      const since = performance.now()
      expectFound((await waiting).json['found'], found)
      expect(performance.now() - since).toBeLessThan(told_ms_max)
    }
  })

  it('let one of them at a time move the clock', async () => {
    const { one, two } = await startReplicas()
    await one.world.call('official_account.update', { appid: one.acme.appid, delivery: 'P10D' })
    await one.platform.sends(one.acme, { mobile: one.wang.mobile })
    const body = { for: { message: { state: 'delivered' } }, auto_advance: 'P30D' }
    const answers = await Promise.all([waits(one.http, body), waits(two.http, body)])
    const types = answers.map(({ status, json }) => (status === 200 ? 'found' : json['type']))
    expect(types).toContain('found')
    for (const type of types) expect(['found', 'advance_running']).toContain(type)
  })
})

onEither('a wait with auto_advance', (database) => {
  it.each(['frozen', 'running'] as const)(
    'lets a %s clock jump from one due thing to the next until it is found',
    async (mode) => {
      const clock = { mode, now: first_instant }
      const { world, platform, acme, wang, http } = await startSim({ database, world: { clock } })
      await world.call('official_account.update', { appid: acme.appid, delivery: 'P10D' })
      await platform.sends(acme, { mobile: wang.mobile, message: 'first' })
      await world.call('official_account.update', { appid: acme.appid, delivery: 'P20D' })
      await platform.sends(acme, { mobile: wang.mobile, message: 'second' })
      const body = { for: { message: { state: 'delivered' } }, auto_advance: 'P30D' }
      const { status, json } = await waits(http, body)
      expect(status).toBe(200)
      expect(json).toMatchObject({
        found: { text: 'first', state: 'delivered' },
        from: expect.stringMatching(/^2026-01-05T01:00:0/),
        now: expect.stringMatching(/^2026-01-15T01:00:0/),
        ran: [{ kind: 'receipt', due_at: expect.stringMatching(/^2026-01-15T01:00:0/) }],
      })
      expect(await world.call('clock.get')).toMatchObject({ mode })
      await world.advance('PT1S')
    },
  )

  it('finds what is there without moving the clock', async () => {
    const { platform, acme, wang, http } = await startSim({ database })
    await platform.sends(acme, { mobile: wang.mobile })
    const body = { for: { message: { mobile: wang.mobile } }, auto_advance: 'P30D' }
    expect((await waits(http, body)).json).toMatchObject({ now: first_instant, ran: [] })
  })

  it('says at once that nothing is due any more, and what came nearest', async () => {
    const { platform, acme, wang, world, http } = await startSim({ database })
    await platform.sends(acme, { mobile: wang.mobile, message: 'to Wang' })
    for (const message of ['x', 'y', 'z']) await platform.sends(acme, { mobile: '139', message })
    const of = { message: { mobile: wang.mobile, state: 'failed' } }
    const { status, json } = await waits(http, { for: of, timeout: 'PT60S', auto_advance: 'P30D' })
    expect({ status, json }).toMatchObject({
      status: 409,
      json: { type: 'not_met', because: 'nothing_due', due: [] },
    })
    const nearest = json['nearest'] as unknown as { text: string }[]
    expect(nearest.map(({ text }) => text)).toEqual(['to Wang', 'z', 'y'])
    // The clock is everybody's again.
    await world.advance('PT1S')
  })

  it('says that the next thing is too far away, and stops where it was', async () => {
    const { world, platform, acme, wang, http } = await startSim({ database })
    await world.call('official_account.update', { appid: acme.appid, delivery: 'P10D' })
    await platform.sends(acme, { mobile: wang.mobile })
    const of = { message: { state: 'delivered' } }
    const due = [{ at: '2026-01-15T01:00:00.000Z', what: 'due', kind: 'receipt' }]
    expect(await waits(http, { for: of, auto_advance: 'P9D' })).toMatchObject({
      status: 409,
      json: { because: 'too_far', nearest: [{ state: 'accepted' }], due },
    })
    expect(await world.call('clock.get')).toMatchObject({ now: first_instant })
    const timeline = (await world.call('clock.timeline')) as { items: object[] }
    expect(timeline.items).toMatchObject(due)
  })

  it('is refused while another advance is under way, and holds off others itself', async () => {
    const platform = held()
    const { send, http, world } = await startTold({ database, manner: platform.manner })
    await send()
    const body = { for: { message: { state: 'failed' } }, auto_advance: 'P30D' }
    const first = waits(http, body)
    await platform.asked
    for (const path of ['wait', 'clock/advance'])
      expect(
        await http('POST', `/_sim/v1/worlds/test/${path}`, path === 'wait' ? body : { by: 'PT1S' }),
      ).toMatchObject({ status: 409, json: { type: 'advance_running' } })
    platform.release()
    expect((await first).json).toMatchObject({ because: 'nothing_due' })
    await world.advance('PT1S')
  })
})

onEither('a wait that is not met', (database) => {
  it('says so when the time is over, and what would have come with auto_advance', async () => {
    const { world, platform, acme, wang, http } = await startSim({ database })
    await world.call('official_account.update', { appid: acme.appid, delivery: 'P1D' })
    await platform.sends(acme, { mobile: wang.mobile })
    const { status, json } = await waits(http, {
      for: { message: { state: 'delivered' } },
      timeout: 'PT0.02S',
    })
    expect(status).toBe(409)
    expect(json).toEqual({
      type: 'not_met',
      title: 'The awaited condition was not met',
      status: 409,
      field: null,
      reason: '{"message":{"state":"delivered"}} has not come: PT0.02S of real time have passed',
      fix: 'give auto_advance: the next thing is due at 2026-01-06T01:00:00.000Z',
      because: 'timeout',
      nearest: [expect.objectContaining({ state: 'accepted' })],
      due: [
        {
          at: '2026-01-06T01:00:00.000Z',
          what: 'due',
          kind: 'receipt',
          subject: expect.any(String),
        },
      ],
    })
  })

  it.each([
    { of: { exchange: { surface: 'wechat' } }, nearest: [{ endpoint: 'world.create' }] },
    {
      of: { registration: { mobile: '13900139000', account: 'acme' } },
      nearest: [{ account: 'acme' }, { account: 'acme' }],
    },
    {
      of: { step: { account: 'acme', step: 'first_message' } },
      nearest: [{ step: 'first_message', state: 'open' }, { step: 'enquiry' }, {}],
    },
    { of: { callback: { state: 'failed' } }, nearest: [] },
  ])('shows the nearest of the list that it waits for: $of', async ({ of, nearest }) => {
    const { http } = await startSim({ database })
    const { json } = await waits(http, { for: of, auto_advance: 'PT1S' })
    expect(json).toMatchObject({ because: 'nothing_due', nearest })
  })

  it.each([{}, { auto_advance: 'P30D' }])(
    'ends with its world, its caller and its simulator: %j',
    async (more) => {
      const platform = held()
      const { sim, send, http, world, receiver } = await startTold({
        database,
        manner: platform.manner,
      })
      await send()
      const body = { for: { message: { state: 'failed' } }, timeout: 'PT60S', ...more }
      const reset = waits(http, body)
      await isWaitedAt(http)
      await world.reset()
      platform.release()
      expect(await reset).toMatchObject({ status: 409, json: { type: 'world_was_reset' } })
      const hangUp = new AbortController()
      const request = new Request(`http://sim.localhost${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        signal: hangUp.signal,
      })
      await send()
      const abandoned = sim.fetch(request).catch(() => undefined)
      await isWaitedAt(http)
      hangUp.abort()
      platform.release()
      await abandoned
      receiver.manner = 204
      expect(
        await http('POST', '/_sim/v1/worlds/test/clock/advance', { by: 'PT1S' }),
      ).toMatchObject({
        status: 200,
      })
      await send()
      const last = waits(http, body)
      await isWaitedAt(http)
      await sim.close()
      expect(await last).toMatchObject({ status: 409, json: { because: 'timeout' } })
    },
  )
})

it('ends at its time-out though a piece of work is still under way, which goes on by itself', async () => {
  const platform = held()
  const { send, http, world } = await startTold({ manner: platform.manner })
  await send()
  const body = { for: { message: { state: 'failed' } }, timeout: 'PT0.3S', auto_advance: 'P30D' }
  const began = performance.now()
  const { status, json } = await waits(http, body)
  expect(performance.now() - began).toBeLessThan(2000)
  expect({ status, because: json['because'] }).toEqual({ status: 409, because: 'timeout' })
  platform.release()
  expect(await world.advance('PT1S')).toMatchObject({ settled: true })
  expect(await world.call('callback.list')).toMatchObject({ items: [{ tries: 1 }] })
})

it('ends when its world is deleted, and says that it is gone', async () => {
  const { http } = await startSim()
  const waiting = waits(http, { for: { message: {} }, timeout })
  await isWaitedAt(http)
  await http('DELETE', '/_sim/v1/worlds/test')
  expect(await waiting).toMatchObject({
    status: 404,
    json: {
      field: 'world',
      reason: 'the world test was deleted while the call was waiting',
      fix: 'create it again with world.create',
    },
  })
})

describe('a wait', () => {
  it('finds the newest that fits, of those after a cursor too', async () => {
    const { platform, acme, wang, http, world } = await startSim()
    for (const message of ['a', 'b']) await platform.sends(acme, { mobile: wang.mobile, message })
    const of = { message: { mobile: wang.mobile } }
    expect((await waits(http, { for: of })).json).toMatchObject({ found: { text: 'b' } })
    const { next_cursor: after } = (await world.call('message.list')) as { next_cursor: string }
    const later = { for: { message: { after } }, timeout: 'PT0.01S' }
    expect(await waits(http, later)).toMatchObject({ status: 409 })
    await platform.sends(acme, { mobile: wang.mobile, message: 'c' })
    expect((await waits(http, later)).json).toMatchObject({ found: { text: 'c' } })
  })

  it.each([
    { body: {}, field: 'for' },
    { body: { for: {} }, field: 'for', fix: /message, exchange, registration, step, callback/ },
    { body: { for: { message: {}, step: { step: 'enquiry' } } }, field: 'for' },
    { body: { for: { massage: {} } }, field: 'for.massage', fix: /use one of: message/ },
    { body: { for: { message: { stat: 'x' } } }, field: 'for.message.stat', fix: /one of: state/ },
    {
      body: { for: { message: { account: 'amce' } } },
      field: 'for.message.account',
      fix: /use one of: acme/,
    },
    { body: { for: { message: { after: 'x' } } }, field: 'for.message.after' },
    { body: { for: { registration: {} } }, field: 'for.registration.mobile' },
    { body: { for: { step: { step: 'x' } } }, field: 'for.step.step', fix: /enquiry/ },
    { body: { for: { message: {} }, timeout: 'PT61S' }, field: 'timeout' },
    { body: { for: { message: {} }, auto_advance: 'soon' }, field: 'auto_advance' },
  ])('refuses $body at once', async ({ body, field, fix = /./ }) => {
    const { http } = await startSim()
    const expected = { field, fix: expect.stringMatching(fix) }
    expect(await waits(http, body)).toMatchObject({ status: 422, json: expected })
  })
})
