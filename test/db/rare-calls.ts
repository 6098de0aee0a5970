import { onTestFinished } from 'vitest'
import { findLatestForcedToken, replaceTokens, updateAccessToken } from '../../db/access-token.ts'
import {
  deleteAddressesOf,
  listAddressesOf,
  listEmailsOf,
  listMobilesOf,
} from '../../db/address.ts'
import { countRead } from '../../db/application.ts'
import { listAssociationsBy, updateAssociation } from '../../db/association.ts'
import { listAssociationChanges } from '../../db/association-change.ts'
import { deleteImport, updateRunningImport } from '../../db/association-import.ts'
import { countCall, findCallCount } from '../../db/call-count.ts'
import { listCallbacks, listCallbacksOf, listSwapped } from '../../db/callback.ts'
import { findChatMessage, updateChatMessage } from '../../db/chat-message.ts'
import {
  deleteContactsOf,
  deleteContactsTo,
  findContact,
  listContacts,
  listContactsTo,
  listNewestContacts,
} from '../../db/contact.ts'
import { findFirstInstant, firstInstant } from '../../db/counter.ts'
import { deleteDrill } from '../../db/drill.ts'
import { updateEid } from '../../db/eid.ts'
import { sweepEpoch } from '../../db/epoch.ts'
import { copy_begin, copyEpochRows, copyErasures, insertEpochRows } from '../../db/epoch-copy.ts'
import {
  databaseNow,
  isOlderUnitRunning,
  listErasures,
  lockErasure,
  updateErasure,
} from '../../db/erasure.ts'
import {
  deleteExchanges,
  listExchangeKeys,
  listExchangeSizes,
  listTraceKeys,
  sumExchanges,
} from '../../db/exchange.ts'
import { listExchangeFacts, listTraceFacts } from '../../db/exchange-search.ts'
import {
  deleteSubjectsOfTraces,
  insertExchangeSubject,
  listTracesOfSubjects,
} from '../../db/exchange-subject.ts'
import { deleteExpired } from '../../db/expiry.ts'
import { countFit, countHit } from '../../db/fault.ts'
import {
  findNewestAttempt,
  listNewestMsgids,
  listSubjectMessages,
} from '../../db/latest-message.ts'
import {
  listMessagesBy,
  listNewestMessages,
  listSending,
  listTracesOfClient,
} from '../../db/message.ts'
import { useNonce } from '../../db/nonce.ts'
import { openStore } from '../../db/open.ts'
import { findPersonByUnionid, listFollowers, listPeople } from '../../db/person.ts'
import { findNotice } from '../../db/privacy-notice.ts'
import {
  acknowledgePush,
  listPushes,
  listPushesOf,
  listSwapped as listSwappedPushes,
} from '../../db/push.ts'
import { countQuota, deleteDayQuotas, findQuota } from '../../db/quota.ts'
import { findSceneCodeByPath, findSceneCodeByTicket } from '../../db/scene-code.ts'
import { deleteSession, updateSession } from '../../db/session.ts'
import {
  bumpSnapshot,
  deleteSnapshots,
  findSnapshot,
  findWorldOfSnapshot,
  lockSnapshots,
} from '../../db/snapshot.ts'
import { listExchangeEnds } from '../../db/stray-exchange.ts'
import { findClientTemplateMessage } from '../../db/template-message.ts'
import type { Db, Store } from '../../db/unit.ts'
import {
  deleteWebsiteApp,
  findWebsiteApp,
  findWebsiteLogin,
  insertWebsiteLogin,
  updateWebsiteLogin,
} from '../../db/website.ts'
import {
  addDropped,
  deleteEpoch,
  endAdvances,
  findIdlestWorld,
  keepEpoch,
  listEndedEpochs,
  listIdleWorlds,
  listWorldsAfter,
  sweepClaims,
  updateCalledBefore,
} from '../../db/world.ts'
import type { DatabaseName } from '../database.ts'
import { fill } from './full.ts'
import { beside, emptyPlace } from './place.ts'

const epoch = 1
const appid = 'a1'
const real = 1
const nonce = { epoch, nonce: 'nonce1', expires_at: real }
const recipients = [{ mobile: 'mobile1' }, { email: 'email1' }] as const
const at = { epoch, appid, eid: 'a1', openid: 'openid1', message: 'message1', change: 'change1' }

/** Questions and deeds for which a walk would need a day, an outage or a bad network, and every way to ask a list. */
const calls: readonly ((db: Db) => unknown)[] = [
  (db) => findLatestForcedToken(db, { ...at, kind: 'ordinary' }),
  (db) => replaceTokens(db, { ...at, kind: 'ordinary', from: 0, up_to: 1 }, real),
  (db) => updateAccessToken(db, { epoch, token: 't' }, { expires_at: 1, replaced_at: null }),
  (db) => countRead(db, { epoch, application: 'application1' }),
  (db) => updateAssociation(db, at, { name: 'name' }),
  (db) => countCall(db, { ...at, now: real, over_at: 0, limit: 1 }),
  (db) => findCallCount(db, at),
  (db) => useNonce(db, { ...nonce, now: real }),
  (db) => findChatMessage(db, epoch, 'msgid1'),
  (db) => updateChatMessage(db, { epoch, msgid: 'msgid1' }, { parts: '{}' }),
  (db) => acknowledgePush(db, { epoch, push: 'push1', tries_left: 0 }, { state: 'delivered' }),
  (db) => listPushesOf(db, { epoch, msgid: 'msgid1' }),
  (db) => listPushes(db, { epoch, order: 'oldest', after: '', limit: 1 }),
  (db) => listPushes(db, { epoch, order: 'newest', after: '', state: 'failed', limit: 1 }),
  (db) => listPushes(db, { epoch, order: 'oldest', appid, state: 'failed', after: '', limit: 1 }),
  (db) => listSwappedPushes(db, at),
  (db) => findContact(db, epoch, 'contact1'),
  ...recipients.map((to) => (db: Db) => {
    listContactsTo(db, to, { epoch, before: ':', limit: 1 })
    deleteContactsTo(db, epoch, to)
  }),
  (db) => listContacts(db, epoch, ['contact1', 'contact2']),
  (db) => listMobilesOf(db, { epoch, email: 'email1' }),
  (db) => listEmailsOf(db, { epoch, mobile: 'mobile1' }),
  (db) => listAddressesOf(db, { epoch, subjects: ['subject1', 'subject2'] }),
  (db) => deleteAddressesOf(db, { epoch, subjects: ['subject1', 'subject2'] }),
  (db) => deleteContactsOf(db, { epoch, traces: ['trace1', 'trace2'] }),
  (db) => updateEid(db, at, { valid_until: real }),
  (db) => updateErasure(db, { epoch, erasure: 'erasure1' }, '{}'),
  (db) => lockErasure(db, { epoch, erasure: 'erasure1' }),
  (db) => isOlderUnitRunning(db, databaseNow(db)),
  (db) => listErasures(db, { limit: 1 }),
  (db) => listErasures(db, { epoch, limit: 1 }),
  (db) => insertExchangeSubject(db, { epoch, subject: 's', trace: 't', message: null }),
  (db) => deleteSubjectsOfTraces(db, { epoch, traces: ['trace1', 'trace2'] }),
  (db) => listNewestMessages(db, { epoch, limit: 1 }),
  (db) => listSending(db, { now: real, limit: 1 }),
  (db) => listTraceKeys(db, epoch, 'trace1'),
  (db) => listTraceFacts(db, epoch, 'trace1'),
  (db) => listExchangeFacts(db, { ...stretch, order: 'newest' }),
  (db) => listExchangeFacts(db, { ...stretch, order: 'oldest' }),
  (db) => listExchangeFacts(db, { ...stretch, order: 'oldest', isEager: true }),
  (db) => listTracesOfSubjects(db, { epoch, subjects: ['s', 't'], traces: ['trace1', 'trace2'] }),
  (db) => listTracesOfClient(db, { epoch, eids: ['a1', 'a2'], client_msg_id: 'c' }),
  (db) => listAssociationsBy(db, 'mobile', { epoch, appids: ['a1', 'a2'], values: ['m'] }),
  (db) => listAssociationsBy(db, 'openid', { epoch, appids: ['a1'], values: ['openid1', 'o'] }),
  (db) => listExchangeKeys(db, { epoch, before: undefined, after: 0, limit: 1 }),
  (db) => listExchangeKeys(db, { epoch, before: 9, after: 0, limit: 1 }),
  (db) => listExchangeKeys(db, { epoch, before: undefined, after: 1, limit: 1 }),
  (db) => listExchangeKeys(db, { epoch, before: 9, after: 1, limit: 1 }),
  (db) => listExchangeSizes(db, { epoch, limit: 1 }),
  (db) => sumExchanges(db, { epoch, after: 1, limit: 1 }),
  (db) => deleteExchanges(db, epoch, 1),
  (db) => listIdleWorlds(db, real, 1),
  (db) => countFit(db, fault),
  (db) => countHit(db, fault),
  (db) => listSwapped(db, at),
  (db) => firstInstant(db, mark),
  (db) => findFirstInstant(db, mark),
  (db) => findNotice(db, { ...at, version: 1 }),
  (db) => countQuota(db, { ...quota, span: '1', limit: 1 }),
  (db) => findQuota(db, quota),
  (db) => deleteDayQuotas(db, at),
  (db) => findSceneCodeByTicket(db, epoch, 'ticket1'),
  (db) => findSceneCodeByPath(db, epoch, 'path1'),
  (db) => deleteSession(db, { epoch, session: 'session2' }),
  (db) => updateSession(db, { epoch, session: 'session1' }, { draft: null }),
  (db) => findClientTemplateMessage(db, { ...at, client_msg_id: 'c' }),
  (db) => listMessagesBy(db, 'message', { epoch, values: ['message1'] }),
  (db) => listMessagesBy(db, 'msgid', { epoch, values: ['msgid1'] }),
  (db) => findNewestAttempt(db, { epoch, eids: ['a1', 'a2'], client_msg_id: 'c' }),
  (db) => listSubjectMessages(db, { epoch, subjects: ['s', 't'], limit: 1 }),
  (db) => listNewestMsgids(db, { ...at, limit: 1 }),
  (db) => listExchangeEnds(db, { epoch, before: 9, limit: 1 }),
  (db) => listExchangeEnds(db, { epoch, before: undefined, limit: 1 }),
  (db) => listCallbacksOf(db, at),
  (db) => listCallbacks(db, { epoch, order: 'oldest', after: '', limit: 1 }),
  (db) => listCallbacks(db, { epoch, order: 'newest', after: '', limit: 1 }),
  (db) => listCallbacks(db, { order: 'oldest', epoch, eid: 'a1', after: '', limit: 1 }),
  (db) =>
    listCallbacks(db, {
      order: 'oldest',
      epoch,
      state: 'failed',
      after: '',
      limit: 1,
    }),
  (db) => listCallbacks(db, { epoch, order: 'newest', after: '', limit: 1 }),
  (db) =>
    listCallbacks(db, { order: 'oldest', epoch, eid: 'a1', state: 'failed', after: '', limit: 1 }),
  (db) => listAssociationChanges(db, { epoch, after: '', limit: 1 }),
  (db) => listAssociationChanges(db, { epoch, appid, after: '', limit: 1 }),
  (db) => listAssociationChanges(db, { epoch, openid: 'openid1', after: '', limit: 1 }),
  (db) => listAssociationChanges(db, { ...at, after: '', limit: 1 }),
  (db) => listFollowers(db, { epoch, appid, limit: 1 }),
  (db) => listFollowers(db, { epoch, appid, after: { openid: 'o', followed_at: 1 }, limit: 1 }),
  (db) => listPeople(db, epoch, 1, 'person1'),
  (db) => findPersonByUnionid(db, { epoch, unionid: 'unionid1' }),
  (db) => keepEpoch(db, { epoch, real, ended_at: null }),
  (db) => copyEpochRows(db, { ...copying, place: copy_begin }, { rows_max: 1, bytes_max: 1 }),
  (db) => copyErasures(db, copying),
  (db) => insertEpochRows(db, { table: 'menu', epoch, rows: [], sending_until: real }),
  (db) => findSnapshot(db, { world: 'w', name: 'ready' }),
  (db) => lockSnapshots(db, 'w'),
  (db) => findWorldOfSnapshot(db, epoch),
  (db) => bumpSnapshot(db, epoch),
  (db) => deleteSnapshots(db, 'w', real),
  (db) => findWebsiteApp(db, epoch, appid),
  (db) => deleteWebsiteApp(db, { epoch, appid }),
  (db) => insertWebsiteLogin(db, login),
  (db) => findWebsiteLogin(db, epoch, login.uuid),
  (db) => updateWebsiteLogin(db, login, { status: 'denied' }),
  (db) => listEndedEpochs(db, real),
  (db) => findIdlestWorld(db),
  (db) => updateCalledBefore(db, { world: 'w', called_at: 1, before: 1 }),
  (db) => endAdvances(db),
  (db) => listNewestContacts(db, { epoch, limit: 1 }),
  (db) => deleteDrill(db, { epoch, drill: 'drill1' }),
  (db) => deleteImport(db, { epoch, import_id: 'i000000001' }),
  (db) => updateRunningImport(db, { epoch, import_id: 'i1' }, { state: 'cancelled' }),
  (db) => addDropped(db, { world: 'w', epoch }, 1),
  (db) => listWorldsAfter(db, '', 1),
  (db) => deleteExpired(db, { world: 'w', epoch: 2 }, { world: 9e15, real, machine: real }),
  (db) => sweepEpoch(db, { epoch, from: 0 }, { rows_max: 1, bytes_max: 1 }),
  (db) => sweepClaims(db, 9, 1),
  (db) => deleteEpoch(db, epoch),
]
const login = {
  ...{ epoch, uuid: 'drawn', appid, redirect_uri: 'https://hr.example.com/', state: '' },
  ...{ person: null, code: null, created_at: 0, expires_at: 1 },
  status: 'waiting',
} as const
const copying = { from: epoch, to: 99, sending_until: null }
const stretch = { epoch, before: undefined, after: 1, limit: 1 }
const fault = { epoch, fault: 'fault1' }
const mark = { epoch, purpose: 'p', key: 'k', now: real }
const quota = { epoch, appid, path: '/', per: 'day' } as const

/** A database with a few rows in every table. */
export async function storeWithRows(database: DatabaseName): Promise<Store> {
  const data = await emptyPlace(database)
  await (await openStore(data)).close()
  await fill(database, await beside(data), 8)
  const store = await openStore(data)
  onTestFinished(() => store.close())
  return store
}

/** Calls what a walk does not reach, and sweeps a whole epoch. */
export async function callRarely(store: Store): Promise<void> {
  for (const call of calls) await store.unit('rare', ({ db }) => void call(db))
  const bounds = { rows_max: 100, bytes_max: 1_000_000 }
  for (let from = 0; ; ) {
    const at = { epoch, from }
    const { stopped } = await store.unit('sweep', ({ db }) => sweepEpoch(db, at, bounds))
    if (stopped === undefined) return
    from = stopped
  }
}
