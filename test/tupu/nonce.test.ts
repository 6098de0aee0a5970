import { afterEach, describe, expect, it, vi } from 'vitest'
import { onBoth, onEither } from '../database.ts'
import { beside, emptyPlace } from '../db/place.ts'
import { startReplicas } from '../db/replicas.ts'
import type { Account } from '../platform.ts'
import { type Http, type StartOptions, startSim } from '../sim.ts'
import { lastStep } from './journal.ts'
import { signedHeaders } from './signed.ts'

const invalid = { errcode: 100003, errmsg: 'invalid signature' }
const accounts = [
  { key: 'acme', eid: 'acme-e1', partner_secret: 'generated' as const },
  { key: 'initech', eid: 'initech-e1', partner_secret: 'generated' as const },
]

afterEach(() => void vi.useRealTimers())

/** Only what the machine says of the time is moved; timers go on. */
function later(minutes: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minutes * 60_000 })
}

/** What a platform sends, and may do wrong. */
interface Send {
  readonly mobile?: string
  readonly nonce?: string
  readonly secret?: string
  readonly shift_s?: number
}

/** Sends by an account, signed now. */
async function send(http: Http, { info }: Account, { mobile = '13800138002', ...of }: Send = {}) {
  const body = JSON.stringify({ eid: info.eid, mobile, message: '欢迎加入' })
  const path = '/tupu/v1/messages'
  const { nonce = 'n-1', secret = info.partner_secret ?? '', shift_s = 0 } = of
  const timestamp = String(Math.floor(Date.now() / 1000) + shift_s)
  const headers = signedHeaders({ secret, method: 'POST', path, body, timestamp, nonce })
  return (await http('POST', path, body, headers)).json
}

function start(options: StartOptions = {}) {
  return startSim({ ...options, world: { accounts, ...options.world } })
}

onEither('the nonce of a signed call', (database) => {
  it('is good once: the same call again is refused, and does nothing', async () => {
    const { http, acme, wang, world } = await start({ database })
    expect(await send(http, acme)).toMatchObject({ errcode: 0 })
    for (const again of [{}, { mobile: wang.mobile, shift_s: -60 }, { shift_s: 60 }]) {
      expect(await send(http, acme, again)).toEqual(invalid)
      expect(await lastStep(world)).toMatchObject({ rule: 'nonce.unused', actual: 'used before' })
    }
    expect(await wang.inbox()).toHaveLength(1)
    expect(await send(http, acme, { nonce: 'n-2' })).toMatchObject({ errcode: 0 })
  })

  it('is an account’s own', async () => {
    const { http, acme, world } = await start({ database })
    expect(await send(http, acme)).toMatchObject({ errcode: 0 })
    const other = world.accounts.find(({ key }) => key === 'initech')
    const initech = { info: other } as Account
    expect(await send(http, initech)).toMatchObject({ errcode: 100011 })
    expect(await send(http, initech)).toEqual(invalid)
  })

  it.each([
    { what: 'another secret', but: { secret: 'k'.repeat(40) } },
    { what: 'an old timestamp', but: { shift_s: -400 } },
  ])('is not used up by a call with $what', async ({ but }) => {
    const { http, acme } = await start({ database })
    expect(await send(http, acme, but)).toEqual(invalid)
    expect(await send(http, acme)).toMatchObject({ errcode: 0 })
  })

  it('is used up by a call that is refused for something else', async () => {
    const { http, acme } = await start({ database })
    expect(await send(http, acme, { mobile: '13900139000' })).toMatchObject({ errcode: 100011 })
    expect(await send(http, acme)).toEqual(invalid)
  })
})

onBoth('what is kept of a nonce', (database) => {
  it('may be of any length and of any characters', async () => {
    const { http, acme } = await start({ database })
    for (const nonce of ['x'.repeat(5000), 'é\u00ff "', 'x'.repeat(4999)]) {
      expect(await send(http, acme, { nonce })).toMatchObject({ errcode: 0 })
      expect(await send(http, acme, { nonce })).toEqual(invalid)
    }
  })

  it('is remembered over a restart, good again when its call is too old, and then forgotten', async () => {
    const data = await emptyPlace(database)
    const first = await start({ data })
    expect(await send(first.http, first.acme, { shift_s: 60 })).toMatchObject({ errcode: 0 })
    await first.sim.close()
    const { http, acme } = await start({ data, world: { if_exists: 'reuse' } })
    later(5)
    expect(await send(http, acme)).toEqual(invalid)
    later(2)
    expect(await send(http, acme)).toMatchObject({ errcode: 0 })
    expect(await send(http, acme)).toEqual(invalid)
    const kept = await beside(data)
    expect(await kept.rows('select nonce from nonce')).toHaveLength(1)
    later(6)
    // Maintenance comes by once a second.
    await vi.waitFor(
      async () => expect(await kept.rows('select nonce from nonce')).toEqual([]),
      5000,
    )
  })

  it('stands in no export', async () => {
    const { http, acme, world } = await start({ database })
    await send(http, acme)
    expect(await world.call('world.export')).not.toHaveProperty('tables.nonce')
  })
})

describe('two simulators on one database', () => {
  it('take the same signed call once, both asked at once', async () => {
    const { one, two } = await startReplicas()
    await one.world.call('account.update', { eid: 'acme', partner_secret: 'generated' })
    const account = await one.world.call('account.get', { eid: 'acme' })
    const acme = { info: account } as Account
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => send((i % 2 === 0 ? one : two).http, acme)),
    )
    const codes = answers.map(({ errcode }) => Number(errcode)).sort((a, b) => a - b)
    expect(codes).toEqual([0, ...Array(9).fill(100003)])
    expect(await one.wang.inbox()).toHaveLength(1)
  })
})
