import { topics } from '../../../db/topic.ts'
import { importShape, importsDigest } from '../../control/import/endpoints.ts'
import { isRefusal } from '../../core/refusal.ts'
import { type ConsolePage, pageResponse } from '../page.ts'
import { query, readAccounts } from '../read.ts'
import { notFound, views } from '../views.ts'

/** How far an import is, by itself. */
export const importPage: ConsolePage = {
  name: 'import',
  path: '/imports/{import}',
  show(call, address, state = {}) {
    const { import: wanted = '' } = address.names
    const found = query(call, 'association_import.get', { import: wanted }, importShape)
    if (isRefusal(found)) return notFound(call, 'unknown_import')
    const account = readAccounts(call).find(({ key }) => key === found.account)
    const facts = { ...found, company: account?.company ?? found.account }
    return pageResponse(call, address, state, (of) => views().ImportPage({ ...of, facts }))
  },
  live: {
    topics: [topics.imports],
    digest: importsDigest,
  },
}
