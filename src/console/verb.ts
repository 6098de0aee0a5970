/** The fields of a form as they were sent. */
export type FormFields = Readonly<Record<string, string>>
type Reader = (text: string) => unknown

/** What was left empty is left out; digits are a number, and what is none is refused by the call itself. */
const text: Reader = (sent) => sent
const number: Reader = (sent) => (/^\s*\d{1,9}\s*$/.test(sent) ? Number(sent) : sent)
const yes: Reader = (sent) => (sent === 'true' ? true : sent)

const eid = { eid: text }
const application = { application: text }
const wanted = { title: text, content: text, example: text }

/** What the console's forms can do: each is the control call of its name, with these fields. */
const fields = {
  'account.create': { key: text, company: text, stage: text },
  'vendor.ask': eid,
  'vendor.grant': eid,
  'vendor.refuse': { ...eid, reason: text },
  'account.connect': { ...eid, existing: yes, rules: text, review: text },
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
  'clock.advance': { by: text, next: yes },
  'clock.set': { mode: text },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Reader>>>>

/** A control call that the console has a form for. */
export type Verb = keyof typeof fields

/** Fields of forms that say more than one field of the call. */
const besides: Partial<Readonly<Record<Verb, (form: FormFields) => Record<string, unknown>>>> = {
  'account.update': (form) => ({
    ...orNull(form, 'retention_days'),
    ...orNull(form, 'minute_limit'),
    ...callbackOf(form),
  }),
  'official_account.update': reviewOf,
}

/** The call of a name, if a form can make it. */
export function findVerb(name: string): Verb | undefined {
  return Object.hasOwn(fields, name) ? (name as Verb) : undefined
}

/** What a form says, as its call takes it. */
export function readVerb(verb: Verb, form: FormFields): Record<string, unknown> {
  const given: Record<string, unknown> = { ...besides[verb]?.(form) }
  const readers: Readonly<Record<string, Reader>> = fields[verb]
  for (const [name, read] of Object.entries(readers)) {
    const sent = form[name]
    if (sent !== undefined && sent.trim() !== '') given[name] = read(sent)
  }
  return given
}

/** An empty field of a setting means that there is none. */
function orNull(form: FormFields, name: string): Record<string, unknown> {
  const sent = form[name]
  if (sent === undefined) return {}
  return { [name]: sent.trim() === '' ? null : number(sent) }
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
  return { review: review === 'after_reads' ? { after_reads: number(reads) } : review }
}
