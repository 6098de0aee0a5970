import { listAccounts, listRetaining } from '../../../db/account.ts'
import { deleteAddressesOf, listAddressesOf } from '../../../db/address.ts'
import {
  deleteAssociation,
  findAssociationOf,
  listOldestAssociations,
} from '../../../db/association.ts'
import {
  anonymiseAssociationChanges,
  listAssociationChanges,
  listOthersWithMobile,
} from '../../../db/association-change.ts'
import { deleteContactsTo, listContactsTo } from '../../../db/contact.ts'
import { insertErasure } from '../../../db/erasure.ts'
import { findFollower, findPerson, updateFollower, updatePerson } from '../../../db/person.ts'
import type { AssociationChangeRow, AssociationRow } from '../../../db/schema.ts'
import { deleteDraftsOf, deleteSessionsOf } from '../../../db/session.ts'
import { bumpSnapshot, lockSnapshots } from '../../../db/snapshot.ts'
import { deleteTaggingsOf } from '../../../db/tag.ts'
import type { Db } from '../../../db/unit.ts'
import type { Call } from '../../core/call.ts'
import type { Job, JobKind } from '../../core/job.ts'
import { readEmail } from '../../world/address.ts'
import { isMadeByMobile } from '../../world/person.ts'
import { subjectKey } from '../../world/subject.ts'
import { keepChange } from './association.ts'
import { type ErasureWork, erased_mark } from './erase.ts'

/** More changes than anybody makes. */
const changes_max = 200

type WithdrawCall = Pick<Call, 'db' | 'world' | 'trace'>

interface Withdrawing {
  readonly appid: string
  readonly openid: string
  readonly who: AssociationChangeRow['who']
  readonly via: AssociationChangeRow['via']
}

/**
 * Takes an openid's personal data back: its association, sessions and drafts go at once, its history loses whose it was, and
 * whose messages and exchanges are to be blanked is written down for `eraseDue`; in the world's snapshots too, so that none
 * brings them back. False: there was nothing. What the world was made from, and people with keys, are the test's own script
 * and the simulated universe, no data of TUPU's.
 */
export function withdraw(call: WithdrawCall, of: Withdrawing): boolean {
  const { db, world } = call
  const snapshots = lockSnapshots(db, world.world)
  const mobile_keys = withdrawFrom(call, of)
  if (!mobile_keys) return false
  for (const { epoch, state, at: now } of snapshots) {
    bumpSnapshot(db, epoch)
    // What is still being copied is begun anew by whoever copies it.
    if (state === 'copying') continue
    withdrawFrom({ db, world: { ...world, epoch, now }, trace: () => '' }, of, mobile_keys)
  }
  return true
}

/** The same in one life of the world, or in a snapshot of it. Answers the keys of all mobiles; undefined: there was nothing. */
function withdrawFrom(
  call: WithdrawCall,
  of: Withdrawing,
  otherwise: readonly string[] = [],
): readonly string[] | undefined {
  const { db, world } = call
  const { appid, openid, who, via } = of
  const at = { epoch: world.epoch, appid, openid }
  const row = findAssociationOf(db, at)
  const changes = listAssociationChanges(db, { ...at, after: '', limit: changes_max })
  if (!row && changes.length === 0 && otherwise.length === 0) return undefined
  const mobile_keys = mobileKeysOf(call, at, { row, changes, otherwise })
  if (row && !deleteAssociation(db, at)) {
    db.retry('the association has gone meanwhile')
  }
  anonymiseAssociationChanges(db, at)
  deleteSessionsOf(db, at)
  deleteTaggingsOf(db, at)
  erasePerson(db, at)
  const contacted = eraseContacts(call, mobile_keys, row)
  if (mobile_keys.length > 0) deleteDraftsOf(db, { epoch: world.epoch, mobile_keys })
  // Whose it was, nobody learns from it: neither openid nor trace.
  const fact = { appid, openid: null, verb: 'withdrawn', who, via, trace: '' } as const
  const isKnown = row !== undefined || changes.length > 0
  begin(call, isKnown ? keepChange(call, fact) : `${world.real_now} ${openid}`, {
    openid,
    subjects: [subjectKey(world, { appid, openid }), ...mobile_keys],
    msgid_after: '',
    push_after: '',
    msgid_until: null,
    awaited: [...tracesOf(changes), ...contacted].map((trace) => ({ trace, message: null })),
  })
  return mobile_keys
}

/** Whoever is there by an association alone has name and mobile from it. */
function erasePerson(db: Db, { epoch, openid }: { epoch: number; openid: string }): void {
  const follower = findFollower(db, epoch, openid)
  if (follower) updateFollower(db, follower, { remark: '' })
  const person = follower && findPerson(db, epoch, follower.person)
  if (person && isMadeByMobile(person))
    updatePerson(db, person, { name: erased_mark, mobile: null })
}

/** So many exchanges that brought one person something are blanked at once; those that name the mobile are found besides. */
const traces_max = 200
/** Comes after all keys. */
const after_all = ':'

/**
 * Deletes what the person was sent by SMS and e-mail, by all mobiles and addresses that are known to have been theirs at the
 * account. Returns the traces of the calls that brought it.
 */
function eraseContacts(
  { db, world: { epoch } }: WithdrawCall,
  subjects: readonly string[],
  row: Pick<AssociationRow, 'mobile' | 'email'> | undefined,
): string[] {
  const whose = [...listAddressesOf(db, { epoch, subjects }), ...(row ? [row] : [])]
  const mobiles = new Set(whose.map(({ mobile }) => mobile))
  const emails = new Set(whose.flatMap(({ email }) => readEmail(email) ?? []))
  const recipients = [
    ...[...mobiles].map((mobile) => ({ mobile })),
    ...[...emails].map((email) => ({ email })),
  ]
  deleteAddressesOf(db, { epoch, subjects })
  return recipients.flatMap((to) => {
    const rows = listContactsTo(db, to, { epoch, before: after_all, limit: traces_max })
    if (rows.length > 0) deleteContactsTo(db, epoch, to)
    return rows.map(({ trace }) => trace)
  })
}

/** Keys of every mobile that the openid has had, but for those that are somebody else's by now. */
function mobileKeysOf(
  { db, world }: WithdrawCall,
  at: { readonly epoch: number; readonly appid: string; readonly openid: string },
  of: {
    readonly row: AssociationRow | undefined
    readonly changes: readonly AssociationChangeRow[]
    readonly otherwise: readonly string[]
  },
): string[] {
  const accounts = listAccounts(db, at.epoch)
  const eids = accounts.filter(({ appid }) => appid === at.appid).map(({ eid }) => eid)
  const keysOf = (mobile: string) => eids.map((eid) => subjectKey(world, { eid, mobile }))
  const had = of.changes.flatMap(({ mobile_key }) => mobile_key ?? [])
  const kept = new Set([...had, ...of.otherwise])
  for (const mobile_key of [...kept]) {
    for (const openid of listOthersWithMobile(db, { ...at, mobile_key })) {
      const other = findAssociationOf(db, { ...at, openid })
      if (other && keysOf(other.mobile).includes(mobile_key)) kept.delete(mobile_key)
    }
  }
  return [...new Set([...kept, ...(of.row ? keysOf(of.row.mobile) : [])])]
}

/** The exchanges by which the association was made and changed. */
function tracesOf(changes: readonly AssociationChangeRow[]): string[] {
  const made = changes.filter(({ verb }) => verb === 'registered' || verb === 'changed')
  return [...new Set(made.map(({ trace }) => trace))].filter((trace) => trace !== '')
}

function begin({ db, world }: WithdrawCall, erasure: string, work: ErasureWork) {
  const { epoch, now: created_at } = world
  insertErasure(db, { epoch, erasure, work: JSON.stringify(work), created_at })
}

const day_ms = 86_400_000

/** For how long an account keeps associations after their last change. */
interface Retention {
  readonly appid: string
  readonly days: number
  /** Nothing is erased before somebody has said so. */
  readonly since: number
}

/** Associations that nobody has changed for as long as their account keeps them: they go as by a withdrawal. */
export const retentionJob: JobKind = {
  kind: 'retention',
  next(db, epoch, limit) {
    const jobs = new Map<string, Job>()
    for (const retention of retentionsOf(db, epoch)) {
      const { appid } = retention
      for (const row of listOldestAssociations(db, { epoch, appid, limit })) {
        const job = jobOf(retention, row)
        // Two accounts behind one remote appid: whichever keeps it the shorter time.
        const other = jobs.get(job.key)
        if (!other || job.due_at < other.due_at) jobs.set(job.key, job)
      }
    }
    return [...jobs.values()].sort(inOrder).slice(0, limit)
  },
  run({ db, world }, job) {
    const [appid = '', openid = ''] = job.key.split(' ')
    const at = { epoch: world.epoch, appid, openid }
    if (!findAssociationOf(db, at)) return 'gone'
    // No call has asked for it, and so no exchange leads to it.
    const trace = () => ''
    withdraw({ db, world, trace }, { ...at, who: 'retention', via: 'job' })
    return 'erased'
  },
}

function retentionsOf(db: Db, epoch: number): Retention[] {
  const accounts = listRetaining(db, epoch)
  return accounts.flatMap(({ appid, retention_days: days, retention_since: since }) =>
    appid === null || days === null ? [] : [{ appid, days, since: since ?? 0 }],
  )
}

function jobOf(
  { appid, days, since }: Retention,
  { openid, updated_at }: { readonly openid: string; readonly updated_at: number },
): Job {
  const due_at = Math.max(updated_at + days * day_ms, since)
  return { key: `${appid} ${openid}`, subject: openid, due_at }
}

function inOrder(a: Job, b: Job): number {
  return a.due_at - b.due_at || (a.key < b.key ? -1 : 1)
}
