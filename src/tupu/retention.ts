import { listRetaining } from '../../db/account.ts'
import { findAssociationOf, listOldestAssociations } from '../../db/association.ts'
import type { Db } from '../../db/unit.ts'
import type { Job, JobKind } from '../core/job.ts'
import { withdraw } from './association/withdraw.ts'

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
  async next(db, epoch, limit) {
    const jobs = new Map<string, Job>()
    for (const retention of await retentionsOf(db, epoch)) {
      const { appid } = retention
      for (const row of await listOldestAssociations(db, { epoch, appid, limit })) {
        const job = jobOf(retention, row)
        // Two accounts behind one remote appid: whichever keeps it the shorter time.
        const other = jobs.get(job.key)
        if (!other || job.due_at < other.due_at) jobs.set(job.key, job)
      }
    }
    return [...jobs.values()].sort(inOrder).slice(0, limit)
  },
  async run({ db, world }, job) {
    const [appid = '', openid = ''] = job.key.split(' ')
    const at = { epoch: world.epoch, appid, openid }
    if (!(await findAssociationOf(db, at))) return 'gone'
    // No call has asked for it, and so no exchange leads to it.
    const trace = () => Promise.resolve('')
    await withdraw({ db, world, trace }, { ...at, who: 'retention', via: 'job' })
    return 'erased'
  },
}

async function retentionsOf(db: Db, epoch: number): Promise<Retention[]> {
  const accounts = await listRetaining(db, epoch)
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
