import { listAccounts } from '../../../db/account.ts'
import { listFaults } from '../../../db/fault.ts'
import { listNewestStates } from '../../../db/latest-message.ts'
import { listPersonKeys } from '../../../db/person.ts'
import type { Place } from '../../../views/site/props.ts'
import { type FaultPlan, isOver, isSpent } from '../../core/fault.ts'
import type { SiteScope } from './site.ts'

/** Counted no further: what a page costs must not grow with its world. */
const count_max = 1000

/** A row of the navigation. A page that is built adds its own; its name stands in the words of the site. */
interface PlaceRow extends Omit<Place, 'count'> {
  /** How many there are, up to `most`; left out: it is of no interest. */
  count?(scope: SiteScope, most: number): number
}

const rows: readonly PlaceRow[] = [
  {
    name: 'messages',
    path: '/',
    count: ({ db, world }, limit) => listNewestStates(db, { epoch: world.epoch, limit }).length,
  },
  {
    name: 'people',
    path: '/people',
    count: ({ db, world }, limit) => listPersonKeys(db, { epoch: world.epoch, limit }).length,
  },
  {
    name: 'accounts',
    path: '/accounts',
    count: ({ db, world }) => listAccounts(db, world.epoch).length,
  },
  { name: 'journal', path: '/journal' },
  {
    name: 'faults',
    path: '/faults',
    // Those that may still apply.
    count: ({ db, world }) =>
      listFaults(db, world.epoch).filter(({ plan, hits }) => {
        const planned = JSON.parse(plan) as FaultPlan
        return !isSpent(planned, hits) && !isOver(planned, world.now)
      }).length,
  },
  { name: 'drills', path: '/drills' },
  { name: 'docs', path: '/docs', isSecond: true },
  { name: 'environment', path: '/environment', isSecond: true },
  { name: 'coverage', path: '/coverage', isSecond: true },
]

/** The navigation, with how much there is. */
export function placesOf(scope: SiteScope): Place[] {
  return rows.map(({ count, ...place }) => ({
    ...place,
    count: count === undefined ? '' : textOf(count(scope, count_max)),
  }))
}

/** The same where nothing is counted. */
export const uncountedPlaces: readonly Place[] = rows.map(({ count: _, ...place }) => ({
  ...place,
  count: '',
}))

function textOf(count: number): string {
  return count < count_max ? String(count) : `${count_max - 1}+`
}
