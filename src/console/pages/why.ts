import { topics } from '../../../db/topic.ts'
import type { WhyFacts } from '../../../views/console/why.tsx'
import { message_states } from '../../control/message/message.ts'
import { newestDigest } from '../../control/message/search.ts'
import type { Call } from '../../core/call.ts'
import { askedOf, leadToAnswer, sentBy } from '../asked.ts'
import { readExplained } from '../explained.ts'
import { type ConsolePage, pageResponse } from '../page.ts'
import { views } from '../views.ts'
import { newestSeq, readStrays } from './journal.ts'

/** Why a message to a mobile did not arrive, or what became of it. */
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

const mobile_length_max = 40
/** Of what reached nobody, so much is shown. */
const strays_max = 5

function readWhy(call: Call, mobile: string): WhyFacts {
  const found = mobile === '' ? null : (readExplained(call, { mobile }) ?? null)
  const strays = found?.verdict === 'never_asked' ? readStrays(call).slice(0, strays_max) : []
  return { mobile, found, strays }
}
