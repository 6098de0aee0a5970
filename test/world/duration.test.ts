import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readDuration, toDuration } from '../../src/world/clock.ts'
import { startSim } from '../sim.ts'

const same: { iso: string; short: string; ms: number }[] = [
  { iso: 'P2W', short: '2w', ms: 1_209_600_000 },
  { iso: 'P14D', short: '14d', ms: 1_209_600_000 },
  { iso: 'PT2H', short: '2h', ms: 7_200_000 },
  { iso: 'PT5M', short: '5m', ms: 300_000 },
  { iso: 'PT30S', short: '30s', ms: 30_000 },
  { iso: 'PT1.5S', short: '1.5s', ms: 1500 },
  { iso: 'PT0.5S', short: '500ms', ms: 500 },
  { iso: 'PT0S', short: '0s', ms: 0 },
]

it.each(same)('$short is $iso', ({ iso, short, ms }) => {
  expect([readDuration(iso), readDuration(short)]).toEqual([ms, ms])
})

const none = ['', '5', '14 d', 'd', '-1d', '1D', '1.d', '1d2h', '1y', '1e3s', 'P', 'PT', 'p14d']

it.each(none)('"%s" is no duration', (text) => {
  expect(readDuration(text)).toBeUndefined()
})

it('is read as it is written, and is a whole number of milliseconds that any database holds', () => {
  fc.assert(
    fc.property(fc.nat(9_999_999), fc.constantFrom('ms', 's', 'm', 'h', 'd', 'w'), (n, unit) => {
      const ms = readDuration(`${n}${unit}`) ?? -1
      expect(Number.isSafeInteger(ms)).toBe(true)
      if (ms < 10 ** 6 * 86_400_000) expect(readDuration(toDuration(ms))).toBe(ms)
    }),
  )
})

/** Every field that takes a duration, in a call that is good without it. */
const fields: { call: string; input: Record<string, unknown>; field: string }[] = [
  { call: 'world.create', input: { name: 'two' }, field: 'idle_ttl' },
  { call: 'account.create', input: { key: 'initech' }, field: 'delivery' },
  { call: 'official_account.update', input: { appid: '{appid}' }, field: 'delivery' },
  { call: 'eid.rotate', input: { eid: 'acme' }, field: 'overlap' },
  { call: 'clock.advance', input: {}, field: 'by' },
  { call: 'message.list', input: { mobile: '13800138002' }, field: 'wait' },
]

it.each(fields)('$call takes $field either way', async ({ call, input, field }) => {
  const { world, platform, acme, wang } = await startSim()
  await platform.sends(acme, { mobile: wang.mobile })
  const filled = Object.fromEntries(
    Object.entries(input).map(([name, value]) => [name, value === '{appid}' ? acme.appid : value]),
  )
  const answers: unknown[] = []
  for (const duration of ['30s', 'PT30S', '1m', 'PT1M']) {
    if (call === 'world.create') await world.call('world.delete', { world: 'two' })
    const key = typeof filled['key'] === 'string' ? { key: `k${answers.length}` } : {}
    answers.push(await world.call(call, { ...filled, ...key, [field]: duration }))
  }
  expect(answers).toHaveLength(4)
  await expect(world.call(call, { ...filled, [field]: 'soon' })).rejects.toMatchObject({
    problem: { status: 422, field, reason: expect.stringContaining('duration') },
  })
})

it('an advance by 14d is one by P14D', async () => {
  const { world } = await startSim()
  expect(await world.advance('14d')).toMatchObject({ now: '2026-01-19T01:00:00.000Z' })
  expect(await world.advance('P14D')).toMatchObject({ now: '2026-02-02T01:00:00.000Z' })
})
