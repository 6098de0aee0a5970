import type { Exchange } from '../../../db/exchange.ts'
import type { MessageNames } from '../../../db/latest-message.ts'
import { editDistance } from '../../core/nearest.ts'
import { isMobileKey } from '../../journal/mask-key.ts'
import { valuesOf, valuesOfUrl } from '../../journal/values.ts'
import { readMobile } from '../../tupu/mobile.ts'
import { toIso } from '../../world/clock.ts'
import type { StepFacts } from '../../world/step.ts'
import type { Scope, World } from '../../world/world.ts'
import { findAstray } from '../stray/find.ts'
import { listNewest, type Question } from './find.ts'
import type { Telling } from './sentence.ts'
import { callText, type Explained, factsOf, toldStep } from './verdict.ts'

/** Further apart than any slip. */
const far = 4
/** What is longer than any id is compared by its beginning. */
const id_length_max = 64

/** Something that came, and how far it is from what was asked for. */
interface Candidate extends Omit<Explained, 'verdict' | 'telling'> {
  readonly distance: number
  /** At which step a call ended that went astray. */
  readonly why?: StepFacts
  readonly instead: NonNullable<Telling['instead']>
}

/** Of what nobody has sent: what came instead, the nearest of it. */
export function explainNeverAsked(scope: Scope, question: Question, base_url: string): Explained {
  const { by, value } = question
  const found = [...strays(scope, question), ...others(scope, question)]
  const nearest = found.reduce((best, one) => (one.distance < best.distance ? one : best), {
    distance: Number.POSITIVE_INFINITY,
    rule: 'call.came',
    actual: null,
    expected: value,
    trace: null,
    instead: { kind: 'nothing', values: { base_url } },
  } as Candidate)
  const { distance: _, instead, why, ...explained } = nearest
  const telling = { verdict: `never_${by}`, values: { asked: value }, instead, why } as const
  return { ...explained, verdict: 'never_asked', telling }
}

/** Calls that went astray, and how far each is from what was asked for. */
function strays(scope: Scope, question: Question): Candidate[] {
  return findAstray(scope).flatMap(
    ({ exchange, of }) => candidateOf(exchange, { question, of, in: scope.world }) ?? [],
  )
}

function candidateOf(
  exchange: Exchange,
  { question, of, in: world }: { question: Question; of: World; in: World },
): Candidate | undefined {
  const { decision } = exchange
  const why = toldStep(decision)
  const isSaid = says(exchange, question)
  // What a fault has answered may have been any call.
  if (!why || (why.rule === 'fault.applied' && !isSaid)) return undefined
  const isHere = of.epoch === world.epoch
  const mobile = isSaid || question.by !== 'mobile' ? undefined : mobileIn(exchange)
  const values = {
    call: callText(exchange),
    at: toIso(exchange.at),
    world: isHere ? undefined : of.world,
    mobile,
  }
  const apart = mobile === undefined ? far : Math.min(far, mobileDistance(mobile, question.value))
  return {
    distance: isSaid ? 0 : isHere ? apart : apart + 2,
    ...factsOf(why),
    trace: exchange.trace,
    why,
    instead: { kind: mobile === undefined ? 'stray' : 'stray_mobile', values },
  }
}

/** To which mobile a call was made. */
function mobileIn({ url, request_body }: Exchange): string | undefined {
  const named = [...valuesOf(request_body.toString()), ...valuesOfUrl(url)]
  return named.flatMap(({ name, value }) => (isMobileKey(name) && readMobile(value)) || [])[0]
}

/** Whether a call said what is asked for, wherever in it and however it was written. */
function says({ url, request_body }: Exchange, { by, value }: Question): boolean {
  const text = `${url} ${request_body.toString()}`
  if (by !== 'mobile') return text.includes(value)
  const digits = digitsOf(value).slice(-mobile_digits)
  return digits !== '' && digitsOf(text).includes(digits)
}

/** Of a mobile, those that are written without the code of the country, too. */
const mobile_digits = 11

function digitsOf(text: string): string {
  return text
    .replace(/(?<=\d)[ \-()]+(?=\d)/g, '')
    .replace(/[^\d]+/g, ' ')
    .trim()
}

/** Messages of the world that are called something else. */
function others(scope: Scope, question: Question): Candidate[] {
  return listNewest(scope).flatMap((message) => otherOf(message, question) ?? [])
}

function otherOf(message: MessageNames, { by, value }: Question): Candidate | undefined {
  const name = message[by]
  if (name === null || name === '') return undefined
  const common = { rule: 'call.came', actual: name, expected: value, trace: message.trace }
  const values = { actual: name, at: toIso(message.created_at) }
  // What JavaScript makes of a number of more than 53 bits.
  if (by === 'msgid' && Number(name) === Number(value))
    return { distance: 0, ...common, instead: { kind: 'rounded', values } }
  if (by === 'mobile')
    return {
      distance: mobileDistance(name, value),
      ...common,
      instead: { kind: 'other_mobile', values },
    }
  const distance = editDistance(name.slice(0, id_length_max), value.slice(0, id_length_max))
  return distance < far ? { distance, ...common, instead: { kind: 'other_id', values } } : undefined
}

/** Two mobiles with the same last digits are told apart by what few look at. */
function mobileDistance(mobile: string, wanted: string): number {
  const distance = editDistance(mobile, wanted)
  const isAlike = mobile.slice(-last_digits) === wanted.slice(-last_digits)
  return isAlike ? Math.min(distance, far - 1) : distance
}

const last_digits = 4
