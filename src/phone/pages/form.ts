import type { RefusalCode } from '../../../views/phone/props.ts'
import type { Call } from '../../core/call.ts'
import { withQuery } from '../../page/address.ts'
import { basePathOf } from '../../page/context.ts'
import {
  type Done,
  type FormFields,
  formHandlers,
  type RefusalCodes,
  read,
  readFields,
} from '../../page/form.ts'
import { findPersonBy } from '../../world/person.ts'
import { type PhoneAddress, readBack } from './address.ts'
import { showPage } from './page.ts'
import { home, notFound } from './views.ts'

const { text, flag, list } = read
const account = { account: text }

/** What the phone's forms can do: each is the control call of its name, with these fields. */
const verbs = {
  follow: account,
  unfollow: account,
  block: account,
  unblock: account,
  mute: account,
  unmute: account,
  tap: { ...account, button: text, scanned: text },
  open: { msgid: text, url: text },
  allow: account,
  deny: account,
  scan: { content: text },
  snapshot: { on: flag },
  text: { ...account, content: text, bizmsgmenuid: text },
  subscribe: { ...account, template_id: text, accept: flag, by: text },
} as const
const person_fields = { name: text, mobile: text, key: text, follows: list }

const codes = {
  'conflict person': 'not_following',
  'conflict account': 'no_official_account',
  'not_found account': 'unknown_account',
  'not_found person': 'unknown_person',
  'conflict button': 'no_menu',
  'not_found button': 'unknown_button',
  'not_found content': 'unknown_code',
  'invalid_field content': 'unreadable_code',
  'phone.text invalid_field content': 'bad_text',
  'invalid_field scanned': 'bad_code',
  'invalid_field url': 'bad_link',
  'not_found msgid': 'unknown_message',
  'conflict msgid': 'no_link',
  'not_found template_id': 'unknown_subscription',
  'conflict key': 'person_exists',
  'invalid_field key': 'bad_key',
  'invalid_field name': 'bad_name',
  'invalid_field mobile': 'bad_mobile',
} as const satisfies RefusalCodes<RefusalCode>

/** What the forms of a phone do: the control call `phone.{verb}`. */
export const phoneForms = formHandlers<PhoneAddress, RefusalCode, { person: string; verb: string }>(
  {
    codes,
    readForm(call, sent) {
      const { person, verb } = call.input
      if (!Object.hasOwn(verbs, verb)) return notFound(call, 'unknown_path')
      if (!findPersonBy(call, person)) return notFound(call, 'unknown_person')
      const phone = `${home}/${encodeURIComponent(person)}`
      const from = pageOf(call, sent, phone)
      if (!from) return notFound(call, 'unknown_path')
      const fields = readFields(call, verbs[verb as keyof typeof verbs])
      const next = (done: Done) => pageAfter({ verb, done }, from, from.basePath + phone)
      return { call: `phone.${verb}`, input: { ...fields, person }, from, next }
    },
    showAgain: showPage,
  },
)

/** What the form does that makes somebody. */
export const personForm = formHandlers<PhoneAddress, RefusalCode, object>({
  codes,
  readForm(call, sent) {
    const from = pageOf(call, sent, home)
    if (!from) return notFound(call, 'unknown_path')
    const next = ({ person }: Done) => `${from.basePath}${home}/${person}`
    return { call: 'person.create', input: readFields(call, person_fields), from, next }
  },
  showAgain: showPage,
})

/** The page on which a form stood. */
function pageOf({ request }: Pick<Call, 'request'>, sent: FormFields, start: string) {
  const basePath = basePathOf(request)
  return readBack(sent['back'], basePath) ?? readBack(start, basePath)
}

/** Where a form of a person's phone leads: on to what it opened, or back. Who follows an account, or scans its code, is in its conversation. */
function pageAfter(
  { verb, done }: { readonly verb: string; readonly done: Done },
  { query, returnTo }: PhoneAddress,
  phone: string,
): string {
  const lang = query['lang'] === undefined ? {} : { lang: query['lang'] }
  if (typeof done['url'] === 'string') {
    const page = new URLSearchParams({ url: done['url'], back: returnTo, ...lang })
    return withQuery(`${phone}/web`, page)
  }
  const did = verb === 'follow' ? 'followed' : done['did']
  if (did === 'followed' || did === 'scanned') {
    const flash = new URLSearchParams({ said: did, ...lang })
    return withQuery(`${phone}/chat/${done['appid']}`, flash)
  }
  if (typeof done['position'] !== 'string') return returnTo
  return withQuery(returnTo, new URLSearchParams({ said: 'tapped', button: done['position'] }))
}
