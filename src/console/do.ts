import { z } from 'zod'
import type { Call } from '../core/call.ts'
import { isPending, isReply, type Outcome, type Pending, type Reply } from '../core/endpoint.ts'
import { beginInvoke, resume, type Suspended } from '../core/invoke.ts'
import { problem } from '../core/problem.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import { isCleanText, readForm } from '../core/request.ts'
import { isOwnForm, wayOfRequest, withReply } from '../page/context.ts'
import { redirect } from '../page/reply.ts'
import { lost } from './lost.ts'
import { type Place, readBack } from './place.ts'
import { refusedCode } from './refused.ts'
import { sayDone } from './said.ts'
import { showPlace } from './show.ts'
import { type FormFields, findVerb, readVerb, type Verb } from './verb.ts'

type DoCall = Call<unknown, { verb: string }>

/** Fields of forms that are no fields of the call, and what is not shown again. */
const own_fields = ['token', 'back', 'form', 'callback.secret']

const foreign_form = problem('conflict', {
  field: 'token',
  reason: 'the form was not made for this browser, or its cookie is gone',
  fix: 'send it again',
})

/** Begins the control call of a form. */
export async function beginDo(call: DoCall): Promise<Reply | Refusal | Pending<Suspended>> {
  const form = formOf(call)
  const verb = findVerb(call.input.verb)
  if (!verb) return lost(call, 'unknown_path')
  if (!isOwnForm(call.request, form['token'])) return refused(call, form, foreign_form)
  const outcome = await beginInvoke(call, verb, readVerb(verb, form))
  return isPending(outcome) ? outcome : answer(call, verb, outcome)
}

/** Ends one that had to wait. */
export async function endDo(
  call: DoCall,
  wait: Suspended,
  result: unknown,
): Promise<Reply | Refusal> {
  const verb = findVerb(call.input.verb)
  if (!verb) return lost(call, 'unknown_path')
  return answer(call, verb, await resume(wait, result))
}

/** Leads back to the page where the form stood, or shows it again with the reason why nothing was done. */
async function answer(call: DoCall, verb: Verb, outcome: Outcome): Promise<Reply | Refusal> {
  const form = formOf(call)
  if (isRefusal(outcome)) return refused(call, form, outcome)
  const done = isReply(outcome) ? outcome.body : outcome
  const back = backOf(call, form)
  const here = verb === 'account.create' ? newPage(back, done) : back.here
  const join = here.includes('?') ? '&' : '?'
  return redirect(`${here}${join}${sayDone(verb, done)}`, { status: 303 })
}

/** Whoever makes an account wants to see it. */
function newPage({ way, query }: Place, done: unknown): string {
  const { key } = z.object({ key: z.string() }).parse(done)
  const { lang } = query
  return `${way}/accounts/${key}${lang === undefined ? '' : `?${new URLSearchParams({ lang })}`}`
}

async function refused(call: DoCall, form: FormFields, refusal: Refusal): Promise<Refusal> {
  const isForeign = refusal === foreign_form
  const said = refusedCode(refusal)
  const code = isForeign ? 'form' : said.code
  const name = form['form'] ?? ''
  const page = await showPlace(call, backOf(call, form), {
    notice: { ...said, kind: 'refused', code, form: name },
    typed: { form: name, fields: typedOf(form) },
    status: isForeign ? 403 : 422,
  })
  return isRefusal(page) ? page : withReply(refusal, page)
}

function formOf({ request }: DoCall): FormFields {
  return readForm(request.body.toString('utf8'))
}

function backOf({ request }: DoCall, form: FormFields): Place {
  return readBack(form['back'], wayOfRequest(request))
}

function typedOf(form: FormFields): FormFields {
  return Object.fromEntries(
    Object.entries(form).filter(([name, text]) => !own_fields.includes(name) && isCleanText(text)),
  )
}
