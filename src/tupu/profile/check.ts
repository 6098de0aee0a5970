import { nearest } from '../../core/nearest.ts'
import type { Fault } from '../../start-error.ts'
import { toldBody } from '../callback/callback.ts'
import { tupuEndpoints } from '../surface.ts'
import { answerOf, bodyText, PLACEHOLDER, spellAnswer } from './answer.ts'
import type { Answers, WireAnswer } from './answer-data.ts'
import { readAnswer } from './match.ts'
import type { Profile } from './spelled.ts'

/** What of a profile would work and not do what is meant, though each field by itself is right. */
export function meaningFaults(profile: Profile): Fault[] {
  return [
    ...userFaults(profile),
    ...templateFaults(profile),
    ...msgidFaults(profile),
    ...successFaults(profile),
  ]
}

function userFaults({ authentication: { kind }, endpoints }: Profile): Fault[] {
  if (kind === 'basic' || kind === 'oauth2') return []
  return Object.entries(endpoints).flatMap(([id, own]) =>
    Object.entries(own?.fields ?? {}).flatMap(([name, how]) => {
      if ((typeof how === 'string' ? how : how?.at) !== 'user') return []
      const field = `endpoints.${id}.fields.${name}`
      const reason = `no user authenticates by ${kind}`
      return [{ field, reason, fix: 'name another place, or use basic or oauth2' }]
    }),
  )
}

/** Who accepts first has no msgid of WeChat's to answer with. */
function msgidFaults(profile: Profile): Fault[] {
  const { own } = answerOf(profile, 'message.send', 0)
  if (profile.result !== 'callback' || !JSON.stringify(own?.body ?? null).includes('{msgid}'))
    return []
  const special = profile.endpoints['message.send']?.answers?.success
  const field = `${special ? 'endpoints.message.send.' : ''}answers.success.body`
  const reason = '{msgid} is not known when a send is accepted first'
  return [{ field, reason, fix: 'use {msgid_str}, an id of the partner’s own' }]
}

const always = [
  ...['errcode', 'errmsg', 'msgid', 'msgid_str', 'retry_after_s', 'rows', 'accepted', 'refused'],
  ...['minute_limit', 'minute_left', 'minute_reset_s'],
  ...['request_id', 'now', 'wechat', 'sent', 'access_token', 'token_type', 'expires_in'],
]
const known_names = [
  ...new Set([
    ...always,
    ...tupuEndpoints.flatMap(({ answer }) =>
      typeof answer === 'string' || !('shape' in answer) ? [] : Object.keys(answer.shape as object),
    ),
  ]),
]

const callback_names = [...Object.keys(toldBody.shape), 'now']

function templateFaults({ answers, endpoints, callback }: Profile): Fault[] {
  const special = Object.entries(endpoints).map(([id, own]): [string, Answers | undefined] => [
    `endpoints.${id}.answers`,
    own?.answers,
  ])
  return [
    ...[['answers', answers] as const, ...special].flatMap(([field, one]) =>
      one ? faultsOfAnswers(field, one) : [],
    ),
    ...placeholderFaults('callback.body', callback?.body, callback_names),
    ...placeholderFaults('callback.by_state', callback?.by_state, callback_names),
    ...placeholderFaults('callback.headers', callback?.headers, callback_names),
  ]
}

function faultsOfAnswers(field: string, answers: Answers): Fault[] {
  const { success, refusal, by_errcode, rows } = answers
  const templates: [string, WireAnswer | undefined][] = [
    [`${field}.success`, success],
    [`${field}.refusal`, refusal],
    ...Object.entries(by_errcode).map(([code, one]): [string, WireAnswer] => [
      `${field}.by_errcode.${code}`,
      one,
    ]),
  ]
  return [
    ...templates.flatMap(([at, one]) => (one ? faultsOfTemplate(at, one) : [])),
    ...placeholderFaults(`${field}.rows`, rows),
  ]
}

function faultsOfTemplate(field: string, { type, body, headers }: WireAnswer): Fault[] {
  const isRoot = typeof body === 'object' && body !== null && Object.keys(body).length === 1
  const root =
    type === 'xml' && body !== undefined && !isRoot
      ? [
          {
            field: `${field}.body`,
            reason: 'XML has one root element',
            fix: 'put everything into one member, which is the root',
          },
        ]
      : []
  return [
    ...root,
    ...placeholderFaults(`${field}.body`, body),
    ...placeholderFaults(`${field}.headers`, headers),
  ]
}

/** Placeholders that are never filled. */
function placeholderFaults(
  field: string,
  template: unknown,
  known: readonly string[] = known_names,
): Fault[] {
  const text = JSON.stringify(template ?? null)
  const names = [...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '')
  return [...new Set(names)].flatMap((name) => {
    const [first = ''] = name.split(/[.:]/)
    if (known.includes(first)) return []
    const meant = nearest(first, known)
    const fix = meant ? `did you mean {${meant}}?` : `there are: ${known.join(', ')}`
    return [{ field, reason: `{${name}} is not a known value`, fix }]
  })
}

const sample = { errcode: 0, errmsg: 'ok', msgid: 1, msgid_str: '1' }

/** Whoever reads an answer by the profile must find a success in a success, and none in a refusal. */
function successFaults(profile: Profile): Fault[] {
  const offered = ['message.send', 'registration.query'].filter(
    (id) => profile.endpoints[id] !== null,
  )
  return offered.flatMap((endpoint) => {
    const { by_errcode = {} } = profile.endpoints[endpoint]?.answers ?? {}
    const at = profile.endpoints[endpoint]?.answers ? `endpoints.${endpoint}.answers` : 'answers'
    const codes = Object.keys({ ...profile.answers.by_errcode, ...by_errcode }).map(Number)
    const read = (body: Readonly<Record<string, unknown>>) => {
      const spelled = spellAnswer(profile, { endpoint, status: 200, body })
      return readAnswer(profile, endpoint, { status: spelled.status, text: bodyText(spelled) })
    }
    if (read(sample)?.errcode !== 0) {
      const reason = `a success of ${endpoint} is not read as one`
      const fix = 'let the places of when have one of their values in the body'
      return [{ field: `${at}.success`, reason, fix }]
    }
    const alike = [...new Set([100011, 43004, ...codes])].filter(
      (errcode) => read({ errcode, errmsg: 'no' })?.errcode === 0,
    )
    if (alike.length === 0) return []
    const reason = `a refusal of ${endpoint} looks like a success: ${alike.join(', ')}`
    const fix = 'say by when what a success is, or give refusals another status or body'
    return [{ field: `${at}.success`, reason, fix }]
  })
}
