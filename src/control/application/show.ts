import { z } from 'zod'
import { findApplication } from '../../../db/application.ts'
import { findOfficialAccount } from '../../../db/official-account.ts'
import type { ApplicationRow, OfficialAccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import type { EarlierCall } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { toIso } from '../../world/clock.ts'
import { cleanText } from '../field.ts'
import { unknownAppid } from '../official-account.ts'

const instant = z.iso.datetime().nullable()

/** An application as the control API describes it. */
export const shownApplication = z.object({
  application: z.string(),
  appid: z.string(),
  title: z.string(),
  content: z.string(),
  example: z.string(),
  state: z.enum(['draft', 'pending', 'approved', 'rejected']),
  reason: z.string().nullable().meta(words('Why it was rejected last.', '最近一次被驳回的理由。')),
  submitted_at: instant,
  due_at: instant.meta(words('When WeChat decides by itself.', '微信自行作出决定的时间。')),
  decided_at: instant,
  reads_left: z
    .int()
    .nullable()
    .meta(words('Looks at it until it is approved.', '再查看几次就会通过。')),
  template_id: z.string().nullable().meta(words('Null until it is approved.', '通过之前为 null。')),
  created_at: z.iso.datetime(),
})

/** The fields that name one application. */
export const whichApplication = { world: z.string(), application: cleanText }

/** What comes before a good call about an application. */
export const drafted: EarlierCall = {
  call: 'application.create',
  input: { appid: '{acme.appid}' },
  take: { application: 'application' },
}

export function showApplication(row: ApplicationRow): z.output<typeof shownApplication> {
  const { application, appid, title, content, example, state, reason } = row
  const at = (ms: number | null) => (ms === null ? null : toIso(ms))
  return {
    application,
    appid,
    title,
    content,
    example,
    state,
    reason,
    submitted_at: at(row.submitted_at),
    due_at: at(row.due_at),
    decided_at: at(row.decided_at),
    reads_left: row.reads_left,
    template_id: row.template_id,
    created_at: toIso(row.created_at),
  }
}

/** An application with whose it is. */
export interface Chosen {
  readonly row: ApplicationRow
  readonly official: OfficialAccountRow
}

/** The application that a call names. */
export async function chooseApplication(
  call: Call<unknown, { application: string }>,
): Promise<Chosen | Refusal> {
  const { db, world, input } = call
  const row = await findApplication(db, world.epoch, input.application)
  if (!row) {
    return problem('not_found', {
      field: 'application',
      reason: `the world has no application ${input.application}`,
      fix: 'use one of application.list',
    })
  }
  const official = await chooseOfficial(call, row.appid)
  return isRefusal(official) ? official : { row, official }
}

/** The official account of an appid. */
export async function chooseOfficial(
  { db, world }: Pick<Call, 'db' | 'world'>,
  appid: string,
): Promise<OfficialAccountRow | Refusal> {
  return (await findOfficialAccount(db, world.epoch, appid)) ?? unknownAppid(appid)
}

/** An application is not in a state in which this can be done. */
export function wrongState({ state }: Pick<ApplicationRow, 'state'>, fix: string): Refusal {
  return problem('conflict', { field: 'application', reason: `it is ${state}`, fix })
}
