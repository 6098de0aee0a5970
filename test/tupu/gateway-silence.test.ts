import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { held, send_path, startFakeWechat } from './fake-wechat.ts'
import { exchanges, lastStep } from './journal.ts'
import { goThrough, startAt } from './through.ts'

const silence = { errcode: 100031, errmsg: 'wechat did not answer' }
const unreadable = { errcode: 100032, errmsg: 'wechat answered something unreadable' }

describe('a WeChat that', () => {
  it('nobody listens for leaves a message that is unknown', async () => {
    const wechat = await startFakeWechat()
    const { acme, wang, platform, world } = await startAt(wechat.url)
    await goThrough({ world }, { base_url: 'http://127.0.0.1:1' })
    const sent = { mobile: wang.mobile, client_msg_id: 'order-17' }
    expect(await platform.sends(acme, sent)).toEqual(silence)
    expect(await world.messages()).toMatchObject([{ state: 'unknown', answer: silence }])
    const [call] = await exchanges(world, { surface: 'gateway' })
    expect(call).toMatchObject({
      status: 0,
      decision: [{ rule: 'gateway.answered', actual: { failure: 'connect' } }],
    })
    const expected = 'a JSON object within 5000 ms'
    expect(await lastStep(world)).toMatchObject({ rule: 'wechat.answered', expected })
  })

  it('breaks the connection is as silent as one that says nothing', async () => {
    const wechat = await startFakeWechat({ [send_path]: (response) => response.destroy() })
    const { acme, wang, platform, world } = await startAt(wechat.url)
    expect(await platform.sends(acme, { mobile: wang.mobile })).toEqual(silence)
    expect(await world.messages()).toMatchObject([{ state: 'unknown', answer: silence }])
  })

  it('takes longer than the limit is given up', async () => {
    const wechat = await startFakeWechat({ [send_path]: () => {} })
    const limits = { answer_ms_max: 500 }
    const { acme, wang, platform, world } = await startAt(wechat.url, { limits })
    const begun = performance.now()
    expect(await platform.sends(acme, { mobile: wang.mobile })).toEqual(silence)
    const seconds = (performance.now() - begun) / 1000
    expect(seconds).toBeGreaterThan(0.45)
    expect(seconds).toBeLessThan(4)
    expect(await world.messages()).toMatchObject([{ state: 'unknown' }])
  })

  it('takes longer than the account’s gateway_timeout is given up', async () => {
    const wechat = await startFakeWechat({ [send_path]: () => {} })
    const { acme, wang, platform, world } = await startAt(wechat.url)
    await world.call('account.update', { eid: 'acme', gateway_timeout: 'PT0.3S' })
    expect(await platform.sends(acme, { mobile: wang.mobile })).toEqual(silence)
    const expected = 'a JSON object within 300 ms'
    expect(await lastStep(world)).toMatchObject({ rule: 'wechat.answered', expected })
  })

  it.each([
    { says: '<html><body>Bad gateway</body></html>' },
    { says: '' },
    { says: '{}' },
    { says: '[]' },
    { says: 'null' },
    { says: '{"errcode":0,"errmsg":"ok"}' },
    { says: '{"errcode":0,"errmsg":"ok","msgid":null}' },
    { says: '{"errcode":0,"errmsg":"ok","msgid":1.5}' },
    { says: '{"errcode":0,"errmsg":"ok","msgid":"a\\u0000"}' },
    { says: '{"errcode":"43004","errmsg":"require subscribe"}' },
    { says: '{"errcode":1.5,"errmsg":"x"}' },
    { says: `{"errmsg":${'['.repeat(100_000)}${']'.repeat(100_000)}}` },
  ])('says $says said something unreadable', async ({ says }) => {
    const wechat = await startFakeWechat({ [send_path]: says })
    const { acme, wang, platform, world } = await startAt(wechat.url)
    expect(await platform.sends(acme, { mobile: wang.mobile })).toEqual(unreadable)
    expect(await world.messages()).toMatchObject([{ state: 'unknown', answer: unreadable }])
  })
})

onEither('a send that has no answer yet', (database) => {
  it('makes a second call with its client_msg_id wait for that answer', async () => {
    const hold = held()
    const wechat = await startFakeWechat({ [send_path]: hold.fake })
    const { acme, wang, platform, world } = await startAt(wechat.url, { database })
    const body = { mobile: wang.mobile, client_msg_id: 'order-17' }
    const first = platform.sends(acme, body)
    await hold.asked
    expect(await world.messages()).toMatchObject([{ state: 'sending' }])
    const second = platform.sends(acme, body)
    const other = await platform.sends(acme, { ...body, message: '另一条' })
    expect(other.errcode).toBe(100015)
    hold.release()
    expect(await first).toMatchObject({ errcode: 0, msgid_str: '4795131072512000064' })
    expect(await second).toEqual(await first)
    expect(wechat.calls.filter((path) => path === send_path)).toHaveLength(1)
  })

  it('makes it wait for a refusal too', async () => {
    const hold = held('{"errcode":43004,"errmsg":"require subscribe rid: 1-2-3"}')
    const wechat = await startFakeWechat({ [send_path]: hold.fake })
    const { acme, wang, platform } = await startAt(wechat.url, { database })
    const body = { mobile: wang.mobile, client_msg_id: 'order-17' }
    const first = platform.sends(acme, body)
    await hold.asked
    const second = platform.sends(acme, body)
    // The second call is under way once a third one, which comes after it, has its answer.
    await platform.sends(acme, { mobile: 'x' })
    hold.release()
    expect(await first).toEqual({ errcode: 43004, errmsg: 'require subscribe rid: 1-2-3' })
    expect(await second).toEqual(await first)
  })

  it('tells by look-up that it is under way, and not yet whether to fall back', async () => {
    const hold = held()
    const wechat = await startFakeWechat({ [send_path]: hold.fake })
    const { acme, wang, platform, http } = await startAt(wechat.url, { database })
    const first = platform.sends(acme, { mobile: wang.mobile, client_msg_id: 'order-17' })
    await hold.asked
    const path = `/tupu/v1/messages?eid=${acme.eid}&client_msg_id=order-17`
    expect((await http('GET', path)).json).toMatchObject({
      state: 'sending',
      msgid: null,
      wechat: null,
      fall_back: null,
    })
    hold.release()
    await first
    expect((await http('GET', path)).json).toMatchObject({ state: 'accepted', fall_back: false })
  })

  it('keeps one trace, though the clock runs on', async () => {
    const hold = held()
    const wechat = await startFakeWechat({ [send_path]: hold.fake })
    const running = { database, world: { clock: { mode: 'running' } } } as const
    const { acme, wang, http, world } = await startAt(wechat.url, running)
    const body = { eid: acme.eid, mobile: wang.mobile, message: 'hi' }
    const first = http('POST', '/tupu/v1/messages', body)
    await hold.asked
    const [sending] = await world.messages()
    const now = async () => ((await world.call('clock.get')) as { now: string }).now
    const begun = await now()
    while ((await now()) === begun);
    hold.release()
    const trace = (await first).headers.get('x-sim-trace')
    expect(trace).toBe(sending?.trace)
    const kept = await exchanges(world, { trace: trace ?? '' })
    expect(kept.map(({ surface }) => surface)).toEqual(['tupu', 'gateway'])
  })

  it('finds its world reset, and only tells that nobody knows what became of it', async () => {
    const hold = held()
    const wechat = await startFakeWechat({ [send_path]: hold.fake })
    const { acme, wang, platform, world } = await startAt(wechat.url, { database })
    const first = platform.sends(acme, { mobile: wang.mobile, client_msg_id: 'order-17' })
    await hold.asked
    await world.reset()
    const untouched = await world.call('world.export')
    hold.release()
    expect(await first).toEqual(silence)
    expect(await world.messages()).toEqual([])
    expect(await world.call('world.export')).toEqual(untouched)
    // The new life of the world counts from its own beginning.
    expect((await platform.sends(acme, { mobile: wang.mobile })).errcode).toBe(0)
    expect(await world.messages()).toHaveLength(1)
    const traces = (await exchanges(world)).map(({ trace }) => trace)
    expect(new Set(traces).size).toBe(traces.length)
  })
})
