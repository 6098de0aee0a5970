import { message_length_max } from '../../tupu/message/text.ts'
import { type Profile, spelledField } from '../../tupu/profile/spelled.ts'
import type { Check, CheckCall } from './check.ts'

/** The same promises as a partner makes them who takes other lengths, refuses or sends what came before, or accepts first. */
export function ownChecks(profile: Profile, checks: readonly Check[]): readonly Check[] {
  const rules = [lengthRule(profile), duplicateRule(profile), resultRule(profile)]
  return checks.map((check) => rules.reduce((one, rule) => rule(one), check))
}

type Rule = (check: Check) => Check

const unchanged: Rule = (check) => check

/** Asks of the longest message and of one that is longer. */
function lengthRule(profile: Profile): Rule {
  const { max = message_length_max, cut } = spelledField(profile, 'message.send', 'message') ?? {}
  if (max === message_length_max && cut === undefined) return unchanged
  const longer = cut === undefined ? 'refused' : `cut after ${cut}`
  const own: Readonly<Record<string, readonly [string, number]>> = {
    'send.longest': [`a message of ${max} characters is accepted`, max],
    'send.too_long': [`a message of ${max + 1} characters is ${longer}`, max + 1],
  }
  return (check) => {
    const [title, length] = own[check.id] ?? []
    if (title === undefined || length === undefined) return check
    const calls = check.calls.map((one) => ({
      ...one,
      fields: { ...one.fields, message: '字'.repeat(length) },
      expect: cut === undefined ? one.expect : { errcode: 0 },
    }))
    return { ...check, title, calls }
  }
}

/** Asks what an id gets that came before. */
function duplicateRule({ duplicates }: Profile): Rule {
  if (duplicates === 'same_answer') return unchanged
  const isSent = duplicates === 'send'
  const expect = { errcode: isSent ? 0 : 100021 }
  return (check) => {
    const isRepeat = check.id === 'send.repeated'
    if (!isRepeat && !(isSent && check.id === 'send.id_reused')) return check
    const body = isRepeat ? 'and body again' : 'with another body'
    const title = `the same client_msg_id ${body} is ${isSent ? 'another message' : 'refused'}`
    const last = check.calls.length - 1
    return {
      ...check,
      title,
      calls: check.calls.map((one, i) => (i < last ? one : { ...one, expect })),
    }
  }
}

/** Who accepts first names messages in a way of its own, and does not know yet how they stand. */
function resultRule({ result }: Profile): Rule {
  if (result === 'answer') return unchanged
  return (check) => ({ ...check, calls: check.calls.map(heardLater) })
}

function heardLater(call: CheckCall): CheckCall {
  const told = Object.entries(call.expect.values ?? {}).filter(
    ([, value]) => !(value instanceof RegExp),
  )
  return { ...call, expect: { ...call.expect, values: Object.fromEntries(told) } }
}
