import { expect, it } from 'vitest'
import { type Habit, SamplePlatform } from '../sample-platform.ts'
import { startSim } from '../sim.ts'

/** Wang gets it by WeChat; nobody has registered Li's mobile; Fang blocks, which WeChat says a little later. */
async function judge(habit: Habit) {
  const { world, http, acme, wang, li, fang } = await startSim()
  const { appid } = acme
  await world.call('official_account.update', { appid, delivery: 'PT10S' })
  await fang.blocks(acme)
  const platform = new SamplePlatform({ http, world: world.name, account: acme, habit })
  for (const { mobile } of [wang, li, fang]) await platform.notifies({ mobile }, '请完成入职登记')
  await world.advance('PT20S')
  await platform.looksAgain()
  await world.advance('PT2M')
  await platform.catchesUp()
  const names = new Map([wang, li, fang].map(({ mobile, key }) => [mobile, key]))
  const { ok, ...lists } = (await world.call('audit.get')) as Verdict
  const named = (['lost', 'double', 'late', 'pending'] as const).map((list) => [
    list,
    lists[list].map(({ mobile }) => names.get(mobile)),
  ])
  return { ok, ...Object.fromEntries(named.filter(([, all]) => (all ?? []).length > 0)) }
}

type List = readonly { readonly mobile: string }[]
type Verdict = { readonly ok: boolean } & Readonly<
  Record<'lost' | 'double' | 'late' | 'pending', List>
>

it.each<[Habit, object]>([
  ['falls back once', { ok: true }],
  ['never falls back', { ok: false, lost: ['li', 'fang'] }],
  ['falls back twice', { ok: false, double: ['li', 'fang'] }],
  ['falls back although it was accepted', { ok: false, double: ['wang'] }],
  ['falls back too late', { ok: false, late: ['li', 'fang'] }],
  ['falls back on a failed receipt alone', { ok: false, lost: ['li'] }],
])('of a platform that %s the audit says so', async (habit, verdict) => {
  expect(await judge(habit)).toEqual(verdict)
})
