import { insertApplication, listApplications, updateApplication } from '../../../db/application.ts'
import type { ApplicationRow, OfficialAccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { deriveReadable } from '../../world/seed.ts'
import { isFull } from '../template.ts'
import { approve } from './decide.ts'
import { planReview } from './plan.ts'

/** Applications that an official account may ever make. */
export const applications_max = 200

/** What is applied for. */
export type Wanted = Pick<ApplicationRow, 'title' | 'content' | 'example'>

type Applicant = Pick<Call, 'db' | 'world' | 'engine' | 'events'>

/** Writes an application that WeChat does not see yet; `full`: the account has made all it may. */
export async function draftApplication(
  call: Pick<Call, 'db' | 'world'>,
  { appid }: OfficialAccountRow,
  wanted: Wanted,
): Promise<ApplicationRow | 'full'> {
  const { db, world } = call
  const n = (await listApplications(db, world.epoch, appid)).length + 1
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
  await insertApplication(db, row)
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
export async function handInApplication(
  call: Applicant,
  account: OfficialAccountRow,
  row: ApplicationRow,
): Promise<ApplicationRow | Obstacle> {
  const { db, world } = call
  const no = await obstacleTo(call, account, row)
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
  if (!(await updateApplication(db, row, change))) return 'submitted'
  const pending = { ...row, ...change }
  if (account.review === 'immediate') return (await approve(call, pending)) ?? pending
  if (pending.due_at !== null) call.engine.wake(world.world, pending.due_at)
  return pending
}

async function obstacleTo(
  call: Applicant,
  account: OfficialAccountRow,
  row: ApplicationRow,
): Promise<Obstacle | undefined> {
  if (row.state === 'pending' || row.state === 'approved') return 'submitted'
  if (account.kind !== 'service' || account.verified === 0) return 'not_entitled'
  if (account.primary_industry === null || account.secondary_industry === null)
    return 'industries_missing'
  return (await isFull(call, account.appid)) ? 'templates_full' : undefined
}
