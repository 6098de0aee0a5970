import { listAccounts } from '../../../db/account.ts'
import { listAssociationsBy } from '../../../db/association.ts'
import { listEids } from '../../../db/eid.ts'
import type { ExchangeFacts, ExchangeTexts } from '../../../db/exchange-search.ts'
import { listTracesOfSubjects } from '../../../db/exchange-subject.ts'
import { listTracesOfClient } from '../../../db/message.ts'
import { findFollower, listFollowed } from '../../../db/person.ts'
import type { AccountRow, PersonRow } from '../../../db/schema.ts'
import { listTemplateMessages } from '../../../db/template-message.ts'
import { subjectKey } from '../../world/subject.ts'
import { callerOf, trace_digits } from '../../world/trace.ts'
import type { Scope } from '../../world/world.ts'
import type { Filter, FilterAccount } from './filter.ts'
import type { Said } from './said.ts'

/** Somebody by everything that calls know them by. */
interface Somebody {
  readonly mobiles: readonly string[]
  /** Openids and other ids, which stand for nobody else. */
  readonly ids: readonly string[]
  /** A word, which counts only where a person is named. */
  readonly key?: string | undefined
  readonly subjects: readonly string[]
}

interface Account {
  /** By which digits the traces of its own calls end. */
  readonly callers: ReadonlySet<string>
  readonly ids: readonly string[]
  readonly key: string | undefined
}

/** Whom a filter asks for, as the world knows them now. */
export class Whose {
  readonly #scope: Scope
  readonly #account: Account | undefined
  readonly #people: readonly Somebody[]
  /** Traces of messages with the client_msg_id that is asked for. */
  readonly ofClient: ReadonlySet<string>
  /** For each somebody, traces of the exchanges at hand that concern them. */
  #traces: readonly ReadonlySet<string>[] = []
  /** To which openid the msgids at hand went. */
  #openids: ReadonlyMap<string, string> = new Map()

  constructor(scope: Scope, filter: Filter) {
    const { db, world } = scope
    const { epoch } = world
    const accounts = listAccounts(db, epoch)
    this.#scope = scope
    this.#account = filter.account && accountOf(scope, filter.account)
    this.#people = peopleOf(scope, accounts, filter)
    const { client_msg_id } = filter
    const eids = accounts.map(({ eid }) => eid)
    this.ofClient = new Set(
      client_msg_id === undefined ? [] : listTracesOfClient(db, { epoch, eids, client_msg_id }),
    )
  }

  /** Whether somebody is asked for. */
  get isSomebody(): boolean {
    return this.#people.length > 0
  }

  /** Looks up of the exchanges at hand what they do not say themselves. */
  learn(facts: readonly ExchangeFacts[], texts: ReadonlyMap<number, ExchangeTexts>): void {
    if (!this.isSomebody) return
    const { db, world } = this.#scope
    const { epoch } = world
    const traces = [...new Set(facts.map(({ trace }) => trace))]
    this.#traces = this.#people.map(
      ({ subjects }) => new Set(listTracesOfSubjects(db, { epoch, subjects, traces })),
    )
    const msgids = new Set([...texts.values()].flatMap((of) => msgidOf(of) ?? []))
    const rows = listTemplateMessages(db, epoch, [...msgids])
    this.#openids = new Map(rows.map(({ msgid, openid }) => [msgid, openid]))
  }

  /** Whether an exchange names or concerns everybody who is asked for. */
  concerns({ trace }: ExchangeFacts, texts: ExchangeTexts, said: Said): boolean {
    const openid = this.#openids.size > 0 ? this.#openids.get(msgidOf(texts) ?? '') : undefined
    return this.#people.every((somebody, n) => {
      if (this.#traces[n]?.has(trace)) return true
      return (openid !== undefined && somebody.ids.includes(openid)) || isNamed(said, somebody)
    })
  }

  isOfAccount({ trace }: ExchangeFacts, said: Said): boolean {
    const account = this.#account
    if (!account || account.callers.has(trace.slice(-trace_digits.caller))) return true
    const { ids, key } = account
    if (![...ids, ...(key === undefined ? [] : [key])].some((name) => said.has(name))) return false
    return said.asked.some(
      ({ name, value, isTop }) =>
        isTop && (ids.includes(value) || (value === key && /^accounts?$/.test(name))),
    )
  }
}

function isNamed(said: Said, { mobiles, ids, key }: Somebody): boolean {
  if (mobiles.some((mobile) => said.hasMobile(mobile))) return true
  if (ids.some((id) => said.has(id)) && said.names(({ value }) => ids.includes(value))) return true
  if (key === undefined || !said.has(key)) return false
  return said.names(({ name, value }) => value === key && person_names.test(name))
}

/** What stands before a person's key: parts of paths and fields. */
const person_names = /^(?:person|people|phone|as|sim_person)$/

/** The message that a send was answered with, or that a callback is of. */
function msgidOf({ request_body, response_body }: ExchangeTexts): string | undefined {
  for (const body of [response_body, request_body]) {
    if (!body.includes('msgid')) continue
    const [, msgid] = /msgid(?:_str)?"?\s*[:=]\s*"?(\d{15,19})/.exec(body.toString('utf8')) ?? []
    if (msgid !== undefined) return msgid
  }
  return undefined
}

const purposes = ['exchange', 'look'] as const

function accountOf({ db, world }: Scope, { eid, key, appid }: FilterAccount): Account {
  const { epoch } = world
  const callers = [eid, appid, eid && `register ${eid}`].flatMap((caller) => caller ?? [])
  const later = eid === undefined ? [] : listEids(db, { epoch, account: eid })
  const ids = [eid, appid, ...later.map((row) => row.eid)].flatMap((id) => id ?? [])
  const digits = callers.flatMap((caller) =>
    purposes.map((purpose) => callerOf(world, purpose, caller)),
  )
  return { callers: new Set(digits), ids: [...new Set(ids)], key }
}

function peopleOf(
  scope: Scope,
  accounts: readonly AccountRow[],
  { mobile, person, openid }: Filter,
): Somebody[] {
  return [
    ...(mobile === undefined ? [] : [ofMobile(scope, accounts, mobile)]),
    ...(person === undefined ? [] : [ofPerson(scope, accounts, person)]),
    ...(openid === undefined ? [] : [ofOpenid(scope, openid)]),
  ]
}

function ofMobile(scope: Scope, accounts: readonly AccountRow[], mobile: string): Somebody {
  const { db, world } = scope
  const appids = accounts.flatMap(({ appid }) => appid ?? [])
  const at = { epoch: world.epoch, appids, values: [mobile] }
  const openids = listAssociationsBy(db, 'mobile', at)
  const subjects = subjectsOf(scope, { accounts, mobiles: [mobile], openids })
  return { mobiles: [mobile], ids: openids.map((row) => row.openid), subjects }
}

function ofPerson(
  scope: Scope,
  accounts: readonly AccountRow[],
  { person, key, mobile, unionid }: PersonRow,
): Somebody {
  const { db, world } = scope
  const openids = listFollowed(db, world.epoch, person)
  const values = openids.map(({ openid }) => openid)
  const appids = openids.map(({ appid }) => appid)
  const registered = listAssociationsBy(db, 'openid', { epoch: world.epoch, appids, values })
  const mobiles = [...new Set([...registered.map((row) => row.mobile), mobile ?? []].flat())]
  const subjects = subjectsOf(scope, { accounts, mobiles, openids })
  const ids = [person, ...values, ...(unionid === null ? [] : [unionid])]
  return { mobiles, ids, key, subjects }
}

function ofOpenid(scope: Scope, openid: string): Somebody {
  const follower = findFollower(scope.db, scope.world.epoch, openid)
  const openids = follower ? [follower] : []
  return { mobiles: [], ids: [openid], subjects: subjectsOf(scope, { openids }) }
}

/** By what the journal knows whom a trace concerns. */
function subjectsOf(
  { world }: Scope,
  of: {
    readonly accounts?: readonly AccountRow[]
    readonly mobiles?: readonly string[]
    readonly openids: readonly { readonly appid: string; readonly openid: string }[]
  },
): string[] {
  const { accounts = [], mobiles = [], openids } = of
  const atAccounts = accounts.flatMap(({ eid }) => mobiles.map((mobile) => ({ eid, mobile })))
  const all = [...openids.map(({ appid, openid }) => ({ appid, openid })), ...atAccounts]
  return all.map((subject) => subjectKey(world, subject))
}
