import { findPush, listPushes, type PushFilter } from '../../../db/push.ts'
import type { PushRow } from '../../../db/schema.ts'
import { topics } from '../../../db/topic.ts'
import { isRefusal } from '../../core/refusal.ts'
import type { Scope } from '../../world/world.ts'
import { pushFilters, pushResponse, readPushFilter } from '../push.ts'
import { candidates_max, condition, nearestOf } from './condition.ts'

export interface PushSearch {
  readonly filter: PushFilter
}

/** Something that WeChat pushes, or has pushed, to an account's server. */
export const pushCondition = condition({
  filters: pushFilters,
  begin(call, filters, field) {
    const filter = readPushFilter(call, filters, field)
    return isRefusal(filter) ? filter : { filter }
  },
  topics: () => [topics.pushes],
  look(scope, query: PushSearch) {
    const [newest] = newestPushes(scope, query.filter, 1)
    return { found: newest?.push, query, isLast: true }
  },
  show(call, push: string) {
    const row = findPush(call.db, call.world.epoch, push)
    return row && pushResponse(call, row)
  },
  nearest: (call, { filter }) => nearestPushes(call, filter).map((row) => pushResponse(call, row)),
})

/** The newest pushes that come nearest to a filter. */
export function nearestPushes(scope: Scope, filter: PushFilter): readonly PushRow[] {
  return nearestOf(newestPushes(scope, {}, candidates_max), (row) => [
    row.event === (filter.event ?? row.event),
    row.appid === (filter.appid ?? row.appid),
    row.openid === (filter.openid ?? row.openid),
    row.state === (filter.state ?? row.state),
  ])
}

function newestPushes({ db, world }: Scope, filter: PushFilter, limit: number): PushRow[] {
  const { epoch } = world
  return listPushes(db, { ...filter, epoch, order: 'newest', after: undefined, limit })
}
