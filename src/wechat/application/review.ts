import {
  countRead,
  findApplication,
  listApplications,
  listDueApplications,
} from '../../../db/application.ts'
import type { ApplicationRow } from '../../../db/schema.ts'
import type { JobKind } from '../../core/job.ts'
import { approve, type Decider } from './decide.ts'

/** Reviews that take their days: an application's own `due_at` is the queue. */
export const templateReviewJob: JobKind = {
  kind: 'template_review',
  async next(db, epoch, limit) {
    const rows = await listDueApplications(db, epoch, limit)
    return rows.map(({ application, due_at }) => {
      return { key: application, subject: application, due_at: due_at ?? 0 }
    })
  },
  async run(call, job) {
    const row = await findApplication(call.db, call.world.epoch, job.key)
    if (row?.state !== 'pending' || row.due_at !== job.due_at) return 'gone'
    return (await approve(call, row))?.state ?? 'gone'
  },
}

/** An application as somebody who looks at it sees it. One that waits for looks is approved by its last one. */
export async function seeApplication(call: Decider, row: ApplicationRow): Promise<ApplicationRow> {
  if (row.state !== 'pending' || row.reads_left === null) return row
  const reads_left = await countRead(call.db, row)
  const seen = { ...row, reads_left: reads_left ?? row.reads_left }
  return reads_left === 0 ? ((await approve(call, row)) ?? seen) : seen
}

/** All applications of an account, each seen once. */
export async function seeApplications(call: Decider, appid: string): Promise<ApplicationRow[]> {
  const seen: ApplicationRow[] = []
  for (const row of await listApplications(call.db, call.world.epoch, appid))
    seen.push(await seeApplication(call, row))
  return seen
}
