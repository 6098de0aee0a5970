import type { WhyFacts } from '../../../views/console/why.tsx'
import { findElsewhere } from '../../control/explain/find.ts'
import type { Call } from '../../core/call.ts'
import { readForm } from '../../core/request.ts'
import { type Asking, readExplained } from '../explained.ts'
import { type ConsolePage, pageResponse } from '../page.ts'
import { readAccounts } from '../read.ts'
import { views } from '../views.ts'
import { readStrays } from './journal.ts'

/** Why a message to a mobile did not arrive, or what became of it. The mobile, or another name of a send, is sent as a form: it belongs into no address. */
export const whyPage: ConsolePage = {
  name: 'why',
  path: '/why',
  isAsked: true,
  show(call, address, state = {}) {
    const { mobile = '' } = readForm(call.request.body.toString('utf8'))
    const facts = readWhy(call, mobile.trim().slice(0, mobile_length_max))
    const at = { ...address, returnTo: `${address.basePath}/` }
    return pageResponse(call, at, state, (of) => views().WhyPage({ ...of, facts }))
  },
}

/** As long as a client_msg_id may be. */
const mobile_length_max = 64
/** Of what reached nobody, so much is shown. */
const strays_max = 5

/** Of the EIDs of a world, so many are named. */
const eids_max = 5

function readWhy(call: Call, asked: string): WhyFacts {
  const byMobile = readExplained(call, { mobile: asked })
  const found = byMobile ?? readExplained(call, { [nameOf(asked)]: asked }) ?? null
  const of = { mobile: asked, isMobile: byMobile !== undefined, found }
  if (found?.verdict !== 'never_asked') {
    return { ...of, instead: undefined, elsewhere: undefined, eids: [], strays: [] }
  }
  const strays = readStrays(call)
  const accounts = found.rule === 'eid.known' ? readAccounts(call) : []
  return {
    ...of,
    instead: strays.find(({ trace }) => trace === found.trace),
    elsewhere: byMobile && findElsewhere(call, asked),
    eids: accounts.map(({ eid }) => eid).slice(0, eids_max),
    strays: strays.slice(0, strays_max),
  }
}

/** What is no mobile is some name of one send; a platform may call its own as it likes. */
function nameOf(asked: string): Asking {
  if (/^\d{15,19}$/u.test(asked)) return 'msgid'
  return /^[0-9a-f]{32}$/u.test(asked) ? 'trace' : 'client_msg_id'
}
