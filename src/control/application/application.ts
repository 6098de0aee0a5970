import { z } from 'zod'
import { findApplication, listApplications } from '../../../db/application.ts'
import { listOfficialAccounts } from '../../../db/official-account.ts'
import type { ApplicationRow, OfficialAccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import type { EarlierCall } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { useOneOf } from '../../core/nearest.ts'
import { problem, unknownName } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import type { Obstacle, Wanted } from '../../wechat/application/application.ts'
import { templates_max } from '../../wechat/template/template.ts'
import { toIso } from '../../world/clock.ts'
import { cleanText, nameText } from '../field.ts'
import { chooseOfficial } from '../official-account/official-account.ts'
import { contentText } from '../template.ts'

const instant = z.iso.datetime().nullable()

/** An application as the control API describes it. */
export const applicationShape = z.object({
  application: z.string(),
  appid: z.string(),
  title: z.string(),
  content: z.string(),
  example: z.string(),
  state: z.enum(['draft', 'pending', 'approved', 'rejected']),
  reason: z.string().nullable().meta(words('Why it was last rejected.', '最近一次被驳回的理由。')),
  submitted_at: instant,
  due_at: instant.meta(words('When WeChat will decide by itself.', '微信自行作出决定的时间。')),
  decided_at: instant,
  reads_left: z
    .int()
    .nullable()
    .meta(words('Look-ups left until it is approved.', '再查看几次就会通过。')),
  template_id: z.string().nullable().meta(words('Null until it is approved.', '通过之前为 null。')),
  created_at: z.iso.datetime(),
})

/** The fields that name one application. */
export const applicationFields = { world: z.string(), application: cleanText }

/** What comes before a good call about an application. */
export const drafted: EarlierCall = {
  call: 'application.create',
  input: { appid: '{acme.appid}' },
  take: { application: 'application' },
}

/** An application's row as the control API describes it. */
export function applicationResponse(row: ApplicationRow): z.output<typeof applicationShape> {
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
export interface ChosenApplication {
  readonly row: ApplicationRow
  readonly official: OfficialAccountRow
}

/** The application that a call names. */
export function chooseApplication(
  call: Call<unknown, { application: string }>,
): ChosenApplication | Refusal {
  const { db, world, input } = call
  const row = findApplication(db, world.epoch, input.application)
  if (!row) {
    const known = listOfficialAccounts(db, world.epoch)
      .flatMap(({ appid }) => listApplications(db, world.epoch, appid))
      .map(({ application }) => application)
    return unknownName(call, {
      field: 'application',
      reason: `the world has no application ${input.application}`,
      fix: known.length > 0 ? useOneOf(undefined, known) : 'draft one with application.create',
    })
  }
  const official = chooseOfficial(call, row.appid)
  return isRefusal(official) ? official : { row, official }
}

/** An application is not in a state in which this can be done. */
export function wrongState({ state }: Pick<ApplicationRow, 'state'>, fix: string): Refusal {
  return problem('conflict', { field: 'application', reason: `it is ${state}`, fix })
}

/** A template's text, as an application gives it. */
export const contentFields = {
  title: nameText.optional(),
  content: contentText.optional(),
  example: cleanText.optional(),
}

/** What an application asks for: the text that was sent, or the usual one. */
export function contentOf(
  { title, content, example = '' }: { [name in keyof Wanted]?: string | undefined },
  usual: Wanted,
): Wanted | Refusal {
  if (title === undefined && content === undefined) return usual
  if (title !== undefined && content !== undefined) return { title, content, example }
  return problem('invalid_field', {
    field: title === undefined ? 'title' : 'content',
    reason: 'it is missing',
    fix: 'give title and content, or neither',
  })
}

/** Why WeChat takes no application of an account. */
export const obstacles: Readonly<
  Record<Exclude<Obstacle, 'submitted'>, { readonly reason: string; readonly fix: string }>
> = {
  not_entitled: {
    reason: 'WeChat takes applications of verified service accounts only',
    fix: 'call official_account.update with kind service and verified true',
  },
  industries_missing: {
    reason: 'WeChat takes applications of accounts with both industries only',
    fix: 'call industry.set first',
  },
  templates_full: {
    reason: `the account has ${templates_max} templates, the maximum`,
    fix: 'delete one by /cgi-bin/template/del_private_template',
  },
}

/** Only what WeChat is looking at can be decided. */
export function notPending(row: ApplicationRow): Refusal {
  return wrongState(row, 'hand it in first')
}
