import { z } from 'zod'
import { listAccounts } from '../../db/account.ts'
import type { SendFacts, SentFacts } from '../../views/console/messages/props.ts'
import { findAsked } from '../control/explain/find.ts'
import { adviceFor, meaningOf } from '../control/message/meaning.ts'
import { type FoundMessage, readFound } from '../control/message/search.ts'
import { mobileOf } from '../control/message/test-send.ts'
import { readEnvironment } from '../control/site/environment.ts'
import type { Call } from '../core/call.ts'
import { isRefusal } from '../core/refusal.ts'
import { readJson } from '../core/request.ts'
import type { FormFields } from '../page/form.ts'
import { frameOf } from '../page/frame.ts'
import { langOfRequest } from '../page/reply.ts'
import { typedOf } from './asked.ts'
import { readCheck } from './check.ts'
import type { ConsoleAddress, ConsoleState } from './page.ts'
import { itemsOf, queryOrThrow } from './read.ts'
import { withRecipient } from './recipient.ts'
import { messageOf } from './verb.ts'

/** So many people are offered while one types. */
const people_max = 50

const accountsShape = itemsOf(
  z.object({
    key: z.string(),
    company: z.string(),
    eid: z.string(),
    sendable: z.object({ ok: z.boolean() }),
  }),
)
const peopleShape = itemsOf(
  z.object({ key: z.string(), name: z.string(), mobile: z.string().nullable() }),
)

/** What the form for a test message offers, and what came of the last one; undefined: the world has no account. */
export function readSend(
  call: Call,
  address: ConsoleAddress,
  state: ConsoleState = {},
): SendFacts | undefined {
  const { query } = address
  const typed = state.typed ?? typedOf(call, address)
  const { items: accounts } = queryOrThrow(call, 'account.list', {}, accountsShape)
  const { items: all } = queryOrThrow(call, 'person.list', {}, peopleShape)
  const people = all.flatMap(({ mobile, ...one }) => (mobile === null ? [] : [{ ...one, mobile }]))
  const last = query['sent'] === undefined ? undefined : findLast(call, query['sent'])
  const account =
    accounts.find(({ eid }) => eid === last?.asked?.eid) ??
    accounts.find(({ sendable }) => sendable.ok) ??
    accounts[0]
  if (!account) return undefined
  const { send } = frameOf(langOfRequest(call.request, 'en')).words.console
  const { eid, key } = account
  const usual = readEnvironment(call).sender?.mobile ?? people[0]?.mobile ?? ''
  // Whom one has named is named again; a mobile stays as it was typed.
  const toWhom = last?.asked
    ? people.find(({ key }) => key === query['whom'])
    : people.find(({ mobile }) => mobile === usual)
  const asked = last?.asked ?? { eid, mobile: usual, message: send.example }
  const draft = {
    account: key,
    to: toWhom ?? { name: '', mobile: asked.mobile },
    message: asked.message,
    keywords: keywordsText(asked.keywords ?? {}),
  }
  const form = typed?.form === 'send' ? typed.fields : { ...draft, to: draft.to.mobile }
  return {
    accounts,
    people: people.slice(0, people_max),
    draft,
    check: readCheck(call, form),
    curl: curlOf(call, form, accounts.find(({ key }) => key === form['account']) ?? account),
    sent: readSent(call, query, last),
  }
}

/** What came of the test message that was sent last, on whichever page it was. */
export function readSent(
  call: Call,
  { sent, code }: ConsoleAddress['query'],
  last = sent === undefined ? undefined : findLast(call, sent),
): SentFacts | undefined {
  return last && { ...sentOf(call, code, last.message), asked: last.asked }
}

/** What a platform sends. */
const askedShape = z.object({
  eid: z.string(),
  mobile: z.string(),
  message: z.string(),
  keywords: z.record(z.string(), z.string()).optional(),
})
type Asked = z.output<typeof askedShape>

/** The test message of a trace: as it was sent, unless that was erased since, and what is known of it. */
function findLast(
  call: Call,
  trace: string,
): { asked: Asked | undefined; message: FoundMessage | undefined } {
  const { exchange, message } = findAsked(call, { by: 'trace', value: trace }) ?? {}
  const { fields } = readJson(exchange?.request_body ?? Buffer.alloc(0))
  return {
    asked: askedShape.safeParse(fields).data,
    message: message && readFound(call, message.message),
  }
}

/** As it is typed: one a line. */
function keywordsText(keywords: Readonly<Record<string, string>>): string {
  return Object.entries(keywords)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')
}

function sentOf(call: Call, code: string | undefined, last: FoundMessage | undefined) {
  const lang = langOfRequest(call.request, 'en')
  const errcode = /^-?\d{1,6}$/u.test(code ?? '') ? Number(code) : null
  const isKnown = errcode !== null && errcode !== 0
  const { msgid_str = null } = last ?? {}
  const fields = [
    `"errcode":${errcode}`,
    `"errmsg":${JSON.stringify(last?.answer.errmsg ?? '')}`,
    ...(msgid_str === null ? [] : [`"msgid":${msgid_str}`, `"msgid_str":"${msgid_str}"`]),
  ]
  return {
    errcode,
    meaning: isKnown ? meaningOf(errcode, lang) : undefined,
    advice: isKnown ? adviceFor(errcode)?.[lang] : undefined,
    message: last?.message ?? null,
    answer: errcode === null || !last ? '' : `{${fields.join(',')}}`,
  }
}

/** A quote within the quotes of a shell. */
const quote = `'\\''`

/** The call that a form would make, as a command; null: it must be signed. */
function curlOf(
  call: Call,
  form: FormFields,
  { key, eid }: { readonly key: string; readonly eid: string },
): string | null {
  const rows = listAccounts(call.db, call.world.epoch)
  if (rows.find((row) => row.key === key)?.partner_secret !== null) return null
  const { message, keywords, ...whom } = messageOf(withRecipient(call, form))
  const mobile = mobileOf(call, whom)
  const fields = { eid, mobile: isRefusal(mobile) ? '' : mobile, message, keywords }
  const { partnerUrl } = readEnvironment(call)
  const body = JSON.stringify(fields, null, 2).replaceAll("'", quote)
  return `curl ${partnerUrl}/messages \\\n  -H 'Content-Type: application/json' \\\n  -d '${body}'`
}
