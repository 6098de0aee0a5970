import { afterEach, describe, expect, it, vi } from 'vitest'
import { startSim } from '../sim.ts'

const empty = { accounts: [], people: [] }

describe('DELETE /_sim/v1/worlds/{world}', () => {
  it('answers 204 without a body, also when the world is gone', async () => {
    const { http } = await startSim()
    for (let i = 0; i < 2; i++)
      expect(await http('DELETE', '/_sim/v1/worlds/test')).toMatchObject({ status: 204, text: '' })
    expect(await http('GET', '/_sim/v1/worlds/test')).toMatchObject({ status: 404 })
  })

  it.each(['default', '_unattributed'])(
    'refuses to end %s, which is there to stay',
    async (name) => {
      const { http } = await startSim()
      expect(await http('DELETE', `/_sim/v1/worlds/${name}`)).toMatchObject({ status: 409 })
      expect(await http('POST', '/_sim/v1/worlds', { name, if_exists: 'replace' })).toMatchObject({
        status: name === 'default' ? 409 : 422,
        json: { field: 'name' },
      })
      expect(await http('GET', `/_sim/v1/worlds/${name}`)).toMatchObject({ status: 200 })
    },
  )

  it('leaves the default world, which resets and never idles', async () => {
    const { http } = await startSim({ demo: true })
    const { status, json } = await http('POST', '/_sim/v1/worlds/default/reset')
    expect({ status, json }).toMatchObject({ status: 200, json: { resets: 1, idle_ttl: null } })
    expect(json['accounts']).toMatchObject([{ key: 'acme' }, { key: 'globex' }])
  })

  it('ends it for its platform too: its EID is nobody’s', async () => {
    const { acme, wang, platform, world, http } = await startSim()
    await world.close()
    expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 100001 })
    const made = await http('POST', '/_sim/v1/worlds', {
      name: 'heir',
      accounts: [{ key: 'a', eid: acme.eid }],
    })
    expect(made.status).toBe(201)
  })

  it('forgets what it had read of a world when another of the same name begins', async () => {
    const { sim, http } = await startSim()
    const line = async (rules: '2014' | '2023') => {
      const world = await sim.world({ name: 'again', accounts: [{ key: 'acme', rules }] })
      await world.register('13800138000')
      const body = { eid: world.accounts[0]?.eid, mobile: '13800138000', message: 'x' }
      await http('POST', '/w/again/tupu/v1/messages', body)
      const { keywords } = await world.message()
      await world.close()
      return Object.keys(keywords)
    }
    expect(await line('2014')).toContain('keyword1')
    expect(await line('2023')).toContain('thing2')
  })
})

describe('a world that nobody calls', () => {
  afterEach(() => vi.useRealTimers())

  /** Only what the machine says of the time is moved; timers go on. */
  function later(ms: number) {
    const now = Date.now() + ms
    vi.useFakeTimers({ toFake: ['Date'], now })
  }

  it('ends after its idle time, which any call prolongs, a look too', async () => {
    const { sim, http } = await startSim()
    await sim.world({ name: 'idle', ...empty })
    await sim.world({ name: 'called', ...empty })
    await sim.world({ name: 'patient', idle_ttl: 'P1D', ...empty })
    later(1.5 * 3_600_000)
    expect((await http('GET', '/w/called/tupu/v1/accounts/nobody')).json).toMatchObject({
      errcode: 100001,
    })
    later(3_600_000)
    const names = async () => (await http('GET', '/_sim/v1/worlds')).json['items']
    await vi.waitFor(
      async () => expect(JSON.stringify(await names())).not.toContain('"idle"'),
      5000,
    )
    expect(await names()).toMatchObject([
      { world: 'called' },
      { world: 'default', ends_at: null },
      { world: 'patient' },
    ])
    later(3_600_000)
    await vi.waitFor(
      async () => expect(JSON.stringify(await names())).not.toContain('"called"'),
      5000,
    )
    expect(await http('GET', '/_sim/v1/worlds/patient')).toMatchObject({ status: 200 })
  })
})

describe('a server that is full of worlds', () => {
  it('refuses the next one by the name of the longest idle', async () => {
    const { sim, http, world } = await startSim({ limits: { worlds_max: 50 } })
    await world.close()
    for (let i = 1; i < 50; i++) await sim.call('world.create', { name: `w-${i}`, ...empty })
    const { status, json } = await http('POST', '/_sim/v1/worlds', { name: 'more' })
    expect(status).toBe(429)
    expect(json).toMatchObject({
      type: 'too_many_worlds',
      reason: 'the server has 50 worlds; the longest idle is w-1',
      fix: expect.stringContaining('delete w-1'),
    })
    expect((await http('GET', '/_sim/v1/worlds')).json['items']).toHaveLength(50)
    await sim.call('world.create', { name: 'w-7', if_exists: 'replace', ...empty })
    await sim.call('world.delete', { world: 'w-1' })
    expect(await http('POST', '/_sim/v1/worlds', { name: 'more' })).toMatchObject({ status: 201 })
  })
})
