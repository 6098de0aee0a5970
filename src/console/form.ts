import { z } from 'zod'
import type { RefusalCode, Verb } from '../../views/console/props.ts'
import { withQuery } from '../page/address.ts'
import { basePathOf } from '../page/context.ts'
import { type Done, formHandlers, type RefusalCodes } from '../page/form.ts'
import { type ConsoleAddress, readBack } from './address.ts'
import { flashQuery } from './flash.ts'
import { showPage } from './page.ts'
import { findVerb, readVerb } from './verb.ts'
import { home, notFound } from './views.ts'

const codes = {
  'advance_running null': 'advancing',
  'clock_backwards now': 'backwards',
  'clock_backwards to': 'backwards',
  'conflict application': 'application_state',
  'conflict appid': 'wechat_refuses',
  'conflict eid': 'account_state',
  'conflict existing': 'not_agreed',
  'conflict callback': 'no_callback',
  'conflict key': 'key_taken',
  'id_taken appid': 'key_taken',
  'id_taken key': 'key_taken',
  'invalid_field by': 'bad_duration',
  'invalid_field overlap': 'bad_duration',
  'invalid_field reason': 'no_reason',
  'invalid_field primary': 'bad_industries',
  'invalid_field secondary': 'bad_industries',
  'invalid_field title': 'bad_title',
  'invalid_field content': 'bad_content',
  'invalid_field example': 'bad_example',
  'invalid_field name': 'bad_name',
  'invalid_field key': 'bad_key',
  'invalid_field company': 'bad_name',
  'invalid_field mobile': 'bad_mobile',
  'invalid_field callback.url': 'bad_url',
  'invalid_field callback.secret': 'bad_secret',
  'invalid_field retention_days': 'bad_number',
  'invalid_field minute_limit': 'bad_number',
  'invalid_field review': 'bad_number',
  'invalid_field review.after_reads': 'bad_number',
  'not_found eid': 'unknown',
  'not_found account': 'unknown',
  'not_found appid': 'unknown',
  'not_found application': 'unknown',
  'not_found template_id': 'unknown',
  'not_found callback': 'unknown',
} as const satisfies RefusalCodes<RefusalCode>

/** What the console's forms do: the control call of their name. */
export const consoleForms = formHandlers<ConsoleAddress, RefusalCode, { verb: string }>({
  codes,
  fieldNames: { review: 'reads', 'review.after_reads': 'reads' },
  secrets: ['callback.secret'],
  readForm(call, sent) {
    const verb = findVerb(call.input.verb)
    if (!verb) return notFound(call, 'unknown_path')
    const from = readBack(sent['back'], basePathOf(call.request))
    const next = (done: Done) => withQuery(pageAfter(verb, from, done), flashQuery(verb, done))
    return { call: verb, input: readVerb(call, verb, sent), from, next }
  },
  showAgain: showPage,
})

/** Whoever makes an account wants to see it. */
function pageAfter(verb: Verb, { basePath, query, returnTo }: ConsoleAddress, done: Done): string {
  if (verb !== 'account.create') return returnTo
  const { key } = z.object({ key: z.string() }).parse(done)
  const { lang } = query
  const page = `${basePath}${home}/${key}`
  return lang === undefined ? page : withQuery(page, new URLSearchParams({ lang }))
}
