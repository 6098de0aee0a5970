import { describe, expect, it } from 'vitest'
import { isSigned, type Manner } from '../../callback-receiver.ts'
import { onEither } from '../../database.ts'
import { first_instant } from '../../sim.ts'
import { exchanges } from '../journal.ts'
import { secret, startTold } from './told.ts'

const at = (seconds: number) => new Date(Date.parse(first_instant) + seconds * 1000).toISOString()
/** Seconds after the event at which it is tried. */
const schedule = [0, 10, 60, 600, 3600, 21_600]

onEither('a callback that is not acknowledged', (database) => {
  it('is tried six times within six hours, the same every time, then has failed', async () => {
    const { send, world, receiver, callback } = await startTold({ database, manner: 500 })
    await send()
    for (const [i, seconds] of schedule.entries()) {
      expect(await callback()).toMatchObject({ state: 'pending', tries: i, due_at: at(seconds) })
      const { now, ran, settled } = await advanceToNext(world)
      const outcome = i < 5 ? 'tried: 500' : 'failed: 500'
      const { callback: subject } = await callback()
      expect({ now, settled, ran }).toEqual({
        now: at(seconds),
        settled: true,
        ran: [{ kind: 'callback', subject, due_at: at(seconds), outcome }],
      })
    }
    expect(await callback()).toMatchObject({
      state: 'failed',
      tries: 6,
      tries_left: 0,
      due_at: null,
      last_at: at(21_600),
      last_status: 500,
      last_error: 'status 500',
    })
    expect((await world.advance('P10D')).ran).toEqual([])
    expect(receiver.received).toHaveLength(6)
    expect(new Set(receiver.received.map(({ text }) => text)).size).toBe(1)
    expect(receiver.received.every((one) => isSigned(one, secret))).toBe(true)
    const nonces = receiver.received.map(({ headers }) => headers['x-tupu-nonce'])
    expect(new Set(nonces).size).toBe(6)
    expect(await exchanges(world, { surface: 'callback' })).toHaveLength(6)
  })

  it('is not tried again once it is acknowledged, and may be told again: the same event', async () => {
    const { send, world, receiver, callback } = await startTold({ database, manner: 500 })
    await send()
    await world.advance('PT10S')
    receiver.manner = 200
    await world.advance('P1D')
    const first = await callback()
    expect(first).toMatchObject({ state: 'delivered', tries: 3, last_at: at(60), due_at: null })
    expect(receiver.received).toHaveLength(3)
    expect(await world.call('callback.redeliver', { callback: first.callback })).toEqual({
      ...first,
      state: 'pending',
      tries_left: 6,
      due_at: at(86_410),
    })
    expect((await world.advance('PT0S')).ran).toMatchObject([{ outcome: 'delivered' }])
    expect(await callback()).toMatchObject({ state: 'delivered', tries: 4, due_at: null })
    expect(new Set(receiver.received.map(({ text }) => text)).size).toBe(1)
  })

  it('has failed, is told again, and has all its tries once more', async () => {
    const { send, world, receiver, callback } = await startTold({ database, manner: 503 })
    await send()
    await world.advance('P1D')
    const { callback: event_id, state } = await callback()
    expect(state).toBe('failed')
    await world.call('callback.redeliver', { callback: event_id })
    const { ran } = await world.advance('PT59S')
    expect(ran.map(({ due_at }) => due_at)).toEqual([at(86_400), at(86_410)])
    expect(await callback()).toMatchObject({ state: 'pending', tries: 8, tries_left: 4 })
    receiver.manner = 204
    await world.advance('PT1S')
    expect(await callback()).toMatchObject({ state: 'delivered', tries: 9 })
    expect(new Set(receiver.events)).toEqual(new Set([event_id]))
  })
})

function advanceToNext(world: { call(id: string, input: object): Promise<unknown> }) {
  return world.call('clock.advance', { next: true }) as Promise<{
    now: string
    ran: unknown[]
    settled: boolean
  }>
}

/** Its headers come at once, the rest never does. */
const slowly: Manner = (response) => response.writeHead(200).write('{')
const redirecting: Manner = (response) => response.writeHead(302, { Location: '/other' }).end()
const broken: Manner = (response) => response.destroy()

describe('a platform', () => {
  it.each([200, 201, 202, 204, 299])('acknowledges with %s', async (manner) => {
    const { send, world, callback } = await startTold({ manner })
    await send()
    await world.advance('PT0S')
    expect(await callback()).toMatchObject({ state: 'delivered', last_status: manner })
  })

  it.each([
    { how: 'with 304', manner: 304, last_status: 304, last_error: 'status 304' },
    { how: 'with 400', manner: 400, last_status: 400, last_error: 'status 400' },
    {
      how: 'by a redirect, which is not followed',
      manner: redirecting,
      last_status: 302,
      last_error: 'status 302: redirects are not followed',
    },
    {
      how: 'by closing the connection',
      manner: broken,
      last_status: null,
      last_error: expect.stringMatching(/^reset: /),
    },
  ])('does not acknowledge $how', async ({ manner, last_status, last_error }) => {
    const last = { last_status, last_error }
    const { send, world, callback, receiver } = await startTold({ manner })
    await send()
    const { ran } = await world.advance('PT0S')
    expect(ran).toMatchObject([{ outcome: expect.stringMatching(/^tried: (\d{3}|reset)$/) }])
    expect(await callback()).toMatchObject({ state: 'pending', tries: 1, tries_left: 5, ...last })
    expect(receiver.received).toHaveLength(1)
    const [exchange] = await exchanges(world, { surface: 'callback' })
    expect(exchange).toMatchObject({
      status: last.last_status ?? 0,
      decision: [{ rule: 'callback.acknowledged', actual: last.last_error }],
    })
  })

  it('that is gone is tried until it is back', async () => {
    const { send, world, callback, receiver } = await startTold()
    const port = new URL(receiver.url).port
    await receiver.leaves()
    await send()
    await world.advance('PT10S')
    expect(await callback()).toMatchObject({
      tries: 2,
      last_status: null,
      last_error: expect.stringMatching(/^connect: .*ECONNREFUSED/),
    })
    await receiver.listens(Number(port))
    await world.advance('PT50S')
    expect(await callback()).toMatchObject({ state: 'delivered', tries: 3 })
  })

  it('has five seconds unless told, answer included', async () => {
    const patient = await startTold({ manner: 500 })
    await patient.send()
    await patient.world.advance('PT0S')
    const [exchange] = await exchanges(patient.world, { surface: 'callback' })
    const expected = 'a status of 200 to 299 within 5000 ms'
    expect(exchange).toMatchObject({ decision: [{ rule: 'callback.acknowledged', expected }] })

    const limits = { answer_ms_max: 500 }
    const { send, world, callback } = await startTold({ manner: slowly, limits })
    await send()
    const begun = performance.now()
    const { ran } = await world.advance('PT0S')
    const took = performance.now() - begun
    expect(ran).toMatchObject([{ outcome: 'tried: timeout' }])
    expect(took).toBeGreaterThan(490)
    expect(took).toBeLessThan(4000)
    expect(await callback()).toMatchObject({
      state: 'pending',
      last_status: null,
      last_error: 'timeout: no whole answer within 500 ms',
    })
  })

  it('moves, and is found where the account says at each try', async () => {
    const { send, world, callback, receiver } = await startTold({ manner: 500 })
    await send()
    await world.advance('PT0S')
    const url = receiver.url.replace('/hook?of=hr', '/moved')
    await world.call('account.update', { eid: 'acme', callback: { url, secret: 'new secret' } })
    receiver.manner = 200
    await world.advance('PT10S')
    expect(await callback()).toMatchObject({ state: 'delivered' })
    const [before, after] = receiver.received
    expect([before?.path, after?.path]).toEqual(['/hook?of=hr', '/moved'])
    expect(after && isSigned(after, 'new secret')).toBe(true)
    expect(after?.text).toBe(before?.text)
  })
})
