import { nextCount } from '../../../db/counter.ts'
import { findMenu, insertConditionalMenu, listConditionalMenus } from '../../../db/menu.ts'
import type {
  ConditionalMenuRow,
  FollowerRow,
  OfficialAccountRow,
  PersonRow,
} from '../../../db/schema.ts'
import type { Refusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import { deriveHex } from '../../world/seed.ts'
import type { Scope, World } from '../../world/world.ts'
import { refuse } from '../caller.ts'
import { tagIdsOf } from '../follower.ts'
import type { Button } from './button.ts'

/** How many of them an account may have. No figure is documented: our inference. */
const conditional_menus_max = 100

/** For whom a conditional menu is. */
export type MatchRule = Pick<ConditionalMenuRow, 'tag_id' | 'client_platform_type'>

/** On what a person's WeChat runs, as a rule says it. */
const platform_types: Readonly<
  Record<PersonRow['platform'], ConditionalMenuRow['client_platform_type']>
> = { ios: '1', android: '2', other: '3' }

/** What a rule could say before 2021 of whoever follows. */
const withdrawn = ['sex', 'country', 'province', 'city', 'language']

/** Reads a rule as a client sent it: an empty part is none, a number is its digits. */
export function readRule(matchrule: unknown): MatchRule | Refusal {
  const given = (typeof matchrule === 'object' && matchrule !== null ? matchrule : {}) as Readonly<
    Record<string, unknown>
  >
  const partOf = (name: string) => {
    const value = given[name]
    const text = typeof value === 'number' ? String(value) : value
    return typeof text === 'string' && text !== '' && isCleanText(text) ? text : null
  }
  const gone = withdrawn.find((name) => partOf(name) !== null)
  const expected = 'tag_id or client_platform_type'
  if (gone !== undefined)
    return refuse(65320, { rule: 'matchrule.supported', actual: gone, expected })
  const [tag_id, type] = [partOf('tag_id'), partOf('client_platform_type')]
  if (tag_id === null && type === null)
    return refuse(65304, { rule: 'matchrule.given', actual: matchrule ?? null, expected })
  const client_platform_type = Object.values(platform_types).find((one) => one === type) ?? null
  if (type === null || client_platform_type !== null) return { tag_id, client_platform_type }
  return refuse(40035, {
    rule: 'matchrule.platform',
    actual: type,
    expected: '1 (iOS), 2 (Android) or 3 (other)',
  })
}

/** Gives an account a menu for those whom a rule fits; it needs one for everybody else first. */
export function addConditionalMenu(
  { db, world }: Scope,
  { appid }: OfficialAccountRow,
  { buttons, rule }: { readonly buttons: readonly Button[]; readonly rule: MatchRule },
): ConditionalMenuRow | Refusal {
  const { epoch, now } = world
  const n = nextCount(db, { epoch, purpose: 'conditional_menu', key: appid })
  const count = listConditionalMenus(db, { epoch, appid }).length
  if (count >= conditional_menus_max) {
    const expected = `fewer than ${conditional_menus_max}`
    return refuse(65305, { rule: 'menu.count', actual: count, expected })
  }
  const row: ConditionalMenuRow = {
    epoch,
    appid,
    menuid: menuidOf(world, appid, n),
    buttons: JSON.stringify(buttons),
    ...rule,
    created_at: now,
  }
  insertConditionalMenu(db, row)
  return row
}

/** Nine digits; the menu for everybody is the 0th of its account. */
export function menuidOf(world: World, appid: string, n: number): number {
  const line = Number.parseInt(deriveHex(world, 'menuid', appid).slice(0, 5), 16)
  return 200_000_000 + line * 500 + n
}

/** Whether there is one for everybody. */
export function refuseWithoutMenu({ db, world }: Scope, appid: string): Refusal | undefined {
  if (findMenu(db, world.epoch, appid)) return undefined
  return refuse(65303, { rule: 'menu.there', actual: null, expected: 'menu.create first' })
}

/** The buttons of an account's menu for one of its followers, links of our own still relative: of the newest rule that fits, else of the menu for all. */
export function menuFor(
  scope: Scope,
  appid: string,
  who: { readonly person: PersonRow; readonly follower: FollowerRow | undefined },
): Button[] | undefined {
  const { db, world } = scope
  const row = matching(scope, appid, who) ?? findMenu(db, world.epoch, appid)
  return row && (JSON.parse(row.buttons) as Button[])
}

function matching(
  scope: Scope,
  appid: string,
  { person, follower }: { readonly person: PersonRow; readonly follower: FollowerRow | undefined },
): ConditionalMenuRow | undefined {
  if (!follower) return undefined
  const all = listConditionalMenus(scope.db, { epoch: scope.world.epoch, appid })
  if (all.length === 0) return undefined
  const tags = tagIdsOf(scope, follower).map(String)
  const platform = platform_types[person.platform]
  return all.find(({ tag_id, client_platform_type }) => {
    const isTagged = tag_id === null || tags.includes(tag_id)
    return isTagged && (client_platform_type === null || client_platform_type === platform)
  })
}
