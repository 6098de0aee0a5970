import { topics } from '../../../db/topic.ts'
import type { WhyFacts } from '../../../views/console/why.tsx'
import { findElsewhere } from '../../control/explain/find.ts'
import { message_states } from '../../control/message/message.ts'
import { newestDigest } from '../../control/message/search.ts'
import type { Call } from '../../core/call.ts'
import { askedOf, leadToAnswer, sentBy } from '../asked.ts'
import { type Asking, readExplained } from '../explained.ts'
import { type ConsolePage, pageResponse } from '../page.ts'
import { readAccounts } from '../read.ts'
import { views } from '../views.ts'
import { newestSeq, readStrays } from './journal.ts'

/** Why a message to a mobile did not arrive, or what became of it; or of a send by another of its names. */
export const whyPage: ConsolePage = {
  name: 'why',
  path: '/why',
  show(call, address, state = {}) {
    const { mobile = '' } = askedOf(call, address) ?? {}
    const facts = readWhy(call, mobile)
    return pageResponse(call, address, state, (of) => views().WhyPage({ ...of, facts }))
  },
  live: {
    topics: [...message_states.options.map(topics.messagesIn), topics.exchanges],
    digest: (scope) => `${newestDigest(scope)} ${newestSeq(scope)}`,
  },
}

/** The mobile is sent as a form: it belongs into no address. */
export const whyQuestionPage: ConsolePage = {
  name: 'why_question',
  path: '/why',
  methods: ['POST'],
  show(call, address) {
    const mobile = (sentBy(call)['mobile'] ?? '').trim().slice(0, mobile_length_max)
    return leadToAnswer(call, address, { path: '/why', asked: { mobile } })
  },
}

/** As long as a client_msg_id may be. */
const mobile_length_max = 64
/** Of what reached nobody, so much is shown. */
const strays_max = 5

/** Of the EIDs of a world, so many are named. */
const eids_max = 5

function readWhy(call: Call, asked: string): WhyFacts {
  const ask = (asking: Asking) =>
    asked === '' ? undefined : readExplained(call, { [asking]: asked })
  const byMobile = ask('mobile')
  const found = byMobile ?? ask(nameOf(asked)) ?? null
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
