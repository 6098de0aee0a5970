import { filled } from '../../components/text.tsx'
import { durationText, whenText } from '../../components/when.tsx'
import type { Words } from '../../words/en.ts'
import { mobileText } from '../messages/list.tsx'
import type { FaultEffect, ListedFault } from './props.ts'

/** Which calls a fault means. */
export function meantText(fault: ListedFault, { faults: text }: Words): string {
  const { surface, endpoint, account, person, mobile } = fault
  return [
    text.surfaces[surface],
    endpoint ?? '',
    account === undefined ? '' : filled(text.of.account, { account }),
    person === undefined ? '' : filled(text.of.person, { person }),
    mobile === undefined ? '' : filled(text.of.mobile, { mobile: mobileText(mobile) }),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** What it does to them. */
export function doesText(fault: ListedFault, words: Words): string {
  const { sequence } = fault
  const { inTurn, and } = words.faults
  if (!sequence) return effectText(fault, words)
  return filled(inTurn, { turns: sequence.map((turn) => effectText(turn, words)).join(and) })
}

/** How often, and until when. */
export function oftenText(fault: ListedFault, words: Words): string {
  const { often } = words.faults
  const { after, times, probability, until, left } = fault
  const percent = String(Math.round((probability ?? 0) * 1000) / 10)
  return [
    times === undefined ? '' : filled(often.times, { count: String(times) }),
    times !== undefined && left !== null ? filled(often.left, { count: String(left) }) : '',
    probability === undefined ? '' : filled(often.probability, { percent }),
    after ? filled(often.after, { count: String(after) }) : '',
    until === undefined ? '' : untilText(until, words),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** An instant, or how long it lasts. */
function untilText(until: string, words: Words): string {
  const text = words.faults.often
  const isInstant = !Number.isNaN(Date.parse(until))
  return isInstant
    ? filled(text.until, { until: whenText(until, words) })
    : filled(text.lasting, { until: durationText(until, words) })
}

function effectText(effect: FaultEffect, words: Words): string {
  const { delay, stage } = effect
  const { late, afterwards, joined } = words.faults
  const what = whatText(effect, words)
  const delayed = delay === undefined ? '' : filled(late, { delay: durationText(delay, words) })
  const texts = [what, delayed].filter(Boolean)
  const isDone = stage === 'after' && what !== ''
  return [texts.join(joined), isDone ? afterwards : ''].filter(Boolean).join(' · ')
}

function whatText(effect: FaultEffect, { faults: text }: Words): string {
  const { errcode, answer, transport, delivery, pass } = effect
  if (errcode !== undefined) return filled(text.refuses, { errcode: String(errcode) })
  if (answer) return filled(text.answers, { status: String(answer.status ?? 200) })
  if (transport) return text.transports[transport]
  if (delivery) return text.deliveries[delivery]
  return pass ? text.pass : ''
}
