import { contactFilters, contactQuery } from '../contact/endpoints.ts'
import {
  beginContacts,
  type ContactQuery,
  contactTopics,
  findContactPage,
  newestContacts,
} from '../contact/page.ts'
import type { ContactResponse } from '../contact/response.ts'
import { candidates_max, condition, nearestOf } from './condition.ts'

interface ContactSearch extends ContactQuery {
  /** The newest that was found so far, while there is more to see. */
  readonly newest: ContactResponse | undefined
}

/** Something that was tried to reach somebody, whichever way. */
export const contactCondition = condition({
  filters: contactFilters,
  begin({ world }, filters): ContactSearch {
    return { ...contactQuery(world, filters, beginContacts(world.resets)), newest: undefined }
  },
  topics: contactTopics,
  look({ db }, query: ContactSearch) {
    const { items, cursor, isLast } = findContactPage(db, query)
    const newest = items.at(-1) ?? query.newest
    return { found: isLast ? newest : undefined, query: { ...query, cursor, newest }, isLast }
  },
  show: (_, found: ContactResponse) => found,
  nearest({ db }, query) {
    const newest = newestContacts(db, { epoch: query.epoch, limit: candidates_max })
    return nearestOf(newest, (one) => [
      one.mobile === (query.mobile ?? one.mobile),
      one.email === (query.email ?? one.email),
      one.channel === (query.channel ?? one.channel),
      one.state === (query.state ?? one.state),
    ])
  },
})
