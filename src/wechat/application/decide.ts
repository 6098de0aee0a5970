import { updateApplication } from '../../../db/application.ts'
import { findOfficialAccount } from '../../../db/official-account.ts'
import type { ApplicationChange, ApplicationRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { wechatErrors } from '../errors.ts'
import { isFull, makeTemplate } from '../template.ts'

/** Who decides: a control call, a look at the application, or the job when its time has come. */
export type Decider = Pick<Call, 'db' | 'world' | 'events'>

/**
 * WeChat approves a pending application: the account gets the template; if it has as many as it may meanwhile, the
 * application is rejected instead. Undefined: somebody else decided first.
 */
export async function approve(
  call: Decider,
  row: ApplicationRow,
): Promise<ApplicationRow | undefined> {
  const { db, world } = call
  const account = await findOfficialAccount(db, world.epoch, row.appid)
  if (!account) throw new Error(`the official account ${row.appid} of an application is missing`)
  if (await isFull(call, row.appid)) return reject(call, row, full_text)
  const settled = await settle(call, row, { state: 'approved' })
  if (!settled) return undefined
  const { template_id } = await makeTemplate(call, account, row)
  await updateApplication(db, settled, { template_id })
  return tell(call, { ...settled, template_id })
}

const full_text = wechatErrors.get(45026)?.text ?? ''

/** WeChat rejects a pending application. Undefined: somebody else decided first. */
export async function reject(
  call: Decider,
  row: ApplicationRow,
  reason: string,
): Promise<ApplicationRow | undefined> {
  const settled = await settle(call, row, { state: 'rejected', reason })
  return settled && tell(call, settled)
}

async function settle(
  { db, world }: Decider,
  row: ApplicationRow,
  verdict: Pick<ApplicationChange, 'state' | 'reason'>,
): Promise<ApplicationRow | undefined> {
  if (row.state !== 'pending') return undefined
  const change = { ...verdict, decided_at: world.now, due_at: null, reads_left: null }
  if (!(await updateApplication(db, row, change))) return undefined
  return { ...row, ...change } as ApplicationRow
}

function tell({ events }: Decider, row: ApplicationRow): ApplicationRow {
  const { appid, application, template_id } = row
  const result = row.state === 'approved' ? 'approved' : 'rejected'
  events.push({ event: 'TEMPLATE_REVIEWED', appid, application, template_id, result })
  return row
}
