import { z } from 'zod'
import type { DoneVerb, RefusalCode, Verb } from '../../views/console/props.ts'
import { isMended } from '../control/explain/resolved.ts'
import type { Call } from '../core/call.ts'
import type { Reply } from '../core/endpoint.ts'
import { wayOf } from '../core/locate.ts'
import type { Refusal } from '../core/refusal.ts'
import { withQuery } from '../page/address.ts'
import { basePathOf } from '../page/context.ts'
import { type Done, formHandlers, type PageForm, type RefusalCodes } from '../page/form.ts'
import { readBack } from './address.ts'
import { again, readAgain } from './again.ts'
import { flashQuery } from './flash.ts'
import { mend, readMend } from './mend.ts'
import type { ConsoleAddress, ConsoleState } from './page.ts'
import { pageAfterAdvance } from './pages/advance.ts'
import { withRecipient } from './recipient.ts'
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
  'conflict push': 'no_server',
  'conflict key': 'key_taken',
  'conflict csv': 'too_many_imports',
  'invalid_field csv': 'bad_csv',
  'body_too_large csv': 'csv_too_large',
  'conflict mobile': 'key_taken',
  'not_found mobile': 'unknown',
  'not_found openid': 'unknown',
  'not_found import': 'unknown',
  'invalid_field email': 'bad_email',
  'invalid_field name': 'bad_name',
  'world.create invalid_field name': 'bad_world',
  'too_many_worlds name': 'too_many_worlds',
  'too_many_worlds undefined': 'too_many_worlds',
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
  'invalid_field key': 'bad_key',
  'invalid_field company': 'bad_name',
  'invalid_field mobile': 'bad_mobile',
  'invalid_field callback.url': 'bad_url',
  'invalid_field callback.secret': 'bad_secret',
  'invalid_field server.url': 'bad_server',
  'invalid_field server.token': 'bad_token',
  'invalid_field server.aes_key': 'bad_aes_key',
  'invalid_field retention_days': 'bad_number',
  'invalid_field minute_limit': 'bad_number',
  'invalid_field review': 'bad_number',
  'invalid_field review.after_reads': 'bad_number',
  'invalid_field domain': 'bad_domain',
  'website_app.create conflict key': 'app_taken',
  'fault.create invalid_field errcode': 'bad_errcode',
  'fault.create invalid_field errmsg': 'bad_errmsg',
  'fault.create invalid_field transport': 'one_effect',
  'fault.create invalid_field delivery': 'bad_delivery',
  'fault.create invalid_field sequence': 'bad_sequence',
  'fault.create unknown_field sequence': 'bad_sequence',
  'fault.create invalid_field times': 'bad_times',
  'fault.create invalid_field after': 'bad_number',
  'fault.create invalid_field probability': 'bad_probability',
  'fault.create invalid_field until': 'bad_until',
  'fault.create invalid_field delay': 'bad_delay',
  'fault.create invalid_field surface': 'bad_surface',
  'fault.create invalid_field endpoint': 'bad_endpoint',
  'fault.create not_found endpoint': 'bad_endpoint',
  'fault.create invalid_field account': 'bad_account',
  'fault.create not_found account': 'bad_account',
  'fault.create not_found person': 'bad_person',
  'fault.create conflict undefined': 'too_many_faults',
  'drill.start conflict name': 'drill_running',
  'drill.start conflict account': 'drill_not_live',
  'not_found eid': 'unknown',
  'not_found account': 'unknown',
  'not_found person': 'unknown_person',
  'invalid_field person': 'unknown_person',
  'invalid_field keywords': 'bad_keywords',
  'not_found appid': 'unknown',
  'not_found application': 'unknown',
  'not_found template_id': 'unknown',
  'not_found callback': 'unknown',
  'not_found push': 'unknown',
} as const satisfies RefusalCodes<RefusalCode>

/** What the console's forms do: the control call of their name. */
export const consoleForms = formHandlers<ConsoleAddress, RefusalCode, { verb: string }>({
  codes,
  fieldNames: {
    review: 'reads',
    'review.after_reads': 'reads',
    'message.test person': 'to',
    'message.test mobile': 'to',
  },
  readForm(call, sent) {
    if (call.input.verb === mend) return mendingForm(call, sent)
    if (call.input.verb === again) return againForm(call, sent)
    const verb = findVerb(call.input.verb)
    if (!verb) return notFound(call, 'unknown_path')
    const from = readBack(sent['back'], basePathOf(call.request))
    const input = readVerb(call, verb, verb === 'message.test' ? withRecipient(call, sent) : sent)
    const next = (done: Done, status: number) => {
      // The world of that name was there: it is opened, and nothing was done.
      if (verb === 'world.create' && status === 200) return pageAfter(verb, { from, input }, done)
      if (verb === 'clock.advance') return pageAfterAdvance(from, input, done)
      const after = pageAfter(verb, { from, input }, done)
      // The page of an import says by itself how far it is.
      if (verb === 'association_import.create') return after
      return withQuery(after, flashQuery(verb, done))
    }
    return { call: verb, input, from, next }
  },
  showAgain,
})

/** What an explanation says would mend it; the page that said so then says what was done. */
function mendingForm(
  call: Call,
  sent: Readonly<Record<string, string>>,
): PageForm<ConsoleAddress> | Refusal {
  const wanted = readMend(call, sent)
  if (!wanted) return notFound(call, 'unknown_path')
  const from = readBack(sent['back'], basePathOf(call.request))
  const after = (said: DoneVerb, done: Done) => withQuery(from.returnTo, flashQuery(said, done))
  return {
    ...wanted,
    from,
    already: isMended(call, wanted) ? after('mended', {}) : undefined,
    next: (done) => after(wanted.call, done),
  }
}

/** What was refused for a reason that is gone, sent once more; its own page then says what became of it. */
function againForm(
  call: Call,
  sent: Readonly<Record<string, string>>,
): PageForm<ConsoleAddress> | Refusal {
  const wanted = readAgain(call, sent['message'] ?? '')
  if (!wanted) return notFound(call, 'unknown_message')
  const from = readBack(sent['back'], basePathOf(call.request))
  const next = ({ message }: Done) =>
    withQuery(
      typeof message === 'string' ? `${from.basePath}/messages/${message}` : from.returnTo,
      flashQuery(again, {}),
    )
  return { ...wanted, from, next }
}

/** The page on which the form stood; of a form of the frame on another page, the first one says why nothing was done. */
function showAgain(call: Call, from: ConsoleAddress, state: ConsoleState): Reply | Refusal {
  const page = from.page ?? readBack(home, from.basePath).page
  return page?.show(call, from, state) ?? notFound(call, 'unknown_path')
}

interface Sent {
  readonly from: ConsoleAddress
  readonly input: Readonly<Record<string, unknown>>
}

/** Whoever makes something wants to see it. */
function pageAfter(verb: Verb, { from: { basePath, returnTo }, input }: Sent, done: Done): string {
  switch (verb) {
    case 'account.create': {
      const { key } = z.object({ key: z.string() }).parse(done)
      return `${basePath}/accounts/${key}`
    }
    case 'fault.create':
      return `${basePath}/faults?made=${z.object({ fault: z.string() }).parse(done).fault}`
    case 'association_import.create':
      return `${basePath}/imports/${z.object({ import: z.string() }).parse(done).import}`
    case 'person.create': {
      const { person } = z.object({ person: z.string() }).parse(done)
      return `${basePath}/people/${person}`
    }
    case 'world.create':
      return `${wayOf({ world: String(input['name']), person: undefined })}${home}`
    case 'message.test': {
      const { person } = input
      // A key that is known names nobody; a mobile belongs into no address.
      const whom = new URLSearchParams(typeof person === 'string' ? { whom: person } : {})
      return withQuery(returnTo, whom)
    }
    case 'world.delete':
      return home
    default:
      return returnTo
  }
}
