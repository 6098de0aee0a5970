import { expect, it } from 'vitest'
import type { MessageInfo } from '../../src/world-handle.ts'
import { onEither } from '../database.ts'
import { type Http, startSim } from '../sim.ts'

const messages = '/_sim/v1/worlds/test/messages'

interface Page {
  readonly items: readonly MessageInfo[]
  readonly next_cursor: string
  readonly dropped: number
}

async function page(http: Http, query = ''): Promise<Page> {
  const { status, json } = await http('GET', `${messages}?${query}`)
  expect(status).toBe(200)
  return json as unknown as Page
}

/** How many wait at a simulator, as it says itself. */
async function waitersOf(http: Http): Promise<number> {
  const { text } = await http('GET', '/metrics')
  return Number(/^tupu_sim_waiters (\d+)$/m.exec(text)?.[1])
}

it('nobody waits longer than a minute: a longer wait is refused', async () => {
  const { http } = await startSim()
  expect(await http('GET', `${messages}?wait=PT61S`)).toMatchObject({
    status: 422,
    json: { field: 'wait', reason: expect.stringContaining('at most PT60S') },
  })
})

onEither('a call that waits for a message', (database) => {
  it('is answered as soon as there is one that fits, and not before', async () => {
    const { http, acme, wang, li, platform } = await startSim({ database })
    await platform.sends(acme, { mobile: wang.mobile, message: 'before' })
    const { next_cursor } = await page(http)
    let answered = false
    const waiting = page(
      http,
      `after=${next_cursor}&mobile=${encodeURIComponent(wang.mobile)}&wait=PT60S`,
    ).finally(() => {
      answered = true
    })
    await platform.sends(acme, { mobile: li.mobile, message: 'to another' })
    expect(answered).toBe(false)
    await platform.sends(acme, { mobile: wang.mobile, message: 'now' })
    expect((await waiting).items).toMatchObject([{ line: 'now' }])
  })

  it('is answered when a message comes into the state that it waits for', async () => {
    const { http, acme, wang, platform, world } = await startSim({ database })
    await world.call('official_account.update', { appid: acme.appid, delivery: 'PT1M' })
    await platform.sends(acme, { mobile: wang.mobile })
    const waiting = page(http, 'state=delivered&wait=PT60S')
    await world.advance('PT1M')
    expect((await waiting).items).toMatchObject([{ state: 'delivered' }])
  })

  it('ends with nothing when the time is over, and with the world', async () => {
    const { http, world } = await startSim({ database })
    expect(await page(http, 'wait=PT0.1S')).toMatchObject({ items: [], dropped: 0 })
    const waiting = http('GET', `${messages}?wait=PT60S`)
    await world.reset()
    expect(await waiting).toMatchObject({ status: 409, json: { type: 'world_was_reset' } })
  })

  it.each([{ listen: true }, { listen: false }])(
    'waits no longer than its caller, $listen: over a port',
    async ({ listen }) => {
      const { sim, http } = await startSim({ database, listen })
      const hangUp = new AbortController()
      const url = `${sim.url ?? 'http://sim.localhost'}${messages}?wait=PT60S`
      const request = () => new Request(url, { signal: hangUp.signal })
      const calls = Array.from({ length: 20 }, () =>
        Promise.resolve(listen ? fetch(request()) : sim.fetch(request())).catch(() => undefined),
      )
      await expect.poll(() => waitersOf(http)).toBe(20)
      hangUp.abort()
      await expect.poll(() => waitersOf(http)).toBe(0)
      await Promise.all(calls)
    },
  )
})
