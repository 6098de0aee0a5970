import { z } from 'zod'
import { listAccounts } from '../../../db/account.ts'
import { findAssociation, listAssociations } from '../../../db/association.ts'
import { findCallback, listCallbacks } from '../../../db/callback.ts'
import { findMessage, listNewestMessages } from '../../../db/message.ts'
import { findFollower } from '../../../db/person.ts'
import type { AssociationRow, CallbackRow } from '../../../db/schema.ts'
import { topics } from '../../../db/topic.ts'
import type { Call } from '../../core/call.ts'
import { words } from '../../core/field.ts'
import { isRefusal } from '../../core/refusal.ts'
import { chooseAccount } from '../../phone/choose.ts'
import { accountViewOf } from '../../tupu/account/account.ts'
import { checklistOf, isDone, lifeOf, type StepName, steps } from '../../tupu/account/checklist.ts'
import { mobileField } from '../../tupu/mobile.ts'
import type { Scope } from '../../world/world.ts'
import { lifeResponse, lifeShape } from '../account/response.ts'
import { anyAssociationResponse, anyAssociationShape } from '../association/response.ts'
import { callbackFilters, callbackResponse, callbackShape } from '../callback.ts'
import { contactFilters, contactQuery } from '../contact/endpoints.ts'
import {
  beginContacts,
  type ContactQuery,
  contactTopics,
  findContactPage,
  newestContacts,
} from '../contact/page.ts'
import { type ContactResponse, contactShape } from '../contact/response.ts'
import { exchangeShape } from '../exchange/exchange.ts'
import { cleanText } from '../field.ts'
import { messageFilters, readQuery } from '../message/endpoints.ts'
import { messageResponse, messageShape } from '../message/message.ts'
import { findNewest, laterOf, type Query, topicsOf } from '../message/page.ts'
import { pushShape } from '../push.ts'
import { type Condition, candidates_max, condition, nearestOf } from './condition.ts'
import { exchangeCondition } from './exchange.ts'
import { pushCondition } from './push.ts'

interface MessageSearch extends Query {
  /** The newest that was found so far, while there is more to see. */
  readonly newest: string | undefined
}

const messageCondition = condition({
  filters: messageFilters,
  begin(call, filters, field) {
    const query = readQuery(call, filters, field)
    return isRefusal(query) ? query : { ...query, newest: undefined }
  },
  topics: (query: MessageSearch) => topicsOf(query),
  look({ db }, query: MessageSearch) {
    const { newest: found, cursor, isLast } = findNewest(db, query)
    const newest = laterOf(query.newest, found)
    return { found: isLast ? newest : undefined, query: { ...query, cursor, newest }, isLast }
  },
  show(call, message: string) {
    const row = findMessage(call.db, call.world.epoch, message)
    return row && messageResponse(call, row)
  },
  nearest(call, { epoch, mobile, eid, state }) {
    const newest = listNewestMessages(call.db, { epoch, limit: candidates_max })
    const claims = (row: (typeof newest)[number]) => [
      row.mobile === mobile,
      row.eid === eid,
      row.state === state,
    ]
    return nearestOf(newest, claims).map((row) => messageResponse(call, row))
  },
})

const accountField = cleanText
  .optional()
  .meta(words('Key, EID or appid. Default: all accounts.', 'key、EID 或 appid；不填则为全部账号。'))

interface RegistrationSearch {
  readonly mobile: string
  /** Key of one account; undefined: of any. */
  readonly account: string | undefined
}

const registrationCondition = condition({
  filters: { mobile: mobileField, account: accountField },
  begin(call, { mobile, account: named }, field) {
    if (named === undefined) return { mobile, account: undefined }
    const account = chooseAccount(call, named, `${field}account`)
    return isRefusal(account) ? account : { mobile, account: account.key }
  },
  topics: ({ mobile }) => [topics.registered(mobile)],
  look({ db, world: { epoch } }, query: RegistrationSearch) {
    const { mobile, account } = query
    const wanted = listAccounts(db, epoch).filter(({ key }) => key === (account ?? key))
    for (const { key, appid } of wanted) {
      const row = appid && findAssociation(db, { epoch, appid, mobile })
      if (row) return { found: { key, row }, query, isLast: true }
    }
    return { query, isLast: true }
  },
  show: showAssociation,
  nearest(call, { mobile, account }) {
    const { db, world } = call
    const registered = listAccounts(db, world.epoch).flatMap(({ key, appid }) => {
      if (appid === null) return []
      const at = { epoch: world.epoch, appid, after: '', limit: candidates_max }
      return listAssociations(db, at).map((row) => ({ key, row }))
    })
    const latest = registered.toSorted((a, b) => b.row.updated_at - a.row.updated_at)
    const claims = (one: Registered) => [one.row.mobile === mobile, one.key === account]
    return nearestOf(latest, claims).flatMap((one) => showAssociation(call, one) ?? [])
  },
})

/** An association at the account of a key. */
interface Registered {
  readonly key: string
  readonly row: AssociationRow
}

function showAssociation(call: Call, { key, row: { appid, mobile } }: Registered) {
  const { db, world } = call
  const row = findAssociation(db, { epoch: world.epoch, appid, mobile })
  const follower = row && findFollower(db, world.epoch, row.openid)
  const account = listAccounts(db, world.epoch).find((one) => one.key === key)
  return row && account && anyAssociationResponse(call, account, { row, follower })
}

/** A step of the account whose key this is. */
interface StepSearch {
  readonly eid: string
  readonly step: StepName
}

const stepCondition = condition({
  filters: {
    account: cleanText
      .optional()
      .meta(
        words(
          'Key, EID or appid. Default: the first account.',
          'key、EID 或 appid；不填则为第一个账号。',
        ),
      ),
    step: z.enum(steps).meta(words('Of the checklist.', '开通清单中的一步。')),
  },
  begin(call, { account: named, step }, field) {
    const account = chooseAccount(call, named, `${field}account`)
    return isRefusal(account) ? account : { eid: account.eid, step }
  },
  topics: () => [topics.life, topics.version],
  look(scope, query: StepSearch) {
    const view = accountViewOf(scope, query.eid)
    const life = view && lifeOf(scope, view)
    const row = life && checklistOf(life).find(({ step }) => step === query.step)
    return { found: row && isDone(row) ? query : undefined, query, isLast: true }
  },
  show: (call, { eid, step }) => {
    return lifeResponse(call, { eid }).checklist.find((row) => row.step === step)
  },
  nearest(call, { eid, step }) {
    const { checklist } = lifeResponse(call, { eid })
    return nearestOf(checklist, (row) => [row.step === step, row.step === step, !row.done])
  },
})

interface CallbackSearch {
  readonly eid: string | undefined
  readonly state: CallbackRow['state'] | undefined
}

const callbackCondition = condition({
  filters: callbackFilters,
  begin(call, { account: named, state }, field) {
    const account = named === undefined ? undefined : chooseAccount(call, named, `${field}account`)
    return isRefusal(account) ? account : { eid: account?.eid, state }
  },
  topics: () => [topics.callbacks],
  look(scope, query: CallbackSearch) {
    const [newest] = newestCallbacks(scope, { ...query, limit: 1 })
    return { found: newest?.callback, query, isLast: true }
  },
  show({ db, world }, callback: string) {
    const row = findCallback(db, world.epoch, callback)
    return row && callbackResponse(row, listAccounts(db, world.epoch))
  },
  nearest(call, { eid, state }) {
    const newest = newestCallbacks(call, { limit: candidates_max })
    const accounts = listAccounts(call.db, call.world.epoch)
    const claims = (row: CallbackRow) => [row.eid === eid, row.state === state]
    return nearestOf(newest, claims).map((row) => callbackResponse(row, accounts))
  },
})

function newestCallbacks(
  { db, world }: Scope,
  of: Partial<CallbackSearch> & { readonly limit: number },
) {
  return listCallbacks(db, { ...of, epoch: world.epoch, order: 'newest', after: undefined })
}

interface ContactSearch extends ContactQuery {
  /** The newest that was found so far, while there is more to see. */
  readonly newest: ContactResponse | undefined
}

/** Something that was tried to reach somebody, whichever way. */
const contactCondition = condition({
  filters: contactFilters,
  begin({ world }, filters): ContactSearch {
    return { ...contactQuery(world, filters, beginContacts(world.resets)), newest: undefined }
  },
  topics: contactTopics,
  look({ db }, query: ContactSearch) {
    const { items, cursor, isLast } = findContactPage(db, query)
    const newest = items.at(-1) ?? query.newest
    return { found: isLast ? newest : undefined, query: { ...query, cursor, newest }, isLast }
  },
  show: (_, found: ContactResponse) => found,
  nearest({ db }, query) {
    const newest = newestContacts(db, { epoch: query.epoch, limit: candidates_max })
    return nearestOf(newest, (one) => [
      one.mobile === (query.mobile ?? one.mobile),
      one.email === (query.email ?? one.email),
      one.channel === (query.channel ?? one.channel),
      one.state === (query.state ?? one.state),
    ])
  },
})

/** Whatever can be waited for, by the name under which it is asked for. */
export const conditions = {
  message: messageCondition,
  exchange: exchangeCondition,
  registration: registrationCondition,
  step: stepCondition,
  callback: callbackCondition,
  push: pushCondition,
  contact: contactCondition,
} as const satisfies Record<string, Condition>

/** What each of them finds. */
export const found_shapes = {
  message: messageShape,
  exchange: exchangeShape,
  registration: anyAssociationShape,
  step: lifeShape.shape.checklist.element,
  callback: callbackShape,
  push: pushShape,
  contact: contactShape,
} as const satisfies Record<keyof typeof conditions, z.ZodType>
