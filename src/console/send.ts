import { z } from 'zod'
import { listAccounts } from '../../db/account.ts'
import type { SendFacts, SentFacts } from '../../views/console/messages/props.ts'
import { adviceFor, meaningOf } from '../control/message/meaning.ts'
import { type FoundMessage, readFound } from '../control/message/search.ts'
import { readEnvironment } from '../control/site/environment.ts'
import type { Call } from '../core/call.ts'
import { frameOf } from '../page/frame.ts'
import { langOfRequest } from '../page/reply.ts'
import type { ConsoleAddress } from './page.ts'
import { itemsOf, queryOrThrow } from './read.ts'

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
const peopleShape = itemsOf(z.object({ name: z.string(), mobile: z.string().nullable() }))

/** What the form for a test message offers, and what came of the last one; undefined: the world has no account. */
export function readSend(call: Call, { query }: ConsoleAddress): SendFacts | undefined {
  const { items: accounts } = queryOrThrow(call, 'account.list', {}, accountsShape)
  const { items: all } = queryOrThrow(call, 'person.list', {}, peopleShape)
  const people = all.flatMap(({ name, mobile }) => (mobile === null ? [] : [{ name, mobile }]))
  const last = query['sent'] === undefined ? undefined : readFound(call, query['sent'])
  const account =
    accounts.find(({ key }) => key === last?.account) ??
    accounts.find(({ sendable }) => sendable.ok) ??
    accounts[0]
  if (!account) return undefined
  const rows = listAccounts(call.db, call.world.epoch)
  const isSigned = rows.find(({ key }) => key === account.key)?.partner_secret !== null
  const { send } = frameOf(langOfRequest(call.request, 'en')).words.console
  const draft = {
    account: account.key,
    mobile: last?.mobile ?? readEnvironment(call).sender?.mobile ?? people[0]?.mobile ?? '',
    message: last?.text ?? send.example,
    keywords: '',
  }
  return {
    accounts,
    people: people.slice(0, people_max),
    draft,
    curl: isSigned ? null : curlOf(call, { ...draft, eid: account.eid }),
    sent: query['sent'] === undefined ? undefined : sentOf(call, query['code'], last),
  }
}

function sentOf(call: Call, code: string | undefined, last: FoundMessage | undefined): SentFacts {
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

function curlOf(
  call: Call,
  { eid, mobile, message }: { eid: string; mobile: string; message: string },
): string {
  const { partnerUrl } = readEnvironment(call)
  const body = JSON.stringify({ eid, mobile, message }, null, 2).replaceAll("'", quote)
  return `curl ${partnerUrl}/messages \\\n  -H 'Content-Type: application/json' \\\n  -d '${body}'`
}
