import type { DocumentedEndpoint } from '../core/endpoint.ts'
import { tupuErrors } from '../tupu/errors.ts'
import { answerOf, bodyText, spellAnswer, typeOf } from '../tupu/profile/answer.ts'
import type { Profile } from '../tupu/profile/spelled.ts'
import { writeCall } from '../tupu/profile/write.ts'
import { tupuSurface } from '../tupu/surface.ts'
import type { Check, CheckCall } from './checks/check.ts'
import { checks } from './checks/checks.ts'
import { bodyOf, typeOf as requestType } from './client.ts'

type Json = Record<string, unknown>

/** Whom the interactions of the Pact are about. */
const cast: Readonly<Record<string, string>> = {
  eid: 'acme-7f3k2m9q',
  mobile: '13800138000',
  mobile_spelled: '+86 138-0013-8000',
  unbound: '13900139000',
  id: 'order-17',
}

/** What must be so at the partner before a call, by what the call names. */
const states: readonly { readonly names: RegExp; readonly state: string }[] = [
  { names: /\{mobile/, state: 'the mobile is registered at the account, and its owner follows it' },
  { names: /\{unbound\}/, state: 'nobody has registered the mobile' },
]

/** The contract as a Pact file (specification 3): what a platform sends, and what it may rely on in the answer. */
export function pactOf(profile: Profile, version: string): Json {
  const endpoints = new Map(
    tupuSurface(profile).endpoints.map((one) => [one.id, one as unknown as DocumentedEndpoint]),
  )
  const interactions = checks.flatMap((check) => {
    const [call, more] = check.calls
    const endpoint = call && endpoints.get(call.call)
    // A Pact knows single calls, and nobody's secret.
    if (!endpoint || more !== undefined || call.twist !== undefined) return []
    return [interaction(profile, check, { call, endpoint })]
  })
  return {
    consumer: { name: 'platform' },
    provider: { name: profile.name === 'default' ? 'tupu' : `tupu.${profile.name}` },
    interactions,
    metadata: { pactSpecification: { version: '3.0.0' }, 'tupu-simulator': { version } },
  }
}

function interaction(
  profile: Profile,
  { id, title }: Check,
  { call, endpoint }: { readonly call: CheckCall; readonly endpoint: DocumentedEndpoint },
): Json {
  const said = JSON.stringify(call.fields)
  const fields = filled({ eid: '{eid}', ...call.fields }) as Json
  const written = writeCall(profile, endpoint, fields)
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => written.path[name] ?? '')
  const query = Object.entries(written.query).map(([name, value]) => [name, [value]])
  const hasBody = Object.keys(written.body).length > 0
  const { from } = endpoint
  const type = requestType(from)
  const isJson = type === 'application/json'
  return {
    description: `${id}: ${title}`,
    providerStates: [
      { name: 'the account is live', params: { eid: cast['eid'] } },
      ...states
        .filter(({ names }) => names.test(said))
        .map(({ state }) => ({ name: state, params: fields })),
    ],
    request: {
      method: endpoint.methods[0],
      path: profile.base + path,
      ...(query.length > 0 ? { query: Object.fromEntries(query) } : {}),
      headers: { ...(hasBody ? { 'Content-Type': type } : {}), ...written.header },
      ...(hasBody ? { body: isJson ? written.body : bodyOf(from, written.body) } : {}),
    },
    response: response(profile, { call, fields }),
  }
}

/** A good answer or a refusal as the profile writes it; what differs from call to call is matched by its type. */
function response(
  profile: Profile,
  { call, fields }: { readonly call: CheckCall; readonly fields: Json },
): Json {
  const { errcode, status = 200, values = {} } = call.expect
  const samples = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value instanceof RegExp ? sample_msgid : filled(value),
    ]),
  )
  const errmsg =
    errcode === 0 ? 'ok' : (tupuErrors.get(errcode)?.text ?? '').replace('{length}', '201')
  const body = { errcode, errmsg, ...samples }
  const spelled = spellAnswer(profile, { endpoint: call.call, status, body, sent: fields })
  const { own } = answerOf(profile, call.call, errcode)
  const rules = Object.fromEntries(
    placesOfChange(own?.body ?? body, own?.body !== undefined).map((place) => [
      place,
      { matchers: [{ match: 'type' }], combine: 'AND' },
    ]),
  )
  return {
    status: spelled.status,
    headers: { 'Content-Type': typeOf(spelled) },
    body: spelled.type === 'json' ? spelled.body : bodyText(spelled),
    matchingRules: {
      header: { 'Content-Type': sameMediaType(typeOf(spelled)) },
      ...(Object.keys(rules).length > 0 && spelled.type === 'json' ? { body: rules } : {}),
    },
  }
}

/** A partner may write another charset, or none: the contract asks for the type alone. */
function sameMediaType(type: string) {
  const [name = ''] = type.split(';', 1)
  const regex = `${name.replaceAll(/[.+*?^$()[\]{}|\\]/g, '\\$&')}(;.*)?`
  return { matchers: [{ match: 'regex', regex }], combine: 'AND' }
}

const sample_msgid = '4795131072512000064'

/** Members that are another value in every answer: placeholders of a template, of our own words text and ids. */
function placesOfChange(shape: unknown, isTemplate: boolean, at = '$'): string[] {
  if (typeof shape === 'string')
    return (isTemplate ? shape.includes('{') : /\.(?:errmsg|msgid|msgid_str)$/.test(at)) ? [at] : []
  if (Array.isArray(shape))
    return shape.flatMap((one, i) => placesOfChange(one, isTemplate, `${at}[${i}]`))
  if (typeof shape !== 'object' || shape === null) return []
  return Object.entries(shape).flatMap(([name, one]) =>
    placesOfChange(one, isTemplate, `${at}.${name}`),
  )
}

function filled(value: unknown): unknown {
  if (typeof value === 'string')
    return value.replace(/\{(\w+)\}/g, (whole, name: string) => cast[name] ?? whole)
  if (Array.isArray(value)) return value.map(filled)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one)]))
}
