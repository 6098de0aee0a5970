import type { Verb } from '../../views/console/props.ts'
import type { Call } from '../core/call.ts'
import { type FieldReader, type FormFields, read, readFields } from '../page/form.ts'

const { text, number, flag } = read
const eid = { eid: text }
const application = { application: text }
const wanted = { title: text, content: text, example: text }

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
  'registration_page.publish': { ...eid, name: text },
  'eid.issue': eid,
  'eid.confirm': eid,
  'eid.suspend': eid,
  'eid.resume': eid,
  'eid.revoke': eid,
  'eid.rotate': { ...eid, overlap: text },
  'association.create': { account: text, mobile: text, name: text },
  'account.update': eid,
  'official_account.update': { appid: text, rules: text, quotas: text },
  'callback.redeliver': { callback: text },
  'message.test': { account: text },
  'world.create': { name: text, if_exists: text },
  'world.reset': {},
  'world.delete': { world: text },
  'clock.advance': { by: text, next: flag },
  'clock.set': { mode: text },
} as const satisfies Readonly<Record<Verb, Readonly<Record<string, FieldReader>>>>

/** Fields of forms that say more than one field of the call. */
const besides: Partial<Readonly<Record<Verb, (form: FormFields) => Record<string, unknown>>>> = {
  'account.update': (form) => ({
    ...orNull(form, 'retention_days'),
    ...orNull(form, 'minute_limit'),
    ...callbackOf(form),
  }),
  'official_account.update': reviewOf,
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

function reviewOf({ review, reads = '' }: FormFields): Record<string, unknown> {
  if (review === undefined) return {}
  return { review: review === 'after_reads' ? { after_reads: number([reads]) } : review }
}

/** Whom a test message is for: a mobile, however wrong it is, or the key of a person. What is empty is sent so. */
function messageOf({ to = '', message = '', keywords = '' }: FormFields): Record<string, unknown> {
  const whom = to.trim()
  const recipient = /^[a-z][\w-]*$/iu.test(whom) ? { person: whom } : { mobile: whom }
  const lines = keywords.split('\n').filter((line) => line.trim() !== '')
  const pairs = lines.map((line) => line.split(/=(.*)/su).map((part) => part.trim()))
  return {
    ...recipient,
    message,
    ...(pairs.length > 0 && { keywords: Object.fromEntries(pairs) }),
  }
}
