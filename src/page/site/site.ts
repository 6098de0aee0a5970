import { listAccounts } from '../../../db/account.ts'
import { findWorld, listWorldsAfter } from '../../../db/world.ts'
import type { ClockFacts, Site, SiteContext, SiteFacts } from '../../../views/site/props.ts'
import { isSignedIn } from '../../auth/control-token.ts'
import type { Call } from '../../core/call.ts'
import { listDue } from '../../core/job.ts'
import type { RawRequest } from '../../core/request.ts'
import { toIso } from '../../world/clock.ts'
import { default_world, unattributed } from '../../world/world.ts'
import { placesOf, uncountedPlaces } from './places.ts'

/** Where the frame of a page is read. */
export type SiteScope = Pick<Call, 'db' | 'world' | 'engine'>

/** Of so many worlds the names stand in the menu. */
const worlds_max = 50
/** Of what is due, so much. */
const due_max = 5
const minute_ms = 60_000

/** The frame around a page: what it shows of its world, and how its links and forms are made. */
export function siteOf(
  scope: SiteScope & { readonly request: Pick<RawRequest, 'headers'>; readonly real_now: number },
  context: SiteContext,
  read: typeof readSite = readSite,
): Site {
  const { request, real_now, engine } = scope
  const { controlToken } = engine.settings
  const signedIn = isSignedIn(request, { controlToken, real_now })
  return { facts: read(scope, { signedIn }), context }
}

/** What the frame of every page shows of its world: as clock.get, clock.timeline and world.list answer. */
export function readSite(scope: SiteScope, of: { readonly signedIn: boolean }): SiteFacts {
  const { db, world, engine } = scope
  const due = listDue(engine.jobKinds, db, world.epoch, due_max)
  return {
    ...namesOf(scope),
    clock: {
      ...clockOf(scope),
      due: due.map(({ due_at, kind }) => ({ at: toIso(due_at), kind: kind.kind })),
    },
    places: placesOf(scope),
    signedIn: of.signedIn,
  }
}

/**
 * The same around a phone, which is opened more often than all other pages together: it counts nothing, and says the time by
 * the minute, so that most of the page was drawn before.
 */
export function readPhoneSite(scope: SiteScope, of: { readonly signedIn: boolean }): SiteFacts {
  const { mode, now, real_now, began } = clockOf(scope)
  const clock = {
    mode,
    now: toMinute(now),
    real_now: toMinute(real_now),
    began: began === null ? null : toMinute(began),
  }
  return { ...namesOf(scope), clock, places: uncountedPlaces, signedIn: of.signedIn }
}

function toMinute(iso: string): string {
  const ms = Date.parse(iso)
  return toIso(ms - (ms % minute_ms))
}

function clockOf({ db, world }: SiteScope): ClockFacts {
  const began = listAccounts(db, world.epoch).map(({ created_at }) => created_at)
  return {
    mode: world.clock_mode,
    now: toIso(world.now),
    real_now: toIso(world.real_now),
    began: began.length === 0 ? null : toIso(Math.min(...began)),
  }
}

/** ci-2 comes before ci-10. */
const byNumber = new Intl.Collator('en', { numeric: true }).compare

/** This world; the default world, this one, then as many others as there is room for. */
function namesOf({ db, world }: SiteScope): Pick<SiteFacts, 'world' | 'worlds' | 'hasMoreWorlds'> {
  const listed = listWorldsAfter(db, '', worlds_max + 1).map((row) => row.world)
  const first = [...new Set([default_world, world.world])].filter((name) => findWorld(db, name))
  const all = [...new Set([...first, ...listed])].filter((name) => name !== unattributed)
  const [own = default_world, ...rest] = all.slice(0, worlds_max)
  return {
    world: world.world,
    worlds: [own, ...rest.toSorted(byNumber)],
    hasMoreWorlds: all.length > worlds_max,
  }
}

/** Whatever changes the frame, in one short text. A running clock shows minutes. */
export function siteDigest({ world }: Pick<SiteScope, 'world'>): string {
  const { version, clock_mode, now } = world
  return `${version} ${clock_mode} ${clock_mode === 'frozen' ? now : Math.floor(now / minute_ms)}`
}
