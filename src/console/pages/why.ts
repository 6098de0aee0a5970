import type { WhyFacts } from '../../../views/console/why.tsx'
import type { Call } from '../../core/call.ts'
import { readForm } from '../../core/request.ts'
import { readExplained } from '../explained.ts'
import { type ConsolePage, pageResponse } from '../page.ts'
import { views } from '../views.ts'
import { readStrays } from './journal.ts'

/** Why a message to a mobile did not arrive, or what became of it. The mobile is sent as a form: it belongs into no address. */
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

const mobile_length_max = 40
/** Of what reached nobody, so much is shown. */
const strays_max = 5

function readWhy(call: Call, mobile: string): WhyFacts {
  const found = readExplained(call, { mobile }) ?? null
  const strays = found?.verdict === 'never_asked' ? readStrays(call).slice(0, strays_max) : []
  return { mobile, found, strays }
}
