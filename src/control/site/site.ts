import { listAccounts } from '../../../db/account.ts'
import { findWorld, listWorldsAfter } from '../../../db/world.ts'
import type { ClockFacts, SiteFacts } from '../../../views/site/props.ts'
import type { Call } from '../../core/call.ts'
import { toIso } from '../../world/clock.ts'
import { default_world, unattributed } from '../../world/world.ts'
import { clockResponse, comingUp } from '../clock/clock.ts'
import { placesOf } from './places.ts'

/** Where the frame of a page is read. */
export type SiteScope = Pick<Call, 'db' | 'world' | 'engine'>

/** Of so many worlds the names stand in the menu. */
const worlds_max = 50
/** Of what is due, so much. */
const due_max = 5

/** What the frame of every page shows of its world: as clock.get, clock.timeline and world.list answer. */
export function readSite(scope: SiteScope, of: { readonly signedIn: boolean }): SiteFacts {
  const { world } = scope
  const { worlds, hasMore } = namesOf(scope)
  return {
    world: world.world,
    worlds,
    hasMoreWorlds: hasMore,
    clock: clockOf(scope),
    places: placesOf(scope),
    signedIn: of.signedIn,
  }
}

function clockOf(scope: SiteScope): ClockFacts {
  const { db, world } = scope
  const began = listAccounts(db, world.epoch).map(({ created_at }) => created_at)
  return {
    ...clockResponse(world),
    began: began.length === 0 ? null : toIso(Math.min(...began)),
    due: comingUp(scope, due_max).map(({ at, kind }) => ({ at: toIso(at), kind })),
  }
}

/** ci-2 comes before ci-10. */
const byNumber = new Intl.Collator('en', { numeric: true }).compare

/** The default world, this one, then as many others as there is room for. */
function namesOf({ db, world }: SiteScope): { worlds: string[]; hasMore: boolean } {
  const listed = listWorldsAfter(db, '', worlds_max + 1).map((row) => row.world)
  const first = [...new Set([default_world, world.world])].filter((name) => findWorld(db, name))
  const all = [...new Set([...first, ...listed])].filter((name) => name !== unattributed)
  const [own = default_world, ...rest] = all.slice(0, worlds_max)
  return { worlds: [own, ...rest.toSorted(byNumber)], hasMore: all.length > worlds_max }
}

/** Whatever changes the frame, in one short text. A running clock shows minutes. */
export function siteDigest({ world }: Pick<SiteScope, 'world'>): string {
  const { version, clock_mode, now } = world
  return `${version} ${clock_mode} ${clock_mode === 'frozen' ? now : Math.floor(now / 60_000)}`
}
