import type { RefusedFlash } from '../../views/page-context.ts'
import type { Call } from '../core/call.ts'
import { isPending, isReply, type Outcome, type Pending, type Reply } from '../core/endpoint.ts'
import { beginInvoke, resume, type Suspended, waitFor } from '../core/invoke.ts'
import { type ProblemType, problem } from '../core/problem.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import { isCleanText, readForm } from '../core/request.ts'
import { isOwnForm, type PageState } from './context.ts'
import { withPage } from './refusal.ts'
import { redirect } from './reply.ts'

/** The fields of a form as they were sent. */
export type FormFields = Readonly<Record<string, string>>

/** What a control call answered. */
export type Done = Readonly<Record<string, unknown>>

/** A form of a page, as the control call that it makes. */
export interface PageForm<P> {
  readonly call: string
  readonly input: Readonly<Record<string, unknown>>
  /** The page on which it stood. */
  readonly from: P
  /** Where the browser goes if all that the call would do is so already: it is not made. */
  readonly already?: string | undefined
  /** Where the browser goes when it is done; the call was answered with `status`. */
  next(done: Done, status: number): string
}

/** Codes of refused calls that pages have words for, by rule of the decision and field of the problem; of one call alone, with its id before. */
export type RefusalCodes<C extends string> = Readonly<
  Partial<Record<`${ProblemType} ${string}` | `${string}.${string} ${ProblemType} ${string}`, C>>
>

/** What an area says when a form is refused. */
interface FormPages<P, C extends string> {
  /** The page once more, which says why nothing was done. */
  showAgain(call: Call, page: P, state: PageState<RefusedFlash<Code<C>>>): Reply | Refusal
  readonly codes: RefusalCodes<C>
  /** Fields of calls that forms have under another name; of one call alone, with its id before. */
  readonly fieldNames?: Readonly<Record<string, string>>
}

/** What forms of one area are to its pages. */
interface FormArea<P, C extends string, I> extends FormPages<P, C> {
  /** The call that a form makes; refuses one that there is not. */
  readForm(call: Call<unknown, I>, sent: FormFields): PageForm<P> | Refusal
}

/** Pages have words for these besides: a form of another browser's, and whatever else is refused. */
type Code<C> = C | 'form' | 'other'

/** Fields of forms that are no fields of the call. */
const own_fields = ['token', 'back', 'form']

const foreign_form = problem('conflict', {
  field: 'token',
  reason: 'the form was not issued to this browser, or the cookie is gone',
  fix: 'send it again',
})

/**
 * What an endpoint does for the forms of an area: form → control call → redirect with a flash, or the same page again with
 * what is wrong.
 */
export function formHandlers<P, C extends string, I>(area: FormArea<P, C, I>) {
  return {
    methods: ['POST'],
    from: ['path'],
    before(call: Call<unknown, I>): Reply | Refusal | Pending<Suspended> {
      const sent = sentBy(call)
      const form = area.readForm(call, sent)
      if (isRefusal(form)) return form
      if (!isOwnForm(call.request, sent['token'])) return refuse(area, call, form, foreign_form)
      if (form.already !== undefined) return redirect(form.already, { status: 303 })
      const outcome = beginInvoke(call, form.call, form.input)
      return isPending(outcome) ? outcome : answer(area, call, form, outcome)
    },
    outside: waitFor,
    after(call: Call<unknown, I>, wait: Suspended, result: unknown): Reply | Refusal {
      const form = area.readForm(call, sentBy(call))
      return isRefusal(form) ? form : answer(area, call, form, resume(wait, result))
    },
  } as const
}

function answer<P, C extends string>(
  pages: FormPages<P, C>,
  call: Call,
  form: PageForm<P>,
  outcome: Outcome,
): Reply | Refusal {
  if (isRefusal(outcome)) return refuse(pages, call, form, outcome)
  const { body: done, status } = isReply(outcome) ? outcome : { body: outcome, status: 200 }
  return redirect(form.next(done as Done, status), { status: 303 })
}

/** The page again says why nothing was done, and at which field; what was typed is still there. */
function refuse<P, C extends string>(
  { codes, fieldNames = {}, showAgain }: FormPages<P, C>,
  call: Call,
  { from, call: id }: PageForm<P>,
  refusal: Refusal,
): Refusal {
  const sent = sentBy(call)
  const { field: named } = refusal.extra ?? {}
  const field = typeof named === 'string' ? fieldOf(named, { ...sent, ...fieldNames }) : undefined
  const key = `${refusal.step.rule.replace(/^control\./, '')} ${field}`
  const known: Readonly<Record<string, Code<C> | undefined>> = {
    ...codes,
    'conflict token': 'form',
  }
  const form = sent['form'] ?? ''
  const flash = {
    kind: 'refused',
    code: known[`${id} ${key}`] ?? known[key] ?? 'other',
    form,
    field:
      field === undefined ? null : (fieldNames[`${id} ${field}`] ?? fieldNames[field] ?? field),
    reason: reasonOf(refusal),
  } as const
  const typed = { form, fields: keptFields(sent) }
  const status = refusal === foreign_form ? 403 : 422
  const page = showAgain(call, from, { flash, typed, status })
  return isRefusal(page) ? page : withPage(refusal, page)
}

/** What is wrong with one of a list, or with a part of a value, stands at the field in which the whole is typed. */
function fieldOf(named: string, known: Readonly<Record<string, string>>): string {
  const whole = named.replace(/\.\d+(?:\..*)?$/u, '')
  const parts = whole.split('.')
  const wholes = parts.map((_, n) => parts.slice(0, parts.length - n).join('.'))
  return wholes.find((name) => Object.hasOwn(known, name)) ?? whole
}

/** Above a page nobody sees which field `it` is. */
function reasonOf({ extra = {}, text }: Refusal): string {
  const { type, field, reason } = extra
  if (typeof reason !== 'string') return text
  return type === 'invalid_field' ? reason.replace(/^it /, `${field} `) : reason
}

function sentBy({ request }: Call): FormFields {
  return readForm(request.body.toString('utf8'))
}

function keptFields(sent: FormFields): FormFields {
  return Object.fromEntries(
    Object.entries(sent).filter(([name, text]) => !own_fields.includes(name) && isCleanText(text)),
  )
}

/** Reads a field as its call takes it, from all its values. */
export type FieldReader = (all: readonly [string, ...string[]]) => unknown

/** How fields of forms are read. Digits are a number, and what is none is refused by the call itself. */
export const read = {
  text: ([sent]) => sent,
  number: ([sent]) => (/^\s*\d{1,9}\s*$/.test(sent) ? Number(sent) : sent),
  /** A code: below zero, too. */
  signed: ([sent]) => (/^\s*-?\d{1,10}\s*$/.test(sent) ? Number(sent) : sent),
  decimal: ([sent]) => (/^\s*\d{0,9}(?:\.\d{1,9})?\s*$/.test(sent) ? Number(sent) : sent),
  flag: ([sent]) => (sent === 'true' ? true : sent === 'false' ? false : sent),
  list: (all) => all,
} as const satisfies Readonly<Record<string, FieldReader>>

/** What a form says, as its call takes it: what was left empty is left out. */
export function readFields(
  { request }: Pick<Call, 'request'>,
  readers: Readonly<Record<string, FieldReader>>,
): Record<string, unknown> {
  const form = new URLSearchParams(request.body.toString('utf8'))
  const input: Record<string, unknown> = {}
  for (const [name, readField] of Object.entries(readers)) {
    const [sent, ...more] = form.getAll(name)
    if (sent !== undefined && sent.trim() !== '') input[name] = readField([sent, ...more])
  }
  return input
}
