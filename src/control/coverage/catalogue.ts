import { groupOf } from '../../core/coverage-report.ts'
import type { DocumentedEndpoint } from '../../core/endpoint.ts'
import type { Localized } from '../../core/field.ts'
import { tupuErrors } from '../../tupu/errors.ts'
import { magicMobiles } from '../../tupu/message/magic.ts'
import { tupuEndpoints } from '../../tupu/surface.ts'
import { wechatErrors } from '../../wechat/errors.ts'
import { sendTemplate } from '../../wechat/message/endpoints.ts'
import { exchangeOauth, refreshOauth } from '../../wechat/oauth/endpoints.ts'
import { wechatSurface } from '../../wechat/surface.ts'
import { advices } from './advice.ts'

/** Something that can happen to a platform, and that a good one handles. */
export interface Outcome {
  /** Its group, and its name in it: `tupu.100011`. */
  readonly outcome: string
  /** What a code says on the wire. */
  readonly text: string | undefined
  /** What a good platform does. */
  readonly advice: Localized
  /** The mobile that brings it about without any set-up. */
  readonly mobile: string | undefined
  /** How else it is brought about. */
  readonly how: Localized | undefined
}

/** What says nothing but how a call was written: one outcome for all of it. */
const malformed: ReadonlySet<string> = new Set(['tupu.47001', 'tupu.100019', 'tupu.100020'])

/** What a send of WeChat's may be refused for, and no send of TUPU's: that names its template, and no mini program. */
const never_sent: ReadonlySet<number> = new Set([40036, 40013, 40165])

/** What of web OAuth a site must handle, by the code at the exchange of a code or the renewal of a token. */
const oauth_codes: Readonly<Record<string, string>> = {
  40029: 'oauth.code_unknown',
  40163: 'oauth.code_used',
  42003: 'oauth.code_expired',
  42002: 'oauth.refresh_ended',
  40030: 'oauth.refresh_ended',
}
const oauth_calls: ReadonlySet<string> = new Set([exchangeOauth.id, refreshOauth.id])

/** All of TUPU's table, which is there to answer platforms. */
const of_tupu = [...tupuErrors.keys()].map((code) => `tupu.${code}`)

/** Of WeChat's codes those that its send alone has: what every call with a token may get is TUPU's own affair. */
const of_wechat = sendTemplate.refusals
  .filter((code) => !never_sent.has(code) && !codesOfEveryCall().has(code))
  .toSorted((a, b) => a - b)
  .map((code) => `wechat.${code}`)

function codesOfEveryCall(): ReadonlySet<number> {
  const calls = wechatSurface.endpoints as unknown as readonly DocumentedEndpoint[]
  const likeSend = calls.filter(
    ({ credential, methods, from }) =>
      credential === sendTemplate.credential && !methods.includes('GET') && from.includes('json'),
  )
  const isOfEvery = (code: number) => likeSend.every(({ refusals }) => refusals.includes(code))
  return new Set(sendTemplate.refusals.filter(isOfEvery))
}

const codes: ReadonlySet<string> = new Set(
  [...of_tupu, ...of_wechat].filter((code) => !malformed.has(code)),
)

/** What is no code of a table: to what codes are gathered, and what happens besides. */
const others = Object.keys(advices).filter((name) => !/^(tupu|wechat)\.-?\d+$/.test(name))

const mobiles = new Map(
  magicMobiles([...tupuErrors.values(), ...wechatErrors.values()]).map((magic) => [
    magic.errcode,
    magic.mobile,
  ]),
)

/** Every outcome, group by group: codes first, then what follows a message, then the rest. */
export const catalogue: readonly Outcome[] = byGroup([...codes, ...others]).map((outcome) => {
  const advice = advices[outcome]
  if (!advice) throw new Error(`there is no advice for the outcome ${outcome}`)
  const code = Number(outcome.split('.')[1])
  const { text } = tupuErrors.get(code) ?? wechatErrors.get(code) ?? {}
  const mobile = advice.how ? undefined : mobiles.get(code)
  return { outcome, text, advice, how: advice.how, mobile }
})

function byGroup(outcomes: readonly string[]): string[] {
  return Object.values(Object.groupBy(outcomes, groupOf)).flatMap((group) => group ?? [])
}

const partner_calls: ReadonlySet<string> = new Set(tupuEndpoints.map(({ id }) => id))

/** The outcome that something counted stands for; undefined: no platform has to handle it. */
export function outcomeOf(counted: string): string | undefined {
  if (!counted.includes(' ')) return counted
  const [call = '', code = ''] = counted.split(' ')
  if (oauth_calls.has(call)) return oauth_codes[code]
  if (call === sendTemplate.id) return known(`wechat.${code}`)
  if (!partner_calls.has(call) && !call.startsWith('tupu.')) return undefined
  if (malformed.has(`tupu.${code}`)) return 'tupu.malformed'
  return known(`tupu.${code}`) ?? known(`wechat.${code}`) ?? 'tupu.other'
}

function known(code: string): string | undefined {
  return codes.has(code) ? code : undefined
}
