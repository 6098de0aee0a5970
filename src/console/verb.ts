import type { Verb } from '../../views/console/props.ts'
import { quoted } from '../control/exchange/format/curl.ts'
import type { Call } from '../core/call.ts'
import { deliveries, transports } from '../core/fault.ts'
import { type FieldReader, type FormFields, read, readFields } from '../page/form.ts'
import { readDuration } from '../world/clock.ts'

const { text, number, signed, decimal, flag, list } = read
/** A browser ends lines of its own way, and a file has them as it had. */
const lines: FieldReader = ([sent]) => sent.replaceAll('\r\n', '\n')
const eid = { eid: text }
const application = { application: text }
/** Which calls a fault means. */
const named = {
  name: text,
  surface: text,
  endpoint: text,
  account: text,
  person: text,
  mobile: text,
} as const
const wanted = { title: text, content: text, example: text }

/** Words of turns. */
const turn_words: Readonly<Record<string, object>> = {
  pass: { pass: true },
  ...Object.fromEntries(transports.map((transport) => [transport, { transport }])),
  ...Object.fromEntries(deliveries.map((delivery) => [delivery, { delivery }])),
}

/** A sequence as people type it, `-1, reset, pass`: what is none of a turn's words is left for the call to refuse. */
const turns: FieldReader = ([sent]) =>
  sent.split(/[,，、\s]+/u).flatMap((word) => (word === '' ? [] : [turnOf(word)]))

function turnOf(word: string): object {
  const known = Object.hasOwn(turn_words, word) ? turn_words[word] : undefined
  if (known) return known
  if (/^-?\d{1,10}$/u.test(word)) return { errcode: Number(word) }
  return readDuration(word) === undefined ? { errcode: word } : { delay: word }
}

/** What the console's forms can do: each is the control call of its name, with these fields. */
const fields = {
  'account.create': { key: text, company: text, stage: text },
  'vendor.ask': eid,
  'vendor.grant': eid,
  'vendor.refuse': { ...eid, reason: text },
  'account.connect': { ...eid, existing: flag, rules: text, review: text },
  'industry.set': { appid: text, primary: number, secondary: number },
  'application.create': { appid: text, ...wanted },
  'application.update': { ...application, ...wanted },
  'application.submit': application,
  'application.approve': application,
  'application.reject': { ...application, reason: text },
  'template.disable': { appid: text, template_id: text },
  'template.enable': { appid: text, template_id: text },
  'registration_page.publish': { ...eid, name: text },
  'eid.issue': eid,
  'eid.confirm': eid,
  'eid.suspend': eid,
  'eid.resume': eid,
  'eid.revoke': eid,
  'eid.rotate': { ...eid, overlap: text },
  'association.create': { account: text, mobile: text, name: text, email: text },
  'association.release': { account: text, mobile: text },
  'association.withdraw': { account: text, openid: text },
  'association_import.create': { account: text, csv: lines },
  'association_import.cancel': { import: text },
  'person.create': { key: text, name: text, mobile: text, follows: list },
  'website_app.create': { key: text, name: text, domain: text },
  'website_app.delete': { key: text },
  'account.update': { ...eid, company: text },
  'official_account.update': { appid: text, rules: text, quotas: text },
  'callback.redeliver': { callback: text },
  'push.redeliver': { push: text },
  'message.test': { account: text },
  'world.create': { name: text, if_exists: text },
  'world.reset': {},
  'world.delete': { world: text },
  'fault.create': {
    ...named,
    errcode: signed,
    errmsg: text,
    transport: text,
    delivery: text,
    delay: text,
    stage: text,
    sequence: turns,
    times: number,
    after: number,
    probability: decimal,
    until: text,
  },
  'fault.delete': { fault: text },
  'fault.clear': {},
  'drill.start': { name: text, account: text },
  'drill.stop': { name: text },
  'clock.advance': { by: text, to: text, next: flag, at_most: text },
  'clock.set': { mode: text },
} as const satisfies Readonly<Record<Verb, Readonly<Record<string, FieldReader>>>>

/** Fields of forms that say more than one field of the call. */
const besides: Partial<Readonly<Record<Verb, (form: FormFields) => Record<string, unknown>>>> = {
  'account.update': (form) => ({
    ...orNull(form, 'retention_days'),
    ...orNull(form, 'minute_limit'),
    ...callbackOf(form),
  }),
  'official_account.update': (form) => ({ ...reviewOf(form), ...serverOf(form) }),
  'message.test': messageOf,
}

/** The call of a name, if a form can make it. */
export function findVerb(name: string): Verb | undefined {
  return Object.hasOwn(fields, name) ? (name as Verb) : undefined
}

/** What a form says, as its call takes it. */
export function readVerb(
  call: Pick<Call, 'request'>,
  verb: Verb,
  sent: FormFields,
): Record<string, unknown> {
  return { ...besides[verb]?.(sent), ...readFields(call, fields[verb]) }
}

/** An empty field of a setting means that there is none. */
function orNull(form: FormFields, name: string): Record<string, unknown> {
  const sent = form[name]
  if (sent === undefined) return {}
  return { [name]: sent.trim() === '' ? null : number([sent]) }
}

/** Without an address nobody is told; without a secret what is told is unsigned. */
function callbackOf(form: FormFields): Record<string, unknown> {
  const url = form['callback.url']?.trim()
  if (url === undefined) return {}
  const secret = form['callback.secret'] ?? ''
  return { callback: url === '' ? null : { url, secret: secret === '' ? null : secret } }
}

/** Without an address nothing is pushed; a token or a key that is left out stays. */
function serverOf(form: FormFields): Record<string, unknown> {
  const url = form['server.url']?.trim()
  if (url === undefined) return {}
  const secrets = ['token', 'aes_key'].flatMap((name) => {
    const sent = form[`server.${name}`]?.trim() ?? ''
    return sent === '' ? [] : [[name, sent] as const]
  })
  const mode = form['server.mode'] ?? 'plain'
  return { server: url === '' ? null : { url, ...Object.fromEntries(secrets), mode } }
}

function reviewOf({ review, reads = '' }: FormFields): Record<string, unknown> {
  if (review === undefined) return {}
  return { review: review === 'after_reads' ? { after_reads: number([reads]) } : review }
}

/** Whom a test message is for: a mobile, however wrong it is, or the key of a person. What is empty is sent so; lines that are no keywords are left for the call to refuse. */
export function messageOf({
  to = '',
  message = '',
  keywords = '',
}: FormFields): Record<string, unknown> {
  const whom = to.trim()
  const isName = whom !== '' && (/^[a-z][\w-]*$/iu.test(whom) || !/\d/u.test(whom))
  const recipient = isName ? { person: whom } : { mobile: whom }
  const lines = keywords.split('\n').filter((line) => line.trim() !== '')
  const pairs = lines.map((line) => line.split(/=(.*)/su).map((part) => part.trim()))
  const arePairs = lines.every((line) => line.includes('='))
  return {
    ...recipient,
    message,
    ...(pairs.length > 0 && { keywords: arePairs ? Object.fromEntries(pairs) : keywords }),
  }
}

/** A command for a POSIX shell that makes a control call in the call's world. */
export function controlCurl(
  { engine, request, world }: Call,
  id: string,
  given: Readonly<Record<string, unknown>>,
): string {
  const endpoint = engine.endpoints.get(id)
  if (!endpoint) throw new Error(`there is no control call ${id}`)
  const { world: name } = world
  const values: Readonly<Record<string, unknown>> = { ...given, world: name }
  const path = endpoint.path.replaceAll(/\{(\w+)\}/gu, (_, field: string) =>
    encodeURIComponent(String(values[field] ?? '')),
  )
  const rest = Object.entries(given).filter(([field]) => !endpoint.path.includes(`{${field}}`))
  const [method = 'POST'] = endpoint.methods
  const isPlain = method === (rest.length > 0 ? 'POST' : 'GET')
  return [
    `curl ${quoted(`${request.origin}/_sim/v1${path}`)}`,
    ...(isPlain ? [] : [`-X ${method}`]),
    ...(engine.settings.controlToken === undefined
      ? []
      : ['-H "Authorization: Bearer $TUPU_SIM_CONTROL_TOKEN"']),
    ...(rest.length > 0 ? [`-d ${quoted(JSON.stringify(Object.fromEntries(rest)))}`] : []),
  ].join(' \\\n  ')
}
