import { expect, it } from 'vitest'
import type { DrillName } from '../../src/control/drill/drills.ts'
import { startReceiver } from '../callback-receiver.ts'
import { Account } from '../platform.ts'
import { type Habit, SamplePlatform } from '../sample-platform.ts'
import { cast, type Sim, startSim } from '../sim.ts'

const people = Array.from({ length: 8 }, (_, i) => ({
  key: `p${i}`,
  mobile: `139001390${String(i).padStart(2, '0')}`,
  registered_with: ['acme'],
}))

/** How the clock goes on between the times at which everybody is told something: past the end of the short days. */
const steps = ['PT25M', 'PT40M', 'PT70M']

/** Slow answers come soon enough for tests: whoever waits for less has no patience. */
const slow = { delay: 'PT0.05S', patience_ms: 20 }

type List = 'lost' | 'double' | 'late'
type Day = DrillName | 'no drill'

/** A day of a platform, in a world that is the same for every habit: which of the audit's lists name somebody. */
async function spend({ sim, http }: Sim, day: Day, habit: Habit): Promise<List[]> {
  const world = await sim.world({ ...cast, people, if_exists: 'replace' })
  const receiver = await startReceiver()
  await world.call('account.update', { eid: 'acme', callback: { url: receiver.url } })
  const isSlow = day === 'partner_slow'
  const isHasty = isSlow && habit === 'takes silence for a no'
  const platform = new SamplePlatform({
    http,
    world: world.name,
    account: new Account(world.accounts[0]),
    habit,
    ...(isHasty && { patience_ms: slow.patience_ms }),
  })
  if (day !== 'no drill')
    await world.call('drill.start', { name: day, ...(isSlow && { delay: slow.delay }) })
  for (const by of steps) {
    for (const { mobile } of people) await platform.notifies({ mobile }, '请完成入职登记')
    await world.advance('PT30S')
    for (const { body } of receiver.received.splice(0)) await platform.hears(body as never)
    await world.advance(by)
    await platform.catchesUp()
  }
  const verdict = await world.call('audit.get')
  const named = (['lost', 'double', 'late'] as const).filter((list) => verdict[list].length > 0)
  expect(verdict.ok).toBe(named.length === 0)
  return named
}

/** What each drill brings to light of bad habits. */
const bad_days: Record<DrillName, Partial<Record<Habit, List[]>>> = {
  wechat_busy: {
    'never falls back': ['lost'],
    'falls back twice': ['double'],
    'falls back too late': ['late'],
    'falls back before it tries again': ['double'],
  },
  partner_slow: { 'takes silence for a no': ['double'] },
  answers_lost: {
    'takes silence for a no': ['double'],
    'falls back before it tries again': ['double'],
  },
  template_taken: { 'never falls back': ['lost'], 'falls back too late': ['late'] },
  quota_gone: { 'never falls back': ['lost'], 'falls back twice': ['double'] },
  mass_unfollow: {
    'never falls back': ['lost'],
    'falls back on a failed receipt alone': ['lost'],
  },
  callbacks_twice: { 'hears every callback': ['double'] },
  callbacks_swapped: { 'takes callbacks for those of its sends in turn': ['lost', 'double'] },
  eid_rotated: { 'never falls back': ['lost'], 'falls back too late': ['late'] },
  gateway_garbage: {
    'never falls back': ['lost'],
    'takes what it does not know for a yes': ['lost'],
  },
}

it.each(Object.entries(bad_days))(
  'on the day of %s the audit finds nothing in a good platform, and names what a bad one does',
  async (name, bad) => {
    const sim = await startSim({ listen: true })
    const day = name as DrillName
    expect(await spend(sim, day, 'falls back once')).toEqual([])
    const found: Partial<Record<Habit, List[]>> = {}
    for (const habit of Object.keys(bad) as Habit[]) found[habit] = await spend(sim, day, habit)
    expect(found).toEqual(bad)
  },
)

it('on a day without a drill none of these habits shows', async () => {
  const sim = await startSim({ listen: true })
  const shown = new Set(Object.values(bad_days).flatMap((bad) => Object.keys(bad) as Habit[]))
  for (const habit of shown) expect(await spend(sim, 'no drill', habit)).toEqual([])
})
