import {
  countRead,
  findApplication,
  insertApplication,
  listApplications,
  listDueApplications,
  updateApplication,
} from '../../../db/application.ts'
import { findOfficialAccount } from '../../../db/official-account.ts'
import type { ApplicationChange, ApplicationRow, OfficialAccountRow } from '../../../db/schema.ts'
import { topics } from '../../../db/topic.ts'
import type { Call } from '../../core/call.ts'
import type { JobKind } from '../../core/job.ts'
import { deriveHex, deriveReadable, type Source } from '../../world/seed.ts'
import type { Scope } from '../../world/world.ts'
import { wechatErrors } from '../errors.ts'
import { isFull, makeTemplate } from '../template/template.ts'

/** Applications that an official account may ever make. */
export const applications_max = 200

/** What is applied for. */
export type Wanted = Pick<ApplicationRow, 'title' | 'content' | 'example'>

type Applicant = Pick<Call, 'db' | 'world' | 'engine' | 'events'>

/** Writes an application that WeChat does not see yet; `full`: the account has made all it may. */
export function draftApplication(
  call: Scope,
  { appid }: OfficialAccountRow,
  wanted: Wanted,
): ApplicationRow | 'full' {
  const { db, world } = call
  const n = listApplications(db, world.epoch, appid).length + 1
  if (n > applications_max) return 'full'
  const row: ApplicationRow = {
    ...wanted,
    epoch: world.epoch,
    application: deriveReadable(12, world, 'application', appid, n),
    appid,
    n,
    state: 'draft',
    reason: null,
    submissions: 0,
    submitted_at: null,
    due_at: null,
    decided_at: null,
    reads_left: null,
    template_id: null,
    created_at: world.now,
  }
  insertApplication(db, row)
  return row
}

/** Why WeChat does not take an application. */
export type Obstacle =
  /** The account is no verified service account. */
  | 'not_entitled'
  | 'industries_missing'
  /** It has as many templates as it may. */
  | 'templates_full'
  /** It is no draft, nor was it rejected. */
  | 'submitted'

/** Hands an application in. Returns it as it stands then: with review `immediate` WeChat has approved it already. */
export function handInApplication(
  call: Applicant,
  account: OfficialAccountRow,
  row: ApplicationRow,
): ApplicationRow | Obstacle {
  const { db, world } = call
  const no = obstacleTo(call, account, row)
  if (no) return no
  const submissions = row.submissions + 1
  const change = {
    state: 'pending' as const,
    submissions,
    submitted_at: world.now,
    decided_at: null,
    reason: null,
    ...planReview(world, account.review, { ...row, submissions }),
  }
  if (!updateApplication(db, row, change)) return 'submitted'
  const pending = { ...row, ...change }
  if (account.review === 'immediate') return approve(call, pending) ?? pending
  if (pending.due_at !== null) db.announce(world.epoch, topics.due(pending.due_at))
  return pending
}

function obstacleTo(
  call: Applicant,
  account: OfficialAccountRow,
  row: ApplicationRow,
): Obstacle | undefined {
  if (row.state === 'pending' || row.state === 'approved') return 'submitted'
  if (account.kind !== 'service' || account.verified === 0) return 'not_entitled'
  if (account.primary_industry === null || account.secondary_industry === null)
    return 'industries_missing'
  return isFull(call, account.appid) ? 'templates_full' : undefined
}

/** Days that WeChat takes for a template, drawn from the seed. Source: the partner's help page, one to two weeks. */
const review_days_min = 7
const review_days_max = 14
const minutes_a_day = 1440
const minute_ms = 60_000

/** When WeChat decides about an application handed in now: at an instant, after some looks at it, or by a hand. */
function planReview(
  world: Source & { readonly now: number },
  review: OfficialAccountRow['review'],
  { appid, n, submissions }: Pick<ApplicationRow, 'appid' | 'n' | 'submissions'>,
): Pick<ApplicationRow, 'due_at' | 'reads_left'> {
  if (review === 'time') {
    const span = (review_days_max - review_days_min) * minutes_a_day
    const drawn = Number.parseInt(
      deriveHex(world, 'review', appid, n, submissions).slice(0, 12),
      16,
    )
    const minutes = review_days_min * minutes_a_day + (drawn % (span + 1))
    return { due_at: world.now + minutes * minute_ms, reads_left: null }
  }
  return { due_at: null, reads_left: readsOf(review) ?? null }
}

/** How an account keeps that a review ends with the nth look; `immediate`, `time` and `manual` are kept as they are. */
export function afterReads(reads: number): string {
  return `after_reads:${reads}`
}

/** The looks that a kept review takes; undefined: it counts none. */
export function readsOf(review: string): number | undefined {
  const reads = /^after_reads:(\d+)$/.exec(review)?.[1]
  return reads === undefined ? undefined : Number(reads)
}

/** Who decides: a control call, a look at the application, or the job when its time has come. */
type Decider = Pick<Call, 'db' | 'world' | 'events'>

/**
 * WeChat approves a pending application: the account gets the template; if it has as many as it may meanwhile, the
 * application is rejected instead. Undefined: somebody else decided first.
 */
export function approve(call: Decider, row: ApplicationRow): ApplicationRow | undefined {
  const { db, world } = call
  const account = findOfficialAccount(db, world.epoch, row.appid)
  if (!account) throw new Error(`the official account ${row.appid} of an application is missing`)
  if (isFull(call, row.appid)) return reject(call, row, full_text)
  const settled = settle(call, row, { state: 'approved' })
  if (!settled) return undefined
  const { template_id } = makeTemplate(call, account, row)
  updateApplication(db, settled, { template_id })
  return raiseReviewed(call, { ...settled, template_id })
}

const full_text = wechatErrors.get(45026)?.text ?? ''

/** WeChat rejects a pending application. Undefined: somebody else decided first. */
export function reject(
  call: Decider,
  row: ApplicationRow,
  reason: string,
): ApplicationRow | undefined {
  const settled = settle(call, row, { state: 'rejected', reason })
  return settled && raiseReviewed(call, settled)
}

function settle(
  { db, world }: Decider,
  row: ApplicationRow,
  verdict: Pick<ApplicationChange, 'state' | 'reason'>,
): ApplicationRow | undefined {
  if (row.state !== 'pending') return undefined
  const change = { ...verdict, decided_at: world.now, due_at: null, reads_left: null }
  if (!updateApplication(db, row, change)) return undefined
  return { ...row, ...change } as ApplicationRow
}

function raiseReviewed({ events }: Decider, row: ApplicationRow): ApplicationRow {
  const { appid, application, template_id } = row
  const result = row.state === 'approved' ? 'approved' : 'rejected'
  events.push({ event: 'TEMPLATE_REVIEWED', appid, application, template_id, result })
  return row
}

/** Reviews that take their days: an application's own `due_at` is the queue. */
export const templateReviewJob: JobKind = {
  kind: 'template_review',
  next(db, epoch, limit) {
    const rows = listDueApplications(db, epoch, limit)
    return rows.map(({ application, due_at }) => {
      return { key: application, subject: application, due_at: due_at ?? 0 }
    })
  },
  run(call, job) {
    const row = findApplication(call.db, call.world.epoch, job.key)
    if (row?.state !== 'pending' || row.due_at !== job.due_at) return 'gone'
    return approve(call, row)?.state ?? 'gone'
  },
}

/** An application as somebody who looks at it sees it. One that waits for looks is approved by its last one. */
export function seeApplication(call: Decider, row: ApplicationRow): ApplicationRow {
  if (row.state !== 'pending' || row.reads_left === null) return row
  const reads_left = countRead(call.db, row)
  const seen = { ...row, reads_left: reads_left ?? row.reads_left }
  return reads_left === 0 ? (approve(call, row) ?? seen) : seen
}

/** All applications of an account, each seen once. */
export function seeApplications(call: Decider, appid: string): ApplicationRow[] {
  const seen: ApplicationRow[] = []
  for (const row of listApplications(call.db, call.world.epoch, appid))
    seen.push(seeApplication(call, row))
  return seen
}
