import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { first_instant, startSim } from '../sim.ts'

const clock = '/_sim/v1/worlds/test/clock'

onEither('the clock of a world', (database) => {
  it('is frozen or running, and says so with its instant and the real one', async () => {
    const { http } = await startSim({ database })
    const { json } = await http('GET', clock)
    expect(json).toEqual({ mode: 'frozen', now: first_instant, real_now: expect.any(String) })
    expect(Math.abs(Date.parse(String(json['real_now'])) - Date.now())).toBeLessThan(60_000)
    const { json: other } = await http('GET', '/_sim/v1/worlds/default/clock')
    expect(other).toMatchObject({ mode: 'running', now: other['real_now'] })
  })

  it('is set forward, frozen and let go; real_now is ignored', async () => {
    const { http } = await startSim({ database })
    const frozen = { mode: 'frozen', now: '2027-03-01T00:00:00.000Z' }
    const set = await http('PUT', clock, { now: frozen.now, real_now: 'whatever' })
    expect(set).toMatchObject({ status: 200, json: frozen })
    expect((await http('GET', clock)).json).toMatchObject(frozen)
    expect((await http('PUT', clock, {})).json).toMatchObject(frozen)
    const { json } = await http('PUT', clock, { mode: 'running' })
    expect(json).toMatchObject({ mode: 'running', now: frozen.now })
    await expect
      .poll(async () => String((await http('GET', clock)).json['now']))
      .toMatch(/^2027-03-01T00:00:0[0-9]\.\d*[1-9]/)
    const stopped = (await http('PUT', clock, { mode: 'frozen' })).json
    expect(Date.parse(String(stopped['now']))).toBeGreaterThan(Date.parse(frozen.now))
    expect((await http('GET', clock)).json).toMatchObject({ mode: 'frozen', now: stopped['now'] })
  })

  it('goes on by a duration, to an instant, and to what is due next', async () => {
    const { acme, wang, platform, world, http } = await startSim({ database })
    const { json } = await http('POST', `${clock}/advance`, { by: 'P14D' })
    const now = '2026-01-19T01:00:00.000Z'
    expect(json).toEqual({ from: first_instant, now, settled: true, ran: [], due_next: null })
    const to = '2026-01-19T09:00:00+08:00'
    expect(await http('POST', `${clock}/advance`, { to })).toMatchObject({
      json: { from: now, now },
    })
    expect(await http('POST', `${clock}/advance`, { next: true })).toMatchObject({
      json: { from: now, now, ran: [] },
    })
    await world.call('official_account.update', { appid: acme.appid, delivery: 'PT90S' })
    await platform.sends(acme, { mobile: wang.mobile })
    const due_at = '2026-01-19T01:01:30.000Z'
    expect((await http('POST', `${clock}/advance`, { by: 'PT1M' })).json).toMatchObject({
      ran: [],
      due_next: due_at,
    })
    const subject = (await world.messages())[0]?.msgid_str
    expect((await http('POST', `${clock}/advance`, { next: true })).json).toEqual({
      from: '2026-01-19T01:01:00.000Z',
      now: due_at,
      settled: true,
      ran: [{ kind: 'receipt', subject, due_at, outcome: 'success' }],
      due_next: null,
    })
  })
})

describe('the clock only goes forward', () => {
  it.each([
    { when: 'it is set', call: ['PUT', clock, { now: '2026-01-05T00:59:59.999Z' }], field: 'now' },
    {
      when: 'it is advanced',
      call: ['POST', `${clock}/advance`, { to: '2026-01-04T00:00:00Z' }],
      field: 'to',
    },
  ] as const)('when $when', async ({ call: [method, path, body], field }) => {
    const { http } = await startSim()
    expect(await http(method, path, body)).toMatchObject({
      status: 409,
      json: {
        type: 'clock_backwards',
        field,
        reason: `the clock is at ${first_instant}`,
        fix: expect.stringContaining('reset'),
      },
    })
    expect((await http('GET', clock)).json).toMatchObject({ now: first_instant })
  })

  it('also while it runs, whatever is done to it meanwhile', async () => {
    const { http } = await startSim({ world: { clock: { mode: 'running' } } })
    let seen = ''
    const look = async (call: () => ReturnType<typeof http>) => {
      const before = seen
      const now = String((await call()).json['now'])
      expect(now >= before).toBe(true)
      if (now > seen) seen = now
    }
    const changes = async () => {
      for (let i = 0; i < 15; i++) {
        await look(() => http('PUT', clock, { mode: 'running' }))
        await look(() => http('POST', `${clock}/advance`, { by: 'PT0S' }))
        await look(() => http('PUT', clock, { mode: i % 2 ? 'running' : 'frozen' }))
      }
    }
    let isOver = false
    const looks = async () => {
      while (!isOver) await look(() => http('GET', clock))
    }
    const looking = Array.from({ length: 20 }, looks)
    await changes()
    isOver = true
    await Promise.all(looking)
  })
})

describe('a clock call is refused', () => {
  it.each([
    { method: 'PUT', path: clock, body: { mode: 'fast' }, field: 'mode' },
    { method: 'PUT', path: clock, body: { now: 'tomorrow' }, field: 'now' },
    { method: 'PUT', path: clock, body: { now: '2026-02-30T00:00:00Z' }, field: 'now' },
    { method: 'PUT', path: clock, body: { now: '2019-12-31T23:59:59Z' }, field: 'now' },
    { method: 'PUT', path: clock, body: { now: '2035-01-01T00:00:00Z' }, field: 'now' },
    { method: 'PUT', path: clock, body: { zone: 'CST' }, field: 'zone' },
    { method: 'POST', path: `${clock}/advance`, body: {}, field: 'by' },
    { method: 'POST', path: `${clock}/advance`, body: { by: 'P1D', next: true }, field: 'by' },
    { method: 'POST', path: `${clock}/advance`, body: { by: '14 days' }, field: 'by' },
    { method: 'POST', path: `${clock}/advance`, body: { by: 'P1M' }, field: 'by' },
    { method: 'POST', path: `${clock}/advance`, body: { by: '-P1D' }, field: 'by' },
    { method: 'POST', path: `${clock}/advance`, body: { by: 'P9Y' }, field: 'by' },
    { method: 'POST', path: `${clock}/advance`, body: { by: 'P3300D' }, field: 'by' },
    { method: 'POST', path: `${clock}/advance`, body: { by: 'P999999D' }, field: 'by' },
    { method: 'POST', path: `${clock}/advance`, body: { to: '2035-01-01T00:00:00Z' }, field: 'to' },
    { method: 'POST', path: `${clock}/advance`, body: { next: false }, field: 'next' },
  ])('for $body, by its field', async ({ method, path, body, field }) => {
    const { http } = await startSim()
    expect(await http(method, path, body)).toMatchObject({ status: 422, json: { field } })
    expect((await http('GET', clock)).json).toMatchObject({ mode: 'frozen', now: first_instant })
  })

  it('not for the first and the last instant that a world can have', async () => {
    const { http, sim } = await startSim()
    await sim.world({ name: 'first', clock: { mode: 'frozen', now: '2020-01-01T00:00:00Z' } })
    const last = '2034-12-31T23:59:59.999Z'
    const { json } = await http('POST', '/_sim/v1/worlds/first/clock/advance', { to: last })
    expect(json).toMatchObject({ from: '2020-01-01T00:00:00.000Z', now: last })
  })
})

describe('the timeline', () => {
  it('shows what is due and what expires, when and why, in order', async () => {
    const { http, acme, wang, platform, world } = await startSim()
    expect((await http('GET', `${clock}/timeline`)).json).toEqual({ now: first_instant, items: [] })
    const { appid, app_secret: secret } = acme.info
    const query = `grant_type=client_credential&appid=${appid}&secret=${secret}`
    await http('GET', `/cgi-bin/token?${query}`)
    await http('GET', `/cgi-bin/token?${query}`)
    await world.call('official_account.update', { appid: acme.appid, delivery: 'PT10M' })
    await platform.sends(acme, { mobile: wang.mobile })
    const [message] = await world.messages()
    const timeline = async () => (await http('GET', `${clock}/timeline`)).json
    expect(await timeline()).toEqual({
      now: first_instant,
      items: [
        // The first token was replaced: it lives five minutes longer.
        {
          at: '2026-01-05T01:05:00.000Z',
          what: 'expires',
          kind: 'ordinary access token',
          subject: appid,
        },
        {
          at: '2026-01-05T01:10:00.000Z',
          what: 'due',
          kind: 'receipt',
          subject: message?.msgid_str,
        },
        {
          at: '2026-01-05T03:00:00.000Z',
          what: 'expires',
          kind: 'ordinary access token',
          subject: appid,
        },
      ],
    })
    await world.advance('PT1H')
    expect(await timeline()).toMatchObject({ items: [{ at: '2026-01-05T03:00:00.000Z' }] })
  })
})
