import type { Call } from '../../core/call.ts'
import { isReply, type Reply } from '../../core/endpoint.ts'
import { invoke } from '../../core/invoke.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import { isOwnForm, wayOfRequest, withReply } from '../../page/context.ts'
import { redirect } from '../../page/reply.ts'
import type { Notice } from './facts.ts'
import { lost } from './lost.ts'
import { type Place, readBack } from './place.ts'
import { refusedCode } from './refused.ts'
import { showPlace } from './show.ts'

/** What the phone's forms can do: each is the control call of its name. */
export const form_verbs = [
  'follow',
  'unfollow',
  'block',
  'unblock',
  'mute',
  'unmute',
  'tap',
  'open',
  'allow',
  'deny',
  'scan',
  'snapshot',
] as const

/** Fields of forms that are no fields of the call. */
const own_fields = ['token', 'back']

/** Makes the control call of a form, and leads on to what it opened, or back. */
export async function submit(
  call: Call,
  of: { id: string; person?: string; leads: (done: Done, at: At) => string },
): Promise<Reply | Refusal> {
  const way = wayOfRequest(call.request)
  const form = readForm(call)
  const start = of.person === undefined ? '/phone' : `/phone/${encodeURIComponent(of.person)}`
  const back = readBack(form.fields['back'], way) ?? readBack(start, way)
  if (!back) return lost(call, 'unknown_path')
  if (!isOwnForm(call.request, form.fields['token'])) return refused(call, back, form, foreign_form)
  const given = of.person === undefined ? form.given : { ...form.given, person: of.person }
  const outcome = await invoke(call, of.id, given)
  if (isRefusal(outcome)) return refused(call, back, form, outcome)
  const done = (isReply(outcome) ? outcome.body : outcome) as Done
  return redirect(of.leads(done, { way, back }), { status: 303 })
}

/** What a call answered. */
type Done = Readonly<Record<string, unknown>>

interface At {
  readonly way: string
  readonly back: Place
}

interface Form {
  readonly fields: Readonly<Record<string, string>>
  /** As the call takes them: what was left empty is left out. */
  readonly given: Readonly<Record<string, unknown>>
}

const foreign_form = problem('conflict', {
  field: 'token',
  reason: 'the form was not made for this browser, or its cookie is gone',
  fix: 'send it again',
})

function readForm({ request }: Call): Form {
  const query = new URLSearchParams(request.body.toString('utf8'))
  const fields = Object.fromEntries(query)
  const given: Record<string, unknown> = {}
  for (const [name, text] of Object.entries(fields)) {
    if (own_fields.includes(name) || text.trim() === '') continue
    given[name] = name === 'follows' ? query.getAll(name) : name === 'on' ? text === 'true' : text
  }
  return { fields, given }
}

/** The page where the form stood, which says why nothing was done; what was typed is still there. */
async function refused(
  call: Call,
  back: Place,
  { fields }: Form,
  refusal: Refusal,
): Promise<Refusal> {
  const { code, reason } = refusal === foreign_form ? foreign : refusedCode(refusal)
  const notice: Notice = { kind: 'refused', code, reason }
  const status = refusal === foreign_form ? 403 : 422
  const page = await showPlace(call, back, { notice, typed: typedOf(fields), status })
  return isRefusal(page) ? page : withReply(refusal, page)
}

const foreign = { code: 'form', reason: foreign_form.text } as const

function typedOf(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([name, text]) => !own_fields.includes(name) && isCleanText(text),
    ),
  )
}

/** Where a form of a person's phone leads. */
export function leadOn(person: string) {
  return (done: Done, { way, back }: At): string => {
    const phone = `${way}/phone/${encodeURIComponent(person)}`
    const wish = back.query['lang'] === undefined ? {} : { lang: back.query['lang'] }
    if (typeof done['url'] === 'string') {
      return `${phone}/web?${new URLSearchParams({ url: done['url'], back: back.here, ...wish })}`
    }
    if (done['did'] === 'followed' || done['did'] === 'scanned') {
      const query = new URLSearchParams({ said: done['did'], ...wish })
      return `${phone}/account/${done['appid']}?${query}`
    }
    if (typeof done['position'] !== 'string') return back.here
    const join = back.here.includes('?') ? '&' : '?'
    return `${back.here}${join}${new URLSearchParams({ said: 'tapped', button: done['position'] })}`
  }
}
