import { updateOfficialAccount } from '../../../db/official-account.ts'
import type { OfficialAccountRow } from '../../../db/schema.ts'
import { listTemplates, updateTemplate } from '../../../db/template.ts'
import type { Call } from '../../core/call.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { beijingDay, toIso } from '../../world/clock.ts'
import { touchVersion } from '../../world/world.ts'
import { refuse } from '../endpoint.ts'
import { findIndustry } from '../industry.ts'
import { liveName } from './get.ts'

/** The codes that somebody asks for; undefined: not said. */
export interface WantedIndustries {
  readonly primary: number | undefined
  readonly secondary: number | undefined
}

/** An account as it has its industries now, and the templates that it lost with the ones it left. */
export interface ChosenIndustries {
  readonly account: OfficialAccountRow
  readonly lost: readonly string[]
}

type Pair = Pick<OfficialAccountRow, 'primary_industry' | 'secondary_industry'>
type Chooser = Pick<Call, 'db' | 'world' | 'steps'>

/**
 * Sets an account's two industries. The first time both must be said; later one alone leaves the other as it is. They are
 * changed once in a Beijing calendar month: the first setting does not count, nor does saying again what holds (our
 * inference). With an industry go the templates of it.
 */
export async function chooseIndustries(
  call: Chooser,
  account: OfficialAccountRow,
  wanted: WantedIndustries,
): Promise<ChosenIndustries | Refusal> {
  const { db, world, steps } = call
  const pair = readWanted(account, wanted)
  if (isRefusal(pair)) return pair
  steps.push('industries.given', 'industries.known', 'industries.differ')
  const before = codesOf(account)
  if (isSame(account, pair)) return { account, lost: [] }
  const month = beijingDay(world.now).slice(0, 7)
  const isFirst = before.length === 0
  if (!isFirst && account.industries_month === month) return refuseOften(account, month)
  steps.push('industries.changeable')
  const change = isFirst
    ? { ...pair, industries_at: world.now }
    : { ...pair, industries_month: month }
  await touchVersion(call)
  await updateOfficialAccount(db, account, change)
  const left = before.filter((code) => !codesOf(pair).includes(code))
  return { account: { ...account, ...change }, lost: await loseTemplates(call, account, left) }
}

function readWanted(account: Pair, wanted: WantedIndustries): Pair | Refusal {
  const primary_industry = wanted.primary ?? account.primary_industry
  const secondary_industry = wanted.secondary ?? account.secondary_industry
  const actual = { industry_id1: wanted.primary ?? null, industry_id2: wanted.secondary ?? null }
  const isNothing = wanted.primary === undefined && wanted.secondary === undefined
  if (isNothing || primary_industry === null || secondary_industry === null) {
    return refuse(40103, {
      rule: 'industries.given',
      actual,
      expected: 'industry_id1 and industry_id2; one alone changes that one, once both are set',
    })
  }
  if (!findIndustry(primary_industry) || !findIndustry(secondary_industry))
    return refuse(40102, { rule: 'industries.known', actual, expected: 'codes from 1 to 41' })
  if (primary_industry === secondary_industry)
    return refuse(40102, {
      rule: 'industries.differ',
      actual,
      expected: 'two different industries',
    })
  return { primary_industry, secondary_industry }
}

function refuseOften(account: OfficialAccountRow, month: string): Refusal {
  const to = toIso(monthAfter(month))
  return refuse(43100, {
    rule: 'industries.changeable',
    row: { industries_month: account.industries_month },
    actual: month,
    expected: 'one change in a Beijing calendar month',
    fix: { call: 'clock.advance', input: { to } },
  })
}

/** The instant at which the month after `2026-01` begins in Beijing. */
function monthAfter(month: string): number {
  const [year = 0, of = 0] = month.split('-').map(Number)
  const next = of === 12 ? `${year + 1}-01` : `${year}-${String(of + 1).padStart(2, '0')}`
  return Date.parse(`${next}-01T00:00:00+08:00`)
}

function codesOf({ primary_industry, secondary_industry }: Pair): number[] {
  return [primary_industry, secondary_industry].filter((code) => code !== null)
}

function isSame(a: Pair, b: Pair): boolean {
  return a.primary_industry === b.primary_industry && a.secondary_industry === b.secondary_industry
}

/** Templates of the old library hang on an industry; those of service categories bear other names and stay. */
async function loseTemplates(
  { db, world }: Chooser,
  { appid }: OfficialAccountRow,
  left: readonly number[],
): Promise<string[]> {
  const names = left.map(liveName)
  const isLost = (row: { primary_industry: string; deputy_industry: string }) =>
    names.some(
      (name) =>
        name?.first_class === row.primary_industry && name.second_class === row.deputy_industry,
    )
  const lost = (await listTemplates(db, world.epoch, appid)).filter(
    (row) => row.state === 'active' && isLost(row),
  )
  for (const row of lost) await updateTemplate(db, row, { state: 'disabled' })
  return lost.map(({ template_id }) => template_id)
}
