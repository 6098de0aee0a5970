import { z } from 'zod'
import { answerOf, hasAnswers } from '../tupu/profile/answer.ts'
import { type Spelled, spelledField } from '../tupu/profile/spelled.ts'
import { randomName } from '../world/seed.ts'
import type { Check, CheckCall } from './checks/check.ts'
import { checksOf } from './checks/checks.ts'
import { type Came, PartnerClient, type Target } from './client.ts'
import type { Scene } from './scene.ts'

/** What became of one check. */
export interface Finding {
  readonly check: string
  readonly title: string
  readonly verdict: 'holds' | 'differs' | 'not_tried'
  /** Of what differs. */
  readonly expected?: string
  readonly came?: string
  /** Of what was not tried. */
  readonly because?: string
  readonly ms: number
}

/** What holds of the contract at a partner. */
export interface ContractReport {
  readonly target: string
  readonly profile: string
  readonly holds: number
  readonly differs: number
  readonly not_tried: number
  readonly findings: readonly Finding[]
}

/** Asks a partner everything, one after another; `told` hears of each finding at once. */
export async function runContract(
  target: Target,
  scene: Scene,
  told: (finding: Finding) => void = () => {},
): Promise<ContractReport> {
  const client = new PartnerClient(target)
  const findings: Finding[] = []
  for (const check of checksOf(target.profile)) {
    const finding = await findOut(client, check, scene)
    findings.push(finding)
    told(finding)
  }
  const count = (verdict: Finding['verdict']) =>
    findings.filter((one) => one.verdict === verdict).length
  return {
    target: target.url,
    profile: target.profile.name,
    holds: count('holds'),
    differs: count('differs'),
    not_tried: count('not_tried'),
    findings,
  }
}

async function findOut(client: PartnerClient, check: Check, scene: Scene): Promise<Finding> {
  const { id, title, calls } = check
  const because = reasonNotTo(client, check, scene)
  if (because !== undefined) return { check: id, title, verdict: 'not_tried', because, ms: 0 }
  const [mobile = ''] = scene.mobiles
  const known: Record<string, string> = {
    mobile,
    mobile_spelled: spelledOut(mobile),
    unbound: scene.unbound ?? '',
    eid: client.target.eid,
    id: `check-${randomName()}`,
  }
  let ms = 0
  for (const one of calls) {
    const fields = filled(one.fields, known) as CheckCall['fields']
    const came = await client.call(one.call, fields, one.twist)
    if (typeof came !== 'string') ms += came.ms
    const fault = typeof came === 'string' ? came : faultOf(client, one, came, known)
    if (fault !== undefined)
      return { check: id, title, verdict: 'differs', expected: wordsOf(one), came: fault, ms }
    for (const [name, from] of Object.entries(one.take ?? {}))
      known[name] = String((came as Came).read?.values[from] ?? '')
  }
  return { check: id, title, verdict: 'holds', ms }
}

/** The same mobile as people write it: `+86 138-0013-8000`. */
function spelledOut(mobile: string): string {
  const [, digits] = /^(?:\+?86)?(1\d{10})$/.exec(mobile) ?? []
  return digits === undefined
    ? mobile
    : `+86 ${digits.slice(0, 3)}-${digits.slice(3, 7)}-${digits.slice(7)}`
}

/** Why a check cannot or must not be made of this partner. */
function reasonNotTo(client: PartnerClient, { calls }: Check, scene: Scene): string | undefined {
  const { target } = client
  if (client.isSilent) return 'the partner answers no call'
  const { profile, secret } = target
  const { authentication } = profile
  const said = JSON.stringify(calls)
  const missing = calls.find(({ call }) => profile.endpoints[call] === null)
  if (missing) return `the partner has no ${missing.call}`
  if (calls.some(({ call }) => call === 'message.send') && !scene.send)
    return 'it sends: give --send'
  if (said.includes('{mobile') && scene.mobiles.length === 0) return 'no mobile was given'
  if (said.includes('{unbound}') && scene.unbound === undefined)
    return 'no mobile that nobody registered was given: --unbound'
  if (said.includes('{=msgid_str}') && profile.result === 'callback')
    return 'the partner accepts first: WeChat has given no msgid yet'
  if (said.includes('"proof"')) {
    if (secret === undefined) return 'no secret was given'
    const { kind } = authentication
    if (kind === 'none') return 'the profile asks for no proof'
    const signed = kind === 'signature' ? { timestamp: true, nonce: true } : authentication
    if (said.includes('"old"') && !('timestamp' in signed && signed.timestamp))
      return 'no timestamp is signed'
    if (said.includes('nonce') && !('nonce' in signed && signed.nonce)) return 'no nonce is signed'
  }
  const bodiless = calls.find(({ call, twist }) => twist?.body && !client.carriesJson(call))
  return bodiless
    ? `the body of ${bodiless.call} is no JSON`
    : (unplaced(target, calls) ?? untold(target, calls))
}

/** Whether the EID of a call stands in its proof. */
function isInProof({ profile }: Target, call: string): boolean {
  return spelledField(profile, call, 'eid')?.at === 'user'
}

/** Members of good answers that a check rests on and the profile's templates do not tell. */
function untold({ profile }: Target, calls: readonly CheckCall[]): string | undefined {
  for (const { call, expect, take = {} } of calls) {
    const { own, answers } = answerOf(profile, call, 0)
    if (own?.body === undefined || expect.errcode !== 0) continue
    const said = JSON.stringify([own.body, answers.rows?.success])
    const values = Object.entries(expect.values ?? {}).filter(
      ([, value]) => typeof value !== 'object',
    )
    const names = [...Object.values(take), ...values.map(([name]) => name)]
    const missing = names.find((name) => !said.includes(`{${name}}`))
    if (missing !== undefined) return `the profile's answers do not tell ${missing}`
  }
  return undefined
}

/** A field that the profile's calls have no place for. */
function unplaced(target: Target, calls: readonly CheckCall[]): string | undefined {
  const { profile } = target
  for (const { call, fields, expect } of calls) {
    const own = profile.endpoints[call]
    const hasOwn = own && Object.keys(own.fields).length > 0
    if (
      fields['eid'] !== undefined &&
      isInProof(target, call) &&
      target.profile.authentication.kind === 'oauth2'
    )
      return 'the EID is in the token'
    if (own?.content === 'xml' && JSON.stringify(fields).includes('\\u0007'))
      return 'XML cannot hold it'
    const { take = {}, ...keywords } = spelledField(profile, call, 'keywords') ?? ({} as Spelled)
    const isPlaced = (name: string) =>
      spelledField(profile, call, name) !== undefined || Object.values(take).includes(name)
    const names = Object.keys(fields).filter((name) => hasOwn && name !== 'eid' && !isPlaced(name))
    if (names.length > 0) return `the profile's ${call} has no ${names.join(', ')}`
    const { format = 'any' } = spelledField(profile, call, 'mobile') ?? {}
    if (format !== 'any' && /spelled|"abc"/.test(JSON.stringify(fields)))
      return `the profile's mobiles are written as ${format}`
    if (keywords.form !== undefined && expect.errcode === 47001)
      return `the profile's keywords are written as ${keywords.form}`
  }
  return undefined
}

/** As much of an answer is shown. */
const said_length_max = 300

/** A terminal obeys control characters, and a report has a line for each finding. */
const oneLine = (text: string) => text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim()

/** What of an answer is not as it should be; undefined: it is. */
function faultOf(
  client: PartnerClient,
  { call, expect, twist }: CheckCall,
  came: Came,
  known: Readonly<Record<string, string>>,
): string | undefined {
  const { profile } = client.target
  const said = `${came.status} ${oneLine(came.text.slice(0, said_length_max))}`
  // Who proves nothing does not say either whose call it is, where that stands in the proof.
  const isNobody = twist?.proof === 'none' && isInProof(client.target, call) && came.fits(100001)
  if (!came.fits(expect.errcode) && !isNobody) return said
  const values = came.read?.values ?? {}
  const hasTemplate = hasAnswers(profile)
  if (!hasTemplate) {
    const fault = canonicalFault(client.answerOf(call), expect, came)
    if (fault !== undefined) return `${fault}: ${said}`
  }
  for (const [name, wanted] of Object.entries(expect.values ?? {})) {
    const value = values[name]
    // What a partner's answers do not say cannot be asked for.
    if (value === undefined && hasTemplate) continue
    if (!isLike(value, wanted, { ...known, ...equalsOf(values) }))
      return `${name} is ${JSON.stringify(value)}: ${said}`
  }
  return undefined
}

/** Other members of the answer, as `=name`. */
function equalsOf(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`=${name}`, String(value)]),
  )
}

function isLike(value: unknown, wanted: unknown, known: Readonly<Record<string, string>>): boolean {
  if (wanted instanceof RegExp) return typeof value === 'string' && wanted.test(value)
  const expected = filled(wanted, known)
  // In XML and forms all is text, and a msgid may be a number; our own words are held to their types besides.
  return String(value) === String(expected)
}

const refusal = z.object({ errcode: z.int(), errmsg: z.string() })

/** What our own words promise of every answer: its type, its status, and its members. */
function canonicalFault(
  answer: unknown,
  { errcode, status = 200 }: CheckCall['expect'],
  came: Came,
): string | undefined {
  if (came.status !== status) return `the status is not ${status}`
  if (!/^application\/json\b/.test(came.type)) return `its type is ${came.type || 'missing'}`
  const shape = errcode === 0 && answer instanceof z.ZodType ? answer : refusal
  const read = shape.safeParse(came.read?.values)
  if (read.success) return undefined
  const [issue] = read.error.issues
  return `${issue?.path.join('.')} does not fit: ${issue?.message}`
}

function wordsOf({ expect: { errcode, status, values = {} } }: CheckCall): string {
  const members = Object.entries(values).map(
    ([name, value]) => `${name} ${value instanceof RegExp ? value.source : String(value)}`,
  )
  return [
    `errcode ${errcode}`,
    ...(status === undefined ? [] : [`status ${status}`]),
    ...members,
  ].join(', ')
}

/** Puts what is known into the texts of a value. */
function filled(value: unknown, known: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string')
    return value.replace(/\{(=?\w+)\}/g, (whole, name: string) => known[name] ?? whole)
  if (Array.isArray(value)) return value.map((one) => filled(one, known))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one, known)]))
}
