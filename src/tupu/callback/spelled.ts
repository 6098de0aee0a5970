import type { OutgoingAnswer } from '../../core/outgoing.ts'
import { faultOf } from '../../core/try.ts'
import { bodyText, fill, typeOf } from '../profile/answer.ts'
import { answersBy } from '../profile/match.ts'
import { prove, type Unsigned } from '../profile/prove.ts'
import type { Profile } from '../profile/spelled.ts'

/** A callback as it goes on the wire. */
interface SpelledCallback {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What of a callback a profile may say. */
interface Told {
  /** Canonical, as JSON. */
  readonly body: string
  readonly url: string
  /** Null: it is not signed. */
  readonly secret: string | null
  readonly nonce: string
  /** Real Unix milliseconds. */
  readonly now: number
}

/** Puts a callback into the profile's words, and signs it as the profile has it. */
export function spellCallback(profile: Profile, told: Told): SpelledCallback {
  const { callback } = profile
  const { pathname, search, origin } = new URL(told.url)
  const template = spelledBody(profile, told)
  const content = callback?.content ?? 'json'
  const headers = (fill(callback?.headers ?? {}, { ...JSON.parse(told.body), now: told.now }) ??
    {}) as Record<string, string>
  const lay: Unsigned['lay'] = ({ query, body }) => {
    const added = new URLSearchParams(query).toString()
    const url = `${pathname}${search}${added && `${search ? '&' : '?'}${added}`}`
    return { url, body: template ? bodyText({ type: content, body }) : told.body }
  }
  const call = { path: {}, query: {}, header: headers, body: template ?? {} }
  const signing = callback?.signature
  const kind = signing
    ? ({ kind: 'signed', ...signing } as const)
    : ({ kind: 'signature' } as const)
  const proved =
    told.secret === null
      ? call
      : prove(
          kind,
          { call, lay, method: 'POST' },
          { eid: '', secret: told.secret, now: told.now, nonce: told.nonce },
        )
  const { url, body } = lay(proved)
  const type = template ? typeOf({ type: content }) : 'application/json'
  return { url: origin + url, headers: { 'Content-Type': type, ...proved.header }, body }
}

function valuesOf({ body, now }: Told): Readonly<Record<string, unknown>> {
  return { ...(JSON.parse(body) as object), now }
}

/** The body by the profile's template; undefined: the canonical one, as it stands. */
function spelledBody(
  { callback }: Profile,
  told: Told,
): Readonly<Record<string, unknown>> | undefined {
  if (!callback) return undefined
  const values = valuesOf(told)
  const template =
    callback.by_state[
      values['state'] as 'delivered' | 'failed' | 'accepted' | 'refused' | 'unknown'
    ] ?? callback.body
  return template === undefined
    ? undefined
    : (fill(template, values) as Readonly<Record<string, unknown>>)
}

/** Why an answer does not acknowledge a callback; undefined: it does. */
export function callbackFault({ callback }: Profile, answer: OutgoingAnswer): string | undefined {
  const wanted = callback?.acknowledged
  if (!wanted || !answer.ok) return faultOf(answer)
  const text = Buffer.from(answer.body).toString('utf8')
  return answersBy(wanted, { status: answer.status, text })
    ? undefined
    : `another answer than ${JSON.stringify(wanted)}`
}
