import type { FaultFace } from '../core/apply-fault.ts'
import { refuser } from '../core/refusal.ts'
import { mobilesOf, recipientsIn } from './contact.ts'
import { sinkErrors, statusOf } from './errors.ts'

/** What the variable parts of a text say when nothing has happened that could fill them. */
const sample_fill = { number: '+15005550001', path: '/' }

const refuse = refuser(sinkErrors)

/** How faults meet SMS and e-mails: by whom they are for. They name no account. */
export const faults: FaultFace<undefined> = {
  surface: 'sink',
  named: (call) => ({
    mobiles: recipientsIn(call.fields).flatMap((recipient) => mobilesOf(call, recipient)),
  }),
  refuse({ errcode, errmsg }, step) {
    const status = statusOf(errcode)
    if (errmsg !== null) return { kind: 'refusal', code: errcode, text: errmsg, step, ...status }
    return { ...refuse(errcode, step, sample_fill), ...status }
  },
}
