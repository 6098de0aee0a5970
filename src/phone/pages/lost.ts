import { type LostAnywhere, loseTo } from '../../page/not-found.ts'
import { langOfRequest } from '../../page/reply.ts'
import { views } from './prepared.ts'

/** Why there is no page: each has its words. */
export type Lost = LostAnywhere | 'unknown_person' | 'unknown_account'

/** The refusal of a page that is not there, with a page that leads on. */
export const lost = loseTo({
  home: '/phone',
  more: {
    unknown_person: { type: 'not_found', field: 'person' },
    unknown_account: { type: 'not_found', field: 'account' },
  },
  draw: (request, of) => views().lostPage(langOfRequest(request), of),
})
