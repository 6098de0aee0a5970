import { z } from 'zod'
import type { AccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { eventsOf, keepEvent } from '../account-event.ts'
import { endpoint } from '../endpoint.ts'
import { shown } from './get.ts'
import { checklistShape } from './shown.ts'

/** The customer has entered the EID: the platform's tile shows as integrated. */
export const confirmTupuAccount = endpoint({
  id: 'tupu_account.confirm',
  methods: ['POST'],
  path: '/accounts/{eid}/confirm',
  from: ['path'],
  summary: {
    en: 'Say that the customer has entered the EID; saying it again changes nothing',
    zh: '确认客户已填入 EID；重复确认没有影响',
  },
  credential: 'eid',
  input: z.object({ eid: z.string() }),
  answer: checklistShape,
  example: { input: {} },
  async handle(call) {
    const { caller, input } = call
    await keepConfirmedEid(call, caller.account, input.eid)
    return shown(call, caller)
  },
})

/** Writes down that the platform knows an EID; once for each. */
export async function keepConfirmedEid(
  call: Pick<Call, 'db' | 'world'>,
  account: AccountRow,
  eid: string,
): Promise<void> {
  const events = await eventsOf(call, account)
  const isKnown = events.some(({ verb, detail }) => {
    return verb === 'eid_confirmed' && detail['eid'] === eid
  })
  if (!isKnown) await keepEvent(call, account, 'eid_confirmed', { eid })
}
