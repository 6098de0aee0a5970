import { type LostAnywhere, loseTo } from '../page/not-found.ts'
import { langOf } from './lang.ts'
import { views } from './prepared.ts'

/** Why there is no page: each has its words. */
export type Lost = LostAnywhere | 'unknown_account'

/** The refusal of a page that is not there, with a page that leads on. */
export const lost = loseTo({
  home: '/accounts',
  more: { unknown_account: { type: 'not_found', field: 'eid' } },
  draw: (request, of) => views().lostPage(langOf(request), of),
})
